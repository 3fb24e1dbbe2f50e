import type { Clock } from "./ports/clock.ts";

/** Node cannot set a timer further ahead than this; longer waits wake up early and look again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The machine's time, or the same made `factor` times as fast from `start` on (demo, tests and benchmarks): two
 * processes with the same start and factor agree on the time.
 */
export function systemClock(factor = 1, start = new Date()): Clock {
  return {
    now: () => (factor === 1 ? new Date() : new Date(start.getTime() + (Date.now() - start.getTime()) * factor)),
    after(milliseconds, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, milliseconds) / factor, LONGEST_TIMER_MS));
      return () => clearTimeout(timer);
    },
  };
}

/** Waits in this clock's time; ends early, without an error, when the signal says so. */
export function pause(clock: Clock, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      cancel();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const cancel = clock.after(milliseconds, end);
    signal?.addEventListener("abort", end, { once: true });
  });
}
