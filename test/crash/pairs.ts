import { isRead } from "./calls.ts";
import type { Blow } from "./scene.ts";

/** What every new process does again. */
const STARTS = ["auth.test", "POST token"];

/** Every call of every scene, both before and after it is answered; by default those that are not like another one. */
export const isWhole = process.env.CRASH_CALLS === "all";

/** A card or a view is drawn whole each time, so that once more does no harm. */
const isRedraw = (at: string): boolean => /^(chat\.update|views\.update|views\.publish)/.test(at);

/** For a read it makes no difference whether the double has answered. */
export function howsOf(at: string): ("before" | "after")[] {
  if (isRead(at)) return ["before"];
  return isRedraw(at) && !isWhole ? ["after"] : ["before", "after"];
}

/** Kill at one call, start again, kill at a later one, or at the same one when it was lost, or while starting. */
export function pairsOf(calls: readonly string[]): [Blow, Blow][] {
  return calls.flatMap((first, i) =>
    howsOf(first).flatMap((how) => {
      const later = calls.slice(how === "before" ? i : i + 1).filter((at) => !STARTS.includes(at));
      return [...STARTS, ...later].map((second, j): [Blow, Blow] => [
        { at: first, how },
        { at: second, how: howsOf(second)[(i + j) % howsOf(second).length]! },
      ]);
    }),
  );
}

/** Mulberry32 and Fisher-Yates. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const all = [...items];
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all;
}
