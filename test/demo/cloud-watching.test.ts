import { describe, expect, test } from "vitest";
import { aCloud, SECOND, TIMING } from "./cloud-client.ts";

const ACTIONS = "/ccloud/servers/web-01/actions";
const WEB = { name: "web-01", timing: TIMING };

describe("the time a VM was off in excess", () => {
  test("is unknown until it was off and on again", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    expect(cloud.excessOffMs("web-01")).toBeUndefined();
    await post(ACTIONS, { type: "power_off" });
    clock.advance(SECOND);
    expect(cloud.excessOffMs("web-01")).toBeUndefined();
  });

  test("is what snapshot and boot did not need", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    await post(ACTIONS, { type: "shutdown" });
    clock.advance(TIMING.shutdownMs + 700); // seen 700 ms late
    await post(ACTIONS, { type: "snapshot" });
    clock.advance(TIMING.snapshotMs + 1_300); // and 1.3 s late
    await post(ACTIONS, { type: "power_on" });
    clock.advance(TIMING.bootMs + 60 * SECOND); // on again: what comes now does not count
    expect(cloud.excessOffMs("web-01")).toBe(2_000);
    const [period] = cloud.vm("web-01").offPeriods;
    expect(period!.to!.getTime() - period!.from.getTime()).toBe(700 + TIMING.snapshotMs + 1_300 + TIMING.bootMs);
  });

  test("does not blame the cloud for a snapshot taken before the VM went off", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    await post(ACTIONS, { type: "shutdown" });
    await post(ACTIONS, { type: "snapshot" }); // live, and the guest goes off 3 s later: 7 s of it count
    clock.advance(TIMING.snapshotMs + 250);
    await post(ACTIONS, { type: "power_on" });
    clock.advance(TIMING.bootMs);
    expect(cloud.vm("web-01").snapshots).toMatchObject([{ live: true }]);
    expect(cloud.excessOffMs("web-01")).toBe(250);
  });

  test("is that of the last complete period", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    for (const lateMs of [9_000, 1_000]) {
      await post(ACTIONS, { type: "power_off" });
      clock.advance(lateMs);
      await post(ACTIONS, { type: "power_on" });
      clock.advance(TIMING.bootMs);
    }
    await post(ACTIONS, { type: "power_off" });
    expect(cloud.excessOffMs("web-01")).toBe(1_000);
  });
});

describe("a listener", () => {
  test("hears of every change, and of no percentage", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    const seen: string[] = [];
    const stop = cloud.onChange(() => {
      const { power, snapshots, operations } = cloud.vm("web-01");
      seen.push(`${power}, ${operations[0]?.type} ${operations[0]?.status}, ${snapshots.length} snapshots`);
    });
    await post(ACTIONS, { type: "snapshot" });
    clock.advance(TIMING.snapshotMs / 2);
    expect(seen).toEqual(["Running, snapshot in-progress, 0 snapshots"]);
    clock.advance(TIMING.snapshotMs / 2);
    expect(seen.splice(0)).toEqual([
      "Running, snapshot in-progress, 0 snapshots",
      "Running, snapshot completed, 1 snapshots",
    ]);
    await post(ACTIONS, { type: "shutdown" });
    clock.advance(TIMING.shutdownMs);
    expect(seen.at(-1)).toBe("Stopped, shutdown completed, 1 snapshots");
    stop();
    seen.length = 0;
    await post(ACTIONS, { type: "power_on" });
    expect(seen).toEqual([]);
  });

  test("hears of a VM that is destroyed, and then no more of it", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    await post(ACTIONS, { type: "shutdown" });
    await post(ACTIONS, { type: "snapshot" });
    const left: number[] = [];
    cloud.onChange(() => left.push(cloud.vms().length));
    cloud.destroy("web-01");
    clock.advance(60 * SECOND);
    expect(left).toEqual([0]);
  });
});

describe("the state", () => {
  test("is up to date for whoever looks, even if the timer is late", async () => {
    const { cloud, get, post, clock } = await aCloud({ vms: [WEB] });
    await post(ACTIONS, { type: "shutdown" });
    const { now } = clock;
    const started = now().getTime();
    clock.now = () => new Date(started + 60 * SECOND); // time has passed and no timer has woken
    expect((await get("/ccloud/servers/web-01/state")).body.state).toBe("Stopped");
    expect(cloud.vm("web-01").offPeriods).toEqual([{ from: new Date(started + TIMING.shutdownMs) }]);
  });

  test("stands still after close", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    await post(ACTIONS, { type: "shutdown" });
    let changes = 0;
    cloud.onChange(() => {
      changes += 1;
    });
    await cloud.close();
    clock.advance(60 * SECOND);
    expect(changes).toBe(0);
  });
});
