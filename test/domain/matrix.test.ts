import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { type Look, Power, PROBLEM_KINDS } from "../../src/domain/cloud.ts";
import { decide } from "../../src/domain/decide.ts";
import { isOpen, Request } from "../../src/domain/request.ts";
import type { Seen } from "../../src/domain/step.ts";
import {
  AHEAD,
  ANNA,
  anOperation,
  aProblem,
  aRequest,
  aSnapshot,
  at,
  fails,
  full,
  INTENT,
  live,
  NAME,
  OPERATION,
  ok,
  SETTINGS,
  STATUSES,
  seenBy,
} from "./builders.ts";

/** Every request, in every variant of its status, meets everything that can be seen at every moment that can matter. */

const trouble = { since: at(0), problem: aProblem("transient") };
const REQUESTS: readonly Request[] = [
  ...STATUSES.map((status) => aRequest(status)),
  aRequest("queued", { why: { kind: "behind", ...AHEAD } }),
  aRequest("queued", { why: { kind: "cooldown", until: at(60) } }),
  aRequest("queued", { why: { kind: "busy" } }, { trouble }),
  aRequest("shutting_down", { asked: "no" }, { debt: undefined, times: {} }),
  aRequest("shutting_down", { asked: "no", mode: "hard" }),
  aRequest("shutting_down", { asked: "no", notBefore: at(2), problem: aProblem("busy") }),
  aRequest("shutting_down", { asked: "intended" }, { trouble }),
  live("snapshotting"),
  aRequest("snapshotting", { notBefore: at(2), problem: aProblem("busy") }),
  aRequest("snapshotting", { intent: INTENT }),
  aRequest("snapshotting", { intent: { ...INTENT, looks: 2 } }, { trouble }),
  aRequest("snapshotting", { intent: INTENT, operation: OPERATION }),
  live("snapshotting", { intent: INTENT, operation: OPERATION, percent: 40 }),
  aRequest("snapshotting", { intent: INTENT, vanished: at(0) }),
  aRequest("snapshotting", { operation: OPERATION, misfits: { count: 9, since: at(0) } }),
  live("snapshotting", { operation: OPERATION }, { times: { snapshotEnded: at(0) } }),
  aRequest("powering_on", { attempts: 3, notBefore: at(2), loud: true }, { trouble }),
  aRequest("powering_on", { ending: { status: "cancelled", by: ANNA } }, { times: {} }),
  aRequest("powering_on", { missing: { count: 2, since: at(0) } }),
  aRequest("powering_on", {}, { debt: undefined }),
  aRequest("powering_on", { ending: { status: "queued", until: at(60) } }, { debt: undefined }),
];

const anyProblem: Look<never>[] = PROBLEM_KINDS.map((kind) => fails(kind));
const WORLDS: readonly Partial<Seen>[] = [
  {},
  { ahead: AHEAD },
  { snapshots: ok(full()) },
  { snapshots: ok([aSnapshot({ name: NAME, createdAt: at(0) })]) },
  { operations: ok([anOperation({ kind: "restore" })]) },
  { operations: ok([anOperation({ kind: "shutdown" }), anOperation()]) },
  { operation: ok(anOperation({ percent: 60 })) },
  { operation: ok(anOperation({ state: "succeeded" })) },
  { operation: ok(anOperation({ state: "failed", error: "no room" })) },
  ...anyProblem.flatMap((problem) => [
    { snapshots: problem },
    { operations: problem },
    { operation: problem },
    { snapshots: problem, operations: problem, operation: problem },
  ]),
];
const POWERS: readonly Look<Power>[] = [...Power.options.map((power) => ok(power)), ...anyProblem];
const MOMENTS = [0, 1.9, 2, 10, 30, 60, 179, 180, 300, 1800, 86_400].map(at);

const CASES = REQUESTS.flatMap((request) =>
  WORLDS.flatMap((world) =>
    POWERS.flatMap((power) =>
      MOMENTS.map((now) => {
        const seen = seenBy(request, { ...world, power }, now);
        return { request, seen, now, step: decide(request, seen, now, SETTINGS) };
      }),
    ),
  ),
);

/** The first case that breaks a rule, for a message that can be read. */
const broken = (isBroken: (each: (typeof CASES)[number]) => boolean) => CASES.find(isBroken);

describe("whatever is seen", () => {
  test("a request that owes something stays open, and owes it until the VM runs or is gone", () => {
    expect(
      broken(({ request, seen, step }) => {
        if (step.kind === "wait" || !request.debt) return false;
        const isPaid = seen.power?.ok ? seen.power.value === "running" : seen.power?.problem.kind === "not_found";
        return step.next.debt ? !isOpen(step.next) : !isPaid;
      }),
    ).toBeUndefined();
  });

  test("an end is left by nothing", () => {
    expect(broken(({ request, step }) => !isOpen(request) && step.kind !== "wait")).toBeUndefined();
  });

  test("a plug is pulled only where somebody chose that", () => {
    expect(
      broken(
        ({ request: { state }, step }) =>
          step.kind === "call" &&
          step.call.kind === "power_off" &&
          !(state.status === "shutting_down" && state.mode === "hard"),
      ),
    ).toBeUndefined();
  });

  test("a VM is switched on only when we owe it, and shut down only when its power is owed before", () => {
    expect(
      broken(({ request, step }) => {
        if (step.kind !== "call" || step.call.kind === "snapshot") return false;
        return step.call.kind === "power_on" ? !request.debt : !step.next.debt;
      }),
    ).toBeUndefined();
  });

  test("a snapshot is never started beside another that may be there", () => {
    expect(
      broken(({ request: { state }, seen, step }) => {
        if (step.kind !== "call" || step.call.kind !== "snapshot" || state.status !== "snapshotting") return false;
        if (state.operation || state.vanished) return true;
        return state.intent !== undefined && !(seen.operations?.ok && seen.snapshots?.ok);
      }),
    ).toBeUndefined();
  });

  test("a look that brought nothing leads to no call but switching on", () => {
    expect(
      broken(({ request, seen, step }) => {
        if (step.kind !== "call" || step.call.kind === "power_on") return false;
        const { ahead: _, ...looks } = seen;
        return request.state.status !== "powering_on" && Object.values(looks).some(isFailed);
      }),
    ).toBeUndefined();
  });

  test("every wait ends later than now", () => {
    expect(broken(({ now, step }) => step.kind === "wait" && !(step.until > now))).toBeUndefined();
  });

  test("every change changes something, and fits into a row", () => {
    expect(
      broken(({ request, step }) => step.kind !== "wait" && isDeepStrictEqual(step.next, request)),
    ).toBeUndefined();
    const some = CASES.filter((_, index) => index % 17 === 0);
    expect(some.find(({ step }) => step.kind !== "wait" && !survives(step.next))).toBeUndefined();
  });
});

const isFailed = (look: unknown): boolean =>
  typeof look === "object" &&
  look !== null &&
  "problem" in look &&
  (look as { problem: { kind: string } }).problem.kind !== "unsupported";

const survives = (request: Request): boolean => {
  const row = JSON.parse(JSON.stringify(request));
  return isDeepStrictEqual(JSON.parse(JSON.stringify(Request.parse(row))), row);
};
