import type { Approval } from "./approval.ts";
import type { Somebody } from "./asked.ts";
import { type Named, named } from "./who.ts";

/** `own_request` it is their own, and the approval excludes that · `directory_silent` only Slack could say, and it did not. */
export type MayApprove = "yes" | "own_request" | "not_an_approver" | "directory_silent" | "guest";

const ANSWERS: { readonly [N in Named]: MayApprove } = {
  yes: "yes",
  no: "not_an_approver",
  silent: "directory_silent",
  guest: "guest",
};

/** Whether somebody may say yes to somebody's request now. */
export function mayApprove(approval: Approval, person: Somebody, requester: { id: string }): MayApprove {
  if (approval.not === "requester" && person.id === requester.id) return "own_request";
  return ANSWERS[named(approval.by, person)];
}
