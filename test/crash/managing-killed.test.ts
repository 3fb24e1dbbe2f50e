import { describe, test } from "vitest";
import { record, survives } from "./harness.ts";
import {
  BEFORE,
  BEFORE_UNANSWERED,
  DELETE,
  POWER,
  RENAME,
  RESTORE,
  RESTORE_FAILS,
  RESTORE_OFF,
  SLOW_DIALOG,
} from "./managing-scenes.ts";
import { howsOf } from "./pairs.ts";
import { OFFLINE } from "./scenes.ts";
import { isSteady } from "./steady.ts";

const SCENES = [
  { name: "a restore", scene: RESTORE },
  { name: "a restore with the VM off", scene: RESTORE_OFF },
  { name: "a restore that fails", scene: RESTORE_FAILS },
  { name: "a deletion", scene: DELETE },
  { name: "a new name", scene: RENAME },
  { name: "down and on again", scene: POWER },
  { name: "a safety snapshot", scene: BEFORE },
  { name: "a safety snapshot without an answer", scene: BEFORE_UNANSWERED },
];

const recorded = await Promise.all(
  SCENES.map(async (each) => ({ ...each, calls: (await record(each.scene)).filter(isSteady) })),
);

/**
 * Unless `CRASH_CALLS=all` asks for every call of every scene: what changes something in the cloud, and of the rest what
 * no scene before it has, the snapshot of `killed-at-calls` included. Second cards and the lines of threads are like the
 * first ones.
 */
const known = new Set(await record(OFFLINE));
const cases = recorded.flatMap(({ calls, ...each }) => {
  const chosen = process.env.CRASH_CALLS === "all" ? calls : calls.filter((at) => isInCloud(at) || isNew(at));
  for (const at of calls) known.add(at);
  return chosen.flatMap((at) => howsOf(at).map((how) => ({ ...each, at, how })));
});

function isInCloud(name: string): boolean {
  return /^(POST (?!token)|PUT|DELETE)/.test(name);
}

function isNew(name: string): boolean {
  return !known.has(name) && !/ line \d| \(\d\)$/.test(name);
}

describe.concurrent("killed in", { timeout: 120_000 }, () => {
  test.each(cases)("$name: $at, $how it is answered", ({ scene, at, how }) => survives(scene, [{ at, how }]));

  test.each(howsOf("views.update"))("a dialog that waits for the cloud: views.update, %s it is answered", (how) =>
    survives(SLOW_DIALOG, [{ at: "views.update", how }]),
  );
});
