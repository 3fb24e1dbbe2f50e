import { MINUTE_MS, SECOND_MS } from "../domain/durations.ts";

/** What a 429 that does not say how long is taken to mean. */
export const USUAL_RETRY_MS = 5 * SECOND_MS;

/** Nobody is waited for longer than this at a stretch; a provider that means an hour will say so again. */
export const LONGEST_RETRY_MS = 10 * MINUTE_MS;

/** The form that HTTP prescribes; `Date.parse` alone reads a date into nearly anything. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds that a Retry-After asks for, from one second to ten minutes; undefined when it is missing or unreadable. */
export function readRetryAfter(header: string | undefined, now: Date): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return within(Number(text) * SECOND_MS);
  if (HTTP_DATE.test(text)) return within(Date.parse(text) - now.getTime());
  return undefined;
}

/** The share of a limit that reads leave to calls that change something: debts come first. */
const RESERVE = 0.1;

/**
 * Milliseconds until calls are free again, when the headers say that none is left, or so few that reads have to leave them
 * to others (`forReads`); undefined when there are enough, or they do not say. `reset` is in seconds of Unix time.
 */
export function readRateLimit(
  headers: Readonly<Record<"limit" | "remaining" | "reset", string | undefined>>,
  now: Date,
): { ms: number; forReads: boolean } | undefined {
  const [limit, remaining, reset] = [whole(headers.limit), whole(headers.remaining), whole(headers.reset)];
  if (remaining === undefined || reset === undefined || remaining > (limit ?? 0) * RESERVE) return undefined;
  const milliseconds = reset * SECOND_MS - now.getTime();
  const ms = milliseconds > 0 ? within(milliseconds) : undefined;
  return ms === undefined ? undefined : { ms, forReads: remaining > 0 };
}

const whole = (text: string | undefined): number | undefined =>
  /^\s*\d+\s*$/.test(text ?? "") ? Number(text) : undefined;

const within = (milliseconds: number): number | undefined =>
  Number.isNaN(milliseconds) ? undefined : Math.min(LONGEST_RETRY_MS, Math.max(SECOND_MS, milliseconds));
