import { expect } from "vitest";
import { journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "../rig.ts";
import { called, dialogOf, entered, idOf, namesOf, said } from "./managing.ts";

const WEB = { name: "web-01", timing: QUICK, snapshots: called("first", "second") };

journey.concurrent("with all words the command renames without a dialog", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "rename web-01 first before the upgrade");
  expect(await rig.shows("done")).toMatchObject({
    channel: OPS,
    metadata: { event_payload: { kind: "rename", vm: "web-01" } },
  });
  expect(namesOf(rig, "web-01")).toEqual(["before the upgrade", "second"]);
});

journey.concurrent("by its id, in German", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(ANNA, OPS, `umbenennen web-01 ${idOf(rig, "web-01", "second")} neu`);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["first", "neu"]);
});

journey.concurrent("without the new name a dialog asks for it; the old one stands there", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "rename web-01 first");
  expect(view).toMatchObject({ callbackId: "rename", title: "Rename a snapshot", submit: "Rename" });
  expect(entered(rig, BORIS, "rename.name")?.value).toBe("first");
  const errorOf = async (name: string) => {
    rig.slack.fill(BORIS, "rename.name", name);
    await rig.slack.submit(BORIS);
    return Object.values(view.errors);
  };
  expect(await errorOf("first")).toEqual(["The snapshot already has this name."]);
  expect(await errorOf("second")).toEqual(["This VM already has a snapshot of this name."]);
  expect(await errorOf("   ")).toEqual(["The name is empty."]);
  await expect(errorOf("x".repeat(256))).rejects.toThrow("Must be at most 255 characters.");
  expect(rig.slack.messages()).toEqual([]);
  rig.slack.fill(BORIS, "rename.name", " third ");
  await rig.slack.submit(BORIS);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["third", "second"]);
});

journey.concurrent("another snapshot chosen: its name stands there to be changed", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, ANNA, "umbenennen web-01 first");
  expect(view).toMatchObject({ title: "Snapshot umbenennen", submit: "Umbenennen" });
  await rig.slack.choose(ANNA, view, "rename.snapshot", "second");
  await rig.slack.waitFor(() => entered(rig, ANNA, "rename.name")?.value === "second", "the other name");
  rig.slack.fill(ANNA, "rename.name", "zweiter");
  await rig.slack.submit(ANNA);
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["first", "zweiter"]);
});

journey.concurrent("from the finished card", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "create web-01 fresh --live");
  await rig.slack.click(BORIS, await rig.shows("done"), "snapshot.rename");
  await rig.slack.waitFor(() => rig.slack.view(BORIS), "the dialog");
  expect(entered(rig, BORIS, "rename.name")?.value).toBe("fresh");
});

journey.concurrent("a name that an open request is about to take is taken", async ({ begin }) => {
  const rig = await begin({ vms: [{ ...WEB, timing: { ...QUICK, snapshotMs: 3_600_000 } }] });
  await rig.slack.command(BORIS, OPS, "create web-01 fresh --live");
  await rig.shows("snapshotting");
  const view = await dialogOf(rig, BORIS, "rename web-01 first");
  rig.slack.fill(BORIS, "rename.name", "fresh");
  await rig.slack.submit(BORIS);
  expect(Object.values(view.errors)).toEqual(["This VM already has a snapshot of this name."]);
  await rig.slack.command(BORIS, OPS, "rename web-01 fresh better");
  expect(await rig.told(BORIS)).toContain("The snapshot `fresh` of `web-01` is just being made");
});

journey.concurrent("an unclear snapshot gives a menu, whose buttons rename", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  await rig.slack.command(BORIS, OPS, "rename web-01 fir better");
  expect(await rig.told(BORIS)).toContain("Which snapshot of `web-01` do you mean by `fir`? Nothing has been changed");
  await rig.slack.command(BORIS, OPS, "rename web-01 nothing better");
  expect(await rig.told(BORIS, 2)).toContain("`web-01` has no snapshot `nothing`. Nothing has been changed.");
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[1]!, "command.pick.0");
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual(["first", "better"]);
});

journey.concurrent(
  "bad input by command: taken, the same, too long, no VM, no snapshots, a guest",
  async ({ begin }) => {
    const rig = await begin({ vms: [WEB, { name: "empty" }] });
    const answers = [
      ["rename web-01 first second", "already has a snapshot named `second`"],
      ["rename web-01 first first", "`first`"],
      [`rename web-01 first ${"x".repeat(256)}`, "A name may have 255 characters; this one has 256."],
      ["rename nowhere first second", "There is no VM `nowhere`"],
      ["rename empty first second", "`empty` has no snapshots."],
    ] as const;
    for (const [at, [command, answer]] of answers.entries()) {
      await rig.slack.command(BORIS, OPS, command);
      expect(await rig.told(BORIS, at + 1)).toContain(answer);
    }
    await rig.slack.command(CLARA, OPS, "rename web-01 first second");
    expect(await rig.told(CLARA)).toContain("Only full members");
    expect(namesOf(rig, "web-01")).toEqual(["first", "second"]);
    expect(rig.slack.messages()).toEqual([]);
  },
);

journey.concurrent("a cloud that does not answer is said, and nothing is stored", async ({ begin }) => {
  const rig = await begin({ vms: [WEB] });
  const view = await dialogOf(rig, BORIS, "rename web-01 first");
  rig.slack.fill(BORIS, "rename.name", "third");
  rig.cloud.server.intercept(() => ({ kind: "answer", reply: { status: 500 }, applied: false }));
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({ snapshot: "The cloud does not answer at the moment. Try again in a minute." });
  await rig.slack.choose(BORIS, view, "rename.snapshot", "second");
  await rig.slack.waitFor(() => said(rig.slack.view(BORIS)).includes("did not answer"), "what the cloud says");
  expect(rig.slack.view(BORIS)?.blocks.map(({ type }) => type)).toEqual(["section"]);
  expect(rig.slack.messages()).toEqual([]);
});

journey.concurrent("names of any kind go through menus and dialogs unchanged", async ({ begin }) => {
  const nasty = "a “b” <!channel> & &amp;lt; *c*";
  const rig = await begin({ vms: [{ ...WEB, snapshots: called(nasty, "second") }] });
  await rig.slack.command(BORIS, OPS, `rename web "< & &amp;" "new"`);
  expect(await rig.told(BORIS)).toContain("`web`");
  await rig.slack.clickPrivate(BORIS, rig.slack.privateAnswers(BORIS)[0]!, "command.pick.0");
  expect(await rig.told(BORIS, 2)).toContain("has no snapshot `&lt; &amp; &amp;amp;`.");
  const view = await dialogOf(rig, BORIS, `rename web-01 ${idOf(rig, "web-01", nasty)}`);
  expect(entered(rig, BORIS, "rename.name")?.value).toBe(nasty);
  rig.slack.fill(BORIS, "rename.name", `${nasty} 2`);
  await rig.slack.submit(BORIS);
  expect(view.errors).toEqual({});
  await rig.shows("done");
  expect(namesOf(rig, "web-01")).toEqual([`${nasty} 2`, "second"]);
});
