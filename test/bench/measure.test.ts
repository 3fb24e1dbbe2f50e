import { describe, expect, test } from "vitest";
import { arrivals, compare, median, orderOf, quantile, type Round, verdictOf } from "../../bench/measure.ts";

describe("a quantile", () => {
  test.each([
    { values: [3, 1, 2], share: 0.5, is: 2 },
    { values: [4, 1, 3, 2], share: 0.5, is: 2.5 },
    { values: [10, 20], share: 0.75, is: 17.5 },
    { values: [5, 9, 7], share: 0, is: 5 },
    { values: [5, 9, 7], share: 1, is: 9 },
    { values: [100, 9], share: 1, is: 100 },
    { values: [8], share: 0.99, is: 8 },
  ])("$share of $values is $is", ({ values, share, is }) => {
    expect(quantile(values, share)).toBe(is);
  });

  test("leaves the values in their order", () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test("of nothing is a mistake", () => {
    expect(() => median([])).toThrow("nothing");
  });
});

describe("a comparison", () => {
  test("takes the ratio in each round, so that rounds in which everything was slow change nothing", () => {
    const rounds = [1, 50, 2, 70, 3].map((slowness): Round => ({ a: slowness, b: 1.5 * slowness, aAgain: slowness }));
    expect(compare(rounds)).toEqual({ ratio: 1.5, aToA: 1, pairs: 5 });
  });

  test("is not moved by a single round", () => {
    const quiet: Round = { a: 10, b: 20, aAgain: 11 };
    expect(compare([quiet, { a: 10, b: 900, aAgain: 900 }, quiet])).toEqual({ ratio: 2, aToA: 1.1, pairs: 3 });
  });
});

describe("the verdict", () => {
  test.each([
    { ratio: 1.1, aToA: 1, pairs: 20, verdict: "held" },
    { ratio: 1.11, aToA: 1, pairs: 20, verdict: "missed" },
    { ratio: 0.5, aToA: 1.1, pairs: 20, verdict: "held" },
    { ratio: 0.5, aToA: 1.11, pairs: 20, verdict: "void" },
    { ratio: 1.5, aToA: 1.11, pairs: 20, verdict: "void" },
    { ratio: 0.5, aToA: 1 / 1.11, pairs: 20, verdict: "void" },
    { ratio: 1.5, aToA: 1.5, pairs: 19, verdict: "too few pairs" },
  ])("of $ratio against at most 1.1, with A/A $aToA in $pairs pairs, is $verdict", ({ verdict, ...compared }) => {
    expect(verdictOf(compared, 1.1)).toBe(verdict);
  });
});

test("in six rounds each comes as often first, second and last, and as often before another as after it", () => {
  const orders = Array.from({ length: 6 }, (_, round) => orderOf(round));
  expect(new Set(orders.map((order) => order.join())).size).toBe(6);
  for (const order of orders) expect(order.toSorted()).toEqual(["a", "aAgain", "b"]);
  expect(orderOf(6)).toEqual(orderOf(0));
});

describe("arrivals", () => {
  const all = arrivals(1000, 10);

  test("come one after the other, so far apart in the mean", () => {
    expect(all).toEqual(all.toSorted((x, y) => x - y));
    expect(all.at(-1)! / all.length).toBeCloseTo(10, 0);
  });

  test("come sometimes close together and sometimes after a long gap", () => {
    const gaps = all.slice(1).map((at, n) => at - all[n]!);
    expect(gaps.filter((gap) => gap < 1).length).toBeGreaterThan(50);
    expect(gaps.filter((gap) => gap > 30).length).toBeGreaterThan(20);
  });

  test("are the same each time", () => {
    expect(arrivals(1000, 10)).toEqual(all);
  });
});
