import { isDeepStrictEqual } from "node:util";
import { awaitApproval } from "../domain/approving.ts";
import type { RequestId } from "../domain/ids.ts";
import { type Press, press, type Refusal } from "../domain/press.ts";
import { askedIn, type Gated, type Request, type Terms } from "../domain/request.ts";
import type { Step } from "../domain/step.ts";
import type { Approval } from "../policy/approval.ts";
import type { Decision } from "../policy/evaluate.ts";
import { mayPress } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Court, deedOf, deedOfPress, type GatedPress, isGated, judge } from "./judge.ts";

export type Forbidden = Extract<Decision, { kind: "denied" }>;

export type Answered =
  | { kind: "changed" }
  | { kind: "refused"; refusal: Refusal; stored: Stored }
  | { kind: "forbidden"; decision: Forbidden; stored: Stored }
  /** The policy wants to be told more before this happens; nothing has been done yet. */
  | { kind: "lacking"; lacks: readonly Lack[]; press: Press; stored: Stored };

/** `name`: that the VM's name is typed · `reason`: why, which the request does not say. */
export const LACKS = ["name", "reason"] as const;
export type Lack = (typeof LACKS)[number];

/** What was said with a press. */
export interface Said {
  /** The VM's name was typed for it. */
  isTyped?: boolean | undefined;
  reason?: string | undefined;
}

/**
 * Presses a button on a request, if this person may; of two people who press at once, one wins and the other is told.
 * Whether they may is asked at every look, since what one person does can take a right from the other, and anew when the
 * rules have changed while Slack and the cloud were asked. What needs approval is put before those who may approve, and happens when they have.
 */
export async function pressRequest(
  deps: Deps & Court,
  id: RequestId,
  button: Press,
  person: Person,
  as: RequestId,
  said: Said = {},
): Promise<Answered> {
  const by = { id: person.id, name: person.name };
  for (;;) {
    const rules = deps.rules();
    const stored = await deps.store.load(id);
    if (!stored) throw new Error(`There is no request ${id}`);
    const request = withReason(stored.request, button, said);
    if (request.decided?.as === as) return { kind: "changed" }; // the same press, handled again after a crash
    const may = mayPress(button, person, request, deps.rules().policy);
    if (may !== "yes") return { kind: "refused", refusal: may, stored };
    const pressed = press(request, button, by, deps.clock.now(), deps.settings, as);
    if (pressed.kind === "refused") return { ...pressed, stored };
    const gate = await gateOf(deps, request, button, person, as, said);
    if (gate?.kind === "denied") return { kind: "forbidden", decision: gate, stored };
    if (gate?.kind === "lacking") return { ...gate, press: button, stored };
    const { reason } = request.wish;
    const why =
      reason === undefined || reason === stored.request.wish.reason ? [] : [{ code: "reasoned", by, reason } as const];
    const step = gate ?? pressed.step;
    if (deps.rules() !== rules) continue;
    if (!(await commit(deps, stored, { ...step, story: [...why, ...step.story] }))) continue;
    deps.wakeups.now(id);
    return { kind: "changed" };
  }
}

/** A request that says why keeps its reason, since others may have said yes to it. */
function withReason(request: Request, button: Press, { reason }: Said): Request {
  if (!reason || request.wish.reason || !isGated(button)) return request;
  return { ...request, wish: { ...request.wish, reason } };
}

/** What the policy makes of a press: a no, a question to others, or nothing. */
async function gateOf(
  deps: Deps & Court,
  request: Request,
  button: Press,
  person: Person,
  as: RequestId,
  { isTyped = false }: Said,
): Promise<Forbidden | { kind: "lacking"; lacks: readonly Lack[] } | Extract<Step, { kind: "become" }> | undefined> {
  if (!isGated(button)) return undefined;
  const decision = await judge(deps, person, askedIn(request), request.vm, deedOfPress(request, button));
  if (decision.kind === "denied") return decision;
  // A live snapshot loses nothing.
  const isUntyped = decision.confirm === "typed" && button !== "live" && !isTyped;
  // A guest that hangs must not hang on that, and the other kinds have been asked why when they were asked for.
  const isWay = request.wish.kind === "create" && button !== "power_off";
  const isUnreasoned = decision.reason === "required" && isWay && !request.wish.reason;
  const lacks: Lack[] = [...(isUntyped ? ["name" as const] : []), ...(isUnreasoned ? ["reason" as const] : [])];
  if (lacks.length > 0) return { kind: "lacking", lacks };
  const terms = termsOf(decision);
  if (!terms || isCovered(request, button, terms)) return undefined;
  const now = deps.clock.now();
  const by = { id: person.id, name: person.name };
  const asked = { ...request, decided: { by, at: now, as } };
  return awaitApproval(asked, button, by, terms, fingerprintOf(request, button), now);
}

/** Just this has been approved already, or somebody has gone on with just this in an emergency. */
function isCovered(request: Request, button: GatedPress, terms: Terms): boolean {
  const { approved, emergency } = request;
  if (emergency?.what && isPartOf(request, emergency.what, button)) return true;
  if (!approved || approved.fingerprint !== fingerprintOf(request, approved.what)) return false;
  // What needs more yeses by now, or those of others, needs them anew.
  const isEnough = approved.by.length >= terms.count && approved.not === terms.not;
  const isTheirs = isDeepStrictEqual(approved.whose, terms.by);
  return isEnough && isTheirs && isPartOf(request, approved.what, button);
}

/** Whether what a button does is what somebody has said yes to; a snapshot of which nobody had said how, either way. */
function isPartOf(request: Request, what: Gated, button: GatedPress): boolean {
  if (what !== "begin") return what === button;
  const deed = deedOf(request.wish);
  return !deed || isDeepStrictEqual(deed, deedOfPress(request, button));
}

/** What has to be remembered of an approval that the policy wants. */
export function termsOf(decision: Extract<Decision, { kind: "allowed" }>): Terms | undefined {
  const { approval, rule } = decision;
  return approval && termsFrom(approval, rule === "none" ? 0 : rule);
}

export const termsFrom = (approval: Approval, rule: number): Terms => ({
  rule,
  by: approval.by.map(({ text }) => text),
  count: approval.count,
  not: approval.not,
  lostRight: approval.lostRight,
  expiresMs: approval.expiresMs,
  ...(approval.remindMs !== undefined && { remindMs: approval.remindMs }),
});
