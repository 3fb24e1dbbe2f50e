import type { Clock } from "../src/ports/clock.ts";

/** A clock that stands still until somebody moves it. */
export interface ManualClock extends Clock {
  /** Moves on by so many milliseconds and runs what falls due on the way, in order, each at its own time. */
  advance(milliseconds: number): void;
}

export function manualClock(start = new Date("2026-11-16T09:00:00Z")): ManualClock {
  let now = start.getTime();
  const timers = new Set<{ at: number; run: () => void }>();

  /** Sets keep the order of insertion, so of two timers for the same moment the older one comes first. */
  function nextUntil(end: number) {
    let next: { at: number; run: () => void } | undefined;
    for (const timer of timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer;
    return next;
  }

  return {
    now: () => new Date(now),
    after(milliseconds, run) {
      const timer = { at: now + Math.max(0, milliseconds), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new Error(`A clock cannot be moved by ${milliseconds} ms`);
      const end = now + milliseconds;
      for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
        timers.delete(timer);
        now = timer.at;
        timer.run();
      }
      now = end;
    },
  };
}
