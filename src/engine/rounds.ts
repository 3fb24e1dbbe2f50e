import { setImmediate } from "node:timers/promises";
import { later, SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";

/** Rounds of work, one after the other. However often one is wished for, nothing is done twice at the same time. */
export interface Rounds {
  begin(): void;
  /** In so many milliseconds at the latest. */
  beginIn(milliseconds: number): void;
  /** Resolves when none is under way any more; no other begins. */
  stop(): Promise<void>;
}

const AFTER_ERROR_MS = 5 * SECOND_MS;

/** `round` says in how many milliseconds there is more to do. When it throws, there is another one some seconds later. */
export function createRounds(
  clock: Clock,
  round: () => Promise<number | undefined>,
  onError: (error: unknown) => void,
): Rounds {
  let isStopped = false;
  let isRunning = false;
  let isWished = false;
  let running = Promise.resolve();
  let timer: { at: Date; cancel: () => void } | undefined;

  function begin(): void {
    isWished = true;
    if (!isRunning && !isStopped) running = run();
  }

  function beginIn(milliseconds: number): void {
    const at = later(clock.now(), milliseconds);
    if (isStopped || (timer && timer.at <= at)) return;
    timer?.cancel();
    const cancel = clock.after(milliseconds, () => {
      timer = undefined;
      begin();
    });
    timer = { at, cancel };
  }

  async function run(): Promise<void> {
    isRunning = true;
    let againInMs: number | undefined;
    try {
      do {
        await setImmediate(); // whatever else happens in this turn is seen in the same round
        isWished = false;
        if (!isStopped) againInMs = await round();
      } while (isWished && !isStopped);
    } catch (error) {
      onError(error);
      againInMs = AFTER_ERROR_MS;
    }
    isRunning = false;
    if (againInMs !== undefined) beginIn(againInMs);
  }

  return {
    begin,
    beginIn,
    async stop() {
      isStopped = true;
      timer?.cancel();
      await running;
    },
  };
}
