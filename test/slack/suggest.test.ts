import { expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import type { Desk } from "../../src/slack/desk.ts";
import { suggest } from "../../src/slack/dialog.ts";
import { aCcloud } from "../cloud/ccloud-rig.ts";

/** What suggesting needs of the desk. */
async function aDesk(vms = ["web-01", "web-02", "db-01"]) {
  const rig = await aCcloud({ vms: vms.map((name) => ({ name })) });
  const log = { info() {}, warn() {}, error() {} };
  const desk = { cloud: rig.cloud, clock: rig.clock, log } as unknown as Desk;
  const names = async (typed: string) => (await suggest(desk, typed)).map(({ value }) => value);
  return { ...rig, names };
}

test("VMs are suggested from what is known for half a minute, also while the cloud does not answer", async () => {
  const { names, clock, fault } = await aDesk();
  expect(await names("web")).toEqual(["web-01", "web-02"]);
  fault("GET", { kind: "hang", applied: false });
  clock.advance(30 * SECOND_MS - 1);
  expect(await names("db")).toEqual(["db-01"]);
});

test("a newer list is got behind, for the next letter", async () => {
  const { names, clock, demo, cloud } = await aDesk();
  expect(await names("web")).toHaveLength(2);
  demo.destroy("web-02");
  clock.advance(10 * SECOND_MS);
  expect(await names("web")).toHaveLength(2);
  await cloud.listVms();
  expect(await names("web")).toEqual(["web-01"]);
});

test("an older list is not used; nothing is suggested when there is no newer one", async () => {
  const { names, clock, answer } = await aDesk();
  await names("web");
  answer("GET", { status: 503 });
  clock.advance(MINUTE_MS);
  expect(await names("web")).toEqual([]);
});

test("of ten thousand VMs no more than a hundred are suggested, in less than a second", async () => {
  const { names } = await aDesk(Array.from({ length: 10_000 }, (_, n) => `vm-${n}`));
  await names("");
  const before = performance.now();
  expect((await names("vm-")).length).toBe(100);
  expect(performance.now() - before).toBeLessThan(1000);
});
