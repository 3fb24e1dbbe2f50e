/** How figures are taken: as ratios side by side, beside what the same thing differs from itself by. */

/** One round in which the same was measured of each: two that are alike, and the one that is looked at. */
export interface Round {
  a: number;
  b: number;
  /** Another of the kind of `a`. */
  aAgain: number;
}

export interface Compared {
  /** How many times as much `b` is as `a`. */
  ratio: number;
  /** The same for `a` against itself: less than it differs from 1 nobody can tell. */
  aToA: number;
  pairs: number;
}

/** `void`: the machine was too restless for this run to say anything. */
export type Verdict = "held" | "missed" | "void" | "too few pairs";

const FEWEST_PAIRS = 20;
const MOST_A_TO_A = 1.1;

/** The value below which this share of all lies, between two of them in proportion. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error("There is nothing to take a quantile of");
  const sorted = values.toSorted((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The ratio is taken in each round and only then the median: what slows a whole round slows both. */
export const compare = (rounds: readonly Round[]): Compared => ({
  ratio: median(rounds.map(({ a, b }) => b / a)),
  aToA: median(rounds.map(({ a, aAgain }) => aAgain / a)),
  pairs: rounds.length,
});

export function verdictOf({ ratio, aToA, pairs }: Compared, most: number): Verdict {
  if (pairs < FEWEST_PAIRS) return "too few pairs";
  if (Math.max(aToA, 1 / aToA) > MOST_A_TO_A) return "void";
  return ratio <= most ? "held" : "missed";
}

/** Whose turn it is in a round, so that nobody always comes first, nor always after the same one. */
const ORDERS = [
  ["a", "b", "aAgain"],
  ["aAgain", "b", "a"],
  ["b", "a", "aAgain"],
  ["aAgain", "a", "b"],
  ["b", "aAgain", "a"],
  ["a", "aAgain", "b"],
] as const satisfies readonly (readonly (keyof Round)[])[];

export const orderOf = (round: number): readonly (keyof Round)[] => ORDERS[round % ORDERS.length]!;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * When each of so many things comes, in milliseconds from the beginning: as irregularly as what people do, who do not know
 * of each other, and the same each time.
 */
export function arrivals(count: number, meanGapMs: number): number[] {
  let at = 0;
  return Array.from({ length: count }, (_, n) => {
    at -= meanGapMs * Math.log(1 - ((n * GOLDEN) % 1));
    return at;
  });
}
