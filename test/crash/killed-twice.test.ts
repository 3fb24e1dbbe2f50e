import { afterAll, describe, expect, test } from "vitest";
import { isRead } from "./calls.ts";
import { type Blow, type How, record, survives, survivesSome } from "./harness.ts";
import { OFFLINE } from "./scenes.ts";

/** The seed is the reproducer: `CRASH_SEED=… npx vitest run test/crash/killed-twice`. */
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6));
const SAMPLE = 15;

const calls = (await record(OFFLINE)).filter((name) => name !== "chat.update choosing");
/** What every new process does again. */
const STARTS = ["auth.test", "POST token"];

const hows = (at: string): How[] => (isRead(at) ? ["before"] : ["before", "after"]);

/** Kill at one call, start again, kill at a later one, or at the same one when it was lost, or while starting. */
const pairs: [Blow, Blow][] = calls.flatMap((first, i) =>
  hows(first).flatMap((how) => {
    const later = calls.slice(how === "before" ? i : i + 1).filter((at) => !STARTS.includes(at));
    return [...STARTS, ...later].map((second, j): [Blow, Blow] => [
      { at: first, how },
      { at: second, how: hows(second)[(i + j) % hows(second).length]! },
    ]);
  }),
);

const chosen = process.env.CRASH_PAIRS === "all" ? pairs : shuffled(pairs, SEED).slice(0, SAMPLE);
const named = chosen.map(([first, second]) => ({ first, second }));

describe.concurrent(`killed twice (${chosen.length} of ${pairs.length} pairs, seed ${SEED})`, () => {
  let met = 0;

  test.each(named)(
    "$first.how $first.at, then $second.how $second.at",
    { timeout: 120_000 },
    async ({ first, second }) => {
      if ((await survivesSome(OFFLINE, [first, second], 1)) === 2) met += 1;
    },
  );

  // What the first life has got through does not come again: such a pair is one crash only.
  afterAll(() => expect(met).toBeGreaterThanOrEqual(chosen.length / 2));
});

const CARD_LOST: Blow = { at: "chat.postMessage card", how: "after" };
const LINE_LOST: Blow = { at: "chat.postMessage line 2", how: "after" };

describe.concurrent("killed again at what only a second life does", { timeout: 120_000 }, () => {
  test.each([
    { what: "looking for its card", first: CARD_LOST, second: "conversations.history" },
    { what: "looking through its thread", first: LINE_LOST, second: "conversations.replies" },
    { what: "looking up who clicks", first: CARD_LOST, second: "users.info UANNA" },
    { what: "signing in to Slack", first: CARD_LOST, second: "auth.test" },
    { what: "signing in to the cloud", first: LINE_LOST, second: "POST token" },
  ])("$what", ({ first, second }) => survives(OFFLINE, [first, { at: second, how: "before" }]));
});

/** Mulberry32 and Fisher-Yates. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const all = [...items];
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
