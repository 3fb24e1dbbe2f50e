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

/** How far the snapshot is: what the cloud reports, else elapsed / expected; undefined when neither is known. */
export function progressOf(request: Request, now: Date): Progress | undefined {
  const { state, times, facts } = request;
  if (state.status !== "snapshotting" || !times.snapshotStarted) return undefined;
  if (times.snapshotEnded) return { percent: 100, estimated: false };
  if (state.percent !== undefined) {
    const { estimatedTo = 0 } = state;
    return state.percent < estimatedTo
      ? { percent: estimatedTo, estimated: true }
      : { percent: Math.floor(state.percent), estimated: false };
  }
  if (!facts?.expected) return undefined;
  const share = (100 * between(times.snapshotStarted, now)) / facts.expected.ms;
  return { percent: Math.max(0, Math.min(MOST_ESTIMATED, Math.floor(share))), estimated: true };
}

/** When the snapshot will be made, as far as can be told; undefined when it cannot, or when that moment has passed. */
export function expectedEnd(request: Request, now: Date): Date | undefined {
  const { state, times, facts } = request;
  if (state.status !== "snapshotting" || !times.snapshotStarted || times.snapshotEnded) return undefined;
  const elapsed = between(times.snapshotStarted, now);
  const reported = state.percent !== undefined && state.percent >= LEAST_TELLING ? state.percent : undefined;
  const wholeMs = reported === undefined ? facts?.expected?.ms : (100 * elapsed) / reported;
  if (wholeMs === undefined) return undefined;
  const end = later(times.snapshotStarted, wholeMs);
  return end > now ? end : undefined;
}

/** The snapshot takes longer than expected. Slow is not failed, but the card says so. */
export function isOverdue(request: Request, now: Date): boolean {
  const { state, times, facts } = request;
  if (state.status !== "snapshotting" || !times.snapshotStarted || times.snapshotEnded || !facts?.expected)
    return false;
  if (state.percent !== undefined) return false;
  return between(times.snapshotStarted, now) > facts.expected.ms + 5 * SECOND_MS;
}
