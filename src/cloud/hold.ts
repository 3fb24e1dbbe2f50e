import { SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";

/** A VM that is owed its power is not kept off for longer than this between two attempts, whatever the cloud asks for. */
const URGENT_MS = 30 * SECOND_MS;

/** Calls that the cloud has asked to hold back: all of them, or those of one key. */
export class Hold {
  readonly #clock: Clock;
  readonly #spans = new Map<string, { from: number; ms: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** From now on no call for so long; an urgent one for at most 30 s. Never shortens what was asked for before. */
  all(ms: number): void {
    this.#lengthen("all", ms);
    this.#lengthen("urgent", Math.min(ms, URGENT_MS));
  }

  one(key: string, ms: number): void {
    this.#lengthen(`one ${key}`, ms);
  }

  /** Milliseconds that every call must still wait; 0 when it may go. */
  leftForAll(isUrgent: boolean): number {
    return this.#left(isUrgent ? "urgent" : "all");
  }

  leftForOne(key: string): number {
    return this.#left(`one ${key}`);
  }

  #lengthen(name: string, ms: number): void {
    if (ms > this.#left(name)) this.#spans.set(name, { from: this.#clock.now().getTime(), ms });
  }

  #left(name: string): number {
    const span = this.#spans.get(name);
    if (!span) return 0;
    const now = this.#clock.now().getTime();
    span.from = Math.min(span.from, now); // a clock that was set back does not make the wait longer
    const left = span.from + span.ms - now;
    if (left <= 0) this.#spans.delete(name);
    return Math.max(0, left);
  }
}
