import type { Operation } from "../cloud.ts";
import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave, payThen } from "../endings.ts";
import { gap } from "../gap.ts";
import { expectedEnd, progressOf } from "../progress.ts";
import type { Request, RequestIn } from "../request.ts";
import { cooldownUntil, isBusy, isFull, traceOf, uniqueName, withMakers } from "../rules.ts";
import { become, into, note, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import type { Line } from "../story.ts";
import { failureOf, problemIn, valueIn } from "./troubled.ts";

type Snapshotting = RequestIn<"snapshotting">;

/** How long a snapshot may fail to start, with the VM waiting for it, before we stop trying. */
export const START_LIMIT_MS = 5 * MINUTE_MS;

/** After a lost answer the cloud is asked again only when so many looks in so much time found no trace. */
const SURE_LOOKS = 3;
const SURE_MS = 10 * SECOND_MS;
const BETWEEN_LOOKS_MS = 3 * SECOND_MS;

/** Soon enough to cost nothing, and yet no loop without a pause. */
const BLIND_MS = 100;

/** So long the cloud's own shutdown may be called running when the VM is off already. */
const SHUTDOWN_LINGERS_MS = 5 * SECOND_MS;

/** So long a finished snapshot may be missing from the cloud's list. */
const LISTED_LATE_MS = MINUTE_MS;

/** So long the end waits for a list that the cloud does not give at all. */
const UNLISTED_MS = 10 * MINUTE_MS;

/** So often in a row, for so long, an answer may not fit the contract before we stop. */
const MISFITS = { count: 5, ms: 30 * SECOND_MS };

/** Starts one snapshot, at most one, and follows it to its end. */
export function decideSnapshotting(request: Snapshotting, seen: Seen, now: Date, settings: Settings): Step {
  const { state, times } = request;
  if (state.notBefore && now < state.notBefore) return waitUntil(state.notBefore);
  // It was too soon when we set out to look, and no longer is: nothing is decided blindly.
  if (!seen.operation && !seen.snapshots) return wait(now, BLIND_MS);
  if (times.snapshotEnded) return conclude(request, seen, now);
  if (state.operation) return follow(request, seen, now);
  if (state.intent) return trace(request, state.intent, seen, now);
  return start(request, seen, now, settings);
}

function start(request: Snapshotting, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  const tooLong = hasTriedTooLong(request, now);
  if (state.problem && tooLong) return leave(request, failureOf(state.problem), now);
  if (isFull(snapshots, settings.limits)) return leave(request, failed("quota"), now);
  const until = cooldownUntil(snapshots, operations, settings.limits, now);
  if (until) return leave(request, { status: "queued", until }, now);
  if (isBusy(operations.filter((operation) => isInTheWay(operation, request, now))))
    return tooLong ? leave(request, failed("busy"), now) : wait(now, SECOND_MS);
  return callToStart(request, uniqueName(request.wish.name, snapshots, settings.limits.nameLength), now);
}

const hasTriedTooLong = ({ state }: Snapshotting, now: Date): boolean => between(state.since, now) >= START_LIMIT_MS;

/** The VM is off: a shutdown that is still called running then holds nothing up for long, and the cloud's answer decides. */
const isInTheWay = ({ kind }: Operation, { state }: Snapshotting, now: Date): boolean =>
  (kind !== "shutdown" && kind !== "power_off") || between(state.since, now) < SHUTDOWN_LINGERS_MS;

function callToStart(request: Snapshotting, name: string, now: Date): Step {
  const { notBefore: _, problem, ...state } = request.state;
  const isFirst = !problem && !state.intent;
  return {
    kind: "call",
    call: { kind: "snapshot", vm: request.vm.id, name },
    next: into({ ...request, wish: { ...request.wish, name } }, { ...state, intent: { name, at: now, looks: 0 } }),
    story: isFirst ? [{ code: "snapshot_asked", name }] : [],
  };
}

/** The answer was lost, or the process died before it came: look for what became of it; ask again only when sure. */
function trace(
  request: Snapshotting,
  intent: NonNullable<Snapshotting["state"]["intent"]>,
  seen: Seen,
  now: Date,
): Step {
  const { state } = request;
  const found = traceOf(intent, valueIn(seen.operations) ?? [], valueIn(seen.snapshots) ?? []);
  if (found.kind === "snapshot")
    return made({ ...request, times: { snapshotStarted: found.snapshot.createdAt, ...request.times } }, now);
  if (found.kind === "operation" && !state.vanished) return started(request, found.operation);
  const mayAskAgain = !state.vanished && seen.operations?.ok;
  if (!mayAskAgain) {
    const givenUp = between(state.vanished ?? intent.at, now) >= MINUTE_MS;
    return givenUp ? leave(request, failed("lost"), now) : wait(now, BETWEEN_LOOKS_MS);
  }
  const looks = intent.looks + 1;
  if (looks >= SURE_LOOKS && between(intent.at, now) >= SURE_MS) {
    if (state.problem && hasTriedTooLong(request, now)) return leave(request, failureOf(state.problem), now);
    return callToStart(request, intent.name, now);
  }
  const notBefore = later(now, BETWEEN_LOOKS_MS);
  return note(into(request, { ...state, intent: { ...intent, looks }, notBefore }), notBefore);
}

/** The cloud has it; from here on it cannot be cancelled. */
export function started(request: Snapshotting, operation: Operation): Step {
  const { notBefore: _, problem: __, ...state } = request.state;
  const { id, startedAt } = operation;
  const next = into(request, { ...state, operation: { id, startedAt } });
  return become({ ...next, times: { snapshotStarted: startedAt, ...request.times } }, { code: "snapshot_started" });
}

function follow(request: Snapshotting, seen: Seen, now: Date): Step {
  const { state } = request;
  const problem = problemIn(seen.operation);
  if (problem?.kind === "not_found") {
    const { operation: _, ...without } = state;
    return become(into(request, { ...without, vanished: now }));
  }
  if (problem) return misfit(request, problem.detail, now);
  const operation = valueIn(seen.operation)!;
  switch (operation.state) {
    case "succeeded":
      return made(request, now);
    case "failed":
      return leave(request, failed("snapshot_failed", operation.error), now, { code: "snapshot_missed" });
    case "running":
      return running(request, operation, now);
  }
}

function running(request: Snapshotting, operation: Operation, now: Date): Step {
  const { misfits, ...state } = request.state;
  const percent = operation.percent === undefined ? state.percent : Math.max(state.percent ?? 0, operation.percent);
  const estimate = state.percent === undefined && percent !== undefined ? progressOf(request, now) : undefined;
  const next = into(request, {
    ...state,
    ...(percent !== undefined && { percent }),
    ...(estimate && { estimatedTo: estimate.percent }),
  });
  const startedAt = request.times.snapshotStarted ?? state.since;
  const end = expectedEnd(next, now);
  const until = later(now, gap(between(startedAt, now), request.debt !== undefined, end && between(startedAt, end)));
  const hasChanged = misfits !== undefined || percent !== state.percent;
  return hasChanged ? note(next, until) : waitUntil(until);
}

/** An answer that does not fit the contract may be a proxy's hiccup; one that keeps coming ends the request safely. */
function misfit(request: Snapshotting, detail: string, now: Date): Step {
  const misfits = { count: (request.state.misfits?.count ?? 0) + 1, since: request.state.misfits?.since ?? now };
  const enough = misfits.count >= MISFITS.count && between(misfits.since, now) >= MISFITS.ms;
  if (enough) return leave(request, failed("protocol", detail), now);
  const notBefore = later(now, BETWEEN_LOOKS_MS);
  return note(into(request, { ...request.state, misfits, notBefore }), notBefore);
}

function made(request: Snapshotting, now: Date): Step {
  const done = { ...request, times: { ...request.times, snapshotEnded: now } };
  const line: Line = { code: "snapshot_made", ms: between(done.times.snapshotStarted ?? request.state.since, now) };
  return request.debt ? payThen(done, { status: "done" }, now, line) : become(done, line);
}

/** The goal is reached and nothing is owed: the end with its list, as soon as the cloud lists the new snapshot. */
export function conclude(request: Request, seen: Seen, now: Date): Step {
  const listed = valueIn(seen.snapshots) ?? [];
  const snapshot = listed.find((candidate) => candidate.name === request.wish.name);
  const waited = between(request.times.snapshotEnded ?? now, now);
  const patience = seen.snapshots?.ok ? LISTED_LATE_MS : UNLISTED_MS;
  if (!snapshot && waited < patience) {
    return wait(now, Math.max(gap(waited, false), problemIn(seen.snapshots)?.retryAfterMs ?? 0));
  }
  const me = { by: request.requestedBy, reason: request.wish.reason };
  const makers = new Map(seen.makers);
  if (snapshot) makers.set(snapshot.id, me);
  const snapshots = withMakers(listed, makers);
  const { trouble: _, ...calm } = request;
  return become(into(calm, { status: "done", at: now, ...(snapshot && { snapshot }), snapshots }), { code: "done" });
}
