import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "../rig.ts";

const RUNNING = [{ name: "web-01", timing: QUICK }];
const STOPPED = [{ name: "web-01", power: "Stopped" as const, timing: QUICK }];

journey.concurrent("on: the VM is switched on at once, and its card says so", async ({ begin }) => {
  const rig = await begin({ vms: STOPPED }, ["switched on"]);
  await rig.slack.command(ANNA, OPS, "an web-01");
  const done = await rig.shows("done");
  expect(done.metadata?.event_payload).toMatchObject({ kind: "power", vm: "web-01" });
  expect(done.text).toContain("Die VM ist *eingeschaltet*".replaceAll("*", ""));
  expect(rig.cloud.vm("web-01").power).toBe("Running");
  expect(buttonsOn(done)).toEqual(["vm.shutdown"]);
});

journey.concurrent("on: a VM that runs is left alone, and the answer is private", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING });
  await rig.slack.command(BORIS, OPS, "on web-01");
  expect(await rig.told(BORIS)).toBe("`web-01` is already running. Nothing has been changed.");
  expect(rig.slack.cards()).toEqual([]);
});

journey.concurrent("on: an answer of 500 is no reason to give up", async ({ begin }) => {
  const rig = await begin({ vms: [{ ...STOPPED[0]!, trouble: { powerOnFails: 2 } }] }, ["switched on"]);
  await rig.slack.command(BORIS, OPS, "start web-01");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("shutdown: nothing goes off before the yes on the card, then it stays off", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING }, ["left off"]);
  await rig.slack.command(BORIS, OPS, "shutdown web-01");
  const asking = await rig.shows("choosing");
  expect(buttonsOn(asking)).toEqual(["vm.shutdown", "request.cancel"]);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);

  await rig.slack.click(BORIS, asking, "vm.shutdown");
  const done = await rig.shows("done");
  expect(done.text).toContain("The VM is off.");
  expect(buttonsOn(done)).toEqual(["vm.power_on"]);
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Stopped", hardPowerOffs: 0 });
});

journey.concurrent("shutdown: somebody else's yes does not count", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING });
  await rig.slack.command(ANNA, OPS, "herunterfahren web-01");
  const asking = await rig.shows("choosing");
  await rig.slack.click(BORIS, asking, "vm.shutdown");
  expect(await rig.told(BORIS)).toContain("Only anna, who asked for this, may do that");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
  await rig.slack.click(ANNA, asking, "request.cancel");
  await rig.shows("cancelled");
});

journey.concurrent("off: hard, with a dangerous confirm dialog", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING }, ["left off", "hard power-off"]);
  await rig.slack.command(BORIS, OPS, "off web-01");
  const asking = await rig.shows("choosing");
  const buttons = asking.blocks.flatMap((block) => (block.type === "actions" ? block.elements : []));
  expect(buttons[0]).toMatchObject({ action_id: "vm.power_off", style: "danger", confirm: { style: "danger" } });
  await rig.slack.click(BORIS, asking, "vm.power_off");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Stopped", hardPowerOffs: 1 });
});

journey.concurrent("a guest that does not obey: a person chooses, and nothing is done by itself", async ({ begin }) => {
  const rig = await begin({
    vms: [{ ...RUNNING[0]!, trouble: { ignoresShutdown: true } }],
    yaml: "snapshots: { shutdown_timeout: 20s }",
  });
  await rig.slack.command(BORIS, OPS, "shutdown web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "vm.shutdown");
  const stuck = await rig.shows("shutdown_stuck");
  expect(buttonsOn(stuck)).toEqual(["request.wait", "request.power_off", "request.cancel"]);
  await rig.slack.click(ANNA, stuck, "request.cancel");
  const cancelled = await rig.shows("cancelled");
  expect(cancelled.text).toContain("Cancelled by anna.");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("buttons of an ended card: what is off can be switched on from it", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING });
  await rig.slack.command(BORIS, OPS, "shutdown web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "vm.shutdown");
  const off = await rig.shows("done");
  await rig.slack.click(ANNA, off, "vm.power_on");
  await rig.until(() => rig.slack.cards().length === 2, "a card of its own");
  await rig.shows("done");
  expect(rig.cloud.vm("web-01").power).toBe("Running");
});

journey.concurrent("a shutdown on purpose is not undone by the watch of an earlier request", async ({ begin }) => {
  const rig = await begin(
    {
      vms: [{ ...RUNNING[0]!, trouble: { ignoresShutdown: true } }],
      yaml: "snapshots: { shutdown_timeout: 20s }",
    },
    ["left off"],
  );
  await rig.slack.command(BORIS, OPS, "create web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
  await rig.slack.click(BORIS, await rig.shows("shutdown_stuck"), "request.cancel");
  await rig.shows("cancelled");
  rig.cloud.trouble("web-01", { ignoresShutdown: undefined });
  await rig.slack.command(BORIS, OPS, "shutdown web-01");
  await rig.slack.click(BORIS, await rig.shows("choosing"), "vm.shutdown");
  await rig.shows("done");
  const looks = () => rig.cloud.server.journal.filter(({ call: { path } }) => path.endsWith("/state")).length;
  const before = looks();
  await rig.restart();
  expect(rig.cloud.vm("web-01").power).toBe("Stopped");
  expect(rig.cloud.vm("web-01").operations.filter(({ type }) => type === "power_on")).toEqual([]);
  expect(looks() - before).toBeLessThan(10);
});

journey.concurrent("guests may not switch anything", async ({ begin }) => {
  const rig = await begin({ vms: RUNNING });
  await rig.slack.command(CLARA, OPS, "off web-01");
  expect(await rig.told(CLARA)).toBe("Only full members of this workspace may do that. Nothing has been changed.");
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});
