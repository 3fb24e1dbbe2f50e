import { describe, test } from "vitest";
import { isRead } from "./calls.ts";
import { record, survives } from "./harness.ts";
import { howsOf, isWhole } from "./pairs.ts";
import type { How } from "./scene.ts";
import { OFFLINE, SLOW_LOOK } from "./scenes.ts";
import { isSteady } from "./steady.ts";

const calls = (await record(OFFLINE)).filter(isSteady);

/** The lines of the thread are all told alike. */
const writes = calls.filter((name) => !isRead(name) && (isWhole || !/ line [3-9]/.test(name)));

/**
 * Polls that see the same are one point, and so are looks that come together; and a read whose answer is lost is the same
 * whether it was answered or not.
 */
const reads = calls.filter(isRead).filter((name, at, all) => isWhole || all.findIndex(isLike(name)) === at);

/** Looks at the VM when it is as far. */
function isLike(name: string): (other: string) => boolean {
  const [, phase] = name.split(", ");
  return (other) => other === name || (phase !== undefined && other.split(", ")[1] === phase);
}

const WHEN: { readonly [H in How]?: string } = {
  before: "before the double does it",
  after: "after the double did it",
};
const blowsAt = (at: string) => howsOf(at).map((how) => ({ at, how, when: WHEN[how] }));

describe.concurrent("killed at a call that changes something", { timeout: 120_000 }, () => {
  test.each(writes.flatMap(blowsAt))("$at, $when", ({ at, how }) => survives(OFFLINE, [{ at, how }]));

  test.each(blowsAt("chat.update choosing"))("$at, $when", ({ at, how }) => survives(SLOW_LOOK, [{ at, how }]));
});

describe.concurrent("killed at a look", { timeout: 120_000 }, () => {
  test.each(reads)("%s", (at) => survives(OFFLINE, [{ at, how: "before" }]));
});
