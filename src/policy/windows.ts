import { DAYS, type WallClock } from "./wall-clock.ts";
import { mistaken, quoted, type Reading, read } from "./written.ts";

/**
 * A time of the week. One that goes over midnight belongs to the day on which it begins: `fri 20:00-06:00` ends on
 * Saturday morning.
 */
export interface Window {
  /** As it was written. */
  text: string;
  /** On which days it begins, from 0 (Monday). */
  days: ReadonlySet<number>;
  /** Minutes since midnight; the end is not within. */
  from: number;
  to: number;
}

export const EXAMPLE = 'times such as "mon-fri 20:00-06:00"';
const LONGEST = 1000;
const WINDOW = /^(?:([a-z]+)(?:\s*-\s*([a-z]+))?\s+)?(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})$/;
const ONLY_DAYS = /^[a-z]+(?:\s*-\s*[a-z]+)?$/;
const MIDNIGHT = 24 * 60;

/** Reads `mon-fri 20:00-06:00, sat-sun 00:00-24:00`; without days it is every day. */
export function readWindows(written: string): Reading<readonly Window[]> {
  if (written.length > LONGEST) return mistaken(`must not be longer than ${LONGEST} characters`);
  const windows: Window[] = [];
  for (const piece of written.split(",")) {
    const window = readWindow(piece.trim());
    if (!window.ok) return window;
    windows.push(window.value);
  }
  return read(windows);
}

function readWindow(text: string): Reading<Window> {
  const [, first, last = first, ...times] = WINDOW.exec(text.toLowerCase()) ?? [];
  if (times.length === 0) return mistaken(`holds ${quoted(text)}, which is no time${hint(text.toLowerCase())}`);
  const [fromHour, fromMinute, toHour, toMinute] = times.map(Number) as [number, number, number, number];
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute];
  if (fromMinute > 59 || toMinute > 59 || from >= MIDNIGHT || to > MIDNIGHT)
    return mistaken(`holds ${quoted(text)}; times go from 00:00 to 24:00`);
  if (from === to) return mistaken(`holds ${quoted(text)}, which takes no time; a whole day is 00:00-24:00`);
  if (first === undefined || last === undefined) return read({ text, days: new Set(DAYS.keys()), from, to });
  const [begin, end] = [dayOf(first), dayOf(last)];
  if (begin === undefined || end === undefined)
    return mistaken(
      `holds ${quoted(begin === undefined ? first : last)}, which is no day; days are ${DAYS.join(", ")}`,
    );
  return read({ text, days: new Set(daysFrom(begin, end)), from, to });
}

const GERMAN_DAYS = ["mo", "di", "mi", "do", "fr", "sa", "so"];

/** The number of a day, from 0 (Monday); no word is a day in both languages. */
const dayOf = (word: string): number | undefined =>
  [DAYS as readonly string[], GERMAN_DAYS].map((days) => days.indexOf(word)).find((number) => number >= 0);

/** `mon,wed 10:00-12:00` looks like the same time on two days and would be something else. */
const hint = (text: string): string =>
  ONLY_DAYS.test(text) ? `; every day needs its own, such as "${text} 00:00-24:00"` : `; write ${EXAMPLE}`;

function daysFrom(begin: number, end: number): number[] {
  const count = ((end - begin + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => (begin + index) % 7);
}

/** Whether the clock shows a time within this window. */
export function isWithin({ days, from, to }: Window, { day, minute }: WallClock): boolean {
  if (from < to) return days.has(day) && from <= minute && minute < to;
  return minute >= from ? days.has(day) : minute < to && days.has((day + 6) % 7);
}
