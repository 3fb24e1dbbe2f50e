import { declareEmergency, sayNo, sayYes } from "../domain/approving.ts";
import type { RequestId, UserId } from "../domain/ids.ts";
import type { Pressed } from "../domain/press.ts";
import { askedIn, type Request, type RequestIn } from "../domain/request.ts";
import type { Approval } from "../policy/approval.ts";
import type { MayApprove } from "../policy/approving.ts";
import { mayBreakGlass } from "../policy/break-glass.ts";
import type { Directory, Person } from "../ports/slack.ts";
import { approvalOf, mayDecide, standingBeside } from "./approvers.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { type Court, deedOfPress, judge, judgeWish } from "./judge.ts";
import { type Answered, type Forbidden, termsFrom } from "./press-request.ts";

type Bench = Deps & Court & { directory: Directory };
type NotAllowed = Exclude<MayApprove, "yes"> | "no_emergency" | "changed" | "requester_lost";

export type Decided = Answered | { kind: "not_allowed"; why: NotAllowed; request: Request };

/** What somebody decides about, and who. `as` tells the same press, handled again, from another. */
export interface Deciding {
  id: RequestId;
  person: Person;
  as: RequestId;
  /** Since when what they saw had been asked for; undefined when that is not known. */
  askedAt?: Date | undefined;
}

/** Says yes for somebody, if they may now; who has said yes before counts only as far as they still may. */
export const approveRequest = (deps: Bench, deciding: Deciding): Promise<Decided> =>
  decideOn(deps, deciding, async (request, now) => {
    const { person, as } = deciding;
    const court = await approvalNow(deps, request);
    const approval = wanted(court, request);
    const may = await mayDecide(deps, approval, person, request);
    if (may !== "yes") return notAllowed(may, request);
    if (court.kind === "denied") return forbidden(court, request);
    if (request.state.fingerprint !== fingerprintOf(request, request.state.what)) return notAllowed("changed", request);
    const standing = await stillStanding(deps, request, approval);
    standing.add(person.id);
    const by = { id: person.id, name: person.name };
    return sayYes(request, by, termsFrom(approval, court.rule), standing, now, deps.settings, as);
  });

/** Says no for somebody, if they may approve. */
export const denyRequest = (deps: Bench, deciding: Deciding, reason: string): Promise<Decided> =>
  decideOn(deps, deciding, async (request, now) => {
    const { person, as } = deciding;
    const court = await approvalNow(deps, request);
    // What the policy forbids by now can still be denied.
    const may = await mayDecide(deps, wanted(court, request), person, request);
    if (may !== "yes") return notAllowed(may, request);
    return sayNo(request, { id: person.id, name: person.name }, reason, now, as);
  });

/** Goes on without approval for somebody who may in an emergency. */
export const breakGlass = (deps: Bench, deciding: Deciding, reason: string): Promise<Decided> =>
  decideOn(deps, deciding, async (request, now) => {
    const { person, as } = deciding;
    const may = mayBreakGlass(deps.rules().breakGlass, await standingBeside(deps, person, request));
    if (may !== "yes") return notAllowed("no_emergency", request);
    const court = await approvalNow(deps, request);
    if (court.kind === "denied") return forbidden(court, request); // an emergency replaces the yes of others, not the rule
    const by = { id: person.id, name: person.name };
    return declareEmergency(request, by, reason, now, deps.settings, as);
  });

type Verdict = Pressed | Forbidden | { kind: "not_allowed"; why: NotAllowed; request: Request };

/** These are said of whoever asked, not of whoever decides. */
const OF_REQUESTER: ReadonlySet<Forbidden["why"]> = new Set<Forbidden["why"]>([
  "not_named",
  "guest",
  "stranger",
  "bot",
  "deactivated",
]);

const forbidden = (court: Forbidden, request: Request): Verdict =>
  OF_REQUESTER.has(court.why) ? notAllowed("requester_lost", request) : court;

const notAllowed = (why: NotAllowed, request: Request): Verdict => ({ kind: "not_allowed", why, request });

async function decideOn(
  deps: Bench,
  { id, person, as, askedAt }: Deciding,
  decide: (request: RequestIn<"awaiting_approval">, now: Date) => Promise<Verdict>,
): Promise<Decided> {
  for (;;) {
    const rules = deps.rules();
    const stored = await deps.store.load(id);
    if (!stored) throw new Error(`There is no request ${id}`);
    const { request } = stored;
    if (request.decided?.as === as) return { kind: "changed" }; // the same press, handled again after a crash
    const { state } = request;
    // What is asked for now may be the same again, after a question that is over.
    const isOld = state.status === "awaiting_approval" && askedAt && Number(askedAt) !== Number(state.since);
    if (state.status !== "awaiting_approval" || isOld) return { kind: "refused", refusal: "not_awaiting", stored };
    const verdict = await decide({ ...request, state }, deps.clock.now());
    switch (verdict.kind) {
      case "not_allowed":
        return verdict;
      case "denied":
        return { kind: "forbidden", decision: verdict, stored };
      case "refused":
        return { ...verdict, stored };
      case "changed":
        if (deps.rules() !== rules) continue; // they were read anew while Slack and the cloud were asked
        if (!(await commit(deps, stored, verdict.step))) continue;
        deps.log.info("request decided", { request: id, by: person.id });
        deps.wakeups.now(id);
        return { kind: "changed" };
    }
  }
}

type Now = Forbidden | { kind: "approval"; approval: Approval; rule: number };

/** Whose yes counts; where the policy forbids it by now, of those who were asked. */
const wanted = (court: Now, { state }: RequestIn<"awaiting_approval">): Approval =>
  court.kind === "denied" ? approvalOf(state.terms) : court.approval;

/** What the policy says now of what is waited for: the approval as it is configured now, or that it is forbidden by now. */
async function approvalNow(deps: Bench, request: RequestIn<"awaiting_approval">): Promise<Now> {
  const { what, wantedBy, terms } = request.state;
  const person = await deps.directory.person(wantedBy.id);
  const { vm, wish } = request;
  const channel = askedIn(request);
  const decision = await (what === "begin"
    ? judgeWish(deps, person, channel, vm, wish)
    : judge(deps, person, channel, vm, deedOfPress(request, what)));
  if (decision.kind === "denied") return decision;
  const rule = decision.rule === "none" ? terms.rule : decision.rule;
  const approval = decision.approval ?? approvalOf(terms);
  return { kind: "approval", approval, rule };
}

/** Of those who have said yes: who may still, as the policy and Slack say now. */
async function stillStanding(
  deps: Bench,
  request: RequestIn<"awaiting_approval">,
  approval: Approval,
): Promise<Set<UserId>> {
  const each = await Promise.all(
    request.state.yeses.map(async ({ by }) => {
      if (approval.lostRight === "counts") return [by.id];
      const person = await deps.directory.person(by.id);
      return (await mayDecide(deps, approval, person, request)) === "yes" ? [by.id] : [];
    }),
  );
  return new Set(each.flat());
}
