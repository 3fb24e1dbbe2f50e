import { describe, expect, test } from "vitest";
import { HOUR_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import { LimitsSchema, limitReached, limitsOn, roomIn } from "../../src/policy/limits.ts";
import { ANNA, asks, BORIS, DIRECT, NOW, SRE } from "./asking.ts";

const readLimits = (...written: readonly unknown[]) => LimitsSchema.parse(written);

describe("a limit counts for", () => {
  const unknown = { id: "C0OTHER", isDirect: false };

  test.each([
    { limit: {}, who: "everybody", asked: asks(), is: true },
    { limit: {}, who: "guests", asked: asks({ person: { ...ANNA, kind: "guest" } }), is: true },
    { limit: { who: "everyone" }, who: "a full member", asked: asks(), is: true },
    {
      limit: { who: "everyone" },
      who: "a guest, who is not named",
      asked: asks({ person: { ...ANNA, kind: "guest" } }),
      is: false,
    },
    { limit: { who: "U0ANNA" }, who: "somebody else", asked: asks({ person: BORIS }), is: false },
    { limit: { who: "group:sre" }, who: "its members", asked: asks({ person: { ...ANNA, groups: [SRE] } }), is: true },
    {
      limit: { who: "group:sre" },
      who: "somebody whose groups are not known",
      asked: asks({ person: { ...ANNA, groups: "unknown" } }),
      is: true,
    },
    { limit: { channel: "#ops" }, who: "its channel", asked: asks(), is: true },
    { limit: { channel: "#ops" }, who: "direct messages", asked: asks({ channel: DIRECT }), is: false },
    {
      limit: { channel: "#ops" },
      who: "a channel whose name is not known",
      asked: asks({ channel: unknown }),
      is: true,
    },
    { limit: { action: ["restore", "delete"] }, who: "another action", asked: asks(), is: false },
    { limit: { action: "create" }, who: "its action", asked: asks(), is: true },
  ])("$limit: $who: $is", ({ limit, asked, is }) => {
    expect(limitsOn(readLimits({ ...limit, running: 1 }), asked)).toHaveLength(is ? 1 : 0);
  });
});

test.each([
  { limit: {}, per: "person" },
  { limit: { who: "everyone" }, per: "person" },
  { limit: { channel: "#ops" }, per: "channel" },
  { limit: { channel: "#ops", who: "everyone" }, per: "person_in_channel" },
])("$limit counts per $per", ({ limit, per }) => {
  expect(readLimits({ ...limit, running: 1 })).toMatchObject([{ per }]);
});

describe("a limit", () => {
  const [limit] = readLimits({ requests_per_hour: 2, running: 3 });
  const minutesAgo = (...minutes: number[]) => minutes.map((each) => later(NOW, -each * MINUTE_MS));

  test.each([
    { what: "is not reached by one of two", asked: minutesAgo(10), running: 0, is: undefined },
    { what: "does not count what is an hour old", asked: minutesAgo(10, 60, 70), running: 0, is: undefined },
    {
      what: "is reached by two of two, until the older is an hour old",
      asked: minutesAgo(10, 40),
      running: 0,
      is: { kind: "requests_per_hour", most: 2, againAt: later(NOW, 20 * MINUTE_MS) },
    },
    {
      what: "that is lower now than it was, until only one is left",
      asked: minutesAgo(40, 10, 50, 30),
      running: 0,
      is: { kind: "requests_per_hour", most: 2, againAt: later(NOW, 30 * MINUTE_MS) },
    },
    { what: "is reached by what runs", asked: [], running: 3, is: { kind: "running", most: 3 } },
    { what: "is not reached by two that run", asked: [], running: 2, is: undefined },
  ])("$what", ({ asked, running, is }) => {
    expect(limitReached(limit!, { asked, running }, NOW)).toEqual(is);
  });

  test("leaves room again at the moment that it names", () => {
    const asked = minutesAgo(10, 40);
    const reached = limitReached(limit!, { asked, running: 0 }, NOW);
    const againAt = reached?.kind === "requests_per_hour" ? reached.againAt : NOW;
    expect(limitReached(limit!, { asked, running: 0 }, later(againAt, -1))).toBeDefined();
    expect(limitReached(limit!, { asked, running: 0 }, againAt)).toBeUndefined();
    expect(againAt < later(NOW, HOUR_MS)).toBe(true);
  });
});

test.each([
  { written: {}, says: "must hold requests_per_hour or running" },
  { written: { who: "everyone" }, says: "must hold requests_per_hour or running" },
  { written: { running: 0 }, says: "must be a whole number from 1" },
  { written: { requests_per_hour: "10" }, says: "must be a whole number from 1" },
  { written: { running: 1, who: "nobody" }, says: "which names nobody" },
  { written: { running: 1, channel: "ops" }, says: 'did you mean "#ops"?' },
  { written: { running: 1, action: "make" }, says: "which is no action" },
  { written: null, says: "must be keys with values" },
])("$written is a mistake", ({ written, says }) => {
  expect(LimitsSchema.safeParse([written]).error?.issues).toMatchObject([{ message: expect.stringContaining(says) }]);
});

describe("what is left of a limit", () => {
  const [limit] = readLimits({ requests_per_hour: 2, running: 3 });
  const minutesAgo = (...minutes: number[]) => minutes.map((each) => later(NOW, -each * MINUTE_MS));

  test.each([
    { asked: [], running: 0, is: { hour: { left: 2, most: 2 }, running: { left: 3, most: 3 } } },
    { asked: [10, 60], running: 1, is: { hour: { left: 1, most: 2 }, running: { left: 2, most: 3 } } },
    {
      asked: [5, 10, 20],
      running: 4,
      is: { hour: { left: 0, most: 2, againAt: later(NOW, 50 * MINUTE_MS) }, running: { left: 0, most: 3 } },
    },
  ])("after $asked minutes, $running at once", ({ asked, running, is }) => {
    expect(roomIn(limit!, { asked: minutesAgo(...asked), running }, NOW)).toEqual(is);
  });

  test("is said only of what it limits", () => {
    const [only] = readLimits({ running: 1 });
    expect(roomIn(only!, { asked: minutesAgo(1), running: 0 }, NOW)).toEqual({ running: { left: 1, most: 1 } });
  });
});
