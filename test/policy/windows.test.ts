import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import { evaluate } from "../../src/policy/evaluate.ts";
import { clockText, DAYS, isZone, wallClock } from "../../src/policy/wall-clock.ts";
import { isWithin, readWindows } from "../../src/policy/windows.ts";
import { asks, BERLIN, policyOf } from "./asking.ts";

function isIn(windows: string, at: string | Date, zone = BERLIN): boolean {
  const reading = readWindows(windows);
  if (!reading.ok) throw new Error(reading.mistake);
  const clock = wallClock(new Date(at), zone);
  return reading.value.some((window) => isWithin(window, clock));
}

/** In November 2026 Berlin is an hour before UTC; the 16th is a Monday. */
const NIGHTS = "mon-fri 20:00-06:00";
test.each([
  { windows: NIGHTS, at: "2026-11-16T18:59:59Z", when: "a second before it begins", is: false },
  { windows: NIGHTS, at: "2026-11-16T19:00:00Z", when: "when it begins", is: true },
  { windows: NIGHTS, at: "2026-11-16T23:00:00Z", when: "at midnight", is: true },
  { windows: NIGHTS, at: "2026-11-17T04:59:59Z", when: "a second before it ends", is: true },
  { windows: NIGHTS, at: "2026-11-17T05:00:00Z", when: "when it ends", is: false },
  { windows: NIGHTS, at: "2026-11-21T04:00:00Z", when: "on Saturday morning, which is Friday's night", is: true },
  { windows: NIGHTS, at: "2026-11-21T19:00:00Z", when: "on Saturday evening", is: false },
  { windows: NIGHTS, at: "2026-11-16T04:00:00Z", when: "on Monday morning, which is Sunday's night", is: false },
  { windows: "sun 22:00-02:00", at: "2026-11-16T00:30:00Z", when: "over the end of the week", is: true },
  { windows: "sat-sun 00:00-24:00", at: "2026-11-22T22:59:59Z", when: "in the last second of Sunday", is: true },
  { windows: "sat-sun 00:00-24:00", at: "2026-11-22T23:00:00Z", when: "when Monday begins", is: false },
  { windows: "fri-mon 10:00-11:00", at: "2026-11-22T09:30:00Z", when: "on Sunday", is: true },
  { windows: "fri-mon 10:00-11:00", at: "2026-11-24T09:30:00Z", when: "on Tuesday", is: false },
  { windows: "08:00-09:00", at: "2026-11-22T07:30:00Z", when: "on any day", is: true },
  { windows: "20:00-00:00", at: "2026-11-16T22:59:00Z", when: "in the minute before midnight", is: true },
  { windows: "20:00-00:00", at: "2026-11-16T23:00:00Z", when: "at midnight, when it has ended", is: false },
  { windows: "mon 8:00-9:00, tue 8:00-9:00", at: "2026-11-17T07:30:00Z", when: "in the second of two", is: true },
  { windows: "mo-fr 20:00-06:00", at: "2026-11-16T19:00:00Z", when: "when it begins, in German", is: true },
  { windows: "mo-fr 20:00-06:00", at: "2026-11-21T19:00:00Z", when: "on Saturday evening, in German", is: false },
  { windows: "di 08:00-09:00", at: "2026-11-17T07:30:00Z", when: "on Tuesday", is: true },
  { windows: "Sa-sun 08:00-09:00", at: "2026-11-22T07:30:00Z", when: "on Sunday", is: true },
  { windows: "do 08:00-09:00", at: "2026-11-17T07:30:00Z", when: "on Tuesday", is: false },
  { windows: "MON - FRI  20:00 - 06:00", at: "2026-11-16T19:00:00Z", when: "however it is written", is: true },
])("$windows $when: $is", ({ windows, at, is }) => {
  expect(isIn(windows, at)).toBe(is);
});

describe("summer time in Berlin", () => {
  test.each([
    { windows: "sun 01:00-04:00", at: "2026-03-29T00:59:00Z", when: "01:59, then the clocks go to 03:00", is: true },
    {
      windows: "sun 02:00-03:00",
      at: "2026-03-29T00:59:00Z",
      when: "01:59, before an hour that there is not",
      is: false,
    },
    { windows: "sun 02:00-03:00", at: "2026-03-29T01:00:00Z", when: "03:00, after it", is: false },
    { windows: "sun 03:00-04:00", at: "2026-03-29T01:00:00Z", when: "03:00", is: true },
    {
      windows: "sat 20:00-06:00",
      at: "2026-03-29T03:59:00Z",
      when: "05:59 of a night that is an hour short",
      is: true,
    },
    { windows: "sat 20:00-06:00", at: "2026-03-29T04:00:00Z", when: "06:00", is: false },
    { windows: "sun 02:00-03:00", at: "2026-10-25T00:30:00Z", when: "02:30 for the first time", is: true },
    { windows: "sun 02:00-03:00", at: "2026-10-25T01:30:00Z", when: "02:30 for the second time", is: true },
    { windows: "sun 02:00-03:00", at: "2026-10-25T02:00:00Z", when: "03:00", is: false },
    { windows: "sat 20:00-06:00", at: "2026-10-25T04:59:00Z", when: "05:59 of a night that is an hour long", is: true },
  ])("$windows at $when: $is", ({ windows, at, is }) => {
    expect(isIn(windows, at)).toBe(is);
  });

  test.each([
    { night: "2026-03-28", hours: 9 },
    { night: "2026-06-20", hours: 10 },
    { night: "2026-10-24", hours: 11 },
  ])("the night that begins on $night has $hours hours", ({ night, hours }) => {
    const quarters = Array.from({ length: 24 * 4 }, (_, index) =>
      later(new Date(`${night}T12:00Z`), index * 15 * MINUTE_MS),
    );
    expect(quarters.filter((at) => isIn("sat 20:00-06:00", at)).length / 4).toBe(hours);
  });
});

test("a rule may have a zone of its own", () => {
  const rule = { during: "08:00-09:00", zone: "America/New_York" };
  const at = new Date("2026-11-18T13:30:00Z");
  expect(evaluate(policyOf({ when: rule, allow: "everyone" }), asks({ at })).kind).toBe("allowed");
  expect(evaluate(policyOf({ when: { during: "08:00-09:00" }, allow: "everyone" }), asks({ at })).kind).toBe("denied");
  expect(evaluate(policyOf({ when: { during: "14:00-15:00" }, allow: "everyone" }), asks({ at })).kind).toBe("allowed");
});

const ZONES = [BERLIN, "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];
const time = fc.integer({ min: 0, max: 24 * 60 - 1 });
const day = fc.constantFrom(...DAYS);
const written = (minutes: number) => clockText({ day: 0, minute: minutes }).slice(-5);
const aWindow = fc
  .tuple(fc.option(fc.tuple(day, day)), time, time)
  .filter(([, from, to]) => from !== to)
  .map(([days, from, to]) => `${days ? `${days.join("-")} ` : ""}${written(from)}-${written(to)}`);
const aMoment = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });

test("at every moment exactly one of during and outside fits", () => {
  const some = fc.array(aWindow, { minLength: 1, maxLength: 4 }).map((windows) => windows.join(", "));
  fc.assert(
    fc.property(some, aMoment, fc.constantFrom(...ZONES), (windows, at, zone) => {
      const fits = (when: object) =>
        evaluate(policyOf({ when, allow: "everyone" }), asks({ at, zone })).kind === "allowed";
      expect(fits({ during: windows })).toBe(!fits({ outside: windows }));
    }),
  );
});

test("a day's windows one after the other cover each moment once", () => {
  fc.assert(
    fc.property(time, time, aMoment, fc.constantFrom(...ZONES), (a, b, at, zone) => {
      fc.pre(a !== b);
      const one = isIn(`${written(a)}-${written(b)}`, at, zone);
      expect(isIn(`${written(b)}-${written(a)}`, at, zone)).toBe(!one);
    }),
  );
});

test("the clock goes on minute by minute, but where summer time begins or ends", () => {
  const start = new Date("2026-10-24T22:00:00Z");
  const shown = Array.from({ length: 5 }, (_, hour) => clockText(wallClock(later(start, hour * HOUR_MS), BERLIN)));
  expect(shown).toEqual(["sun 00:00", "sun 01:00", "sun 02:00", "sun 02:00", "sun 03:00"]);
});

test.each([
  { text: "mon,wed 10:00-12:00", says: '"mon", which is no time; every day needs its own, such as "mon 00:00-24:00"' },
  { text: "sat-sun", says: 'such as "sat-sun 00:00-24:00"' },
  { text: "monday 10:00-12:00", says: 'holds "monday", which is no day; days are mon, tue, wed, thu, fri, sat, sun' },
  { text: "mon-fry 10:00-12:00", says: 'holds "fry", which is no day; days are mon, tue' },
  { text: "die 10:00-12:00", says: 'holds "die", which is no day; days are mon, tue' },
  { text: "10:00-10:00", says: "takes no time; a whole day is 00:00-24:00" },
  { text: "24:00-06:00", says: "times go from 00:00 to 24:00" },
  { text: "10:60-12:00", says: "times go from 00:00 to 24:00" },
  { text: "10:00-24:01", says: "times go from 00:00 to 24:00" },
  { text: "10-12", says: 'which is no time; write times such as "mon-fri 20:00-06:00"' },
  { text: "mon 10:00-12:00,", says: 'holds "", which is no time' },
  { text: "", says: 'holds "", which is no time' },
  { text: "1".repeat(2000), says: "must not be longer" },
])("$text is a mistake", ({ text, says }) => {
  expect(readWindows(text)).toEqual({ ok: false, mistake: expect.stringContaining(says) });
});

test("the days are the same in both languages, one by one", () => {
  const daysOf = (day: string) => {
    const reading = readWindows(`${day} 10:00-12:00`);
    return reading.ok ? reading.value.flatMap(({ days }) => [...days]) : reading.mistake;
  };
  expect(["mo", "di", "mi", "do", "fr", "sa", "so"].map(daysOf)).toEqual(DAYS.map(daysOf));
  expect(DAYS.map(daysOf)).toEqual([[0], [1], [2], [3], [4], [5], [6]]);
});

test.each([
  { zone: BERLIN, is: true },
  { zone: "UTC", is: true },
  { zone: "Europe/Berln", is: false },
  { zone: "", is: false },
])("$zone is a zone: $is", ({ zone, is }) => {
  expect(isZone(zone)).toBe(is);
});
