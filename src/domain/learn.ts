import type { Problem } from "./cloud.ts";
import { gone, kept } from "./decide/deleting.ts";
import { restoreStarted } from "./decide/restoring.ts";
import { becomeAsked } from "./decide/shutting-down.ts";
import { started } from "./decide/snapshotting.ts";
import { failureOf, mayPass } from "./decide/troubled.ts";
import { later, MINUTE_MS, SECOND_MS } from "./durations.ts";
import { failed, leave } from "./endings.ts";
import type { SnapshotId } from "./ids.ts";
import { missedPowerOn } from "./missed-power-on.ts";
import type { Request, RequestIn } from "./request.ts";
import { type Answer, become, type Call, into, note, type Step } from "./step.ts";

/** A call that may be repeated is repeated no sooner than this, and no later than that after an absurd Retry-After. */
const AGAIN_MS = 2 * SECOND_MS;
const LONGEST_AGAIN_MS = 10 * MINUTE_MS;

/**
 * What the answer to a call makes of the request; `undefined` when the request has meanwhile moved on, so that the answer
 * no longer concerns it.
 */
export function learn(request: Request, call: Call, answer: Answer, now: Date): Step | undefined {
  const { state } = request;
  switch (call.kind) {
    case "shutdown":
    case "power_off":
      if (state.status !== "shutting_down" || state.asked !== "intended") return undefined;
      return learnShutdown({ ...request, state }, answer, now);
    case "snapshot":
      if (state.status !== "snapshotting" || state.operation || state.intent?.name !== call.name) return undefined;
      return learnSnapshot({ ...request, state }, answer, now);
    case "power_on":
      return state.status === "powering_on" ? learnPowerOn({ ...request, state }, answer, now) : undefined;
    case "restore":
      if (state.status !== "restoring" || state.operation || !state.intent) return undefined;
      return learnRestore({ ...request, state }, answer, now);
    case "delete":
      if (state.status !== "deleting" || state.asked?.id !== call.snapshot) return undefined;
      return learnDelete({ ...request, state }, call.snapshot, answer, now);
    case "rename":
      if (state.status !== "queued" || state.why.kind !== "renaming") return undefined;
      return learnRename({ ...request, state }, answer, now);
  }
}

function learnShutdown(request: RequestIn<"shutting_down">, answer: Answer, now: Date): Step {
  const { state } = request;
  if (answer.ok) return becomeAsked(request);
  const { problem } = answer;
  if (problem.outcome === "unknown") return note(into(request, { ...state, notBefore: later(now, AGAIN_MS), problem }));
  const isSure = state.mode === "graceful" && !state.mayHaveHeard;
  const owing = isSure ? unasked(request, now) : request;
  if (!mayPass(problem)) return leave(owing, failureOf(problem), now);
  const asked = state.mayHaveHeard ? "intended" : "no";
  return become(into(owing, { ...state, asked, notBefore: again(problem, now), problem }));
}

/** The guest was surely not asked: nothing of this request makes it go off. */
function unasked(request: Request, now: Date): Request {
  const { shutdownAsked: _, ...times } = request.times;
  return { ...request, times, ...(request.debt && { debt: { ...request.debt, graceUntil: now } }) };
}

function learnSnapshot(request: RequestIn<"snapshotting">, answer: Answer, now: Date): Step {
  if (answer.ok) return answer.value ? started(request, answer.value) : note(request);
  const { problem } = answer;
  const { intent, ...state } = request.state;
  if (problem.outcome === "unknown") {
    return note(into(request, { ...state, ...(intent && { intent }), notBefore: later(now, SECOND_MS), problem }));
  }
  if (problem.kind === "cooldown") return leave(request, { status: "queued", until: again(problem, now) }, now);
  // A sign-in that is refused now could not switch anything on either: as with looks, it is borne for a while.
  if (!mayPass(problem) && problem.kind !== "auth") {
    return leave(request, failureOf(problem), now, { code: "snapshot_missed" });
  }
  return become(into(request, { ...state, notBefore: again(problem, now), problem }));
}

function learnPowerOn(request: RequestIn<"powering_on">, answer: Answer, now: Date): Step {
  const { problem: _, ...state } = request.state;
  if (answer.ok) return note(into(request, state));
  return missedPowerOn(request, answer.problem, now);
}

function learnRestore(request: RequestIn<"restoring">, answer: Answer, now: Date): Step {
  if (answer.ok) return answer.value ? restoreStarted(request, answer.value) : note(request);
  const { problem } = answer;
  const { intent, ...state } = request.state;
  if (problem.outcome === "unknown") {
    return note(into(request, { ...state, ...(intent && { intent }), notBefore: later(now, SECOND_MS), problem }));
  }
  // The VM was there a moment ago: what is not found is the snapshot.
  if (problem.kind === "not_found") return leave(request, failed("snapshot_gone"), now, { code: "restore_missed" });
  if (!mayPass(problem) && problem.kind !== "auth") {
    return leave(request, failureOf(problem, "restore_failed"), now, { code: "restore_missed" });
  }
  return become(into(request, { ...state, notBefore: again(problem, now), problem }));
}

function learnDelete(request: RequestIn<"deleting">, id: SnapshotId, answer: Answer, now: Date): Step {
  const snapshot = request.wish.kind === "delete" ? request.wish.snapshots.find((each) => each.id === id) : undefined;
  const name = snapshot?.name ?? id;
  if (answer.ok) return gone(request, { id, name }, { code: "deleted" });
  const { problem } = answer;
  const { asked, notBefore: _, problem: __, ...state } = request.state;
  if (problem.outcome === "unknown") return note(into(request, { ...request.state, problem }));
  // A snapshot that is not there counts as deleted; where the VM is not there, the next look says so.
  if (mayPass(problem) || problem.kind === "auth" || problem.kind === "not_found") {
    return become(into(request, { ...state, ...(asked && { asked }), notBefore: again(problem, now), problem }));
  }
  return kept(request, { id, name }, problem);
}

/** So long the list may show the old name after a yes, before the new one is asked for again. */
const LISTED_LATE_MS = 30 * SECOND_MS;

/** Whether it took effect is read off the list; a clear no ends it. */
function learnRename(request: RequestIn<"queued">, answer: Answer, now: Date): Step {
  const { why, since } = request.state;
  if (why.kind !== "renaming") return note(request);
  const { notBefore: _, problem: __, ...asked } = why;
  const lookAgain = (more: object) => note(into(request, { status: "queued", since, why: { ...asked, ...more } }));
  if (answer.ok) return lookAgain({ notBefore: later(now, LISTED_LATE_MS) });
  const { problem } = answer;
  if (problem.outcome === "unknown" || mayPass(problem) || problem.kind === "auth")
    return lookAgain({ notBefore: again(problem, now), problem });
  return leave(request, problem.kind === "not_found" ? failed("snapshot_gone") : failureOf(problem), now);
}

const again = (problem: Problem, now: Date): Date =>
  later(now, Math.min(Math.max(AGAIN_MS, problem.retryAfterMs ?? 0), LONGEST_AGAIN_MS));
