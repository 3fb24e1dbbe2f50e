import { later, SECOND_MS } from "../durations.ts";
import type { Request } from "../request.ts";
import { become, into, type Step } from "../step.ts";
import type { Line } from "../story.ts";

/** The VM is off: what it was to be off for begins. If we never asked for that, somebody else did, and it stays off. */
export function afterOff(request: Request, now: Date): Step {
  const { wish, times } = request;
  if (wish.kind === "power") return becomeOff(request, now);
  const line: Line = request.debt ? { code: "off" } : { code: "was_off" };
  const off: Request = request.debt
    ? { ...request, plan: "offline", times: { ...times, off: times.off ?? now } }
    : { ...request, plan: "stays_off" };
  return become(into(off, { status: workFor(off), since: now }), line);
}

/** An ended request that watches over the VM sees by then that this one has taken it over. */
const TAKEN_OVER_MS = 10 * SECOND_MS;

/** The VM is off although it should be on, and does not come on: this one does its work first, and owes it from here on. */
export function afterLateOff(request: Request, now: Date): Step {
  const owing = { ...request, debt: { since: now, graceUntil: now } };
  const off = { ...owing, plan: "offline" as const, times: { ...request.times, off: now } };
  const notBefore = later(now, TAKEN_OVER_MS);
  return become(into(off, { status: workFor(off), since: now, notBefore }), { code: "off" });
}

/** What comes next on a VM that is as it has to be. */
export function workFor({ wish, times }: Request): "snapshotting" | "restoring" {
  return wish.kind === "restore" && (!wish.safety || times.snapshotEnded) ? "restoring" : "snapshotting";
}

/** That was the wish; nothing is owed. */
function becomeOff(request: Request, now: Date): Step {
  const { trouble: _, ...calm } = request;
  const times = { ...calm.times, off: now };
  return become(into({ ...calm, times }, { status: "done", at: now, snapshots: [], power: "off" }), { code: "off" });
}
