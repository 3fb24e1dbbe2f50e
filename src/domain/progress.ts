import { between, later, SECOND_MS } from "./durations.ts";
import type { Request } from "./request.ts";

export interface Progress {
  /** 0 to 100, a whole number. */
  percent: number;
  /** Ours, from the time that has passed; the cloud's own otherwise. */
  estimated: boolean;
}

/** Before the end is known, an estimate says no more than this. */
const MOST_ESTIMATED = 95;
/** Below this the cloud's percent says too little about when it will be over. */
const LEAST_TELLING = 5;

/** What the cloud is at for this request and takes its time: a snapshot, or a restore. */
export interface Work {
  started: Date;
  ended: Date | undefined;
  /** As the cloud reports it. */
  percent: number | undefined;
  /** How far the estimate had come when the cloud began to report. */
  estimatedTo: number;
  expectedMs: number | undefined;
}

/** Undefined while nothing of the kind is under way. */
export function workOf({ state, times, facts }: Request): Work | undefined {
  if (state.status !== "snapshotting" && state.status !== "restoring") return undefined;
  const { percent, estimatedTo = 0 } = state;
  const [started, ended, expected] =
    state.status === "snapshotting"
      ? [times.snapshotStarted, times.snapshotEnded, facts?.expected]
      : [times.restoreStarted, times.restoreEnded, facts?.restore];
  return started && { started, ended, percent, estimatedTo, expectedMs: expected?.ms };
}

/** How far it is: what the cloud reports, else elapsed / expected; undefined when neither is known. */
export function progressOf(request: Request, now: Date): Progress | undefined {
  const work = workOf(request);
  if (!work) return undefined;
  const { started, ended, percent, estimatedTo, expectedMs } = work;
  if (ended) return { percent: 100, estimated: false };
  if (percent !== undefined)
    return percent < estimatedTo
      ? { percent: estimatedTo, estimated: true }
      : { percent: Math.floor(percent), estimated: false };
  if (expectedMs === undefined) return undefined;
  const share = (100 * between(started, now)) / expectedMs;
  return { percent: Math.max(0, Math.min(MOST_ESTIMATED, Math.floor(share))), estimated: true };
}

/** When it will be over, as far as can be told; undefined when it cannot, or when that moment has passed. */
export function expectedEnd(request: Request, now: Date): Date | undefined {
  const work = workOf(request);
  if (!work || work.ended) return undefined;
  const elapsed = between(work.started, now);
  const reported = work.percent !== undefined && work.percent >= LEAST_TELLING ? work.percent : undefined;
  const wholeMs = reported === undefined ? work.expectedMs : (100 * elapsed) / reported;
  if (wholeMs === undefined) return undefined;
  const end = later(work.started, wholeMs);
  return end > now ? end : undefined;
}

/** It takes longer than expected. Slow is not failed, but the card says so. */
export function isOverdue(request: Request, now: Date): boolean {
  const work = workOf(request);
  if (!work || work.ended || work.expectedMs === undefined || work.percent !== undefined) return false;
  return between(work.started, now) > work.expectedMs + 5 * SECOND_MS;
}
