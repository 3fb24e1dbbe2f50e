import { describe, expect, test } from "vitest";
import type { Operation, Power, Snapshot } from "../../src/domain/cloud.ts";
import { RequestId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import { advance } from "../../src/engine/advance.ts";
import { observe } from "../../src/engine/observe.ts";
import { type Cloud, CloudError } from "../../src/ports/cloud.ts";
import {
  aDelete,
  anOperation,
  aPower,
  aProblem,
  aRename,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BESIDE,
  BORIS,
  NOW,
  OPERATION,
  THERE,
  VM,
  wishOf,
} from "../domain/builders.ts";
import { depsWith } from "./rig.ts";

const named = (id: string, request: Request): Request => ({ ...request, id: RequestId.parse(id) });

/** A cloud that does at once what it is asked, and tells in which order that was. */
function quickCloud(power: Power, snapshots: Snapshot[]) {
  const asked: string[] = [];
  const operate = (kind: Operation["kind"], becomes = power) => {
    asked.push(kind);
    power = becomes;
    return anOperation({ kind, state: "succeeded" });
  };
  const cloud: Partial<Cloud> = {
    power: async () => power,
    snapshots: async () => [...snapshots],
    operations: async () => [],
    operation: async () => anOperation({ state: "succeeded" }),
    shutdown: async () => operate("shutdown", "off"),
    powerOff: async () => operate("power_off", "off"),
    powerOn: async () => operate("power_on", "running"),
    async restore(_, id) {
      asked.push(id);
      return operate("restore");
    },
    async startSnapshot(_, name) {
      snapshots.push(aSnapshot({ name, createdAt: NOW }));
      return operate("snapshot");
    },
    async deleteSnapshot(_, id) {
      asked.push(`delete ${id}`);
      snapshots.splice(
        snapshots.findIndex((each) => each.id === id),
        1,
      );
    },
    async renameSnapshot(_, id, name) {
      const found = snapshots.find((each) => each.id === id)!;
      asked.push(`rename ${id}`);
      snapshots.splice(snapshots.indexOf(found), 1, { ...found, name });
      return found;
    },
  };
  return { cloud, asked, power: () => power };
}

describe("a request goes as far as it can", () => {
  test.each<[string, Request, Power, string[], Power]>([
    [
      "a delete",
      aDelete("queued", {}, { wish: wishOf("delete", { snapshots: [THERE, BESIDE] }) }),
      "running",
      ["delete there", "delete beside"],
      "running",
    ],
    ["a rename", aRename("queued"), "running", ["rename there"], "running"],
    ["a restore", aRestore("queued"), "running", ["shutdown", "snapshot", "there", "restore", "power_on"], "running"],
    ["a restore of a VM that is off", aRestore("queued"), "off", ["snapshot", "there", "restore"], "off"],
    ["a shutdown", aPower("queued"), "running", ["shutdown"], "off"],
    [
      "a hard one",
      aPower("queued", {}, { wish: wishOf("power", { to: "hard_off" }) }),
      "running",
      ["power_off"],
      "off",
    ],
    ["switching on", aPower("queued", {}, { wish: wishOf("power", { to: "on" }) }), "off", ["power_on"], "running"],
  ])("%s", async (_, request, power, asked, end) => {
    const world = quickCloud(power, [THERE, BESIDE]);
    const { deps, store, clock, create } = depsWith(world.cloud);
    await create(request);
    for (let round = 0; round < 9; round++) {
      const until = await advance(deps, request.id);
      expect(until > clock.now()).toBe(true);
      clock.advance(5000);
    }
    expect([world.asked, world.power()]).toEqual([asked, end]);
    expect((await store.load(request.id))?.request.state.status).toBe("done");
  });

  test("a cloud that refuses a deletion keeps what is left, and the request says so", async () => {
    const world = quickCloud("running", [THERE]);
    const refuse = () => Promise.reject(new CloudError(aProblem("protected")));
    const { deps, store, create } = depsWith({ ...world.cloud, deleteSnapshot: refuse });
    await create(aDelete("queued"));
    await advance(deps, aDelete("queued").id);
    expect((await store.load(aDelete("queued").id))?.request.state).toMatchObject({
      status: "failed",
      failure: { code: "not_deleted", detail: "said protected" },
      gone: [],
    });
  });
});

describe("looking at the world", () => {
  test("tells who is ahead", async () => {
    const { deps, create } = depsWith(quickCloud("running", []).cloud);
    await create(named("r0", { ...aRequest("snapshotting"), requestedBy: BORIS }));
    const behind = named("r2", aRename("queued"));
    await create(behind);
    expect((await observe(deps, behind)).ahead).toEqual({ request: "r0", by: BORIS });
  });

  test("tells whether a watch is taken over, by what has ended, too", async () => {
    const { deps, create } = depsWith(quickCloud("running", []).cloud);
    const watching = named("w", aRequest("cancelled", { at: at(-120) }, { watch: { until: at(600) } }));
    const waiting = named("q", aRequest("queued"));
    await create(watching);
    await create(waiting);
    expect((await observe(deps, watching)).takenOver).toBeUndefined();
    expect((await observe(deps, waiting)).watched).toBe(true);
    await create(named("p", aPower("done")));
    expect((await observe(deps, watching)).takenOver).toBe("for_good");
    expect((await observe(deps, waiting)).watched).toBe(false);
  });

  test("tells what has become of a safety snapshot, and costs the cloud nothing before its time", async () => {
    const { deps, create, store } = depsWith({ snapshots: () => Promise.reject(new Error("not before its time")) });
    const done = named("r1", aRequest("done", { snapshot: THERE }, { followUp: { due: at(60), asked: 0 } }));
    await create(done);
    expect(await observe(deps, done)).toEqual({ fate: undefined });
    const { request, ...before } = await create(named("d", aDelete("deleting")));
    await store.commit(
      { request, ...before },
      { ...request, state: { ...request.state, gone: [THERE.id] } } as Request,
      [],
      NOW,
    );
    expect((await observe(deps, done)).fate).toMatchObject({ name: "before", deleted: { at: NOW } });
  });

  test("follows the operation of a restore", async () => {
    const followed: string[] = [];
    const operation: Cloud["operation"] = async (vm, id) => {
      followed.push(`${vm} ${id}`);
      return anOperation();
    };
    const { deps } = depsWith({ operation });
    await observe(deps, aRestore("restoring", { operation: OPERATION }));
    expect(followed).toEqual([`${VM} ${OPERATION.id}`]);
  });
});

test("whoever waits behind is woken when the way is free: at an end, and at a question", async () => {
  const { deps, create, woken } = depsWith(quickCloud("running", []).cloud);
  await create(named("r0", aRequest("queued")));
  await create(named("r1", aRename("queued")));
  await advance(deps, RequestId.parse("r0"));
  expect(woken).toContain("r1");
});
