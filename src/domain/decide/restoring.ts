import type { Operation } from "../cloud.ts";
import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave, payThen } from "../endings.ts";
import type { Request, RequestIn, WishOf } from "../request.ts";
import { isBusy, isListed, startedSince } from "../rules.ts";
import { become, into, note, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import type { Line } from "../story.ts";
import { conclude } from "./concluding.ts";
import { askToChoose } from "./queued.ts";
import { stepAside } from "./stepping-aside.ts";
import { failureOf, problemIn, valueIn } from "./troubled.ts";
import { BETWEEN_LOOKS_MS, follow, hasTriedTooLong, isInTheWay, isSure } from "./work.ts";

type Restoring = RequestIn<"restoring">;

const BLIND_MS = 100;

/** Sets the VM's disk back, once, with the VM off, and follows it to its end. */
export function decideRestoring(request: Restoring, seen: Seen, now: Date, settings: Settings): Step {
  const { state, times } = request;
  if (state.notBefore && now < state.notBefore) return waitUntil(state.notBefore);
  if (times.restoreEnded) return conclude(request, seen, now, settings);
  if (!seen.operation && !seen.snapshots) return wait(now, BLIND_MS);
  if (state.operation) {
    return follow(request, seen, now, {
      succeeded: () => restored(request, now),
      failed: (error) => leave(request, failed("restore_failed", error), now, { code: "restore_missed" }),
    });
  }
  if (state.intent) return trace(request, state.intent, seen, now);
  return start(request, seen, now, settings);
}

const snapshotOf = ({ wish }: Request): WishOf<"restore">["snapshot"] => {
  if (wish.kind !== "restore") throw new Error(`Nothing is restored to ${wish.kind}`);
  return wish.snapshot;
};

/** The last looks before the data is replaced: the snapshot is there, the VM is off, and nothing else is done to it. */
function start(request: Restoring, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  if (seen.ahead) return stepAside(request, seen.ahead, now);
  const tooLong = hasTriedTooLong(request, now);
  if (state.problem && tooLong) return leave(request, failureOf(state.problem), now);
  const snapshot = snapshotOf(request);
  if (!isListed(snapshot.id, valueIn(seen.snapshots) ?? [])) return leave(request, failed("snapshot_gone"), now);
  const power = problemIn(seen.power) ? undefined : valueIn(seen.power);
  if (power !== "off") {
    if (power === "running") return backToShutdown(request, now, settings);
    return tooLong ? leave(request, failed("busy"), now) : wait(now, SECOND_MS);
  }
  if (isBusy((valueIn(seen.operations) ?? []).filter((operation) => isInTheWay(operation, request, now))))
    return tooLong ? leave(request, failed("busy"), now) : wait(now, SECOND_MS);
  return callToRestore(request, seen, now);
}

/** Somebody has switched the VM on in between: with our debt it goes down once more, without it a person is asked. */
function backToShutdown(request: Restoring, now: Date, settings: Settings): Step {
  if (!request.debt) {
    const facts = request.facts && { ...request.facts, power: "running" as const };
    return askToChoose({ ...request, ...(facts && { facts }) }, now, settings, { code: "went_on" });
  }
  const until = later(now, settings.shutdownTimeoutMs);
  const { off: _, ...times } = request.times;
  const next = into(
    { ...request, times },
    { status: "shutting_down", since: now, by: request.requestedBy, mode: "graceful", asked: "no", until },
  );
  return become(next, { code: "went_on" });
}

const newestSince = (moment: Date, seen: Seen): Operation | undefined =>
  startedSince(valueIn(seen.operations) ?? [], "restore", moment);

function callToRestore(request: Restoring, seen: Seen, now: Date): Step {
  const { notBefore: _, problem, ...state } = request.state;
  const { id, name } = snapshotOf(request);
  const isFirst = !problem && !state.intent;
  const known = newestSince(new Date(0), seen)?.id;
  return {
    kind: "call",
    call: { kind: "restore", vm: request.vm.id, snapshot: id },
    next: into(request, { ...state, intent: { at: now, looks: 0, ...(known && { known }) } }),
    story: isFirst ? [{ code: "restore_asked", name }] : [],
  };
}

/**
 * The answer was lost. A restore leaves no other trace than its operation; without one it is asked for again when that is
 * sure, which does no harm as long as the VM is off: the same disk is written twice.
 */
function trace(request: Restoring, intent: NonNullable<Restoring["state"]["intent"]>, seen: Seen, now: Date): Step {
  const { state } = request;
  const operation = newestSince(intent.at, seen);
  if (operation && operation.id !== intent.known && !state.vanished) return restoreStarted(request, operation);
  if (state.vanished || !seen.operations?.ok) {
    const givenUp = between(state.vanished ?? intent.at, now) >= MINUTE_MS;
    return givenUp ? leave(request, failed("restore_lost"), now) : wait(now, BETWEEN_LOOKS_MS);
  }
  const looked = { ...intent, looks: intent.looks + 1 };
  if (isSure(looked, now)) {
    const tooLong = hasTriedTooLong(request, now);
    if (valueIn(seen.power) === "off" && !(state.problem && tooLong)) return callToRestore(request, seen, now);
    if (tooLong) return leave(request, failed("restore_lost"), now);
  }
  const notBefore = later(now, BETWEEN_LOOKS_MS);
  return note(into(request, { ...state, intent: looked, notBefore }), notBefore);
}

/** The cloud has it; from here on the VM's data is being replaced. */
export function restoreStarted(request: Restoring, operation: Operation): Step {
  const { notBefore: _, problem: __, ...state } = request.state;
  const { id, startedAt } = operation;
  const next = into(request, { ...state, operation: { id, startedAt } });
  return become({ ...next, times: { restoreStarted: startedAt, ...request.times } }, { code: "restore_started" });
}

function restored(request: Restoring, now: Date): Step {
  const done = { ...request, times: { ...request.times, restoreEnded: now } };
  const line: Line = { code: "restored", ms: between(done.times.restoreStarted ?? request.state.since, now) };
  return request.debt ? payThen(done, { status: "done" }, now, line) : become(done, line);
}
