import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { OperationId, SnapshotId, VmId } from "../../src/domain/ids.ts";
import type { Cloud } from "../../src/ports/cloud.ts";
import { problemOf } from "./problem-of.ts";

/** A VM on the far side, as a suite needs it. */
export interface ContractVm {
  name: string;
  customName?: string;
  power?: "Running" | "Stopped";
  diskGb?: number;
  tags?: string[];
  /** So many, the newest a day old. */
  snapshots?: number;
  /** A snapshot of it ends as failed, with these words. */
  snapshotFails?: string;
}

export interface FarSide {
  cloud: Cloud;
  /** Lets so many milliseconds pass on the far side, where everything takes more than none and less than a minute. */
  pass(milliseconds: number): void;
  destroy(vm: string): void;
}

const WEB = VmId.parse("web-01");
const NOWHERE = VmId.parse("nowhere");
const NO_SNAPSHOT = SnapshotId.parse("999999");
const NO_OPERATION = OperationId.parse("999999");

/** What the port promises, of any implementation. `setup` makes a far side with these VMs; it ends with the test. */
export function cloudContract({ name, setup }: { name: string; setup(vms: ContractVm[]): Promise<FarSide> }): void {
  const web = (vm: Omit<ContractVm, "name"> = {}) => setup([{ name: "web-01", ...vm }]);

  describe(`${name}: the listing`, () => {
    test("tells what there is to know of each VM", async () => {
      const { cloud } = await setup([
        { name: "web-01", customName: "Shop", diskGb: 80, tags: ["prod", "env:eu"], snapshots: 3 },
        { name: "web-02", power: "Stopped", diskGb: 40 },
      ]);
      expect(await cloud.listVms()).toMatchObject([
        { id: "web-01", name: "Shop", tags: ["prod", "env:eu"], diskGb: 80, power: "running", snapshotCount: 3 },
        { id: "web-02", name: "web-02", tags: [], diskGb: 40, power: "off", snapshotCount: 0 },
      ]);
    });

    test("may be empty", async () => {
      const { cloud } = await setup([]);
      expect(await cloud.listVms()).toEqual([]);
    });

    test("is whole, and each VM is in it once, when there are many", async () => {
      const { cloud } = await setup(Array.from({ length: 450 }, (_, n) => ({ name: `vm-${n}` })));
      const ids = (await cloud.listVms()).map(({ id }) => id);
      expect(ids).toHaveLength(450);
      expect(new Set(ids).size).toBe(450);
      expect(await cloud.check()).toEqual({ vms: 450 });
    });
  });

  describe(`${name}: the power`, () => {
    test.each([
      { power: "Running", seen: "running" },
      { power: "Stopped", seen: "off" },
    ] as const)("of a VM that is $power is $seen", async ({ power, seen }) => {
      const { cloud } = await web({ power });
      expect(await cloud.power(WEB)).toBe(seen);
    });

    test("goes by a shutdown, and comes back", async () => {
      const { cloud, pass } = await web();
      expect(await cloud.shutdown(WEB)).toMatchObject({ kind: "shutdown" });
      pass(MINUTE_MS);
      expect(await cloud.power(WEB)).toBe("off");
      const on = await cloud.powerOn(WEB);
      expect(on.kind).toBe("power_on");
      pass(MINUTE_MS);
      expect(await cloud.power(WEB)).toBe("running");
      expect(await cloud.operation(WEB, on.id)).toMatchObject({ id: on.id, kind: "power_on", state: "succeeded" });
    });

    test("goes at once by a power-off", async () => {
      const { cloud } = await web();
      expect(await cloud.powerOff(WEB)).toMatchObject({ kind: "power_off" });
      expect(await cloud.power(WEB)).toBe("off");
    });

    test("may be asked for where it is on already", async () => {
      const { cloud, pass } = await web();
      await cloud.powerOn(WEB);
      pass(MINUTE_MS);
      expect(await cloud.power(WEB)).toBe("running");
    });
  });

  describe(`${name}: a snapshot`, () => {
    test("is begun, watched and listed under its name", async () => {
      const { cloud, pass } = await web();
      const begun = await cloud.startSnapshot(WEB, "before update ü/1");
      expect(begun).toMatchObject({
        kind: "snapshot",
        state: "running",
        startedAt: expect.any(Date),
        error: undefined,
      });
      pass(SECOND_MS);
      expect(await cloud.operation(WEB, begun.id)).toMatchObject({ id: begun.id, kind: "snapshot", state: "running" });
      pass(MINUTE_MS);
      expect(await cloud.operation(WEB, begun.id)).toMatchObject({ id: begun.id, state: "succeeded" });
      const listed = await cloud.snapshots(WEB);
      expect(listed).toEqual([expect.objectContaining({ name: "before update ü/1", createdAt: expect.any(Date) })]);
      expect(Math.abs(Number(listed[0]!.createdAt) - Number(begun.startedAt))).toBeLessThanOrEqual(SECOND_MS);
    });

    test("that fails says why", async () => {
      const { cloud, pass } = await web({ snapshotFails: "No space left." });
      const { id } = await cloud.startSnapshot(WEB, "x");
      pass(MINUTE_MS);
      expect(await cloud.operation(WEB, id)).toMatchObject({ state: "failed", error: "No space left." });
      expect(await cloud.snapshots(WEB)).toEqual([]);
    });

    test("is not begun while another one is being made", async () => {
      const { cloud } = await web();
      await cloud.startSnapshot(WEB, "x");
      expect(await problemOf(cloud.startSnapshot(WEB, "y"))).toMatchObject({ kind: "busy", outcome: "refused" });
    });

    test("is not begun so soon after the last one, and the refusal says for how long", async () => {
      const { cloud, pass } = await web();
      await cloud.startSnapshot(WEB, "x");
      pass(MINUTE_MS);
      const problem = await problemOf(cloud.startSnapshot(WEB, "y"));
      expect(problem).toMatchObject({ kind: "cooldown", outcome: "refused" });
      expect(problem.retryAfterMs).toBeGreaterThan(cloud.limits.cooldownMs - 2 * MINUTE_MS);
      pass(problem.retryAfterMs!);
      expect(await cloud.startSnapshot(WEB, "z")).toMatchObject({ kind: "snapshot" });
    });

    test("is not begun where there is no room", async () => {
      const { cloud } = await web({ snapshots: 10 });
      expect(cloud.limits.snapshotsPerVm).toBe(10);
      expect(await problemOf(cloud.startSnapshot(WEB, "x"))).toMatchObject({ kind: "quota", outcome: "refused" });
    });

    test("may be renamed, restored and deleted, the last as often as one likes", async () => {
      const { cloud, pass } = await web({ snapshots: 2 });
      const [first, second] = await cloud.snapshots(WEB);
      expect(await cloud.renameSnapshot(WEB, first!.id, "keep")).toEqual({ ...first, name: "keep" });
      expect(await cloud.restore(WEB, first!.id)).toMatchObject({ kind: "restore" });
      pass(MINUTE_MS);
      await cloud.deleteSnapshot(WEB, second!.id);
      await cloud.deleteSnapshot(WEB, second!.id);
      expect(await cloud.snapshots(WEB)).toEqual([{ ...first, name: "keep" }]);
    });
  });

  describe(`${name}: the operations of a VM`, () => {
    test("are listed, the newest first", async () => {
      const { cloud, pass } = await web();
      expect(await cloud.operations(WEB)).toEqual([]);
      const off = await cloud.powerOff(WEB);
      pass(SECOND_MS);
      const on = await cloud.powerOn(WEB);
      pass(MINUTE_MS);
      const snapshot = await cloud.startSnapshot(WEB, "x");
      expect(await cloud.operations(WEB)).toMatchObject([
        { id: snapshot.id, kind: "snapshot", state: "running" },
        { id: on.id, kind: "power_on", state: "succeeded" },
        { id: off.id, kind: "power_off", state: "succeeded" },
      ]);
    });
  });

  describe(`${name}: what is not there`, () => {
    const calls: { what: string; call(cloud: Cloud, vm: VmId): Promise<unknown> }[] = [
      { what: "power", call: (cloud, vm) => cloud.power(vm) },
      { what: "shutdown", call: (cloud, vm) => cloud.shutdown(vm) },
      { what: "power-off", call: (cloud, vm) => cloud.powerOff(vm) },
      { what: "power-on", call: (cloud, vm) => cloud.powerOn(vm) },
      { what: "snapshot", call: (cloud, vm) => cloud.startSnapshot(vm, "x") },
      { what: "operations", call: (cloud, vm) => cloud.operations(vm) },
      { what: "snapshots", call: (cloud, vm) => cloud.snapshots(vm) },
      { what: "restore", call: (cloud, vm) => cloud.restore(vm, NO_SNAPSHOT) },
    ];

    test.each(calls)("has no $what", async ({ call }) => {
      const { cloud, destroy } = await web();
      expect(await problemOf(call(cloud, NOWHERE))).toMatchObject({ kind: "not_found", outcome: "refused" });
      destroy("web-01");
      expect(await problemOf(call(cloud, WEB))).toMatchObject({ kind: "not_found", outcome: "refused" });
    });

    test.each(calls)("and cannot be there has no $what, and nothing is sent", async ({ call }) => {
      const { cloud } = await web();
      for (const name of [".", "..", "", "\ud800"]) {
        const problem = await problemOf(call(cloud, name as VmId));
        expect(problem).toMatchObject({ kind: "invalid", outcome: "not_sent" });
      }
      expect(await problemOf(call(cloud, VmId.parse("../servers/web-01")))).toMatchObject({ kind: "not_found" });
    });

    test("is neither an operation nor a snapshot to rename", async () => {
      const { cloud } = await web();
      expect(await problemOf(cloud.operation(WEB, NO_OPERATION))).toMatchObject({ kind: "not_found" });
      expect(await problemOf(cloud.renameSnapshot(WEB, NO_SNAPSHOT, "x"))).toMatchObject({ kind: "not_found" });
    });
  });
}
