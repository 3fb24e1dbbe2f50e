import { describe, expect, test } from "vitest";
import { aCloud, MINUTE, SECOND, TIMING } from "./cloud-client.ts";

const ACTIONS = "/ccloud/servers/web-01/actions";

function troubled(trouble: object, power: "Running" | "Stopped" = "Running") {
  return aCloud({ vms: [{ name: "web-01", power, timing: TIMING, trouble }] });
}

describe("a guest that ignores a shutdown", () => {
  test("stays on until it is asked after the trouble is over", async () => {
    const { cloud, post, clock } = await troubled({ ignoresShutdown: true });
    expect((await post(ACTIONS, { type: "shutdown" })).body.action.status).toBe("completed");
    clock.advance(20 * MINUTE);
    expect(cloud.vm("web-01").power).toBe("Running");
    cloud.trouble("web-01", { ignoresShutdown: undefined });
    await post(ACTIONS, { type: "shutdown" });
    clock.advance(TIMING.shutdownMs);
    expect(cloud.vm("web-01").power).toBe("Stopped");
  });

  test("may go off late", async () => {
    const { cloud, post, clock } = await troubled({ ignoresShutdown: { afterMs: 5 * MINUTE } });
    await post(ACTIONS, { type: "shutdown" });
    clock.advance(5 * MINUTE - 1);
    expect(cloud.vm("web-01").power).toBe("Running");
    clock.advance(1);
    expect(cloud.vm("web-01").power).toBe("Stopped");
  });

  test("can be cut off, once: it does not go off again after it was switched on", async () => {
    const { cloud, post, clock } = await troubled({ ignoresShutdown: { afterMs: 5 * MINUTE } });
    await post(ACTIONS, { type: "shutdown" });
    await post(ACTIONS, { type: "power_off" });
    await post(ACTIONS, { type: "power_on" });
    clock.advance(10 * MINUTE);
    expect(cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 1 });
  });
});

describe("a snapshot that fails", () => {
  test.each([
    { snapshotFails: true, message: "The storage could not finish the snapshot." },
    { snapshotFails: "No space left in pool_aw3_ssd.", message: "No space left in pool_aw3_ssd." },
  ])("says $message and leaves nothing", async ({ snapshotFails, message }) => {
    const { get, post, clock } = await troubled({ snapshotFails });
    const { body } = await post(ACTIONS, { type: "snapshot" });
    clock.advance(TIMING.snapshotMs);
    expect((await get(`/ccloud/actions/${body.action.id}`)).body.action).toMatchObject({
      status: "errored",
      progress: 99,
      completed_at: "2026-11-16T09:00:10Z",
      snapshot_id: null,
      error: { code: "snapshot_failed", message },
    });
    expect((await get("/ccloud/servers/web-01/snapshots")).body.snapshots).toEqual([]);
  });

  test("may break off at a percentage", async () => {
    const { cloud, post, clock } = await troubled({ snapshotStopsAt: 37 });
    await post(ACTIONS, { type: "snapshot" });
    clock.advance(3_699);
    expect(cloud.vm("web-01").operations).toMatchObject([{ status: "in-progress", percent: 36 }]);
    clock.advance(MINUTE);
    expect(cloud.vm("web-01")).toMatchObject({
      snapshots: [],
      operations: [{ status: "errored", percent: 37, error: { code: "snapshot_failed" } }],
    });
  });
});

describe("a VM that does not come on", () => {
  test("is answered 500 so many times", async () => {
    const { cloud, post } = await troubled({ powerOnFails: 2 }, "Stopped");
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await post(ACTIONS, { type: "power_on" }));
    expect(answers.map(({ status }) => status)).toEqual([500, 500, 201]);
    expect(answers[0]?.body).toEqual({ id: "server_error", message: "Unexpected server-side error" });
    expect(cloud.vm("web-01").operations).toHaveLength(1);
    expect(cloud.vm("web-01").trouble).toEqual({});
  });

  test("is answered 500 until the trouble is over", async () => {
    const { cloud, post } = await troubled({ powerOnFails: true }, "Stopped");
    for (let n = 0; n < 5; n++) expect((await post(ACTIONS, { type: "power_on" })).status).toBe(500);
    cloud.trouble("web-01", { powerOnFails: undefined });
    expect((await post(ACTIONS, { type: "power_on" })).status).toBe(201);
  });

  test("completes its power_on and stays off, until it is tried after the trouble is over", async () => {
    const { cloud, post, clock } = await troubled({ bootNever: true }, "Stopped");
    await post(ACTIONS, { type: "power_on" });
    clock.advance(TIMING.bootMs);
    expect(cloud.vm("web-01")).toMatchObject({ power: "Stopped", operations: [{ status: "completed" }] });
    cloud.trouble("web-01", { bootNever: undefined });
    await post(ACTIONS, { type: "power_on" });
    clock.advance(TIMING.bootMs);
    expect(cloud.vm("web-01").power).toBe("Running");
  });
});

describe("an API with gaps", () => {
  test("keeps its percentages to itself", async () => {
    const { get, post, clock } = await troubled({ noPercent: true });
    const { body } = await post(ACTIONS, { type: "snapshot" });
    expect(body.action.progress).toBeNull();
    clock.advance(TIMING.snapshotMs);
    const done = (await get(`/ccloud/actions/${body.action.id}`)).body.action;
    expect(done).toMatchObject({ status: "completed", progress: null });
  });

  test("lists a snapshot late, though it exists", async () => {
    const { cloud, get, post, clock } = await troubled({ listsLateMs: 30 * SECOND });
    await post(ACTIONS, { type: "snapshot" });
    clock.advance(TIMING.snapshotMs + 30 * SECOND - 1);
    expect((await get("/ccloud/servers/web-01/snapshots")).body.snapshots).toEqual([]);
    expect((await get("/ccloud/servers/web-01")).body.data.snapshot_ids).toEqual([]);
    expect((await get("/ccloud/snapshots/4711")).status).toBe(404);
    expect(cloud.vm("web-01").snapshots).toHaveLength(1);
    clock.advance(1);
    expect((await get("/ccloud/servers/web-01/snapshots")).body.snapshots).toHaveLength(1);
  });

  test("has other words for its states", async () => {
    const words = { Running: "ACTIVE", Stopped: "OFF", Stopping: "Shutting down" };
    const { cloud, get, post, clock } = await troubled({ words });
    const state = async () => (await get("/ccloud/servers/web-01/state")).body.state;
    const seen = [await state()];
    await post(ACTIONS, { type: "shutdown" });
    seen.push(await state(), (await get("/ccloud/servers/web-01")).body.data.state);
    clock.advance(TIMING.shutdownMs);
    seen.push(await state());
    await post(ACTIONS, { type: "power_on" });
    seen.push(await state());
    expect(seen).toEqual(["ACTIVE", "Shutting down", "Shutting down", "OFF", "OFF"]);
    expect(cloud.vm("web-01").power).toBe("Stopped");
  });
});

describe("trouble", () => {
  test("adds up, and goes away by undefined", async () => {
    const { cloud } = await troubled({ bootNever: true, noPercent: true });
    cloud.trouble("web-01", { noPercent: undefined, listsLateMs: 5 });
    expect(cloud.vm("web-01").trouble).toEqual({ bootNever: true, listsLateMs: 5 });
  });
});
