import { describe, expect, test } from "vitest";
import { OperationId, SnapshotId } from "../../src/domain/ids.ts";
import { aCcloud, type Rig, WEB } from "./ccloud-rig.ts";
import { problemOf } from "./problem-of.ts";

const ACTIONS = "POST /ccloud/servers/web-01/actions";
const STATE = "GET /ccloud/servers/web-01/state";
const SNAPSHOTS = "GET /ccloud/servers/web-01/snapshots";
const message = "What the cloud says.";

describe("a refusal", () => {
  test.each([
    { status: 400, kind: "invalid" },
    { status: 401, kind: "auth" },
    { status: 403, kind: "forbidden" },
    { status: 404, kind: "not_found" },
    { status: 405, kind: "unsupported" },
    { status: 409, kind: "busy" },
    { status: 413, kind: "invalid" },
    { status: 418, kind: "invalid" },
    { status: 422, kind: "invalid" },
    { status: 423, kind: "busy" },
  ])("with $status is $kind, for what changes something and for what reads", async ({ status, kind }) => {
    const { cloud, answer } = await aCcloud();
    answer(ACTIONS, { status, body: { message } });
    expect(await problemOf(cloud.startSnapshot(WEB, "x"))).toEqual({ kind, outcome: "refused", detail: message });
    answer(SNAPSHOTS, { status, body: { message } });
    expect(await problemOf(cloud.snapshots(WEB))).toEqual({ kind, outcome: "refused", detail: message });
  });

  test.each([500, 502, 503, 504, 599])("with %i may have taken effect", async (status) => {
    const { cloud, answer } = await aCcloud();
    answer(ACTIONS, { status, body: { message } });
    expect(await problemOf(cloud.powerOff(WEB))).toEqual({ kind: "transient", outcome: "unknown", detail: message });
    answer(SNAPSHOTS, { status, body: "<html>Bad gateway</html>" });
    expect(await problemOf(cloud.snapshots(WEB))).toEqual({
      kind: "transient",
      outcome: "refused",
      detail: `ccloud³ answered ${status} to GET /ccloud/servers/web-01/snapshots`,
    });
  });

  test("for want of room is known by its words, and only where a snapshot was asked for", async () => {
    const { cloud, answer } = await aCcloud({ vms: [{ name: "limit-01" }] });
    const vm = (await cloud.listVms())[0]!.id;
    const said = { status: 422, body: { message: "Snapshot limit of 10 reached for this server." } };
    answer("POST", said);
    expect(await problemOf(cloud.startSnapshot(vm, "x"))).toMatchObject({ kind: "quota", outcome: "refused" });
    expect(await problemOf(cloud.powerOff(vm))).toMatchObject({ kind: "invalid" });
    answer("POST", { status: 422 });
    expect(await problemOf(cloud.startSnapshot(vm, "x"))).toMatchObject({ kind: "invalid" });
  });

  test.each([301, 302, 307])("is what a redirect with %i amounts to, and it is not followed", async (status) => {
    const { cloud, answer, calls } = await aCcloud();
    await cloud.check();
    answer("", { status, headers: { location: "/api/v1/ccloud/servers" } });
    expect(await problemOf(cloud.snapshots(WEB))).toMatchObject({ kind: "protocol", outcome: "refused" });
    expect(await problemOf(cloud.powerOff(WEB))).toMatchObject({ kind: "protocol", outcome: "unknown" });
    expect(calls()).toHaveLength(1 + 2);
  });

  test("that comes as a page and not from the API says nothing of the VM", async () => {
    const { cloud, answer } = await aCcloud();
    answer("GET /ccloud/servers/web-01", { status: 404, body: "<html>nginx</html>" });
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ kind: "protocol" });
  });

  test("to delete what is not there is a yes", async () => {
    const { cloud, answer } = await aCcloud();
    answer("DELETE", { status: 404, body: { message } });
    await expect(cloud.deleteSnapshot(WEB, SnapshotId.parse("1"))).resolves.toBeUndefined();
  });
});

describe("a list of operations that is missing", () => {
  test.each([404, 405])("with %i is unsupported as long as the server is there", async (status) => {
    const { cloud, demo, answer } = await aCcloud();
    answer("GET /ccloud/servers/web-01/actions", { status, body: { message } });
    expect(await problemOf(cloud.operations(WEB))).toMatchObject({ kind: "unsupported", outcome: "refused" });
    demo.destroy("web-01");
    expect(await problemOf(cloud.operations(WEB))).toMatchObject({ kind: "not_found" });
  });
});

describe("the power", () => {
  test.each([
    { what: "is not known there", reply: { status: 404, body: { message } } },
    { what: "has no fields", reply: { status: 200, body: {} } },
    { what: "is a page", reply: { status: 200, body: "<html>" } },
    { what: "is of another type", reply: { status: 200, body: { state: { power: 1 } } } },
  ])("is read off the server when the state call $what", async ({ reply }) => {
    const { cloud, answer } = await aCcloud({ vms: [{ name: "web-01", power: "Stopped" }] });
    answer(STATE, reply);
    expect(await cloud.power(WEB)).toBe("off");
  });

  test.each([
    { body: { status: "Running" }, seen: "running" },
    { body: { state: null, status: "Stopped" }, seen: "off" },
    { body: { data: { state: "Running" } }, seen: "running" },
    { body: { state: "Running", status: "ok", more: [1] }, seen: "running" },
  ])("is taken from $body", async ({ body, seen }) => {
    const { cloud, answer } = await aCcloud();
    answer(STATE, { status: 200, body });
    expect(await cloud.power(WEB)).toBe(seen);
  });

  test("that no call tells is a protocol error with the name of what was missing", async () => {
    const { cloud, answer } = await aCcloud();
    answer("GET /ccloud/servers/web-01", { status: 200, body: { data: { hostname: "web-01" } } });
    expect(await problemOf(cloud.power(WEB))).toEqual({
      kind: "protocol",
      outcome: "refused",
      detail: "GET /ccloud/servers/web-01/state: no `state` or `status`",
    });
  });
});

describe("an answer that does not fit", () => {
  const aSnapshot = { id: 1, name: "x", created_at: "2026-11-16T08:00:00Z" };
  const anAction = { id: 1, status: "in-progress", type: "snapshot", started_at: "2026-11-16T08:00:00Z" };
  const operation = ({ cloud }: Rig) => cloud.operation(WEB, OperationId.parse("1"));
  const list = ({ cloud }: Rig) => cloud.listVms();
  const snapshots = ({ cloud }: Rig) => cloud.snapshots(WEB);
  const start = ({ cloud }: Rig) => cloud.startSnapshot(WEB, "x");
  const remove = ({ cloud }: Rig) => cloud.deleteSnapshot(WEB, SnapshotId.parse("1"));

  test.each([
    { call: list, body: {}, detail: "GET /ccloud/servers: no `data`" },
    { call: list, body: "", detail: "GET /ccloud/servers: the answer is empty" },
    { call: list, body: [], detail: "GET /ccloud/servers: the answer is no JSON object" },
    { call: list, body: null, detail: "GET /ccloud/servers: the answer is no JSON object" },
    { call: list, body: { data: "web-01" }, detail: "GET /ccloud/servers: `data` does not fit" },
    { call: list, body: { data: [{ hostname: "a" }, {}] }, detail: "GET /ccloud/servers: no `data[1].hostname`" },
    { call: list, body: { data: [null] }, detail: "GET /ccloud/servers: no `data[0]`" },
    { call: list, body: "<html>Sign in</html>", detail: "GET /ccloud/servers: the answer is not JSON" },
    { call: list, body: '{"data":[{"hostname"', detail: "GET /ccloud/servers: the answer is not JSON" },
    { call: operation, body: { action: { ...anAction, id: undefined } }, detail: "GET /ccloud/actions/1: no `id`" },
    {
      call: operation,
      body: { action: { ...anAction, status: undefined } },
      detail: "GET /ccloud/actions/1: no `action.status`",
    },
    {
      call: operation,
      body: { action: { ...anAction, started_at: "soon" } },
      detail: "GET /ccloud/actions/1: `action.started_at` does not fit",
    },
    {
      call: operation,
      body: { action: { ...anAction, status: "vanquished", completed_at: "2026-11-16T08:00:09Z" } },
      detail: "GET /ccloud/actions/1: it ended, and `status` is none of the known words: vanquished",
    },
    {
      call: snapshots,
      body: { snapshots: [aSnapshot, { ...aSnapshot, created_at: undefined }] },
      detail: "GET /ccloud/servers/web-01/snapshots: no `snapshots[1].created_at`",
    },
  ])("to a read is named: $detail", async ({ call, body, detail }) => {
    const rig = await aCcloud();
    rig.answer("GET", { status: 200, body: body === null ? "null" : body });
    expect(await problemOf(call(rig))).toEqual({ kind: "protocol", outcome: "refused", detail });
  });

  test.each([
    { call: start, body: "<html>", detail: `${ACTIONS}: the answer is not JSON` },
    { call: start, body: '{"action":{"id":', detail: `${ACTIONS}: the answer is not JSON` },
    { call: start, body: {}, detail: `${ACTIONS}: no \`id\`` },
    { call: start, body: { action: {} }, detail: `${ACTIONS}: no \`id\`` },
    { call: start, body: "", detail: `${ACTIONS}: the answer is empty` },
    { call: remove, body: "<html>", detail: "DELETE /ccloud/snapshots/1: the answer is not JSON" },
  ])("to a change leaves open what became of it: $detail", async ({ call, body, detail }) => {
    const rig = await aCcloud();
    await rig.cloud.check();
    rig.fault("", { kind: "answer", applied: true, reply: { status: 200, body } });
    expect(await problemOf(call(rig))).toEqual({ kind: "protocol", outcome: "unknown", detail });
  });
});

describe("the two forms of an answer", () => {
  test.each([
    { body: { id: 7, job_id: "j7", action: "create" }, id: { actions: "7", snapshots: "j7" } },
    { body: { action: { id: 7, status: "in-progress" } }, id: { actions: "7", snapshots: "7" } },
    { body: { data: { id: "7" } }, id: { actions: "7", snapshots: "7" } },
  ])("are both taken: $body", async ({ body, id }) => {
    for (const snapshotApi of ["actions", "snapshots"] as const) {
      const { cloud, clock, answer } = await aCcloud({ snapshotApi });
      answer("POST /ccloud", { status: 201, body });
      expect(await cloud.startSnapshot(WEB, "x")).toEqual({
        id: id[snapshotApi],
        kind: "snapshot",
        state: "running",
        percent: undefined,
        startedAt: clock.now(),
        error: undefined,
      });
    }
  });
});

describe("words that are not known", () => {
  test("are data where they tell the power, and are logged once", async () => {
    const { cloud, demo, logged } = await aCcloud();
    demo.trouble("web-01", { words: { Running: "Hibernating" } });
    expect(await cloud.power(WEB)).toBe("unknown");
    expect(await cloud.power(WEB)).toBe("unknown");
    const values = { what: "power state", word: "Hibernating" };
    expect(logged).toEqual([["the cloud uses a word that is not known", values]]);
  });

  test("mean that an operation still runs", async () => {
    const { cloud, answer, logged } = await aCcloud();
    const action = { id: 1, status: "Flushing", type: "snapshot", started_at: "2026-11-16 08:00:00", progress: 140 };
    answer("GET", { status: 200, body: { action } });
    expect(await cloud.operation(WEB, OperationId.parse("1"))).toEqual({
      id: "1",
      kind: "snapshot",
      state: "running",
      percent: 100,
      startedAt: new Date("2026-11-16T08:00:00Z"),
      error: undefined,
    });
    expect(logged).toHaveLength(1);
  });
});
