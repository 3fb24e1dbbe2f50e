import type { Clock } from "../../ports/clock.ts";

/** So many calls within any `withinMs`, counted for the workspace or for each channel. */
export interface Limit {
  calls: number;
  withinMs: number;
  per: "workspace" | "channel";
}

const perMinute = (calls: number): Limit[] => [{ calls, withinMs: 60_000, per: "workspace" }];

export const tier2 = perMinute(20);
export const tier3 = perMinute(50);
export const tier4 = perMinute(100);
/** One a second and channel with room for a short burst, and several hundred a minute altogether. */
export const posting: Limit[] = [{ calls: 3, withinMs: 3_000, per: "channel" }, ...perMinute(300)];
/** `auth.test` and its like: several hundred a minute. */
export const generous = perMinute(600);

/** Counts calls in this clock's time. A call that is turned away does not count. */
export class RateLimits {
  readonly #clock: Clock;
  readonly #calls = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes one call; answers with the milliseconds to wait when it is one too many. */
  take(method: string, channel: string | undefined, limits: readonly Limit[]): number | undefined {
    const now = this.#clock.now().getTime();
    const windows = limits.map((limit) => {
      const key = `${method} ${limit.per === "channel" ? channel : "*"} ${limit.withinMs}`;
      const calls = (this.#calls.get(key) ?? []).filter((at) => at > now - limit.withinMs);
      const wait = calls.length < limit.calls ? 0 : calls[calls.length - limit.calls]! + limit.withinMs - now;
      return { key, calls, wait };
    });
    const wait = Math.max(...windows.map((window) => window.wait));
    if (wait > 0) return wait;
    for (const { key, calls } of windows) this.#calls.set(key, [...calls, now]);
    return undefined;
  }
}
