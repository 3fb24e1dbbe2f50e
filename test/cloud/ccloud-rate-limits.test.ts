import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { OperationId } from "../../src/domain/ids.ts";
import { aCcloud, DB, type Rig, WEB } from "./ccloud-rig.ts";
import { problemOf } from "./problem-of.ts";

const POST_SNAPSHOT = "POST /ccloud/servers/web-01/actions";
const START = new Date("2026-11-16T09:00:00Z");
const at = (ms: number) => new Date(START.getTime() + ms);

const tooMany = (headers: Record<string, string> = {}) => ({ status: 429, headers, body: { message: "Too many." } });

/** A cloud that has just answered one read with 429 and these headers. */
async function limited(
  headers: Record<string, string>,
): Promise<Rig & { problem: Awaited<ReturnType<typeof problemOf>> }> {
  const rig = await aCcloud();
  await rig.cloud.check();
  rig.answer("GET /ccloud", tooMany(headers), 1);
  return { ...rig, problem: await problemOf(rig.cloud.power(WEB)) };
}

describe("a 429", () => {
  test.each([
    { retryAfter: "7", ms: 7 * SECOND_MS },
    { retryAfter: " 7 ", ms: 7 * SECOND_MS },
    { retryAfter: "1.5", ms: 1.5 * SECOND_MS },
    { retryAfter: "0", ms: SECOND_MS },
    { retryAfter: at(90 * SECOND_MS).toUTCString(), ms: 90 * SECOND_MS },
    { retryAfter: at(-90 * SECOND_MS).toUTCString(), ms: SECOND_MS },
    { retryAfter: at(3e9).toUTCString(), ms: 10 * MINUTE_MS },
    { retryAfter: "999999999999", ms: 10 * MINUTE_MS },
    { retryAfter: "9".repeat(400), ms: 10 * MINUTE_MS },
    { retryAfter: "soon 5", ms: 5 * SECOND_MS },
    { retryAfter: "-5", ms: 5 * SECOND_MS },
    { retryAfter: "NaN", ms: 5 * SECOND_MS },
    { retryAfter: "", ms: 5 * SECOND_MS },
  ])("with Retry-After `$retryAfter` holds all calls back for $ms ms and not longer", async ({ retryAfter, ms }) => {
    const { cloud, clock, calls, problem } = await limited({ "retry-after": retryAfter });
    expect(problem).toEqual({ kind: "rate_limited", outcome: "refused", detail: "Too many.", retryAfterMs: ms });
    const sent = calls().length;
    clock.advance(ms - 1);
    const held = { kind: "rate_limited", outcome: "not_sent", retryAfterMs: 1 };
    const everything = [
      cloud.power(WEB),
      cloud.operation(WEB, OperationId.parse("1")),
      cloud.operations(DB),
      cloud.snapshots(DB),
      cloud.listVms(),
      cloud.check(),
      cloud.shutdown(DB),
      cloud.startSnapshot(DB, "x"),
    ];
    for (const call of everything) expect(await problemOf(call)).toMatchObject(held);
    expect(calls()).toHaveLength(sent);
    clock.advance(1);
    expect(await cloud.power(WEB)).toBe("running");
  });

  test.each([3, 20])("without Retry-After goes by the reset of the rate limit, %i s from now", async (seconds) => {
    const reset = String(at(seconds * SECOND_MS).getTime() / 1000);
    const { problem } = await limited({ "ratelimit-remaining": "0", "ratelimit-reset": reset });
    expect(problem).toMatchObject({ kind: "rate_limited", retryAfterMs: seconds * SECOND_MS });
  });

  test("never shortens a wait that was asked for before", async () => {
    const { cloud, clock, demo } = await aCcloud();
    await cloud.check();
    const waits = ["60", "3"];
    demo.server.intercept(() => ({
      kind: "answer",
      applied: false,
      reply: tooMany({ "retry-after": waits.shift() ?? "1" }),
    }));
    const both = await Promise.all([problemOf(cloud.power(WEB)), problemOf(cloud.power(DB))]);
    expect(Math.min(...both.map(({ retryAfterMs }) => retryAfterMs!))).toBe(MINUTE_MS);
    clock.advance(59 * SECOND_MS);
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ outcome: "not_sent", retryAfterMs: SECOND_MS });
  });

  test("to the sign-in holds back the sign-in too", async () => {
    const { cloud, clock, answer, tokenCalls } = await aCcloud();
    answer("POST /oauth/token", tooMany({ "retry-after": "60" }), 1);
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ outcome: "not_sent", retryAfterMs: MINUTE_MS });
    clock.advance(MINUTE_MS - 1);
    await problemOf(cloud.power(WEB));
    expect(tokenCalls()).toBe(1);
    clock.advance(1);
    expect(await cloud.power(WEB)).toBe("running");
  });

  test("does not last longer because a clock was set back", async () => {
    const rig = await aCcloud();
    let offsetMs = 0;
    const now = rig.clock.now;
    rig.clock.now = () => new Date(now().getTime() + offsetMs);
    await rig.cloud.check();
    rig.answer("GET /ccloud", tooMany({ "retry-after": "30" }), 1);
    await problemOf(rig.cloud.power(WEB));
    offsetMs = -3600 * SECOND_MS;
    expect(await problemOf(rig.cloud.power(WEB))).toMatchObject({ retryAfterMs: 30 * SECOND_MS });
    rig.clock.advance(30 * SECOND_MS);
    expect(await rig.cloud.power(WEB)).toBe("running");
  });
});

describe("a power-on", () => {
  test.each([
    { retryAfter: "12", ms: 12 * SECOND_MS },
    { retryAfter: "600", ms: 30 * SECOND_MS },
  ])("waits for $ms ms of the $retryAfter s that the cloud wants", async ({ retryAfter, ms }) => {
    const { cloud, clock } = await limited({ "retry-after": retryAfter });
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ outcome: "not_sent", retryAfterMs: ms });
    clock.advance(ms - 1);
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ outcome: "not_sent", retryAfterMs: 1 });
    clock.advance(1);
    expect(await cloud.powerOn(WEB)).toMatchObject({ kind: "power_on" });
  });

  test("that meets the limit itself says when it may be tried again", async () => {
    const { cloud, answer } = await aCcloud();
    answer("POST /ccloud", tooMany({ "retry-after": "600" }));
    expect(await problemOf(cloud.powerOn(WEB))).toMatchObject({ outcome: "refused", retryAfterMs: 30 * SECOND_MS });
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ outcome: "not_sent", retryAfterMs: 10 * MINUTE_MS });
  });

  test("that waits for a sign-in which meets the limit says so too", async () => {
    const { cloud, answer } = await aCcloud();
    answer("POST /oauth/token", tooMany({ "retry-after": "600" }));
    const [on, off] = await Promise.all([problemOf(cloud.powerOn(WEB)), problemOf(cloud.powerOff(WEB))]);
    expect(on).toMatchObject({ outcome: "not_sent", retryAfterMs: 30 * SECOND_MS });
    expect(off).toMatchObject({ outcome: "not_sent", retryAfterMs: 10 * MINUTE_MS });
  });
});

describe("an answer that says that no call is left", () => {
  const none = (reset: string) => ({ "ratelimit-remaining": "0", "ratelimit-reset": reset });
  const list = (headers: Record<string, string>) => ({ status: 200, headers, body: { data: [], meta: { total: 0 } } });

  test.each([
    { headers: none(String(at(20 * SECOND_MS).getTime() / 1000)), ms: 20 * SECOND_MS },
    { headers: none("99999999999"), ms: 10 * MINUTE_MS },
    { headers: none(String(at(-20 * SECOND_MS).getTime() / 1000)), ms: 0 },
    { headers: none("soon"), ms: 0 },
    { headers: { "ratelimit-remaining": "0" }, ms: 0 },
    { headers: { "ratelimit-remaining": "1", "ratelimit-reset": "99999999999" }, ms: 0 },
  ])("is believed for $ms ms: $headers", async ({ headers, ms }) => {
    const { cloud, clock, answer } = await aCcloud();
    answer("GET /ccloud/servers", list(headers), 1);
    expect(await cloud.check()).toEqual({ vms: 0 });
    if (ms > 0) {
      clock.advance(ms - 1);
      expect(await problemOf(cloud.check())).toMatchObject({
        kind: "rate_limited",
        outcome: "not_sent",
        retryAfterMs: 1,
      });
      clock.advance(1);
    }
    expect(await cloud.check()).toEqual({ vms: 2 });
  });

  test("keeps us within the cloud's own limit without a single 429", async () => {
    const { cloud, clock, demo } = await aCcloud({ requestsPerMinute: 20 });
    for (let second = 0; second < 180; second++) {
      await cloud.power(WEB).catch(() => undefined);
      clock.advance(SECOND_MS);
    }
    expect(demo.server.journal.map(({ reply }) => reply?.status)).not.toContain(429);
    expect(demo.server.journal.length).toBeGreaterThanOrEqual(54); // 18 of 20 a minute: reads leave a tenth to others
  });

  test("reads stop before the last tenth, which is left to calls that change something", async () => {
    const { cloud, demo } = await aCcloud({ requestsPerMinute: 20 });
    for (let n = 0; n < 30; n++) await cloud.power(WEB).catch(() => undefined);
    const before = demo.server.journal.length;
    expect(before).toBe(18);
    expect(await problemOf(cloud.power(WEB))).toMatchObject({ kind: "rate_limited", outcome: "not_sent" });
    await cloud.shutdown(WEB);
    expect(demo.server.journal.length).toBe(before + 1);
  });
});

describe("a 429 to a snapshot", () => {
  test.each([
    { what: "asks for more than a minute", retryAfter: "61", since: undefined, ms: 61 * SECOND_MS },
    { what: "asks for an absurd time", retryAfter: "999999999", since: undefined, ms: 10 * MINUTE_MS },
    { what: "comes soon after a snapshot", retryAfter: "5", since: 9 * MINUTE_MS, ms: 5 * SECOND_MS },
    { what: "comes soon after one and does not say how long", retryAfter: "", since: 4 * MINUTE_MS, ms: 6 * MINUTE_MS },
  ])("that $what is the VM's cooldown", async ({ retryAfter, since, ms }) => {
    const createdAt = at(-(since ?? 60 * MINUTE_MS));
    const { cloud, clock, answer, calls } = await aCcloud({
      vms: [{ name: "web-01", snapshots: [{ name: "old", createdAt, sizeGb: 1 }] }, { name: "db-01" }],
    });
    await cloud.snapshots(WEB);
    answer(POST_SNAPSHOT, tooMany({ "retry-after": retryAfter }), 1);
    const problem = await problemOf(cloud.startSnapshot(WEB, "x"));
    expect(problem).toEqual({ kind: "cooldown", outcome: "refused", detail: "Too many.", retryAfterMs: ms });
    expect(await cloud.power(WEB)).toBe("running");
    expect(await cloud.startSnapshot(DB, "x")).toMatchObject({ kind: "snapshot" });
    const sent = calls().length;
    clock.advance(ms - 1);
    const held = await problemOf(cloud.startSnapshot(WEB, "x"));
    expect(held).toMatchObject({ kind: "cooldown", outcome: "not_sent", retryAfterMs: 1 });
    expect(calls()).toHaveLength(sent);
  });

  test.each([
    { what: "a snapshot that we began", begin: (rig: Rig) => rig.cloud.startSnapshot(WEB, "first") },
    {
      what: "an operation that somebody else began",
      async begin(rig: Rig) {
        const headers = { "content-type": "application/json", authorization: "Bearer demo-token-1" };
        const body = JSON.stringify({ type: "snapshot" });
        await fetch(`${rig.demo.url}/ccloud/servers/web-01/actions`, { method: "POST", headers, body });
        await rig.cloud.operations(WEB);
      },
    },
    {
      what: "a snapshot whose answer was lost",
      async begin(rig: Rig) {
        rig.fault(POST_SNAPSHOT, { kind: "reset", applied: true }, 1);
        await problemOf(rig.cloud.startSnapshot(WEB, "first"));
      },
    },
  ])("counts $what", async ({ begin }) => {
    const rig = await aCcloud();
    await rig.cloud.check();
    await begin(rig);
    rig.clock.advance(9 * MINUTE_MS + 30 * SECOND_MS);
    expect(await problemOf(rig.cloud.startSnapshot(WEB, "x"))).toMatchObject({
      kind: "cooldown",
      retryAfterMs: 30_000,
    });
    expect(await rig.cloud.power(DB)).toBe("running");
    rig.clock.advance(30_000);
    expect(await rig.cloud.startSnapshot(WEB, "x")).toMatchObject({ kind: "snapshot" });
  });

  test("of a VM without a recent one is everybody's limit", async () => {
    const { cloud, answer } = await aCcloud();
    answer(POST_SNAPSHOT, tooMany({ "retry-after": "60" }), 1);
    expect(await problemOf(cloud.startSnapshot(WEB, "x"))).toMatchObject({
      kind: "rate_limited",
      retryAfterMs: MINUTE_MS,
    });
    expect(await problemOf(cloud.power(DB))).toMatchObject({ kind: "rate_limited", outcome: "not_sent" });
  });
});
