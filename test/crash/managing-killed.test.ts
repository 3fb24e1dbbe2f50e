import { describe, test } from "vitest";
import { record, survives } from "./harness.ts";
import {
  AT_HOME,
  BEFORE,
  BEFORE_UNANSWERED,
  DELETE,
  POWER,
  RENAME,
  RESTORE,
  RESTORE_FAILS,
  RESTORE_OFF,
  SHORT_RESTORE,
  SLOW_DIALOG,
  SWITCHED_ON,
} from "./managing-scenes.ts";
import { howsOf, isWhole } from "./pairs.ts";
import type { Scene } from "./scene.ts";
import { OFFLINE } from "./scenes.ts";
import { isSteady } from "./steady.ts";

interface Case {
  name: string;
  scene: Scene;
  /** Until this call it goes as in a scene before. */
  from?: string;
}

const SCENES: Case[] = [
  { name: "a restore", scene: RESTORE },
  { name: "a restore with the VM off", scene: RESTORE_OFF },
  { name: "a restore that fails", scene: RESTORE_FAILS, from: "GET operation, restore over" },
  { name: "a deletion", scene: DELETE },
  { name: "a new name", scene: RENAME },
  { name: "down and on again", scene: POWER },
  { name: "a safety snapshot", scene: BEFORE },
  { name: "a safety snapshot without an answer", scene: BEFORE_UNANSWERED, from: "GET snapshots, after the end" },
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
const cases = recorded.flatMap(({ calls, from, ...each }) => {
  const own = calls.slice(from === undefined ? 0 : Math.max(0, calls.indexOf(from)));
  const chosen = isWhole ? calls : own.filter((at) => isInCloud(at) || isNew(at));
  for (const at of calls) known.add(at);
  return chosen.flatMap((at) => howsOf(at).map((how) => ({ ...each, at, how })));
});

function isInCloud(name: string): boolean {
  return /^(POST (?!token)|PUT|DELETE)/.test(name);
}

function isNew(name: string): boolean {
  return !known.has(name) && !/ line \d| \(\d\)$/.test(name);
}

/** What needs a scene of its own. */
const OTHERS = [
  ...howsOf("views.update").map((how) => ({ name: "a slow dialog", scene: SLOW_DIALOG, at: "views.update", how })),
  { name: "a restore that is over by then", scene: SHORT_RESTORE, at: "POST restore", how: "after" },
  { name: "a restore, and the VM goes on before", scene: SWITCHED_ON, at: "POST restore", how: "before" },
  { name: "a deletion, with Home open", scene: AT_HOME, at: "views.publish", how: "before" },
  { name: "a deletion, with Home open", scene: AT_HOME, at: "views.publish", nth: 2, how: "after" },
] as const;

describe.concurrent("killed in", { timeout: 120_000 }, () => {
  test.each([...cases, ...OTHERS])("$name: $at, $how it is answered", ({ scene, name: _, ...blow }) =>
    survives(scene, [blow]),
  );
});
