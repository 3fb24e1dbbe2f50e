import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig, type RigOptions } from "../rig.ts";
import { called, dialogOf, namesOf } from "./managing.ts";

const TIMING = { ...QUICK, restoreMs: 5_000 };
const yaml = "snapshots: { shutdown_timeout: 20s }";
const web = (trouble = {}, more = {}): RigOptions => ({
  yaml,
  vms: [{ name: "web-01", timing: TIMING, snapshots: called("first", "second"), trouble, ...more }],
});

/** Boris restores `first`, with a safety snapshot unless this says otherwise. */
async function restores(rig: Rig, withSafety = true) {
  const view = await dialogOf(rig, BORIS, "restore web-01 first");
  if (!withSafety) await rig.slack.choose(BORIS, view, "restore.safety", []);
  rig.slack.fill(BORIS, "restore.vm", "web-01");
  await rig.slack.submit(BORIS);
}

const types = (rig: Rig): string[] =>
  rig.cloud
    .vm("web-01")
    .operations.map(({ type }) => String(type))
    .toReversed();

journey.concurrent("down, safety snapshot, restore, up; the thread tells it in order", async ({ begin }) => {
  const rig = await begin(web());
  await restores(rig);
  const done = await rig.shows("done");
  expect(types(rig)).toEqual(["shutdown", "snapshot", "restore", "power_on"]);
  expect(done.versions.map(({ metadata }) => metadata?.event_payload.status)).toContain("restoring");
  await rig.slack.waitFor(() => rig.thread(done).includes("Done."), "the end of the story");
  const story = rig.thread(done).join("\n");
  const at = (words: string) => story.indexOf(words);
  expect(at("The VM is off.")).toBeLessThan(at("The snapshot is made"));
  expect(at("The snapshot is made")).toBeLessThan(at("The restore has begun."));
  expect(at("The restore has begun.")).toBeLessThan(at("The VM is running again."));

  expect(buttonsOn(done)).toEqual(["request.keep", "snapshot.restore", "snapshot.delete"]);
  await rig.slack.click(BORIS, done, "request.keep");
  await rig.until(() => !buttonsOn(rig.card()).includes("request.keep"), "the decision on the card");
  expect(rig.card().text).toContain("boris keeps the safety snapshot");
});

journey.concurrent("the safety snapshot can be deleted from the card, which then says so", async ({ begin }) => {
  const rig = await begin(web());
  await restores(rig);
  const done = await rig.shows("done");
  await rig.slack.click(BORIS, done, "snapshot.delete");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  await rig.slack.submit(BORIS);
  await rig.until(() => namesOf(rig, "web-01").length === 2, "the snapshot gone");
  const restored = () => rig.slack.cards().find(({ ts }) => ts === done.ts)!;
  await rig.until(() => restored().text.includes("was deleted by boris"), "the first card to say so");
  expect(buttonsOn(restored())).toEqual([]);
  expect(namesOf(rig, "web-01")).toEqual(["first", "second"]);
});

journey.concurrent("a VM that was off is restored without being switched on", async ({ begin }) => {
  const rig = await begin(web({}, { power: "Stopped" }));
  await restores(rig, false);
  const done = await rig.shows("done");
  expect(types(rig)).toEqual(["restore"]);
  expect(buttonsOn(done)).toContain("vm.power_on");
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
});

journey.concurrent("the safety snapshot fails: nothing is restored, and the VM is on again", async ({ begin }) => {
  const rig = await begin(web({ snapshotFails: "The pool is full." }));
  await restores(rig);
  const failed = await rig.shows("failed");
  expect(types(rig)).not.toContain("restore");
  expect(failed.text).toContain("The pool is full.");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent(
  "the restore fails: the VM is on again, and the card says what its data may be",
  async ({ begin }) => {
    const rig = await begin(web({ restoreFails: "The image is broken." }));
    await restores(rig);
    const failed = await rig.shows("failed");
    expect(failed.text).toContain("The image is broken.");
    expect(failed.text).toContain("incomplete");
    expect(failed.text).toMatch(/safety snapshot web-01-before-restore-\d+|safety snapshot `web-01-before-restore-\d+/);
    expect(buttonsOn(failed)).toContain("request.retry");
    expect(rig.cloud.vm("web-01").power).toBe("Running");
  },
);

journey.concurrent("tried again, it asks for a yes on the card first", async ({ begin }) => {
  const rig = await begin(web({ restoreFails: true }));
  await restores(rig, false);
  const failed = await rig.shows("failed");
  rig.cloud.trouble("web-01", { restoreFails: undefined });
  await rig.slack.click(BORIS, failed, "request.retry");
  const asking = await rig.shows("choosing");
  expect(buttonsOn(asking)).toEqual(["request.shutdown", "request.cancel"]);
  expect(asking.text).toMatch(/will be lost/);
  expect(types(rig).filter((type) => type === "restore")).toHaveLength(1);
  await rig.slack.click(BORIS, asking, "request.shutdown");
  await rig.shows("done");
  expect(types(rig).filter((type) => type === "restore")).toHaveLength(2);
});

journey.concurrent("the guest does not obey: no way leads to a restore on a running VM", async ({ begin }) => {
  const rig = await begin(web({ ignoresShutdown: true }));
  await restores(rig, false);
  const stuck = await rig.shows("shutdown_stuck");
  expect(buttonsOn(stuck)).toEqual(["request.wait", "request.power_off", "request.cancel"]);
  await rig.slack.click(ANNA, stuck, "request.cancel");
  const cancelled = await rig.shows("cancelled");
  expect(cancelled.text).toContain("Nothing was restored.");
  expect(types(rig)).not.toContain("restore");
});

journey.concurrent("cancelled while it goes down: nothing is restored, and the VM comes back", async ({ begin }) => {
  const rig = await begin(web());
  await restores(rig);
  await rig.slack.click(BORIS, await rig.shows("shutting_down"), "request.cancel");
  await rig.shows("cancelled");
  expect(types(rig)).not.toContain("restore");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("a second wish for the VM waits behind it", async ({ begin }) => {
  const rig = await begin(web());
  await restores(rig, false);
  await rig.shows("restoring");
  await rig.slack.command(ANNA, OPS, "erstellen web-01 --live");
  const queued = await rig.until(
    () => rig.slack.cards().find(({ metadata }) => metadata?.event_payload.kind === "create"),
    "its card",
  );
  await rig.until(() => rig.slack.cards().at(-1)!.text.includes("Hinter der Anfrage von boris"), "behind whom");
  await rig.until(() => rig.slack.cards()[0]!.metadata?.event_payload.status === "done", "the restore to end");
  await rig.until(
    () => rig.slack.cards().find(({ ts }) => ts === queued.ts)?.metadata?.event_payload.status === "done",
    "the snapshot to follow",
  );
});

journey.concurrent("the snapshot is deleted elsewhere while the VM goes down", async ({ begin }) => {
  const rig = await begin(web({}, { timing: { ...TIMING, shutdownMs: 15_000 } }));
  await restores(rig, false);
  await rig.shows("shutting_down");
  const [first] = rig.cloud.vm("web-01").snapshots;
  rig.cloud.panel("web-01").deleteSnapshot(first!.id);
  const failed = await rig.shows("failed");
  expect(failed.text).toContain("not there any more");
  expect(types(rig)).not.toContain("restore");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("a restart in the middle of a restore loses nothing", async ({ begin }) => {
  const rig = await begin(web());
  await restores(rig);
  await rig.shows("restoring");
  await rig.restart();
  await rig.shows("done");
  expect(types(rig)).toEqual(["shutdown", "snapshot", "restore", "power_on"]);
});
