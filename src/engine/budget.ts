import { between, later, MINUTE_MS } from "../domain/durations.ts";

/** Says when the next call may go out, so that a limit of the far side is never reached. Not yet taken is not yet spent. */
export interface Budget {
  /** Milliseconds until a call may be made that leaves `reserve` for others; 0 is now. */
  waitMs(now: Date, reserve?: number): number;
  take(now: Date): void;
  /** The far side has said that it wants nothing before this moment. */
  blockUntil(moment: Date): void;
}

/**
 * So many calls a minute on average, with bursts of `burst`. A new process begins with `first` only, since it does not
 * know what the one before it has used up.
 */
export function createBudget(perMinute: number, burst: number, first: number, start: Date): Budget {
  let tokens = first;
  let countedAt = start;
  let blockedUntil = start;

  function count(now: Date): void {
    tokens = Math.min(burst, tokens + (Math.max(0, between(countedAt, now)) / MINUTE_MS) * perMinute);
    countedAt = now;
  }

  return {
    waitMs(now, reserve = 0) {
      count(now);
      const forToken = Math.max(0, ((1 + reserve - tokens) / perMinute) * MINUTE_MS);
      return Math.max(forToken, between(now, blockedUntil), 0);
    },
    take(now) {
      count(now);
      tokens -= 1;
    },
    blockUntil(moment) {
      if (moment > blockedUntil) blockedUntil = moment;
    },
  };
}

/**
 * One call at a time per key, and a gap after each (Slack: one message a second per channel). The gap counts from the
 * answer, so that a call which took long on its way does not arrive together with the next one.
 */
export function createSpacing(gapMs: number): {
  waitMs(key: string, now: Date): number;
  begin(key: string): void;
  end(key: string, now: Date): void;
} {
  const underWay = new Set<string>();
  const nextAt = new Map<string, Date>();
  return {
    waitMs: (key, now) => (underWay.has(key) ? gapMs : Math.max(0, between(now, nextAt.get(key) ?? now))),
    begin: (key) => void underWay.add(key),
    end(key, now) {
      underWay.delete(key);
      for (const [other, at] of nextAt) if (at < now) nextAt.delete(other);
      nextAt.set(key, later(now, gapMs));
    },
  };
}
