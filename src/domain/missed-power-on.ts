import type { Problem } from "./cloud.ts";
import { between, later, SECOND_MS } from "./durations.ts";
import { powerOnGap } from "./gap.ts";
import type { RequestIn } from "./request.ts";
import { become, into, type Step } from "./step.ts";

/** A VM that is owed its power is asked on at least this often, whatever the cloud wishes. */
const LONGEST_POWER_ON_MS = 30 * SECOND_MS;
/** When a VM that does not come up is worth waking somebody: so many attempts over so long. */
const LOUD = { attempts: 3, ms: 15 * SECOND_MS };

/** An attempt to switch on came to nothing: the next one is due soon, and after some of them people are told. */
export function missedPowerOn(request: RequestIn<"powering_on">, problem: Problem, now: Date): Step {
  const { state } = request;
  const tryingForMs = between(request.times.powerOnAsked ?? state.since, now);
  const pauseMs = Math.max(powerOnGap(tryingForMs), Math.min(problem.retryAfterMs ?? 0, LONGEST_POWER_ON_MS));
  const isLoud = state.loud || (state.attempts >= LOUD.attempts && tryingForMs >= LOUD.ms);
  const next = into(request, { ...state, problem, notBefore: later(now, pauseMs), loud: isLoud });
  return isLoud && !state.loud ? become(next, { code: "power_on_fails", detail: problem.detail }) : become(next);
}
