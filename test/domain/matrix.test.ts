import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { type Look, Power, PROBLEM_KINDS } from "../../src/domain/cloud.ts";
import { decide } from "../../src/domain/decide.ts";
import { isOpen, Request } from "../../src/domain/request.ts";
import type { Call, Seen, Step } from "../../src/domain/step.ts";
import {
  AHEAD,
  ANNA,
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
  stuckMeanwhile,
  TERMS,
  THERE,
  wishOf,
} from "./builders.ts";

/** Every request, in every variant of its status, meets everything that can be seen at every moment that can matter. */

const trouble = { since: at(0), problem: aProblem("transient") };
const calm = { debt: undefined, plan: "stays_off", times: {} } as const;
const bare = { debt: undefined, plan: undefined, times: {} } as const;
const asked = { id: THERE.id, at: at(0) };
const intent = { at: at(0), looks: 0 };
const toBe = (to: "on" | "off" | "hard_off", confirmedAt: Date | undefined = at(0)) => ({
  wish: wishOf("power", { to, confirmedAt }),
});
const both = { wish: wishOf("delete", { snapshots: [THERE, BESIDE] }) };
const safety = { wish: wishOf("create", { safety: true }), followUp: { due: at(60), asked: 0 } };
const REQUESTS: readonly Request[] = [
  ...STATUSES.map((status) => aRequest(status)),
  aRequest("queued", { why: { kind: "behind", ...AHEAD } }),
  aRequest("queued", { why: { kind: "cooldown", until: at(60) } }, { watch: { until: at(600) } }),
  aRequest("queued", { why: { kind: "busy" } }, { trouble }),
  aRequest("queued", { why: { kind: "full", snapshots: full() } }),
  aRequest("shutting_down", { asked: "no" }, bare),
  aRequest("shutting_down", { asked: "no", mode: "hard" }),
  aRequest("shutting_down", { asked: "no", notBefore: at(2), problem: aProblem("busy") }),
  aRequest("shutting_down", { asked: "intended" }, { trouble }),
  live("snapshotting"),
  aRequest("snapshotting", {}, calm),
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
  aRequest("cancelled", {}, { watch: { until: at(60) } }),
  aRequest("failed", {}, { watch: { until: at(60), askedAt: at(0), missingSince: at(0) } }),
  aRequest("done", { snapshot: THERE }, safety),
  aRequest("done", { snapshot: THERE }, { ...safety, watch: { until: at(60) } }),

  aRestore("queued"),
  aRestore("queued", { why: { kind: "busy" } }, { wish: wishOf("restore", { safety: false }) }),
  aRestore("choosing", {}, { wish: wishOf("restore", { confirmedAt: undefined }) }),
  aRestore("shutting_down", { asked: "no" }, bare),
  aRestore("shutting_down", { asked: "no" }, { times: { snapshotEnded: at(0) } }),
  aRestore("shutting_down", {}, { wish: wishOf("restore", { safety: false }) }),
  aRestore("shutdown_stuck", { isUnheard: true }),
  aRestore("snapshotting"),
  aRestore("snapshotting", { intent: INTENT, operation: OPERATION }),
  aRestore("restoring", {}, { ...calm, times: { snapshotEnded: at(0) } }),
  aRestore("restoring", { notBefore: at(2), problem: aProblem("busy") }, { trouble }),
  aRestore("restoring", { intent }),
  aRestore("restoring", { intent: { ...intent, looks: 2 }, problem: aProblem("transient") }, { trouble }),
  aRestore("restoring", { intent, operation: OPERATION, percent: 40 }),
  aRestore("restoring", { intent, operation: OPERATION, misfits: { count: 9, since: at(0) } }),
  aRestore("restoring", { intent, vanished: at(0) }),
  aRestore("restoring", { operation: OPERATION }, { ...calm, times: { snapshotEnded: at(0), restoreEnded: at(0) } }),
  aRestore("powering_on"),
  aRestore("powering_on", {}, { debt: undefined }),

  aDelete("queued"),
  aDelete("deleting", {}, both),
  aDelete("deleting", { asked, notBefore: at(3) }, { trouble }),
  aDelete("deleting", { asked, notBefore: at(2), problem: aProblem("busy") }, both),
  aDelete("deleting", { gone: [THERE.id], kept: [{ id: BESIDE.id, problem: aProblem("protected") }] }, both),
  aDelete("deleting", { gone: [THERE.id], through: at(0) }),
  aRename("queued"),
  aRename("queued", { why: { kind: "renaming", at: at(0), notBefore: at(3) } }, { trouble }),
  aRename("queued", { why: { kind: "renaming", at: at(0), problem: aProblem("busy") } }),

  ...(["on", "off", "hard_off"] as const).flatMap((to) => [
    aPower("queued", {}, toBe(to)),
    aPower("queued", {}, { ...toBe(to, undefined), trouble }),
  ]),
  aPower("choosing", {}, toBe("off", undefined)),
  aPower("shutting_down", { asked: "no" }, { times: {} }),
  aPower("shutting_down", { asked: "no", mode: "hard" }, toBe("hard_off")),
  aPower("shutting_down", { asked: "intended" }, { trouble }),
  aPower("shutting_down"),
  aPower("shutdown_stuck"),
  aPower("powering_on"),
  aPower("powering_on", { attempts: 3, askedAt: at(0), notBefore: at(2), loud: true }, { trouble }),
  aPower("powering_on", {}, { debt: undefined }),

  aRestore("awaiting_approval", {}, { trouble }),
  aDelete("awaiting_approval", { remindAt: at(30), terms: { ...TERMS, remindMs: 60_000 } }),
  aRequest("awaiting_approval", { what: "shutdown", yeses: [{ by: BORIS, at: at(0) }], expiresAt: at(179) }),
  stuckMeanwhile({ remindAt: at(30), terms: { ...TERMS, remindMs: 60_000 } }),
  stuckMeanwhile({ what: "live", expiresAt: at(179) }),
  stuckMeanwhile({ isUnheard: true, expiresAt: at(60) }, "restore"),
  stuckMeanwhile({}, "power"),
  aRequest("denied", {}, { watch: { until: at(60) } }),
];

const anyProblem: Look<never>[] = PROBLEM_KINDS.map((kind) => fails(kind));
const WORLDS: readonly Partial<Seen>[] = [
  {},
  { ahead: AHEAD },
  { watched: true, snapshots: ok([THERE, BESIDE]) },
  { takenOver: "meanwhile" },
  { takenOver: "for_good" },
  { fate: { name: "after", deleted: { by: ANNA, at: at(0) } } },
  { snapshots: ok([THERE]) },
  { snapshots: ok([{ ...THERE, name: "after" }, BESIDE]) },
  { snapshots: ok(full()) },
  { snapshots: ok([aSnapshot({ name: NAME, createdAt: at(0) })]) },
  { operations: ok([anOperation({ kind: "restore" })]) },
  { operations: ok([anOperation({ kind: "shutdown" }), anOperation()]) },
  { operation: ok(anOperation({ percent: 60 })) },
  { operation: ok(anOperation({ state: "succeeded" })) },
  { operation: ok(anOperation({ state: "failed", error: "no room" })) },
  ...anyProblem.map((problem) => ({ snapshots: problem, operations: problem, operation: problem })),
  ...(["transient", "not_found", "unsupported", "protocol"] as const).flatMap((kind) => [
    { snapshots: fails(kind) },
    { operations: fails(kind) },
    { operation: fails(kind) },
  ]),
];
const POWERS: readonly Look<Power>[] = [...Power.options.map((power) => ok(power)), ...anyProblem];
const MOMENTS = [0, 1.9, 2, 10, 30, 60, 179, 180, 300, 1800, 86_400].map(at);

interface Case {
  request: Request;
  seen: Seen;
  now: Date;
  step: Step;
}

/** Whether a case breaks a rule. */
type Breaks = (each: Case) => boolean;

const RULES: { readonly [rule: string]: Breaks } = {
  "a request that owes something stays open, and owes it until the VM runs or is gone": ({ request, seen, step }) => {
    if (step.kind === "wait" || !request.debt) return false;
    const isPaid = seen.power?.ok ? seen.power.value === "running" : seen.power?.problem.kind === "not_found";
    const isNobodysYet = request.wish.kind === "power" && seen.ahead !== undefined; // it has not touched the VM
    return step.next.debt ? !isOpen(step.next) : !isPaid && !isNobodysYet;
  },
  "an end is left by nothing": ({ request, step }) =>
    !isOpen(request) && step.kind !== "wait" && step.next.state.status !== request.state.status,
  "an end with nothing to look after rests": ({ request, step }) =>
    !isOpen(request) && !request.watch && !request.followUp && step.kind !== "wait",
  "nothing is done to a VM or its snapshots while somebody has to approve it": (each) => isHeld(each),
  "what waits for approval goes on by nothing that is seen but the VM going off": ({ request, step }) => {
    if (request.state.status !== "awaiting_approval" || step.kind === "wait") return false;
    const { status } = step.next.state;
    const isStuck = request.state.what === "power_off" || request.debt !== undefined;
    const stays = ["awaiting_approval", isStuck ? "shutdown_stuck" : "expired"].includes(status);
    return !stays && !(isStuck && ["snapshotting", "restoring", "done"].includes(status));
  },
  "a plug is pulled only where somebody chose that": ({ request: { state }, step }) =>
    calls(step, "power_off") && !(state.status === "shutting_down" && state.mode === "hard"),
  "a VM is switched on only when we owe it, or watch over it": ({ request, step }) =>
    calls(step, "power_on") && !request.debt && !request.watch,
  "a VM is shut down only when its power is owed before, or when that is the wish": ({ request, step }) =>
    (calls(step, "shutdown") || calls(step, "power_off")) &&
    request.wish.kind !== "power" &&
    step.kind !== "wait" &&
    !step.next.debt,
  "who only wants a VM off never owes it": ({ request, step }) =>
    step.kind !== "wait" && request.wish.kind === "power" && request.wish.to !== "on" && step.next.debt !== undefined,
  "a snapshot is never started beside another that may be there": ({ request: { state }, seen, step }) => {
    if (!calls(step, "snapshot") || state.status !== "snapshotting") return false;
    if (state.operation || state.vanished) return true;
    return state.intent !== undefined && !(seen.operations?.ok && seen.snapshots?.ok);
  },
  "a restore is never started beside another that may run": ({ request: { state }, seen, step }) => {
    if (!calls(step, "restore") || state.status !== "restoring") return calls(step, "restore");
    if (state.operation || state.vanished) return true;
    return state.intent !== undefined && !seen.operations?.ok;
  },
  "a restore is started only where the VM is seen off, with the snapshot that was wished": ({
    request,
    seen,
    step,
  }) => {
    if (step.kind !== "call" || step.call.kind !== "restore") return false;
    const isOff = seen.power?.ok && seen.power.value === "off";
    return !isOff || request.wish.kind !== "restore" || step.call.snapshot !== request.wish.snapshot.id;
  },
  "nothing is restored without its safety snapshot": ({ request: { wish }, step }) => {
    if (step.kind === "wait" || wish.kind !== "restore" || !wish.safety) return false;
    return step.next.state.status === "restoring" && !step.next.times.snapshotEnded;
  },
  "only what was chosen is deleted, and only while it is listed": ({ request: { wish }, seen, step }) => {
    if (step.kind !== "call" || step.call.kind !== "delete") return false;
    const { snapshot } = step.call;
    const isListed = seen.snapshots?.ok && seen.snapshots.value.some(({ id }) => id === snapshot);
    return wish.kind !== "delete" || !wish.snapshots.some(({ id }) => id === snapshot) || !isListed;
  },
  "a look that brought nothing leads to no call but switching on": ({ request, seen, step }) => {
    if (step.kind !== "call" || step.call.kind === "power_on") return false;
    const { ahead: _, fate: __, ...looks } = seen;
    return request.state.status !== "powering_on" && Object.values(looks).some(isFailed);
  },
  "every wait ends later than now": ({ now, step }) => step.kind === "wait" && !(step.until > now),
  "every change changes something": ({ request, step }) =>
    step.kind !== "wait" && isDeepStrictEqual(step.next, request),
};

/** Where the deed that has to be approved has not been approved. */
const isHeld = ({ request, step }: Case): boolean =>
  request.state.status === "awaiting_approval" && step.kind === "call";

const calls = (step: Step, kind: Call["kind"]): boolean => step.kind === "call" && step.call.kind === kind;

function* cases(): Generator<Case> {
  for (const request of REQUESTS)
    for (const world of WORLDS)
      for (const power of POWERS)
        for (const now of MOMENTS) {
          const seen = seenBy(request, { ...world, power }, now);
          yield { request, seen, now, step: decide(request, seen, now, SETTINGS) };
        }
}

describe("whatever is seen", () => {
  const broken = new Map<string, Case>();
  const unreadable: Case[] = [];
  let count = 0;
  for (const each of cases()) {
    for (const [rule, breaks] of Object.entries(RULES)) if (!broken.has(rule) && breaks(each)) broken.set(rule, each);
    if (count++ % 17 === 0 && each.step.kind !== "wait" && !survives(each.step.next)) unreadable.push(each);
  }

  test.each(Object.keys(RULES))("%s", (rule) => expect(broken.get(rule)).toBeUndefined());
  test("every change fits into a row", () => expect(unreadable[0]).toBeUndefined());
});

const isFailed = (look: unknown): boolean =>
  typeof look === "object" &&
  look !== null &&
  "problem" in look &&
  (look as { problem: { kind: string } }).problem.kind !== "unsupported";

function survives(request: Request): boolean {
  const row = JSON.parse(JSON.stringify(request));
  return isDeepStrictEqual(JSON.parse(JSON.stringify(Request.parse(row))), row);
}
