import type { Operation } from "../cloud.ts";
import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { gap } from "../gap.ts";
import { expectedEnd, progressOf } from "../progress.ts";
import type { RequestIn } from "../request.ts";
import { become, into, note, type Seen, type Step, waitUntil } from "../step.ts";
import { problemIn, valueIn } from "./troubled.ts";

/** An operation of the cloud that takes its time: a snapshot, or a restore. */
export type Working = RequestIn<"snapshotting"> | RequestIn<"restoring">;

/** How long it may fail to start, with the VM waiting for it, before we stop trying. */
export const START_LIMIT_MS = 5 * MINUTE_MS;

/** After a lost answer the cloud is asked again only when so many looks in so much time found no trace. */
const SURE_LOOKS = 3;
const SURE_MS = 10 * SECOND_MS;
export const BETWEEN_LOOKS_MS = 3 * SECOND_MS;

/** So often in a row, for so long, an answer may not fit the contract before we stop. */
const MISFITS = { count: 5, ms: 30 * SECOND_MS };

/** So long the cloud's own shutdown may be called running when the VM is off already. */
const SHUTDOWN_LINGERS_MS = 5 * SECOND_MS;

/** The VM is off: a shutdown that is still called running then holds nothing up for long, and the cloud's answer decides. */
export const isInTheWay = ({ kind }: Operation, { state }: Working, now: Date): boolean =>
  (kind !== "shutdown" && kind !== "power_off") || between(state.since, now) < SHUTDOWN_LINGERS_MS;

export const hasTriedTooLong = ({ state }: Working, now: Date): boolean => between(state.since, now) >= START_LIMIT_MS;

/** Whether the cloud may be asked once more, after looks that found no trace of an intent. */
export const isSure = (intent: { at: Date; looks: number }, now: Date): boolean =>
  intent.looks >= SURE_LOOKS && between(intent.at, now) >= SURE_MS;

/** What it becomes when its operation has ended, one way or the other. */
export interface Ends {
  succeeded: () => Step;
  failed: (error: string | undefined) => Step;
}

/** Follows an operation to its end, at the pace that a late look would cost. */
export function follow(request: Working, seen: Seen, now: Date, ends: Ends): Step {
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
      return ends.succeeded();
    case "failed":
      return ends.failed(operation.error);
    case "running":
      return running(request, operation, now);
  }
}

function running(request: Working, operation: Operation, now: Date): Step {
  const { misfits, ...state } = request.state;
  const percent = operation.percent === undefined ? state.percent : Math.max(state.percent ?? 0, operation.percent);
  const estimate = state.percent === undefined && percent !== undefined ? progressOf(request, now) : undefined;
  const next = into(request, {
    ...state,
    ...(percent !== undefined && { percent }),
    ...(estimate && { estimatedTo: estimate.percent }),
  });
  const { startedAt } = state.operation ?? { startedAt: state.since };
  const end = expectedEnd(next, now);
  const until = later(now, gap(between(startedAt, now), request.debt !== undefined, end && between(startedAt, end)));
  const hasChanged = misfits !== undefined || percent !== state.percent;
  return hasChanged ? note(next, until) : waitUntil(until);
}

/** A restore that cannot be followed any more may yet replace the data. */
const MISFIT = { snapshotting: "protocol", restoring: "restore_lost" } as const;

/** An answer that does not fit the contract may be a proxy's hiccup; one that keeps coming ends the request safely. */
function misfit(request: Working, detail: string, now: Date): Step {
  const misfits = { count: (request.state.misfits?.count ?? 0) + 1, since: request.state.misfits?.since ?? now };
  const enough = misfits.count >= MISFITS.count && between(misfits.since, now) >= MISFITS.ms;
  if (enough) return leave(request, failed(MISFIT[request.state.status], detail), now);
  const notBefore = later(now, BETWEEN_LOOKS_MS);
  return note(into(request, { ...request.state, misfits, notBefore }), notBefore);
}
