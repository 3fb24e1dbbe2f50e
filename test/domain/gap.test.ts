import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, readDuration } from "../../src/domain/durations.ts";
import { gap, powerOnGap } from "../../src/domain/gap.ts";

const waited = fc.integer({ min: -HOUR_MS, max: 2 * DAY_MS });

describe("the gap between two looks", () => {
  test.each([
    ["a VM that is off for us, at first", 0, true, undefined, 500],
    ["a VM that is off for us, after two minutes", 120_000, true, undefined, 2400],
    ["a VM that is off for us, after hours", HOUR_MS, true, undefined, 5000],
    ["a live snapshot, at first", 0, false, undefined, 1000],
    ["a live snapshot, after two minutes", 120_000, false, undefined, 12_000],
    ["a live snapshot, after hours", HOUR_MS, false, undefined, 30_000],
    ["a live snapshot, half a minute before its end", HOUR_MS, false, HOUR_MS + 30_000, 3000],
    ["a live snapshot, at its end", HOUR_MS, false, HOUR_MS, 1000],
    ["a clock that was set back", -HOUR_MS, true, undefined, 500],
  ])("%s", (_, ms, offForUs, expected, wanted) => {
    expect(gap(ms, offForUs, expected)).toBe(wanted);
  });

  test("keeps its bounds", () => {
    fc.assert(
      fc.property(waited, fc.boolean(), fc.option(waited, { nil: undefined }), (ms, offForUs, expected) => {
        const [least, most] = offForUs ? [500, 5000] : [1000, 30_000];
        expect(gap(ms, offForUs, expected)).toBeGreaterThanOrEqual(least);
        expect(gap(ms, offForUs, expected)).toBeLessThanOrEqual(most);
      }),
    );
  });

  test("never shrinks with the time waited, unless an end is near", () => {
    fc.assert(
      fc.property(waited, fc.nat(HOUR_MS), fc.boolean(), (ms, more, offForUs) => {
        expect(gap(ms + more, offForUs)).toBeGreaterThanOrEqual(gap(ms, offForUs));
      }),
    );
  });

  test("is shorter when a VM is off for us", () => {
    fc.assert(fc.property(waited, (ms) => void expect(gap(ms, true)).toBeLessThan(gap(ms, false))));
  });
});

describe("the gap between two attempts to switch on", () => {
  test("is a few seconds in the first minute and half a minute at most, for ever", () => {
    expect([0, 10_000, 59_000, HOUR_MS, 30 * DAY_MS].map(powerOnGap)).toEqual([3000, 3000, 59_000 / 6, 30_000, 30_000]);
  });

  test("never shrinks", () => {
    fc.assert(fc.property(waited, fc.nat(HOUR_MS), (ms, more) => powerOnGap(ms + more) >= powerOnGap(ms)));
  });
});

describe("a duration", () => {
  test.each([
    ["90s", 90_000],
    ["3m", 180_000],
    ["2h", 7_200_000],
    ["30d", 30 * DAY_MS],
    ["1.5h", 5_400_000],
    [" 5m ", 300_000],
    ["0s", 0],
  ])("is read: %s", (text, ms) => expect(readDuration(text)).toBe(ms));

  test.each([
    "",
    "5",
    "m",
    "5 m",
    "-5m",
    "5M",
    "1h30m",
    "1e3s",
    "0x5m",
    "9999999s",
    "1.2345s",
    "٣m",
    "5ms",
    "Infinitym",
  ])("is not guessed: %s", (text) => expect(readDuration(text)).toBeUndefined());
});
