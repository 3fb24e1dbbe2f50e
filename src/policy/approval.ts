import { HOUR_MS, MINUTE_MS } from "../domain/durations.ts";
import { type PeopleNamed, WhoSchema } from "./who.ts";
import { duration, keys, wholeNumber, word, wrong } from "./written.ts";

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

const isOnePerson = ({ kind }: PeopleNamed): boolean => kind === "person" || kind === "email";

export const ApprovalSchema = Written.superRefine(({ by, count, expires, remind }, context) => {
  const people = new Set(by.map(({ text }) => text)).size;
  if (by.every(isOnePerson) && count > people) wrong(context, `is ${count}, but only ${people} can say yes`, ["count"]);
  if (remind !== undefined && remind < MINUTE_MS) wrong(context, "must be at least 1m", ["remind"]);
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
