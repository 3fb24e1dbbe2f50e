import { describe, expect, test } from "vitest";
import type { Look } from "../../src/domain/cloud.ts";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { recollectionOf } from "../../src/engine/recollection.ts";
import { fails, ok } from "../domain/builders.ts";
import { manualClock } from "../manual-clock.ts";

const NEVER = new Promise<void>(() => {});
const NOW_LATE = Promise.resolve();

/** A source whose questions stay open until the test answers them. */
function aSource() {
  const clock = manualClock();
  const questions: { answer: (look: Look<string>) => void; fail: (error: Error) => void }[] = [];
  const told: string[] = [];
  const ask = () => new Promise<Look<string>>((resolve, reject) => questions.push({ answer: resolve, fail: reject }));
  const recollection = recollectionOf(clock, ask, {
    onLate: () => told.push("late"),
    onError: (error) => told.push(String(error)),
  });
  return { clock, questions, told, recollection };
}

const all = <T>(...promises: Promise<T>[]) => Promise.all(promises);

describe("what the cloud has said", () => {
  test("is asked for once, however many want it, and good for a while", async () => {
    const { clock, questions, recollection } = aSource();
    const asking = all(recollection.recall(MINUTE_MS, NEVER), recollection.recall(MINUTE_MS, NEVER));
    questions[0]!.answer(ok("one"));
    const at = clock.now();
    expect(await asking).toEqual(Array(2).fill({ known: { value: "one", at }, isOld: false }));
    clock.advance(MINUTE_MS);
    expect(await recollection.recall(MINUTE_MS, NEVER)).toMatchObject({ isOld: false });
    expect(questions).toHaveLength(1);
    clock.advance(1);
    void recollection.recall(MINUTE_MS, NEVER);
    expect(questions).toHaveLength(2);
  });

  test("before somebody's patience ends is what it said last, marked as old; the answer is told when it comes", async () => {
    const { clock, questions, told, recollection } = aSource();
    expect(await recollection.recall(MINUTE_MS, NOW_LATE)).toEqual({ known: undefined, isOld: true });
    questions[0]!.answer(ok("one"));
    expect(await recollection.recall(MINUTE_MS, NEVER)).toMatchObject({ known: { value: "one" }, isOld: false });
    expect(told).toEqual(["late"]);
    clock.advance(2 * MINUTE_MS);
    expect(await recollection.recall(MINUTE_MS, NOW_LATE)).toMatchObject({ known: { value: "one" }, isOld: true });
  });

  test("in time is no news for anybody else", async () => {
    const { questions, told, recollection } = aSource();
    const asking = recollection.recall(MINUTE_MS, NEVER);
    questions[0]!.answer(ok("one"));
    await asking;
    expect(told).toEqual([]);
  });

  test("leaves a source alone for a while after it has failed", async () => {
    const { clock, questions, recollection } = aSource();
    const asking = recollection.recall(MINUTE_MS, NEVER);
    questions[0]!.answer(fails("transient"));
    expect(await asking).toEqual({ known: undefined, isOld: true });
    expect(await recollection.recall(MINUTE_MS, NEVER)).toEqual({ known: undefined, isOld: true });
    expect(questions).toHaveLength(1);
    clock.advance(20 * SECOND_MS);
    void recollection.recall(MINUTE_MS, NEVER);
    expect(questions).toHaveLength(2);
  });

  test("that is outdated is asked for anew, also when an answer from before is still on its way", async () => {
    const { clock, questions, recollection } = aSource();
    const asking = recollection.recall(MINUTE_MS, NEVER);
    clock.advance(SECOND_MS);
    recollection.outdate();
    questions[0]!.answer(ok("before"));
    await Promise.resolve();
    while (questions.length < 2) await Promise.resolve();
    questions[1]!.answer(ok("after"));
    expect(await asking).toEqual({ known: { value: "after", at: clock.now() }, isOld: false });
  });

  test("and was outdated is still better than nothing", async () => {
    const { clock, questions, recollection } = aSource();
    const asking = recollection.recall(MINUTE_MS, NEVER);
    questions[0]!.answer(ok("before"));
    await asking;
    clock.advance(SECOND_MS);
    recollection.outdate();
    expect(await recollection.recall(MINUTE_MS, NOW_LATE)).toMatchObject({ known: { value: "before" }, isOld: true });
  });

  test("survives a mistake of ours, which is told", async () => {
    const { questions, told, recollection } = aSource();
    const asking = recollection.recall(MINUTE_MS, NEVER);
    questions[0]!.fail(new Error("a bug"));
    expect(await asking).toEqual({ known: undefined, isOld: true });
    expect(told).toEqual(["Error: a bug"]);
  });
});
