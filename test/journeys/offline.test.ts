import { afterEach, expect, test } from "vitest";
import { ANNA, OPS, type Rig, startRig } from "../rig.ts";

let rig: Rig;
afterEach(() => rig.stop());

test("shut down, snapshot, switched on again: one card tells it all", async () => {
  rig = await startRig({
    vms: [{ name: "web-01", diskGb: 40, timing: { shutdownMs: 8000, snapshotMs: 30_000, bootMs: 8000 } }],
  });
  const answer = await rig.slack.command(ANNA, OPS, 'erstellen web-01 --grund "Kernel-Update"');
  expect(answer).toMatchObject({ status: 200, body: "" });

  const choosing = await rig.shows("choosing");
  expect(choosing.text).toContain("40 GB");
  await rig.slack.click(ANNA, choosing, "request.shutdown");
  const done = await rig.shows("done");

  expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
  expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
  expect(rig.slack.cards()).toHaveLength(1);
  expect(done.text).toContain(rig.cloud.vm("web-01").snapshots[0]!.name);
  expect(done.metadata).toEqual({
    event_type: "snapshot_request",
    event_payload: { id: expect.any(String), kind: "create", vm: "web-01", status: "done" },
  });
  expect(rig.slack.rateLimited).toEqual([]);
});
