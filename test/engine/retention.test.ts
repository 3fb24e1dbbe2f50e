import { expect, onTestFinished, test } from "vitest";
import { DAY_MS, HOUR_MS, later } from "../../src/domain/durations.ts";
import { createRetention } from "../../src/engine/retention.ts";
import { NOW } from "../domain/builders.ts";
import { manualClock } from "../manual-clock.ts";

/** A bot that keeps so many days; of what it is told to remove, so many rows are there. */
function keeping(days: number | undefined, ...there: number[]) {
  const clock = manualClock(NOW);
  const asked: { before: Date; at: Date }[] = [];
  const logged: string[] = [];
  const log = (level: string) => (message: string) => void logged.push(`${level}: ${message}`);
  let onAsked = () => {};
  const retention = createRetention({
    clock,
    store: {
      async prune(before, at, most) {
        asked.push({ before, at });
        setImmediate(() => setImmediate(onAsked)); // after the round has set its timer
        const rows = there.shift() ?? 0;
        if (Number.isNaN(rows)) throw new Error("the disk is full");
        return Math.min(rows, most);
      },
    },
    log: { info: log("info"), warn: log("warn"), error: log("error") },
    keepMs: days === undefined ? undefined : days * DAY_MS,
  });
  onTestFinished(() => retention.stop());
  retention.start();
  return {
    asked,
    logged,
    async pass(milliseconds: number) {
      const done = new Promise<void>((resolve) => {
        onAsked = resolve;
      });
      clock.advance(milliseconds);
      await done;
    },
    advance: clock.advance,
  };
}

test("once a day what is older than is kept goes", async () => {
  const { asked, logged, pass } = keeping(400, 3);
  await pass(HOUR_MS);
  await pass(DAY_MS);
  expect(asked).toHaveLength(2);
  for (const { before, at } of asked) expect(before).toEqual(later(at, -400 * DAY_MS));
  expect(logged).toEqual(["info: rows of the audit were removed, as they are older than is kept"]);
});

test("what is too much for once goes soon after", async () => {
  const { asked, pass } = keeping(1, 1_000_000, 7);
  await pass(HOUR_MS);
  await pass(1000);
  expect(asked).toHaveLength(2);
});

test("a failure is said, and tried again", async () => {
  const { asked, logged, pass } = keeping(1, Number.NaN, 7);
  await pass(HOUR_MS);
  await pass(10_000);
  expect(asked).toHaveLength(2);
  expect(logged[0]).toBe("error: the audit could not be shortened");
});

test("nothing goes when nothing says how long it is kept", async () => {
  const { asked, advance } = keeping(undefined);
  advance(9 * DAY_MS);
  await new Promise<void>((resolve) => void setImmediate(resolve));
  expect(asked).toEqual([]);
});
