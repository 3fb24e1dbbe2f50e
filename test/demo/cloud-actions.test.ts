import { describe, expect, test } from "vitest";
import { manualClock } from "../manual-clock.ts";
import { aCloud, type Client, MINUTE, SECOND, TIMING } from "./cloud-client.ts";

const WEB = { name: "web-01", diskGb: 20, timing: TIMING };
const CONFLICT = { status: 409, body: { id: "conflict", message: "Another action is in progress." } };

function act({ post }: Client, type: string, fields: object = {}) {
  return post("/ccloud/servers/web-01/actions", { type, ...fields });
}

async function actionOf({ get }: Client, id: number) {
  return (await get(`/ccloud/actions/${id}`)).body.action;
}

async function stateOf({ get }: Client) {
  return (await get("/ccloud/servers/web-01/state")).body.state;
}

describe("a snapshot", () => {
  test("takes its time, tells its percentage and is listed when it is done", async () => {
    const client = await aCloud({ vms: [WEB], clock: manualClock(new Date("2026-11-16T09:00:00.400Z")) });
    const { status, body } = await act(client, "snapshot", { name: "before-update" });
    expect(status).toBe(201);
    const begun = {
      id: expect.any(Number),
      status: "in-progress",
      type: "snapshot",
      started_at: "2026-11-16T09:00:00Z",
      completed_at: null,
      progress: 0,
      resource_id: "web-01",
      resource_type: "server",
      snapshot_id: null,
      error: null,
    };
    expect(body.action).toEqual(begun);

    client.clock.advance(4_399);
    expect((await actionOf(client, body.action.id)).progress).toBe(43);
    client.clock.advance(5_600);
    expect(await actionOf(client, body.action.id)).toEqual({ ...begun, progress: 99 });
    expect((await client.get("/ccloud/servers/web-01/snapshots")).body.snapshots).toEqual([]);

    client.clock.advance(1);
    expect(await actionOf(client, body.action.id)).toEqual({
      ...begun,
      status: "completed",
      progress: 100,
      completed_at: "2026-11-16T09:00:10Z",
      snapshot_id: 4711,
    });
    const snapshot = {
      id: 4711,
      name: "before-update",
      created_at: "2026-11-16T09:00:00Z",
      min_disk_size: 20,
      size_gigabytes: 7.4,
      type: "snapshot",
      resource_id: "web-01",
      live: true,
    };
    expect((await client.get("/ccloud/servers/web-01/snapshots")).body.snapshots).toEqual([snapshot]);
    expect((await client.get("/ccloud/snapshots/4711")).body).toEqual({ snapshot });
    expect((await client.get("/ccloud/servers/web-01")).body.data.snapshot_ids).toEqual([4711]);
  });

  test("is named after the VM and the Unix time unless told otherwise, and is not live on a stopped VM", async () => {
    const client = await aCloud({ vms: [{ ...WEB, power: "Stopped" }] });
    const unixTime = client.clock.now().getTime() / 1000;
    await act(client, "snapshot");
    client.clock.advance(TIMING.snapshotMs);
    expect(client.cloud.vm("web-01")).toMatchObject({
      power: "Stopped",
      snapshots: [{ name: `web-01-${unixTime}`, live: false }],
    });
  });

  test("can be renamed and deleted", async () => {
    const client = await aCloud({ vms: [{ ...WEB, snapshots: 2 }] });
    const renamed = await client.put("/ccloud/snapshots/4711", { name: "keep" });
    expect(renamed).toMatchObject({ status: 200, body: { snapshot: { id: 4711, name: "keep" } } });
    expect((await client.get("/ccloud/snapshots/4711")).body.snapshot.name).toBe("keep");
    expect((await client.put("/ccloud/snapshots/4711", { name: "" })).status).toBe(422);
    expect((await client.put("/ccloud/snapshots/4711", { name: "x", live: true })).status).toBe(422);

    expect(await client.delete("/ccloud/snapshots/4711")).toMatchObject({ status: 204, body: undefined });
    expect((await client.get("/ccloud/snapshots/4711")).status).toBe(404);
    expect((await client.delete("/ccloud/snapshots/4711")).status).toBe(404);
    expect(client.cloud.vm("web-01").snapshots.map(({ id }) => id)).toEqual([4712]);
    expect((await client.get("/ccloud/servers/web-01/actions")).body.actions).toEqual([]);
  });
});

describe("the power", () => {
  test("goes off a while after the guest was asked, though the action is complete at once", async () => {
    const client = await aCloud({ vms: [WEB] });
    const { status, body } = await act(client, "shutdown");
    expect(status).toBe(201);
    expect(body.action).toMatchObject({ status: "completed", progress: 100, completed_at: body.action.started_at });
    client.clock.advance(TIMING.shutdownMs - 1);
    expect(await stateOf(client)).toBe("Running");
    client.clock.advance(1);
    expect(await stateOf(client)).toBe("Stopped");
    expect(client.cloud.vm("web-01").hardPowerOffs).toBe(0);
  });

  test("does not go off later because the guest was asked again", async () => {
    const client = await aCloud({ vms: [WEB] });
    await act(client, "shutdown");
    client.clock.advance(2 * SECOND);
    await act(client, "shutdown");
    client.clock.advance(1 * SECOND);
    expect(await stateOf(client)).toBe("Stopped");
  });

  test("is cut at once, also while the guest is shutting down, and that is counted", async () => {
    const client = await aCloud({ vms: [WEB] });
    await act(client, "shutdown");
    client.clock.advance(SECOND);
    const { body } = await act(client, "power_off");
    expect(body.action.status).toBe("completed");
    client.clock.advance(MINUTE);
    const vm = client.cloud.vm("web-01");
    expect(vm).toMatchObject({ power: "Stopped", hardPowerOffs: 1 });
    expect(vm.offPeriods).toHaveLength(1);
  });

  test("comes back when the guest has booted", async () => {
    const client = await aCloud({ vms: [{ ...WEB, power: "Stopped" }] });
    const since = client.clock.now();
    const { body } = await act(client, "power_on");
    expect(body.action).toMatchObject({ status: "in-progress", progress: 0 });
    client.clock.advance(TIMING.bootMs - 1);
    expect(await stateOf(client)).toBe("Stopped");
    client.clock.advance(1);
    expect(await stateOf(client)).toBe("Running");
    expect((await actionOf(client, body.action.id)).status).toBe("completed");
    expect(client.cloud.vm("web-01").offPeriods).toEqual([{ from: since, to: client.clock.now() }]);
  });

  test.each([
    { power: "Running", type: "power_on" },
    { power: "Stopped", type: "shutdown" },
    { power: "Stopped", type: "power_off" },
  ] as const)("stays $power after $type, which completes at once", async ({ power, type }) => {
    const client = await aCloud({ vms: [{ ...WEB, power }] });
    const { status, body } = await act(client, type);
    expect([status, body.action.status]).toEqual([201, "completed"]);
    client.clock.advance(MINUTE);
    expect(client.cloud.vm("web-01")).toMatchObject({ power, hardPowerOffs: 0 });
  });
});

describe("one action at a time", () => {
  test.each([
    { running: "snapshot", power: "Running", fields: {}, lasts: TIMING.snapshotMs },
    { running: "restore", power: "Running", fields: { image: 4711 }, lasts: TIMING.restoreMs },
    { running: "power_on", power: "Stopped", fields: {}, lasts: TIMING.bootMs },
  ] as const)("everything else waits for $running", async ({ running, power, fields, lasts }) => {
    const client = await aCloud({ vms: [{ ...WEB, power, snapshots: 1 }] });
    expect((await act(client, running, fields)).status).toBe(201);
    client.clock.advance(lasts - 1);
    for (const type of ["snapshot", "shutdown", "power_off", "power_on"]) {
      expect(await act(client, type), type).toMatchObject(CONFLICT);
    }
    expect(await act(client, "restore", { image: 4711 })).toMatchObject(CONFLICT);
    expect(await client.delete("/ccloud/snapshots/4711")).toMatchObject(CONFLICT);
    expect(client.cloud.vm("web-01")).toMatchObject({ power, hardPowerOffs: 0, operations: [{ type: running }] });
    client.clock.advance(1);
    expect((await act(client, "power_on")).status).toBe(201);
  });

  test("does not concern other servers", async () => {
    const client = await aCloud({ vms: [WEB, { name: "web-02" }] });
    await act(client, "snapshot");
    expect((await client.post("/ccloud/servers/web-02/actions", { type: "snapshot" })).status).toBe(201);
  });
});

describe("a restore", () => {
  test.each(["Running", "Stopped"] as const)("leaves a VM that is %s as it was", async (power) => {
    const client = await aCloud({ vms: [{ ...WEB, power, snapshots: 1 }] });
    const { body } = await act(client, "restore", { image: 4711 });
    client.clock.advance(TIMING.restoreMs / 2);
    expect(await actionOf(client, body.action.id)).toMatchObject({ status: "in-progress", progress: 50 });
    client.clock.advance(TIMING.restoreMs / 2);
    expect(await actionOf(client, body.action.id)).toMatchObject({ status: "completed", snapshot_id: null });
    expect(await stateOf(client)).toBe(power);
  });

  test("needs a snapshot of this very server", async () => {
    const client = await aCloud({ vms: [WEB, { name: "web-02", snapshots: 1 }] });
    expect((await act(client, "restore", { image: 4711 })).status).toBe(404);
  });
});

describe("the limits", () => {
  test("ten snapshots are enough until one is deleted", async () => {
    const client = await aCloud({ vms: [{ ...WEB, snapshots: 10 }] });
    expect(await act(client, "snapshot")).toMatchObject({
      status: 422,
      body: { id: "unprocessable_entity", message: "Snapshot limit of 10 reached for this server." },
    });
    await client.delete("/ccloud/snapshots/4711");
    expect((await act(client, "snapshot")).status).toBe(201);
  });

  test("ten minutes lie between two starts, counted from the time the API tells", async () => {
    const client = await aCloud({ vms: [WEB], clock: manualClock(new Date("2026-11-16T09:00:00.400Z")) });
    await act(client, "snapshot");
    client.clock.advance(MINUTE);
    const refused = await act(client, "snapshot");
    expect(refused).toMatchObject({ status: 429, body: { id: "too_many_requests" } });
    expect(refused.headers.get("retry-after")).toBe("540");
    client.clock.advance(9 * MINUTE - 401);
    expect((await act(client, "snapshot")).headers.get("retry-after")).toBe("1");
    client.clock.advance(1);
    expect((await act(client, "snapshot")).status).toBe(201);
  });

  test.each([
    { what: "a failed one", trouble: { snapshotFails: true } },
    { what: "one that was deleted", trouble: {} },
  ])("the ten minutes count for $what too", async ({ trouble }) => {
    const client = await aCloud({ vms: [{ ...WEB, trouble }] });
    await act(client, "snapshot");
    client.clock.advance(TIMING.snapshotMs);
    await client.delete("/ccloud/snapshots/4711");
    expect((await act(client, "snapshot")).headers.get("retry-after")).toBe("590");
  });

  test("the ten minutes do not keep the VM from anything else", async () => {
    const client = await aCloud({ vms: [WEB] });
    await act(client, "snapshot");
    client.clock.advance(TIMING.snapshotMs);
    expect((await act(client, "shutdown")).status).toBe(201);
    expect((await act(client, "restore", { image: 4711 })).status).toBe(201);
  });
});

describe("the list of actions", () => {
  test("has the newest first, in pages", async () => {
    const client = await aCloud({ vms: [WEB] });
    for (const type of ["shutdown", "power_off", "snapshot"]) {
      await act(client, type);
      client.clock.advance(SECOND);
    }
    const { body } = await client.get("/ccloud/servers/web-01/actions?per_page=2");
    expect(body.actions).toMatchObject([
      { type: "snapshot", progress: 10 },
      { type: "power_off", progress: 100 },
    ]);
    expect(body.meta).toEqual({ total: 3 });
    expect(body.links.pages.next).toBe(`${client.cloud.url}/ccloud/servers/web-01/actions?page=2&per_page=2`);
    const { body: second } = await client.get("/ccloud/servers/web-01/actions?per_page=2&page=2");
    expect(second.actions).toMatchObject([{ type: "shutdown" }]);
  });
});
