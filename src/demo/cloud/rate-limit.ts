import { getUnixTime } from "date-fns";
import type { Clock } from "../../ports/clock.ts";

const WINDOW_MS = 60_000;

/** So many requests in any 60 seconds. Refused ones do not count. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perMinute: number;
  #takenAt: number[] = [];

  constructor(clock: Clock, perMinute: number) {
    this.#clock = clock;
    this.#perMinute = perMinute;
  }

  /** Takes one request's place; `waitMs` says how long there is none. */
  take(): { waitMs: number; headers: Record<string, string> } {
    const now = this.#clock.now().getTime();
    this.#takenAt = this.#takenAt.filter((at) => at + WINDOW_MS > now);
    const isFull = this.#takenAt.length >= this.#perMinute;
    if (!isFull) this.#takenAt.push(now);
    const freeAt = (this.#takenAt[0] ?? now) + WINDOW_MS;
    return {
      waitMs: isFull ? freeAt - now : 0,
      headers: {
        "ratelimit-limit": String(this.#perMinute),
        "ratelimit-remaining": String(this.#perMinute - this.#takenAt.length),
        "ratelimit-reset": String(getUnixTime(freeAt + 999)),
      },
    };
  }
}
