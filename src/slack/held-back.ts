import { between, later } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import { SlackRefusal } from "../ports/slack.ts";
import { call, retryAfterMs } from "./web.ts";

/** Sends calls to one method of Slack. After a 429 it sends none until Slack wants to be asked again, and throws instead. */
export type HeldBack = <T>(send: () => Promise<T>) => Promise<T>;

export function holdBack(clock: Clock): HeldBack {
  let blockedUntil = clock.now();
  return async (send) => {
    const leftMs = between(clock.now(), blockedUntil);
    if (leftMs > 0) throw new SlackRefusal("ratelimited", leftMs);
    try {
      return await call(send);
    } catch (error) {
      const restMs = retryAfterMs(error);
      if (restMs !== undefined) blockedUntil = later(clock.now(), restMs);
      throw error;
    }
  };
}
