import { between, later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";

/** One person's Home as far as this process knows it. */
export interface Screen {
  /** What Slack has taken last; undefined when that is not sure. */
  shows?: string | undefined;
  publishedAt?: Date;
  lookedAt?: Date;
  /** Up to which news it was looked at. */
  news: number;
  /** Its person has just opened it, or pressed something there. */
  isAwaited: boolean;
  /** Something that was missing may be there then. */
  againAt?: Date | undefined;
  notBefore?: Date | undefined;
  /** How often in a row it could not be drawn. */
  tries: number;
}

/** Between two drawings for one person: after they have pressed something, else, and where only a bar moves. */
const PRESSED_GAP_MS = 0.25 * SECOND_MS;
const GAP_MS = 3 * SECOND_MS;
const TICK_GAP_MS = 15 * SECOND_MS;
const LONGEST_REST_MS = 5 * MINUTE_MS;

export const unknownScreen = (notBefore: Date): Screen => ({ news: -1, isAwaited: false, notBefore, tries: 0 });

/** In how many milliseconds it is to be looked at; undefined when there is no reason to. */
export function dueInMs(
  { isAwaited, notBefore, publishedAt, lookedAt, news, againAt }: Screen,
  latest: { news: number; isTicking: boolean },
  now: Date,
): number | undefined {
  const until = (at: Date | undefined, ms: number): number => (at ? ms - between(at, now) : 0);
  const restMs = Math.max(
    0,
    until(notBefore, 0),
    until(publishedAt, isAwaited ? PRESSED_GAP_MS : GAP_MS),
    isAwaited ? 0 : until(lookedAt, GAP_MS),
  );
  if (isAwaited || news < latest.news) return restMs;
  const reasons = [
    ...(latest.isTicking ? [until(lookedAt, TICK_GAP_MS)] : []),
    ...(againAt ? [until(againAt, 0)] : []),
  ];
  return reasons.length > 0 ? Math.max(restMs, Math.min(...reasons)) : undefined;
}

/** It could not be drawn: the next try is later each time, and still for the one who waits for it. */
export function rest(screen: Screen, isAwaited: boolean, now: Date): void {
  screen.tries += 1;
  screen.notBefore = later(now, Math.min(LONGEST_REST_MS, SECOND_MS * 2 ** (screen.tries - 1)));
  screen.news = -1;
  screen.isAwaited ||= isAwaited;
}
