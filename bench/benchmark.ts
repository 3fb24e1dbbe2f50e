import type { Verdict } from "./measure.ts";

/** A line of the table. */
export interface Row {
  id: string;
  what: string;
  comparedWith?: string;
  figure: string;
  /** What the compared one differs from itself by. */
  aToA?: string;
  must?: string;
  verdict?: Verdict;
}

export interface Benchmark {
  /** What `npm run bench -- <name>` picks it by. */
  name: string;
  run(options: { pairs: number }): Promise<readonly Row[]>;
}

export const ms = (milliseconds: number): string => `${milliseconds.toFixed(2)} ms`;
