import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { gap } from "../gap.ts";
import type { Request, RequestIn } from "../request.ts";
import { cooldownUntil, isBusy, isFull, startedSince } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, waitUntil } from "../step.ts";
import { failureOf, valueIn } from "./troubled.ts";

/** Gets the VM off: looks whether it still may, asks the guest once, then watches the power state and nothing else. */
export function decideShuttingDown(
  request: RequestIn<"shutting_down">,
  seen: Seen,
  now: Date,
  settings: Settings,
): Step {
  const { state } = request;
  if (valueIn(seen.power) === "off") return beginSnapshot(request, now);
  switch (state.asked) {
    case "no":
      return ask(request, seen, now, settings);
    case "intended":
      return lookWhetherAsked(request, seen, now, settings);
    case "yes":
      if (now >= state.until) return becomeStuck(request, now);
      return waitUntil(earlier(later(now, gap(between(state.since, now), true)), state.until));
  }
}

/** The VM is off. If we never asked for it, somebody else did, and then it is theirs to switch on. */
function beginSnapshot(request: Request, now: Date): Step {
  const next = into(request, { status: "snapshotting", since: now });
  if (!request.debt) return become({ ...next, plan: "stays_off" }, { code: "was_off" });
  return become({ ...next, plan: "offline", times: { ...request.times, off: now } }, { code: "off" });
}

function ask(request: RequestIn<"shutting_down">, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  if (state.mode === "graceful" && !request.debt) {
    if (between(state.until, now) >= LONG_AFTER_MS) return askAgain(request, now, settings);
    if (isFull(snapshots, settings.limits)) return leave(request, failed("quota"), now);
    const until = cooldownUntil(snapshots, operations, settings.limits, now);
    if (until) return leave(request, { status: "queued", until }, now);
  }
  if (state.problem && now >= state.until) return leave(request, failureOf(state.problem), now);
  if (state.notBefore && now < state.notBefore) return waitUntil(earlier(state.notBefore, state.until));
  if (state.mode === "graceful" && isBusy(operations)) {
    if (now >= state.until) return leave(request, failed("busy"), now);
    return waitUntil(earlier(later(now, 2 * SECOND_MS), state.until));
  }
  return callToShutDown(request, now, settings);
}

/** So long after a shutdown should have been over, a yes to it is an old one: Shutter was away in between. */
const LONG_AFTER_MS = MINUTE_MS;

function askAgain(request: Request, now: Date, settings: Settings): Step {
  const expiresAt = later(now, settings.choiceTimeoutMs);
  return become(into(request, { status: "choosing", since: now, expiresAt }), { code: "choose" });
}

/** The time until a person is asked runs from the first attempt; each attempt may be obeyed for as long. */
function callToShutDown(request: RequestIn<"shutting_down">, now: Date, settings: Settings): Step {
  const graceUntil = later(now, settings.shutdownTimeoutMs);
  const isFirst = request.state.asked === "no" && !request.state.problem;
  const until = isFirst ? graceUntil : request.state.until;
  const { notBefore: _, problem: __, ...state } = request.state;
  const next: Request = {
    ...request,
    plan: "offline",
    debt: { since: request.debt?.since ?? now, graceUntil },
    times: { ...request.times, shutdownAsked: now },
    state: { ...state, asked: "intended", until },
  };
  return {
    kind: "call",
    call: { kind: state.mode === "hard" ? "power_off" : "shutdown", vm: request.vm.id },
    next,
    story: [],
  };
}

/** The answer was lost: did the cloud get it? Asking the guest again does no harm, but is not done before looking. */
function lookWhetherAsked(request: RequestIn<"shutting_down">, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const kind = state.mode === "hard" ? "power_off" : "shutdown";
  const asked = startedSince(valueIn(seen.operations) ?? [], kind, request.times.shutdownAsked ?? state.since);
  if (asked) return becomeAsked(request);
  if (now >= state.until) return becomeStuck(request, now, true);
  if (state.notBefore && now < state.notBefore) return waitUntil(earlier(state.notBefore, state.until));
  return callToShutDown({ ...request, state: { ...state, mayHaveHeard: true } }, now, settings);
}

/** The cloud has the call; whether the guest obeys is another matter. */
export function becomeAsked(request: RequestIn<"shutting_down">): Step {
  const code = request.state.mode === "hard" ? "power_off_asked" : "shutdown_asked";
  return become(into(request, { ...request.state, asked: "yes" }), { code });
}

function becomeStuck(request: RequestIn<"shutting_down">, now: Date, isUnheard = false): Step {
  return become(into(request, { status: "shutdown_stuck", since: now, ...(isUnheard && { isUnheard }) }), {
    code: "stuck",
  });
}

/** A person decides; a VM that goes off after all answers the question itself. */
export function decideStuck(request: RequestIn<"shutdown_stuck">, seen: Seen, now: Date): Step {
  if (valueIn(seen.power) === "off") return beginSnapshot(request, now);
  return waitUntil(later(now, gap(between(request.state.since, now), true)));
}
