import { describe, test } from "vitest";
import {
  APPROVED,
  APPROVED_RESTORE,
  DENIED,
  EMERGENCY,
  PLUG,
  PLUG_DENIED,
  PLUG_UNAPPROVED,
  UNAPPROVED,
} from "./approving-scenes.ts";
import { isRead } from "./calls.ts";
import { record, survives } from "./harness.ts";
import { howsOf, isWhole } from "./pairs.ts";
import type { Blow, Scene } from "./scene.ts";
import { OFFLINE } from "./scenes.ts";
import { isSteady } from "./steady.ts";

interface Case {
  name: string;
  scene: Scene;
  /** Until this call it goes as in a scene before. */
  from?: string;
}

const SCENES: Case[] = [
  { name: "two yeses", scene: APPROVED },
  { name: "a no", scene: DENIED, from: "views.open" },
  { name: "an emergency", scene: EMERGENCY, from: "views.open" },
  { name: "a yes that is not enough", scene: UNAPPROVED, from: "GET listing, decided" },
  { name: "a plug that may be pulled", scene: PLUG, from: "GET listing, going off" },
];

/** Only with `CRASH_CALLS=all`: every call that they begin with is one of those above. */
const MORE: Case[] = [
  { name: "two yeses to a restore", scene: APPROVED_RESTORE, from: "chat.postMessage card" },
  { name: "a plug that may not be pulled", scene: PLUG_DENIED, from: "views.open" },
  { name: "a plug that nobody decides on", scene: PLUG_UNAPPROVED, from: "chat.postMessage notice UCLEO" },
];

const recorded = await Promise.all(
  [...SCENES, ...(isWhole ? MORE : [])].map(async (each) => ({
    ...each,
    calls: (await record(each.scene)).filter(isSteady),
  })),
);

/** Unless `CRASH_CALLS=all` asks for every call: what no scene before it has, a snapshot that needs no yes included. */
const known = new Set(await record(OFFLINE));
const cases = recorded.flatMap(({ calls, from, ...each }) => {
  const own = calls.slice(from === undefined ? 0 : Math.max(0, calls.indexOf(from)));
  const chosen = isWhole ? own : own.filter(isNew);
  for (const at of calls) known.add(at);
  return chosen.flatMap((at) => howsOf(at).map((how) => ({ ...each, at, how })));
});

/** The looks at a VM that come together are one, and so are those at people before anything is noted of them. */
function isNew(name: string): boolean {
  if (isRead(name))
    return !known.has(name) && /^(GET (listing|state), decided|usergroups|conversations\.list)/.test(name);
  return !known.has(name) && !/ line \d|^views/.test(name);
}

/** What comes more than once, or is like another call by its name alone. */
const OTHERS: (Omit<Case, "from"> & Blow)[] = [
  { name: "a question to others", scene: APPROVED, at: "chat.postMessage card", how: "after" },
  { name: "a no", scene: DENIED, at: "views.open", how: "before" },
  { name: "a reminder", scene: UNAPPROVED, at: "chat.postMessage line 4", how: "after" },
  {
    name: "a plug that may not be pulled",
    scene: PLUG_DENIED,
    at: "chat.update shutdown_stuck",
    nth: 2,
    how: "before",
  },
  {
    name: "a plug that nobody decides on",
    scene: PLUG_UNAPPROVED,
    at: "chat.update shutdown_stuck",
    nth: 2,
    how: "after",
  },
];

describe.concurrent("killed in", { timeout: 120_000 }, () => {
  test.each([...cases, ...OTHERS])("$name: $at, $how it is answered", ({ scene, name: _, ...blow }) =>
    survives(scene, [blow]),
  );
});

/** Counted among the deliveries of a scene, or among the answers, which are more: what only opens a dialog is not stored. */
const DECISIONS = [
  { what: "the first yes", scene: APPROVED, stored: 2, answered: 2, points: ["carried_out"] },
  {
    what: "the last yes",
    scene: APPROVED_RESTORE,
    stored: 3,
    answered: 4,
    points: ["read", "stored", "answered", "carried_out"],
  },
  { what: "the no", scene: DENIED, stored: 2, answered: 3, points: ["read", "stored", "carried_out"] },
  { what: "the emergency", scene: EMERGENCY, stored: 2, answered: 3, points: ["read", "stored", "carried_out"] },
  { what: "the no to a plug", scene: PLUG_DENIED, stored: 4, answered: 5, points: ["carried_out"] },
];

describe.concurrent("killed when a decision is", { timeout: 120_000 }, () => {
  const points = DECISIONS.flatMap(({ points, ...each }) => points.map((point) => ({ ...each, point })));
  test.each(points)("$point: $what", ({ scene, point, stored, answered }) =>
    // What is stored is seen through without another word; what was not stored is sent again by whoever got no answer.
    survives(scene, [], { dieAt: `${point}:${point === "answered" ? answered : stored}`, repeats: point === "read" }),
  );
});
