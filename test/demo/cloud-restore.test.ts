import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/demo/server.ts";
import { aCloud, type Client, MINUTE, SECOND, TIMING } from "./cloud-client.ts";

const SERVER = "/ccloud/servers/web-01";

/** Both forms of the API, and how each says the same. */
const FORMS = {
  actions: {
    restore: ({ post }: Client, id: number) => post(`${SERVER}/actions`, { type: "restore", image: id }),
    rename: ({ put }: Client, id: number, name: string) => put(`/ccloud/snapshots/${id}`, { name }),
    remove: (client: Client, id: number) => client.delete(`/ccloud/snapshots/${id}`),
    list: async ({ get }: Client) => (await get(`${SERVER}/snapshots`)).body.snapshots,
    latest: async ({ get }: Client) => {
      const [action] = (await get(`${SERVER}/actions`)).body.actions;
      return { percent: action.progress, status: action.status, error: action.error?.message ?? null };
    },
    words: { "in-progress": "in-progress", errored: "errored", completed: "completed" },
  },
  snapshots: {
    restore: ({ post }: Client, id: number) => post(`${SERVER}/snapshots/${id}/restore`),
    rename: ({ put }: Client, id: number, name: string) => put(`${SERVER}/snapshots/${id}`, { name }),
    remove: (client: Client, id: number) => client.delete(`${SERVER}/snapshots/${id}`),
    list: async ({ get }: Client) => (await get(`${SERVER}/snapshots`)).body.data,
    latest: async ({ get }: Client) => {
      const [job] = (await get(`${SERVER}/jobs`)).body.data;
      return { percent: job.progress, status: job.status, error: job.error };
    },
    words: { "in-progress": "running", errored: "failed", completed: "finished" },
  },
};

describe.each(["actions", "snapshots"] as const)("snapshots as %s:", (snapshotApi) => {
  const form = FORMS[snapshotApi];
  const aVm = (trouble: object = {}, more: object = {}) =>
    aCloud({ snapshotApi, vms: [{ name: "web-01", timing: TIMING, snapshots: 2, trouble, ...more }] });

  describe("a restore", () => {
    test("is what stands on the disk from its end on", async () => {
      const client = await aVm();
      expect((await form.restore(client, 4712)).status).toBe(201);
      client.clock.advance(TIMING.restoreMs - 1);
      expect(client.cloud.vm("web-01").restoredFrom).toBeUndefined();
      client.clock.advance(1);
      expect(client.cloud.vm("web-01").restoredFrom).toBe(4712);
      await form.restore(client, 4711);
      client.clock.advance(TIMING.restoreMs);
      expect(client.cloud.vm("web-01").restoredFrom).toBe(4711);
    });

    test.each([
      { restoreFails: true, error: "The storage could not finish the restore." },
      { restoreFails: "The image is broken.", error: "The image is broken." },
    ])("fails and says: $error", async ({ restoreFails, error }) => {
      const client = await aVm({ restoreFails });
      await form.restore(client, 4711);
      client.clock.advance(TIMING.restoreMs);
      expect(await form.latest(client)).toEqual({ status: form.words.errored, percent: 99, error });
      expect(client.cloud.vm("web-01")).toMatchObject({ restoredFrom: undefined, power: "Running" });
      expect((await form.restore(client, 4711)).status).toBe(201);
    });

    test("breaks off at a percentage", async () => {
      const client = await aVm({ restoreStopsAt: 40 });
      await form.restore(client, 4711);
      client.clock.advance(MINUTE);
      expect(await form.latest(client)).toMatchObject({ status: form.words.errored, percent: 40 });
    });

    test("has no percentage where the API tells none", async () => {
      const client = await aVm({ noPercent: true });
      await form.restore(client, 4711);
      client.clock.advance(TIMING.restoreMs / 2);
      expect(await form.latest(client)).toEqual({ status: form.words["in-progress"], percent: null, error: null });
    });

    test.each([
      { restorePowersOn: undefined, onAfterMs: undefined },
      { restorePowersOn: true, onAfterMs: 0 },
      { restorePowersOn: { afterMs: 5 * SECOND }, onAfterMs: 5 * SECOND },
    ])("with $restorePowersOn switches the VM on after $onAfterMs", async ({ restorePowersOn, onAfterMs }) => {
      const client = await aVm({ restorePowersOn }, { power: "Stopped" });
      await form.restore(client, 4711);
      client.clock.advance(TIMING.restoreMs - 1);
      expect(client.cloud.vm("web-01").power).toBe("Stopped");
      client.clock.advance(onAfterMs ?? MINUTE);
      expect(client.cloud.vm("web-01").power).toBe("Stopped");
      client.clock.advance(1);
      expect(client.cloud.vm("web-01").power).toBe(onAfterMs === undefined ? "Stopped" : "Running");
      expect(client.cloud.vm("web-01").operations).toHaveLength(1);
    });

    test("that powers on and a power_on that is asked for meanwhile make one boot", async () => {
      const client = await aVm({ restorePowersOn: { afterMs: SECOND } }, { power: "Stopped" });
      await form.restore(client, 4711);
      client.clock.advance(TIMING.restoreMs);
      await client.post(`${SERVER}/actions`, { type: "power_on" });
      client.clock.advance(SECOND);
      const onAt = client.clock.now();
      client.clock.advance(MINUTE);
      expect(client.cloud.vm("web-01").offPeriods).toMatchObject([{ to: onAt }]);
    });

    test("started in the cloud's own panel keeps the VM busy", async () => {
      const client = await aVm();
      expect(client.cloud.panel("web-01").restore(4711)).toMatchObject({ type: "restore", status: "in-progress" });
      expect(client.cloud.panel("web-01").restore(4711)).toEqual({ refused: "busy" });
      expect((await form.restore(client, 4712)).status).toBe(409);
      expect((await form.remove(client, 4712)).status).toBe(409);
      expect((await client.post(`${SERVER}/actions`, { type: "shutdown" })).status).toBe(409);
    });
  });

  describe("a snapshot", () => {
    test.each([
      { deleteRefused: 403, id: "forbidden", message: "The snapshot is protected." },
      { deleteRefused: 409, id: "conflict", message: "Another action is in progress." },
      { deleteRefused: 423, id: "locked", message: "The snapshot is locked." },
    ])("may not be deleted: $deleteRefused", async ({ deleteRefused, ...body }) => {
      const client = await aVm({ deleteRefused });
      expect(await form.remove(client, 4711)).toMatchObject({ status: deleteRefused, body });
      expect(client.cloud.vm("web-01").snapshots).toHaveLength(2);
      expect((await form.remove(client, 4799)).status).toBe(404);
    });

    test.each([409, 422] as const)("may not take a name: %s", async (renameRefused) => {
      const client = await aVm({ renameRefused });
      const refused = await form.rename(client, 4711, "taken");
      expect(refused).toMatchObject({
        status: renameRefused,
        body: { message: "A snapshot with this name already exists." },
      });
      expect((await form.list(client)).map(({ name }: { name: string }) => name)).not.toContain("taken");
    });

    test("that is deleted stays listed for a while, at its place, and is gone all the same", async () => {
      const client = await aVm({ listsGoneLateMs: 30 * SECOND });
      const ids = async () => (await form.list(client)).map(({ id }: { id: number }) => id);
      expect([200, 204]).toContain((await form.remove(client, 4711)).status);
      client.clock.advance(30 * SECOND - 1);
      expect(await ids()).toEqual([4711, 4712]);
      expect(client.cloud.vm("web-01").snapshots.map(({ id }) => id)).toEqual([4712]);
      for (const again of [form.remove, form.restore]) expect((await again(client, 4711)).status).toBe(404);
      client.clock.advance(1);
      expect(await ids()).toEqual([4712]);
    });

    test("is listed while it is made, with its status where that is told", async () => {
      const client = await aVm({ listsUnfinished: "creating" });
      const seen = async () =>
        (await form.list(client)).map(({ id, name, status }: Record<string, unknown>) => [id, name, status]);
      client.cloud.panel("web-01").takeSnapshot("before");
      client.clock.advance(TIMING.snapshotMs - 1);
      expect((await seen()).at(-1)).toEqual([4713, "before", "creating"]);
      expect(client.cloud.vm("web-01").snapshots).toHaveLength(2);
      expect((await form.restore(client, 4713)).status).toBe(404);
      client.clock.advance(1);
      expect((await seen()).at(-1)).toEqual([4713, "before", "available"]);
      client.cloud.trouble("web-01", { listsUnfinished: true, snapshotFails: true });
      client.clock.advance(10 * MINUTE);
      client.cloud.panel("web-01").takeSnapshot("again");
      expect((await seen()).at(-1)).toEqual([4714, "again", undefined]);
      client.clock.advance(TIMING.snapshotMs);
      expect(await seen()).toHaveLength(3);
    });
  });

  const LOST: Fault = { kind: "reset", applied: true };
  const NEVER: Fault = { kind: "reset", applied: false };
  const answer = (status: number): Fault => ({ kind: "answer", applied: false, reply: { status } });

  test.each([
    { what: "restore", fault: LOST, done: true },
    { what: "restore", fault: NEVER, done: false },
    { what: "restore", fault: answer(503), done: false },
    { what: "rename", fault: LOST, done: true },
    { what: "rename", fault: answer(429), done: false },
    { what: "remove", fault: LOST, done: true },
    { what: "remove", fault: answer(500), done: false },
  ] as const)("a $what that meets $fault.kind (applied: $fault.applied)", async ({ what, fault, done }) => {
    const client = await aVm();
    client.cloud.server.intercept((call) => (call.method === "GET" ? undefined : fault));
    const asked = { restore: form.restore, remove: form.remove, rename: form.rename }[what](client, 4711, "new");
    if (fault.kind === "answer") expect((await asked).status).toBe(fault.reply.status);
    else await expect(asked).rejects.toThrow();
    client.clock.advance(TIMING.restoreMs);
    const { snapshots, restoredFrom } = client.cloud.vm("web-01");
    const first = snapshots.find(({ id }) => id === 4711);
    const happened = { restore: restoredFrom === 4711, rename: first?.name === "new", remove: first === undefined };
    expect(happened[what]).toBe(done);
  });
});
