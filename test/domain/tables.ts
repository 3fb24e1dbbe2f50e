import { expect, test } from "vitest";
import { decide } from "../../src/domain/decide.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Seen, Step } from "../../src/domain/step.ts";
import { NOW, outline, SETTINGS, seenBy } from "./builders.ts";

/** One line of a table: what a request does in a world at a moment, as an outline of its next step. */
export type Row = readonly [sentence: string, request: Request, world: Partial<Seen>, expected: object, now?: Date];

export const decided = (request: Request, world: Partial<Seen>, now = NOW): Step =>
  decide(request, seenBy(request, world, now), now, SETTINGS);

/** What a step makes of the request; a wait makes nothing of it. */
export const nextOf = (step: Step): Request => {
  if (step.kind === "wait") throw new Error("This step only waits");
  return step.next;
};

export function check(rows: readonly Row[]): void {
  for (const [sentence, request, world, expected, now = NOW] of rows) {
    test(sentence, () => expect(outline(decided(request, world, now), now)).toMatchObject(expected));
  }
}
