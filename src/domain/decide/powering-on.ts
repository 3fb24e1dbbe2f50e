import type { Problem } from "../cloud.ts";
import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, finish } from "../endings.ts";
import { gap } from "../gap.ts";
import { missedPowerOn } from "../missed-power-on.ts";
import type { Ending, Request, RequestIn } from "../request.ts";
import { startedSince } from "../rules.ts";
import { become, into, note, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import { conclude } from "./concluding.ts";
import { stepAside } from "./stepping-aside.ts";
import { problemIn, valueIn } from "./troubled.ts";
import { watchFrom } from "./watching.ts";

type PoweringOn = RequestIn<"powering_on">;

/** So long an accepted power-on may take before it is asked for again. */
const BOOT_MS = 30 * SECOND_MS;
/** When a VM that does not come up is no longer an everyday matter. */
const LOUD_MS = 3 * MINUTE_MS;
/** So often, for so long, the cloud must not know the VM before its debt is void. */
const GONE = { count: 3, ms: MINUTE_MS };

/** Pays the debt. There is no way out of here with the VM off, however long it takes and whatever the cloud answers. */
export function decidePoweringOn(request: PoweringOn, seen: Seen, now: Date, settings: Settings): Step {
  if (!request.debt) return goOn(request, request.state.ending, seen, now, settings);
  if (seen.ahead) return stepAside(request, seen.ahead, now);
  const power = valueIn(seen.power);
  if (problemIn(seen.power)?.kind === "not_found") return countMissing(request, now);
  if (request.state.missing) return forgetMissing(request);
  if (power === "running" && isSettled(request, now)) return settle(request, now);
  const mayStillBeOn = request.times.off === undefined && power !== "off";
  if (mayStillBeOn && now < request.debt.graceUntil) return lookAgain(request, now);
  if (power === "starting" && request.state.attempts > 0 && triedForMs(request, now) < LOUD_MS)
    return lookAgain(request, now);
  const missed = power === "off" ? whyWithoutEffect(request, seen) : undefined;
  if (missed) return missedPowerOn(request, missed, now);
  return switchOn(request, power === "off", now);
}

/** The VM is off although it was asked to come on: the cloud may have accepted that and failed, or never have heard it. */
function whyWithoutEffect({ state }: PoweringOn, seen: Seen): Problem | undefined {
  const operations = valueIn(seen.operations);
  if (state.problem || !state.askedAt || !operations) return undefined;
  const operation = startedSince(operations, "power_on", state.askedAt);
  if (operation && operation.state !== "failed") return undefined;
  const detail = operation?.error ?? "";
  return { kind: "operation_failed", outcome: "refused", detail };
}

/** A guest that was asked to shut down may obey late: `running` counts once it was off, or had the time to go off. */
const isSettled = (request: PoweringOn, now: Date): boolean =>
  request.times.off !== undefined || now >= request.debt!.graceUntil;

const lookAgain = (request: PoweringOn, now: Date): Step => wait(now, gap(between(request.state.since, now), true));

/** Since the first attempt; before it, a guest may have had minutes to obey. */
const triedForMs = ({ times }: PoweringOn, now: Date): number => between(times.powerOnAsked ?? now, now);

function switchOn(request: PoweringOn, isOff: boolean, now: Date): Step {
  const { state } = request;
  if (!state.loud && triedForMs(request, now) >= LOUD_MS) {
    const detail = state.problem?.detail ?? "";
    return become(into(request, { ...state, loud: true }), { code: "power_on_fails", detail });
  }
  if (state.notBefore && now < state.notBefore) {
    return waitUntil(earlier(later(now, gap(between(state.since, now), true)), state.notBefore));
  }
  // How long it was off for us is told; a VM that is switched on by wish was off before.
  const wentOff = isOff && request.wish.kind !== "power";
  const times = { powerOnAsked: now, ...request.times, ...(wentOff && { off: request.times.off ?? now }) };
  const asked: Request = {
    ...request,
    times,
    state: { ...state, attempts: state.attempts + 1, askedAt: now, notBefore: later(now, BOOT_MS) },
  };
  const isFirst = state.attempts === 0;
  const call = { kind: "power_on", vm: request.vm.id } as const;
  return { kind: "call", call, next: asked, story: isFirst ? [{ code: "power_on_asked" }] : [] };
}

function settle(request: PoweringOn, now: Date): Step {
  const { debt: _, ...paid } = request;
  const wentOff = request.times.off;
  const times = { ...request.times, ...(wentOff && { on: now }) };
  const line = { code: "on", ...(wentOff && { offMs: between(wentOff, now) }) } as const;
  const { ending } = request.state;
  const settled = { ...paid, times, ...(!wentOff && request.times.shutdownAsked && { watch: watchFrom(now) }) };
  if (ending.status === "done") return become(settled, line);
  return finish(settled, ending, now, "running", line);
}

function goOn(request: PoweringOn, ending: Ending, seen: Seen, now: Date, settings: Settings): Step {
  return ending.status === "done" ? conclude(request, seen, now, settings) : finish(request, ending, now, "running");
}

/** Only looks in a row count. */
function forgetMissing(request: PoweringOn): Step {
  const { missing: _, ...state } = request.state;
  return note(into(request, state));
}

/** A VM that is no longer there cannot be switched on; one blip of the cloud does not make it so. */
function countMissing(request: PoweringOn, now: Date): Step {
  const { state } = request;
  const missing = { count: (state.missing?.count ?? 0) + 1, since: state.missing?.since ?? now };
  if (missing.count >= GONE.count && between(missing.since, now) >= GONE.ms) {
    const { debt: _, ...void_ } = request;
    return finish(void_, failed("vm_gone"), now, undefined);
  }
  if (state.notBefore && now < state.notBefore) return waitUntil(state.notBefore);
  const notBefore = later(now, 5 * SECOND_MS);
  return note(into(request, { ...state, missing, notBefore }), notBefore);
}
