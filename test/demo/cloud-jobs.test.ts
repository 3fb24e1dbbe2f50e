import { describe, expect, test } from "vitest";
import { aCloud, type Client, SECOND, TIMING } from "./cloud-client.ts";

const SERVER = "/ccloud/servers/web-01";

function aJobCloud(vm: object = {}): Promise<Client> {
  return aCloud({ snapshotApi: "snapshots", vms: [{ name: "web-01", timing: TIMING, ...vm }, { name: "web-02" }] });
}

describe("snapshots as a resource", () => {
  test("are made by a job that can be watched", async () => {
    const { get, post, clock } = await aJobCloud();
    const { status, body } = await post(`${SERVER}/snapshots`, { name: "before-update" });
    expect(status).toBe(201);
    expect(body).toEqual({ id: expect.any(Number), job_id: `j${body.id}`, action: "create" });
    const running = {
      ...body,
      status: "running",
      progress: 40,
      started_at: "2026-11-16T09:00:00Z",
      finished_at: null,
      error: null,
    };
    clock.advance(4 * SECOND);
    expect((await get(`${SERVER}/jobs/${body.job_id}`)).body).toEqual({ data: running });
    clock.advance(6 * SECOND);
    expect((await get(`${SERVER}/jobs`)).body).toMatchObject({
      data: [{ ...running, status: "finished", progress: 100, finished_at: "2026-11-16T09:00:10Z" }],
      meta: { total: 1 },
    });
    const { body: list } = await get(`${SERVER}/snapshots`);
    expect(list.data).toMatchObject([{ id: 4711, name: "before-update", created_at: "2026-11-16T09:00:00Z" }]);
  });

  test("fail with a reason", async () => {
    const { get, post, clock } = await aJobCloud({ trouble: { snapshotFails: "No space left." } });
    const { body } = await post(`${SERVER}/snapshots`, { name: "x" });
    clock.advance(TIMING.snapshotMs);
    const job = (await get(`${SERVER}/jobs/${body.job_id}`)).body.data;
    expect(job).toMatchObject({ status: "failed", error: "No space left." });
  });

  test("are renamed, restored and deleted below their server", async () => {
    const { get, post, put, delete: remove, clock } = await aJobCloud({ snapshots: 2 });
    expect((await put(`${SERVER}/snapshots/4711`, { name: "keep" })).body.data).toMatchObject({
      id: 4711,
      name: "keep",
    });
    const restore = await post(`${SERVER}/snapshots/4711/restore`);
    expect(restore.body).toMatchObject({ job_id: expect.any(String), action: "restore" });
    expect((await remove(`${SERVER}/snapshots/4712`)).status).toBe(409);
    clock.advance(TIMING.restoreMs);
    const deletion = await remove(`${SERVER}/snapshots/4712`);
    expect(deletion).toMatchObject({ status: 200, body: { action: "delete" } });
    expect((await get(`${SERVER}/snapshots`)).body.data).toMatchObject([{ name: "keep" }]);
    expect((await get(`${SERVER}/jobs`)).body.data).toMatchObject([
      { action: "delete", status: "finished" },
      { action: "restore", status: "finished" },
    ]);
  });

  test("cannot be reached through another server, nor a job", async () => {
    const { get, post, put, delete: remove } = await aJobCloud({ snapshots: 1 });
    const other = "/ccloud/servers/web-02";
    const { body } = await post(`${SERVER}/actions`, { type: "shutdown" });
    expect((await put(`${other}/snapshots/4711`, { name: "x" })).status).toBe(404);
    expect((await remove(`${other}/snapshots/4711`)).status).toBe(404);
    expect((await post(`${other}/snapshots/4711/restore`)).status).toBe(404);
    expect((await get(`${other}/jobs/${body.job_id}`)).status).toBe(404);
  });

  test("keep to the limits", async () => {
    const { post } = await aJobCloud({ snapshots: 10 });
    expect((await post(`${SERVER}/snapshots`, { name: "x" })).status).toBe(422);
    await post("/ccloud/servers/web-02/snapshots", { name: "x" });
    expect((await post("/ccloud/servers/web-02/snapshots", { name: "y" })).status).toBe(409);
  });

  test("have a cooldown", async () => {
    const { post, clock } = await aJobCloud();
    await post(`${SERVER}/snapshots`, { name: "x" });
    clock.advance(TIMING.snapshotMs);
    const refused = await post(`${SERVER}/snapshots`, { name: "y" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "590"]);
  });
});

describe("the power beside them", () => {
  test("is switched by actions that are jobs", async () => {
    const { cloud, get, post, clock } = await aJobCloud();
    const { status, body } = await post(`${SERVER}/actions`, { type: "shutdown" });
    expect([status, body]).toEqual([201, { id: expect.any(Number), job_id: `j${body.id}`, action: "shutdown" }]);
    clock.advance(TIMING.shutdownMs);
    await post(`${SERVER}/actions`, { type: "power_on" });
    expect(cloud.vm("web-01").power).toBe("Stopped");
    expect((await get(`${SERVER}/jobs`)).body.data).toMatchObject([
      { action: "power_on", status: "running", progress: 0 },
      { action: "shutdown", status: "finished", progress: 100 },
    ]);
    clock.advance(TIMING.bootMs);
    expect((await get(`${SERVER}/state`)).body.state).toBe("Running");
  });
});

describe("the ways of the other API", () => {
  test("are not there", async () => {
    const { get, post, delete: remove } = await aJobCloud({ snapshots: 1 });
    const { body } = await post(`${SERVER}/actions`, { type: "shutdown" });
    expect((await post(`${SERVER}/actions`, { type: "snapshot", name: "x" })).status).toBe(422);
    expect((await post(`${SERVER}/actions`, { type: "restore", image: 4711 })).status).toBe(422);
    expect((await get(`${SERVER}/actions`)).status).toBe(404);
    expect((await get(`/ccloud/actions/${body.id}`)).status).toBe(404);
    expect((await get("/ccloud/snapshots/4711")).status).toBe(404);
    expect((await remove("/ccloud/snapshots/4711")).status).toBe(404);
  });
});
