import { DAY_MS, later, MINUTE_MS, SECOND_MS } from "../../domain/durations.ts";
import type { Clock } from "../../ports/clock.ts";

/** A token with its life as the cloud told it. */
export interface Grant {
  token: string;
  lifeMs: number | undefined;
}

/** When the cloud does not say; so does the one known client that has a value for this. */
const USUAL_LIFE_MS = 3600 * SECOND_MS;
/** Tokens are renewed so long before their end, so that none expires under way. */
const SPARE_MS = MINUTE_MS;

/** Keeps one token and gets a new one when it is needed; whoever needs it meanwhile waits for the same. */
export class Tokens {
  readonly #clock: Clock;
  readonly #grant: () => Promise<Grant>;
  #kept: { token: string; until: Date } | undefined;
  #coming: Promise<string> | undefined;

  constructor(clock: Clock, grant: () => Promise<Grant>) {
    this.#clock = clock;
    this.#grant = grant;
  }

  /** Rejects as `grant` does. A failure is not kept: the next one to ask tries again. */
  get(): Promise<string> {
    if (this.#kept && this.#clock.now() < this.#kept.until) return Promise.resolve(this.#kept.token);
    this.#coming ??= this.#renew().finally(() => {
      this.#coming = undefined;
    });
    return this.#coming;
  }

  /** The cloud did not take it. Does nothing when it has been replaced already. */
  refused(token: string): void {
    if (this.#kept?.token === token) this.#kept = undefined;
  }

  async #renew(): Promise<string> {
    const { token, lifeMs = USUAL_LIFE_MS } = await this.#grant();
    // Of a token that lives for two minutes or less the first half counts; of one that lives for ever, a day.
    const goodMs = Math.min(DAY_MS, Math.max(lifeMs - SPARE_MS, lifeMs / 2));
    this.#kept = { token, until: later(this.#clock.now(), goodMs) };
    return token;
  }
}
