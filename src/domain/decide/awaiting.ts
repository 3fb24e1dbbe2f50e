import { isStuckMeanwhile, stuckAgain } from "../approving-stuck.ts";
import { between, earlier, later } from "../durations.ts";
import { gap } from "../gap.ts";
import type { RequestIn } from "../request.ts";
import { become, into, type Seen, type Settings, type Step, waitUntil } from "../step.ts";
import { afterOff } from "./after-off.ts";
import { changedFacts, pauseMs } from "./choosing.ts";
import { valueIn } from "./troubled.ts";

type Awaiting = RequestIn<"awaiting_approval">;

/** Waits for people to approve, tells them what it costs, reminds them, and ends when they do not; a VM that hangs is left to whoever looks after it. */
export function decideAwaiting(request: Awaiting, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  if (isStuckMeanwhile(request) && valueIn(seen.power) === "off") return afterOff(request, now);
  if (now >= state.expiresAt) return expire(request, now);
  if (state.remindAt && now >= state.remindAt) return remind(request, now);
  const next = state.remindAt ? earlier(state.remindAt, state.expiresAt) : state.expiresAt;
  if (!isStuckMeanwhile(request)) {
    if (seen.power === undefined) return waitUntil(next);
    const look = later(now, pauseMs(between(state.since, now)));
    return changedFacts(request, seen, now, settings) ?? waitUntil(earlier(look, next));
  }
  return waitUntil(earlier(next, later(now, gap(between(state.since, now), true))));
}

function expire(request: Awaiting, now: Date): Step {
  if (isStuckMeanwhile(request))
    return become(into(request, stuckAgain(request.state, now)), { code: "approval_expired" });
  return become(into(request, { status: "expired", at: now, isUnapproved: true }), { code: "approval_expired" });
}

function remind(request: Awaiting, now: Date): Step {
  const { remindAt: _, ...state } = request.state;
  const next = state.terms.remindMs === undefined ? undefined : later(now, state.terms.remindMs);
  const again = next && next < state.expiresAt ? { remindAt: next } : {};
  return become(into(request, { ...state, ...again }), { code: "approval_reminder", until: state.expiresAt });
}
