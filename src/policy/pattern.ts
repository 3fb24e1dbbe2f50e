import { folded } from "../domain/likeness.ts";
import { mistaken, quoted, type Reading, read } from "./written.ts";

/** A name in which `*` stands for any characters, also none, and `?` for exactly one. */
export interface Pattern {
  /** As it was written. */
  text: string;
  /** As it is compared. */
  folded: string;
}

/** Longer than any name that a cloud gives, and a bound for the time that matching takes. */
const LONGEST = 255;

export function readPattern(written: string): Reading<Pattern> {
  if (written !== written.trim() || written === "")
    return mistaken(`holds ${quoted(written)}; a name has no spaces around it`);
  if (written.length > LONGEST) return mistaken(`must not hold a name of more than ${LONGEST} characters`);
  return read({ text: written, folded: folded(written.replace(/\*+/g, "*")) });
}

/** How much of a text the character there takes: emoji take two places. */
const widthAt = (text: string, at: number): number => (text.codePointAt(at)! > 0xffff ? 2 : 1);

/**
 * Whether the whole name fits, which has to be folded. Made without a regular expression: when something does not fit,
 * only the last `*` takes one character more, so that the time is at most the product of both lengths, whatever they hold.
 */
export function matches({ folded: wanted }: Pattern, name: string): boolean {
  let at = 0;
  let inName = 0;
  let star = -1;
  let afterStar = 0;
  while (inName < name.length) {
    if (wanted[at] === "*") {
      star = at++;
      afterStar = inName;
    } else if (wanted[at] === "?") {
      at++;
      inName += widthAt(name, inName);
    } else if (wanted[at] === name[inName]) {
      at++;
      inName++;
    } else if (star >= 0) {
      at = star + 1;
      afterStar += widthAt(name, afterStar);
      inName = afterStar;
    } else return false;
  }
  while (wanted[at] === "*") at++;
  return at === wanted.length;
}
