import type { Look, Operation, Problem } from "./cloud.ts";
import { becomeAsked } from "./decide/shutting-down.ts";
import { started } from "./decide/snapshotting.ts";
import { failureOf, mayPass } from "./decide/troubled.ts";
import { later, MINUTE_MS, SECOND_MS } from "./durations.ts";
import { leave } from "./endings.ts";
import { missedPowerOn } from "./missed-power-on.ts";
import type { Request, RequestIn } from "./request.ts";
import { become, type Call, into, note, type Step } from "./step.ts";

/** A call that may be repeated is repeated no sooner than this, and no later than that after an absurd Retry-After. */
const AGAIN_MS = 2 * SECOND_MS;
const LONGEST_AGAIN_MS = 10 * MINUTE_MS;

/**
 * What the answer to a call makes of the request; `undefined` when the request has meanwhile moved on, so that the answer
 * no longer concerns it.
 */
export function learn(request: Request, call: Call, answer: Look<Operation>, now: Date): Step | undefined {
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
  }
}

function learnShutdown(request: RequestIn<"shutting_down">, answer: Look<Operation>, now: Date): Step {
  const { state } = request;
  if (answer.ok) return becomeAsked(request);
  const { problem } = answer;
  if (problem.outcome === "unknown") return note(into(request, { ...state, notBefore: later(now, AGAIN_MS), problem }));
  const isSure = state.mode === "graceful" && !state.mayHaveHeard;
  const { shutdownAsked: _, ...unasked } = request.times;
  const surely: Request = { ...request, times: unasked, debt: { ...request.debt!, graceUntil: now } };
  const owing = isSure ? surely : request;
  if (!mayPass(problem)) return leave(owing, failureOf(problem), now);
  const asked = state.mayHaveHeard ? "intended" : "no";
  return become(into(owing, { ...state, asked, notBefore: again(problem, now), problem }));
}

function learnSnapshot(request: RequestIn<"snapshotting">, answer: Look<Operation>, now: Date): Step {
  if (answer.ok) return started(request, answer.value);
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

function learnPowerOn(request: RequestIn<"powering_on">, answer: Look<Operation>, now: Date): Step {
  const { problem: _, ...state } = request.state;
  if (answer.ok) return note(into(request, state));
  return missedPowerOn(request, answer.problem, now);
}

const again = (problem: Problem, now: Date): Date =>
  later(now, Math.min(Math.max(AGAIN_MS, problem.retryAfterMs ?? 0), LONGEST_AGAIN_MS));
