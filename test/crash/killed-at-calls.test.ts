import { describe, test } from "vitest";
import { isRead } from "./calls.ts";
import { type How, record, survives } from "./harness.ts";
import { OFFLINE, SLOW_LOOK } from "./scenes.ts";

/** Whether a card is posted before it can ask for a choice is a matter of time; `SLOW_LOOK` makes sure of it. */
const SOMETIMES = "chat.update choosing";

const calls = (await record(OFFLINE)).filter((name) => name !== SOMETIMES);
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

  test.each(HOWS)(`${SOMETIMES}, $when`, ({ how }) => survives(SLOW_LOOK, [{ at: SOMETIMES, how }]));
});

describe.concurrent("killed at a look", { timeout: 120_000 }, () => {
  test.each(reads)("%s", (at) => survives(OFFLINE, [{ at, how: "before" }]));
});
