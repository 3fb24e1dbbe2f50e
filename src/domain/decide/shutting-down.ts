import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { gap } from "../gap.ts";
import { isOf, type Request, type RequestIn } from "../request.ts";
import { cooldownUntil, isBusy, isFull, isListed, startedSince } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, waitUntil } from "../step.ts";
import { afterLateOff, afterOff, workFor } from "./after-off.ts";
import { askToChoose } from "./queued.ts";
import { stepAside } from "./stepping-aside.ts";
import { failureOf, valueIn } from "./troubled.ts";

/** Gets the VM off: looks whether it still may, asks the guest once, then watches the power state and nothing else. */
export function decideShuttingDown(
  request: RequestIn<"shutting_down">,
  seen: Seen,
  now: Date,
  settings: Settings,
): Step {
  const { state } = request;
  if (seen.ahead) return waitAside(request, seen.ahead, now);
  if (valueIn(seen.power) === "off") return whenOff(request, seen, now);
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

/** A watch that looked a moment ago may just be switching it on; from then on it sees that this one has it in hand. */
const SETTLED_MS = 30 * SECOND_MS;

function whenOff(request: RequestIn<"shutting_down">, seen: Seen, now: Date): Step {
  const { since, until } = request.state;
  if (!seen.watched || request.debt) return afterOff(request, now);
  const isPower = request.wish.kind === "power";
  const settled = isPower ? later(since, SETTLED_MS) : until;
  if (now < settled) return waitUntil(earlier(later(now, 2 * SECOND_MS), settled));
  return isPower ? afterOff(request, now) : afterLateOff(request, now);
}

function ask(request: RequestIn<"shutting_down">, seen: Seen, now: Date, settings: Settings): Step {
  const { state } = request;
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  if (!request.debt) {
    if (between(state.until, now) >= LONG_AFTER_MS) return askToChoose(request, now, settings);
    if (isOf(request, "restore") && !isListed(request.wish.snapshot.id, snapshots))
      return leave(request, failed("snapshot_gone"), now);
  }
  if (state.mode === "graceful" && !request.debt && workIsSnapshot(request)) {
    if (isFull(snapshots, settings.limits)) return leave(request, failed("quota"), now);
    const until = cooldownUntil(snapshots, operations, settings.limits, now);
    if (until) return leave(request, { status: "queued", until }, now);
  }
  if (state.problem && now >= state.until) return leave(request, failureOf(state.problem), now);
  if (between(state.until, now) >= LONG_AFTER_MS) return becomeStuck(request, now, true);
  if (state.notBefore && now < state.notBefore) return waitUntil(earlier(state.notBefore, state.until));
  if (state.mode === "graceful" && isBusy(operations)) {
    if (now >= state.until) return leave(request, failed("busy"), now);
    return waitUntil(earlier(later(now, 2 * SECOND_MS), state.until));
  }
  return callToShutDown(request, now, settings);
}

/** Whoever only wants the VM off lets the other one end first; the yes to more is kept while what is ahead takes a moment only. */
function waitAside(request: RequestIn<"shutting_down">, ahead: NonNullable<Seen["ahead"]>, now: Date): Step {
  const { until } = request.state;
  if (request.wish.kind === "power" || now >= until) return stepAside(request, ahead, now);
  return waitUntil(earlier(later(now, 2 * SECOND_MS), until));
}

/** So long after a shutdown should have been over, a yes to it is an old one: Shutter was away in between. */
const LONG_AFTER_MS = MINUTE_MS;

const workIsSnapshot = (request: Request): boolean =>
  request.wish.kind !== "power" && workFor(request) === "snapshotting";

/** The time until a person is asked runs from the first attempt; each attempt may be obeyed for as long. */
function callToShutDown(request: RequestIn<"shutting_down">, now: Date, settings: Settings): Step {
  const graceUntil = later(now, settings.shutdownTimeoutMs);
  const isFirst = request.state.asked === "no" && !request.state.problem;
  const until = isFirst ? graceUntil : request.state.until;
  const { notBefore: _, problem: __, ...state } = request.state;
  const next: Request = {
    ...request,
    // Somebody who only wants the VM off is owed nothing.
    ...(request.wish.kind !== "power" && {
      plan: "offline",
      debt: { since: request.debt?.since ?? now, graceUntil },
    }),
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
  if (valueIn(seen.power) === "off") return afterOff(request, now);
  return waitUntil(later(now, gap(between(request.state.since, now), true)));
}
