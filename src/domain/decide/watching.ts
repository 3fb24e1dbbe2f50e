import { between, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import type { Request } from "../request.ts";
import { become, note, type Seen, type Step, wait } from "../step.ts";
import { problemIn, valueIn } from "./troubled.ts";

/** So long after the end a guest may obey a shutdown that nobody waits for any more. */
export const WATCH_MS = 10 * MINUTE_MS;
const LOOK_MS = 5 * SECOND_MS;
const ASK_AGAIN_MS = 10 * SECOND_MS;
/** So long the cloud must not know the VM before nothing is left to watch over. */
const GONE_MS = MINUTE_MS;

/**
 * Looks after a VM whose request has ended while its guest may still shut down: "a VM that Shutter turned off comes back"
 * holds for a late one too. The watch rests while another request owes the VM its power, and ends when somebody has since
 * had it shut down; one that only waits does not matter.
 */
export function decideWatch(request: Request, watch: NonNullable<Request["watch"]>, seen: Seen, now: Date): Step {
  const { watch: _, ...over } = request;
  if (seen.takenOver === "for_good") return become(over);
  // Whoever owes it brings it back; a watch that is over by then is no more needed.
  if (seen.takenOver === "meanwhile") return now >= watch.until ? become(over) : wait(now, LOOK_MS);
  const power = valueIn(seen.power);
  if (power === "running" && watch.askedAt) return become(over, { code: "on" });
  const missingSince = problemIn(seen.power)?.kind === "not_found" ? (watch.missingSince ?? now) : undefined;
  const isGone = missingSince !== undefined && between(missingSince, now) >= GONE_MS;
  if (now >= watch.until && (!watch.askedAt || isGone)) return become(over);
  if (missingSince !== watch.missingSince) return remember(request, { ...watch, missingSince }, now);
  if (power !== "off") return wait(now, LOOK_MS);
  if (watch.askedAt && between(watch.askedAt, now) < ASK_AGAIN_MS) return wait(now, LOOK_MS);
  return {
    kind: "call",
    call: { kind: "power_on", vm: request.vm.id },
    next: { ...request, watch: { ...watch, askedAt: now } },
    story: watch.askedAt ? [] : [{ code: "went_off_late" }],
  };
}

function remember(request: Request, { missingSince, ...watch }: NonNullable<Request["watch"]>, now: Date): Step {
  return note({ ...request, watch: { ...watch, ...(missingSince && { missingSince }) } }, later(now, LOOK_MS));
}

/** The watch over a guest that was asked to shut down and has not been seen off. */
export const watchFrom = (now: Date): NonNullable<Request["watch"]> => ({ until: later(now, WATCH_MS) });
