import { z } from "zod";
import { readDuration } from "../domain/durations.ts";
import { nearestTo } from "../domain/likeness.ts";
import { cut } from "../domain/naming.ts";

/** How values of `shutter.yml` are read here. A mistake is a text that goes on after the name of its key. */
export type Reading<T> = { ok: true; value: T } | { ok: false; mistake: string };

export const read = <T>(value: T): Reading<T> => ({ ok: true, value });
export const mistaken = (mistake: string): Reading<never> => ({ ok: false, mistake });

/** So much of what was written is repeated in a mistake. */
const REPEATED = 60;

/** What was written, as a mistake repeats it: on one line, whatever it holds. */
export const quoted = (written: string): string => JSON.stringify(cut(written, REPEATED));

/** The end of a mistake about a word: the nearest one that is known, else what is known. */
export function didYouMean(written: string, known: readonly string[], otherwise = `known are ${known.join(", ")}`) {
  const [nearest] = nearestTo(known, written.toLowerCase(), (each) => [each]);
  return nearest === undefined ? `; ${otherwise}` : `; did you mean ${nearest}?`;
}

/** Reads one of these words. */
export const oneOf =
  <W extends string>(words: readonly W[], what: string) =>
  (written: string): Reading<W> => {
    const word = words.find((each) => each === written);
    return word === undefined
      ? mistaken(`holds ${quoted(written)}, which is no ${what}${didYouMean(written, words)}`)
      : read(word);
  };

/** Adds a mistake, after which nothing is asked of what it stands in. */
export function wrong(context: z.RefinementCtx, message: string, path: PropertyKey[] = []): void {
  context.addIssue({ code: "custom", message, path, continue: false });
}

/** One text or a list of them. Each mistake stands at its own place: the key, or the entry of its list. */
export const oneOrMany = <T>(readOne: (written: string) => Reading<T>, example: string) =>
  z.unknown().transform((given, context): readonly T[] => {
    const isList = Array.isArray(given);
    const items: readonly unknown[] = isList ? given : [given];
    if (items.length === 0) wrong(context, `must not be empty; it takes ${example}`);
    return items.flatMap((item, index) => {
      const reading = typeof item === "string" ? readOne(item) : mistaken(`must be ${example}, or a list of such`);
      if (reading.ok) return [reading.value];
      wrong(context, reading.mistake, isList ? [index] : []);
      return [];
    });
  });

/** Keys with values; no others. */
export const keys = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, { error: ({ code }) => (code === "invalid_type" ? "must be keys with values" : undefined) });

/** Milliseconds of a duration as people write it, from the shortest that makes sense there. `mistake` has an example. */
export const durationFrom = (leastMs: number, mistake: string) =>
  z.string({ error: mistake }).transform((written, context) => {
    const ms = readDuration(written) ?? 0;
    if (ms < leastMs) wrong(context, mistake);
    return ms;
  });

export const duration = durationFrom(1, "must be a duration such as 90s, 3m, 2h or 30d");

export const wholeNumber = z
  .number({ error: "must be a whole number from 1" })
  .int({ error: "must be a whole number from 1" })
  .min(1, { error: "must be a whole number from 1" });

/** Exactly one of these words. */
export const word = <const W extends readonly [string, ...string[]]>(...words: W) =>
  z.enum(words, { error: `must be ${words.join(" or ")}` });
