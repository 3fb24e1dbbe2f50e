import type { Operation } from "../cloud.ts";
import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave, payThen } from "../endings.ts";
import { isOf, type Request, type RequestIn } from "../request.ts";
import { cooldownUntil, isBusy, isFull, traceOf, uniqueName } from "../rules.ts";
import { become, into, note, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import type { Line } from "../story.ts";
import { conclude } from "./concluding.ts";
import { stepAside } from "./stepping-aside.ts";
import { failureOf, valueIn } from "./troubled.ts";
import { BETWEEN_LOOKS_MS, follow, hasTriedTooLong, isInTheWay, isSure } from "./work.ts";

type Snapshotting = RequestIn<"snapshotting">;

/** Soon enough to cost nothing, and yet no loop without a pause. */
const BLIND_MS = 100;

/** Starts one snapshot, at most one, and follows it to its end. */
export function decideSnapshotting(request: Snapshotting, seen: Seen, now: Date, settings: Settings): Step {
  const { state, times } = request;
  if (state.notBefore && now < state.notBefore) return waitUntil(state.notBefore);
  // It was too soon when we set out to look, and no longer is: nothing is decided blindly.
  if (!seen.operation && !seen.snapshots) return wait(now, BLIND_MS);
  if (times.snapshotEnded) return conclude(request, seen, now, settings);
  if (state.operation) {
    return follow(request, seen, now, {
      succeeded: () => made(request, now),
      failed: (error) => leave(request, failed("snapshot_failed", error), now, { code: "snapshot_missed" }),
    });
  }
  if (state.intent) return trace(request, state.intent, seen, now);
  return start(request, seen, now, settings);
}

function start(request: Snapshotting, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  const tooLong = hasTriedTooLong(request, now);
  // Somebody has chosen to take it live, and need not choose again.
  if (seen.ahead && request.plan !== "live") return stepAside(request, seen.ahead, now);
  if (seen.ahead) return tooLong ? leave(request, failed("busy"), now) : wait(now, SECOND_MS);
  if (state.problem && tooLong) return leave(request, failureOf(state.problem), now);
  if (isFull(snapshots, settings.limits)) return leave(request, failed("quota"), now);
  const until = cooldownUntil(snapshots, operations, settings.limits, now);
  if (until) return leave(request, { status: "queued", until }, now);
  if (isBusy(operations.filter((operation) => isInTheWay(operation, request, now))))
    return tooLong ? leave(request, failed("busy"), now) : wait(now, SECOND_MS);
  return callToStart(request, uniqueName(nameOf(request), snapshots, settings.limits.nameLength), now);
}

function callToStart(request: Snapshotting, name: string, now: Date): Step {
  const { notBefore: _, problem, ...state } = request.state;
  const isFirst = !problem && !state.intent;
  return {
    kind: "call",
    call: { kind: "snapshot", vm: request.vm.id, name },
    next: into(called(request, name), { ...state, intent: { name, at: now, looks: 0 } }),
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
  const looked = { ...intent, looks: intent.looks + 1 };
  if (isSure(looked, now)) {
    if (state.problem && hasTriedTooLong(request, now)) return leave(request, failureOf(state.problem), now);
    return callToStart(request, intent.name, now);
  }
  const notBefore = later(now, BETWEEN_LOOKS_MS);
  return note(into(request, { ...state, intent: looked, notBefore }), notBefore);
}

/** The cloud has it; from here on it cannot be cancelled. */
export function started(request: Snapshotting, operation: Operation): Step {
  const { notBefore: _, problem: __, ...state } = request.state;
  const { id, startedAt } = operation;
  const next = into(request, { ...state, operation: { id, startedAt } });
  return become({ ...next, times: { snapshotStarted: startedAt, ...request.times } }, { code: "snapshot_started" });
}

/** The snapshot is there: what it was for comes next. */
function made(request: Snapshotting, now: Date): Step {
  const done = { ...request, times: { ...request.times, snapshotEnded: now } };
  const line: Line = { code: "snapshot_made", ms: between(done.times.snapshotStarted ?? request.state.since, now) };
  if (isOf(done, "restore")) return become(into(done, { status: "restoring", since: now }), line);
  return request.debt ? payThen(done, { status: "done" }, now, line) : become(done, line);
}

/** What the snapshot is to be called. Only wishes that take one come here. */
function nameOf({ wish }: Request): string {
  if (wish.kind !== "create" && wish.kind !== "restore") throw new Error(`No snapshot is taken to ${wish.kind}`);
  return wish.name;
}

function called(request: Snapshotting, name: string): Snapshotting {
  const { wish } = request;
  return wish.kind === "create" || wish.kind === "restore" ? { ...request, wish: { ...wish, name } } : request;
}
