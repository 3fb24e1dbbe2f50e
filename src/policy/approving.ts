import { between, later } from "../domain/durations.ts";
import type { Approval } from "./approval.ts";
import type { Somebody } from "./asked.ts";
import { type Named, named } from "./who.ts";

/** `own_request` it is their own, and the approval excludes that · `directory_silent` only Slack could say, and it did not. */
export type MayApprove = "yes" | "own_request" | "not_an_approver" | "directory_silent" | "guest";

interface WithId {
  id: string;
}

const ANSWERS: { readonly [N in Named]: MayApprove } = {
  yes: "yes",
  no: "not_an_approver",
  silent: "directory_silent",
  guest: "guest",
};

/** Whether somebody may say yes to somebody's request now. `isInChannel` is about the card's channel. */
export function mayApprove(approval: Approval, person: Somebody, requester: WithId): MayApprove {
  if (isOwn(approval, person, requester)) return "own_request";
  return ANSWERS[named(approval.by, person)];
}

const isOwn = ({ not }: Approval, { id }: WithId, requester: WithId): boolean =>
  not === "requester" && id === requester.id;

/** A yes that was counted when it was given, and what `mayApprove` says of its giver now. */
export interface Yes {
  by: WithId;
  still: MayApprove;
}

/** Who has said yes so that it counts now; each person once. */
export function counted(approval: Approval, yeses: readonly Yes[], requester: WithId): string[] {
  const standing = yeses.filter(
    ({ by, still }) => !isOwn(approval, by, requester) && (approval.lostRight === "counts" || still === "yes"),
  );
  return [...new Set(standing.map(({ by }) => by.id))];
}

/** Whether enough different people have said yes. */
export const isSatisfied = (approval: Approval, yeses: readonly Yes[], requester: WithId): boolean =>
  counted(approval, yeses, requester).length >= approval.count;

/** Until when somebody can say yes. */
export const expiresAt = ({ expiresMs }: Approval, askedAt: Date): Date => later(askedAt, expiresMs);

export const isExpired = (approval: Approval, askedAt: Date, now: Date): boolean => now >= expiresAt(approval, askedAt);

/** When the card reminds next; undefined when it does not any more before it expires. */
export function nextReminder(approval: Approval, askedAt: Date, now: Date): Date | undefined {
  const { remindMs } = approval;
  if (remindMs === undefined) return undefined;
  const times = Math.max(0, Math.floor(between(askedAt, now) / remindMs)) + 1;
  const next = later(askedAt, times * remindMs);
  return next < expiresAt(approval, askedAt) ? next : undefined;
}
