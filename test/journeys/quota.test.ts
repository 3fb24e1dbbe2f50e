import { expect } from "vitest";
import { buttonsOn, journey, QUICK } from "../journey.ts";
import { ANNA, BORIS, OPS, type Rig } from "../rig.ts";

const FULL = [{ name: "web-01", timing: QUICK, snapshots: 10 }];

/** The buttons beside the candidates. */
const deletions = (rig: Rig): string[] =>
  (rig.slack.cards().at(-1)?.blocks ?? []).flatMap((block) =>
    block.type === "section" && block.accessory && "value" in block.accessory ? [String(block.accessory.value)] : [],
  );

journey.concurrent(
  "ten of ten: the card lists them with a button each, and goes on by itself when there is room",
  async ({ begin }) => {
    const rig = await begin({ vms: FULL });
    await rig.slack.command(BORIS, OPS, "create web-01 --live");
    expect(await rig.told(BORIS)).toContain("`web-01` has 10 of 10 snapshots");
    const queued = await rig.until(() => deletions(rig).length === 10 && rig.card(), "the candidates");
    expect(queued.text).toContain("10 of 10");
    expect(buttonsOn(queued)).toEqual(["request.cancel"]);
    const ids = rig.cloud.vm("web-01").snapshots.map(({ id }) => String(id));
    expect(deletions(rig)).toEqual(ids); // oldest first, as the cloud has them
    expect(rig.cloud.vm("web-01").operations).toEqual([]);

    rig.cloud.panel("web-01").deleteSnapshot(Number(ids[0]));
    await rig.shows("done");
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(10);
  },
);

journey.concurrent("ten of ten: it can be cancelled while it waits", async ({ begin }) => {
  const rig = await begin({ vms: FULL });
  await rig.slack.command(ANNA, OPS, "erstellen web-01");
  await rig.until(() => deletions(rig).length === 10, "the candidates");
  await rig.slack.click(ANNA, rig.card(), "request.cancel");
  const cancelled = await rig.shows("cancelled");
  expect(cancelled.text).toContain("Es wurde kein Snapshot erstellt.");
  expect(deletions(rig)).toEqual([]);
  expect(rig.cloud.vm("web-01").operations).toEqual([]);
});
