import { between, later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import { whyOff } from "./feature-off.ts";
import { retryAfterMs } from "./web.ts";

/** So old, it is read again while what is known still counts. */
const RENEWED_MS = 4 * MINUTE_MS;
/** So old, it counts no more, also when Slack does not answer. */
const FRESH_MS = 5 * MINUTE_MS;
/** When Slack does not answer, it is left alone for so long. */
const REST_MS = 5 * SECOND_MS;
/** When the bot may not know, it is asked again after this. */
const OFF_MS = 5 * MINUTE_MS;

/** Something that only Slack knows; asked for once, however many want to know. Never throws. */
export interface Knowledge<T> {
  /** Undefined when Slack does not say, and what it said last is too old. */
  get(): Promise<T | undefined>;
  /** What was said, and what is being said at the moment, counts no more. */
  forget(): void;
  /** What the bot lacks to know this; undefined when it lacks nothing, or has not asked. */
  trouble(): string | undefined;
}

export function createKnowledge<T>(clock: Clock, read: () => Promise<T>): Knowledge<T> {
  let known: { at: Date; value: T } | undefined;
  let failed: { error: unknown; until: Date } | undefined;
  let reading: Promise<boolean> | undefined;
  let changes = 0;

  const ageMs = () => (known ? between(known.at, clock.now()) : Number.POSITIVE_INFINITY);

  /** At most one call at a time, and none while Slack is left alone. False when the call began before a change. */
  async function renew(): Promise<boolean> {
    if (!reading && failed && clock.now() < failed.until) return true;
    reading ??= readOnce(clock.now(), changes).finally(() => {
      reading = undefined;
    });
    return reading;
  }

  /** What was asked before a change may be told as it was before: it does not count. */
  async function readOnce(at: Date, before: number): Promise<boolean> {
    try {
      const value = await read();
      if (before === changes) [known, failed] = [{ at, value }, undefined];
    } catch (error) {
      const restMs = retryAfterMs(error) ?? (whyOff(error) ? OFF_MS : REST_MS);
      failed = { error, until: later(clock.now(), restMs) };
    }
    return before === changes;
  }

  async function get(): Promise<T | undefined> {
    if (known && ageMs() < RENEWED_MS) return known.value;
    const renewal = renew();
    if (known && ageMs() < FRESH_MS) return known.value;
    if (!(await renewal)) return get();
    return known && ageMs() < FRESH_MS ? known.value : undefined;
  }

  return {
    get,
    forget() {
      changes += 1;
      known = undefined;
    },
    trouble: () => failed && whyOff(failed.error),
  };
}
