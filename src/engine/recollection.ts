import type { Look } from "../domain/cloud.ts";
import { between, SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";

/** What a source that may be slow or silent has last said. */
export interface Recollection<T> {
  /**
   * What it says now, or said no longer ago than `maxAgeMs`; if it does not answer before `late`, what it said before,
   * marked so. One question serves all who ask meanwhile.
   */
  recall(maxAgeMs: number, late: Promise<unknown>): Promise<Recalled<T>>;
  /** What was said until now holds no longer. */
  outdate(): void;
}

export interface Recalled<T> {
  /** Undefined when it never said anything. */
  known: { value: T; at: Date } | undefined;
  /** Something newer was asked for, and has not come. */
  isOld: boolean;
}

/** A source that has just failed is left alone for so long. */
const REST_MS = 20 * SECOND_MS;

export function recollectionOf<T>(
  clock: Clock,
  ask: () => Promise<Look<T>>,
  events: {
    /** An answer has come for which nobody waited any more. */
    onLate: () => void;
    onError: (error: unknown) => void;
  },
): Recollection<T> {
  let known: Recalled<T>["known"];
  let underWay: Promise<void> | undefined;
  let outdatedAt: Date | undefined;
  let failedAt: Date | undefined;
  let isAwaited = true;

  const isGood = (maxAgeMs: number): boolean =>
    known !== undefined && between(known.at, clock.now()) <= maxAgeMs && !(outdatedAt && known.at < outdatedAt);
  const isResting = (): boolean => failedAt !== undefined && between(failedAt, clock.now()) < REST_MS;

  async function begin(): Promise<void> {
    const at = clock.now();
    isAwaited = true;
    const answer = await ask().catch(events.onError);
    if (outdatedAt && at < outdatedAt) return; // whoever still waits asks anew
    underWay = undefined;
    failedAt = answer?.ok ? undefined : clock.now();
    if (!answer?.ok) return;
    known = { value: answer.value, at };
    if (!isAwaited) events.onLate();
  }

  return {
    async recall(maxAgeMs, late) {
      while (!isGood(maxAgeMs)) {
        if (!underWay && isResting()) return { known, isOld: true };
        underWay ??= begin();
        if (await Promise.race([underWay, late.then(() => "late")])) {
          isAwaited = false;
          return { known, isOld: true };
        }
      }
      return { known, isOld: false };
    },
    outdate() {
      outdatedAt = clock.now();
      failedAt = undefined;
      underWay = undefined;
    },
  };
}
