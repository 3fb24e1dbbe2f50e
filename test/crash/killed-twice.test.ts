import { afterAll, describe, expect, test } from "vitest";
import { record, survives, survivesSome } from "./harness.ts";
import { BEFORE_UNANSWERED, DELETE, RESTORE } from "./managing-scenes.ts";
import { pairsOf, shuffled } from "./pairs.ts";
import type { Blow } from "./scene.ts";
import { OFFLINE } from "./scenes.ts";
import { isSteady } from "./steady.ts";

/** The seed is the reproducer: `CRASH_SEED=… npx vitest run test/crash/killed-twice`. */
const SEED = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1e6));

const SCENES = [
  { name: "a snapshot", scene: OFFLINE, sample: 5 },
  { name: "a restore", scene: RESTORE, sample: 3 },
  { name: "a deletion", scene: DELETE, sample: 2 },
  { name: "a safety snapshot", scene: BEFORE_UNANSWERED, sample: 2 },
];

const isWhole = process.env.CRASH_PAIRS === "all";

const chosen = await Promise.all(
  SCENES.map(async ({ name, scene, sample }) => {
    const pairs = pairsOf((await record(scene)).filter(isSteady));
    const some = isWhole ? pairs : shuffled(pairs, SEED).slice(0, sample);
    return some.map(([first, second]) => ({ name, scene, first, second }));
  }),
);
const cases = chosen.flat();

describe.concurrent(`killed twice (${cases.length} pairs, seed ${SEED})`, { timeout: 120_000 }, () => {
  let met = 0;

  test.each(cases)("$name: $first.how $first.at, then $second.how $second.at", async ({ scene, first, second }) => {
    if ((await survivesSome(scene, [first, second], 1)) === 2) met += 1;
  });

  // What the first life has got through does not come again: such a pair is one crash only.
  afterAll(() => expect(met).toBeGreaterThanOrEqual(cases.length / 2));
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
