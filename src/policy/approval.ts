import { HOUR_MS, MINUTE_MS } from "../domain/durations.ts";
import { individuals } from "./enough.ts";
import { type PeopleNamed, WhoSchema } from "./who.ts";
import { durationFrom, keys, wholeNumber, word, wrong } from "./written.ts";

/** Whose yes is needed before a request goes on. */
export interface Approval {
  by: readonly PeopleNamed[];
  /** So many different people. */
  count: number;
  /** Whose yes does not count. */
  not: "requester" | "nobody";
  /** So long after it was asked for, nobody can say yes any more. */
  expiresMs: number;
  /** After each such time without a decision, the card reminds. */
  remindMs: number | undefined;
  /** Whether the requester has to say why. */
  reason: "required" | "optional";
  /** What a yes is worth when its giver has lost the right before the request goes on: `void` nothing, `counts` all. */
  lostRight: "void" | "counts";
}

/** Shorter than that nobody can decide, or wants to be reminded. */
const duration = durationFrom(MINUTE_MS, "must be a duration of 1m at least, such as 30m, 4h or 2d");

const Written = keys({
  by: WhoSchema,
  count: wholeNumber.default(1),
  not: word("requester", "nobody").default("requester"),
  expires: duration.default(4 * HOUR_MS),
  remind: duration.optional(),
  reason: word("required", "optional").default("optional"),
  lost_right: word("void", "counts").default("void"),
});

export const APPROVAL_KEYS: readonly string[] = Object.keys(Written.shape);

export const ApprovalSchema = Written.superRefine(({ by, count, expires, remind }, context) => {
  const people = individuals(by)?.size ?? Number.POSITIVE_INFINITY;
  if (people < count) wrong(context, `is ${count}, but only ${people} can say yes`, ["count"]);
  if (remind !== undefined && remind >= expires)
    wrong(context, "must be shorter than the time until it expires", ["remind"]);
}).transform(
  ({ expires, remind, lost_right, ...rest }): Approval => ({
    ...rest,
    expiresMs: expires,
    remindMs: remind,
    lostRight: lost_right,
  }),
);
