import { describe, test } from "vitest";
import { isRead } from "./calls.ts";
import { record, survives } from "./harness.ts";
import type { How } from "./scene.ts";
import { OFFLINE, SLOW_LOOK } from "./scenes.ts";
import { isSteady } from "./steady.ts";

const calls = (await record(OFFLINE)).filter(isSteady);
const writes = calls.filter((name) => !isRead(name));

/** Polls that see the same are one point; and a read whose answer is lost is the same whether it was answered or not. */
const reads = calls.filter(isRead);

const HOWS = [
  { how: "before", when: "before the double does it" },
  { how: "after", when: "after the double did it" },
] as const satisfies { how: How; when: string }[];

describe.concurrent("killed at a call that changes something", { timeout: 120_000 }, () => {
  test.each(writes.flatMap((at) => HOWS.map((each) => ({ at, ...each }))))("$at, $when", ({ at, how }) =>
    survives(OFFLINE, [{ at, how }]),
  );

  test.each(HOWS)("chat.update choosing, $when", ({ how }) =>
    survives(SLOW_LOOK, [{ at: "chat.update choosing", how }]),
  );
});

describe.concurrent("killed at a look", { timeout: 120_000 }, () => {
  test.each(reads)("%s", (at) => survives(OFFLINE, [{ at, how: "before" }]));
});
