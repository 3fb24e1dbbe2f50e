import type { Clock } from "../ports/clock.ts";

/** The pace of a clock from a moment on: two processes that are told the same agree on the time. */
export interface Pace {
  factor: number;
  /** Milliseconds since 1970: when, by the machine's time, the clock showed `at`. */
  since: number;
  at: number;
}

export interface AdjustableClock extends Clock {
  readonly pace: Pace;
  /** From now on this fast; what waits comes sooner or later accordingly. */
  setPace(pace: Pace): void;
}

/** Node cannot set a timer further ahead than this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A clock whose speed can be changed while things wait for it. */
export function adjustableClock(first: Pace): AdjustableClock {
  let pace = first;
  const waiting = new Map<object, { due: number; run: () => void; timer: NodeJS.Timeout | undefined }>();
  const nowMs = () => pace.at + (Date.now() - pace.since) * pace.factor;

  function arm(key: object): void {
    const entry = waiting.get(key);
    if (!entry) return;
    clearTimeout(entry.timer);
    const inMs = Math.min(Math.max(0, entry.due - nowMs()) / pace.factor, LONGEST_TIMER_MS);
    entry.timer = setTimeout(() => {
      waiting.delete(key);
      entry.run();
    }, inMs);
  }

  return {
    get pace() {
      return pace;
    },
    setPace(next) {
      pace = next;
      for (const key of waiting.keys()) arm(key);
    },
    now: () => new Date(nowMs()),
    after(milliseconds, run) {
      const key = {};
      waiting.set(key, { due: nowMs() + Math.max(0, milliseconds), run, timer: undefined });
      arm(key);
      return () => {
        clearTimeout(waiting.get(key)?.timer);
        waiting.delete(key);
      };
    },
  };
}

/** The same time, from now on at another speed. */
export const paceFrom = (clock: AdjustableClock, factor: number): Pace => ({
  factor,
  since: Date.now(),
  at: clock.now().getTime(),
});
