import { distance } from "fastest-levenshtein";

/** As words and names are compared: in any case, with umlauts in one piece however they were typed. */
export const folded = (text: string): string => text.normalize("NFC").toLowerCase();

/** As a name is looked for. */
export const wantedName = (typed: string): string => folded(typed.trim());

/** As many as a menu in a message can hold and a person can read. */
const MENU = 10;

/** What fits into a menu, and how many do not. */
export const forMenu = <T>(all: readonly T[]): { shown: readonly T[]; more: number } => ({
  shown: all.slice(0, MENU),
  more: Math.max(0, all.length - MENU),
});

/** Longer words are no slip of anybody's. */
const LONGEST = 100;
const OFFERED = 3;

/** Those whose name was probably meant, the likeliest first. Fast with ten thousand. */
export function nearestTo<T>(things: readonly T[], wanted: string, namesOf: (thing: T) => readonly string[]): T[] {
  if (wanted.length > LONGEST) return [];
  const most = Math.max(2, Math.ceil(wanted.length / 3));
  const apartOf = (name: string): number =>
    Math.abs(name.length - wanted.length) > most ? most + 1 : distance(name, wanted);
  return things
    .map((thing) => ({ thing, apart: Math.min(...namesOf(thing).map(folded).map(apartOf)) }))
    .filter(({ apart }) => apart <= most)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, OFFERED)
    .map(({ thing }) => thing);
}
