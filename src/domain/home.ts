import type { Power, Vm } from "./cloud.ts";
import type { UserId, VmId } from "./ids.ts";
import { isOpen, type Request, type WishOf } from "./request.ts";

/** How many VMs a page of the App Home shows. */
export const VMS_PER_PAGE = 10;

/** An open request that stands still until this member decides: theirs, or one that every member may decide. */
export function needsDecisionOf(by: UserId, { state, requestedBy }: Request): boolean {
  if (state.status === "shutdown_stuck") return true;
  const isAsked = state.status === "choosing" || (state.status === "queued" && state.why.kind === "full");
  return isAsked && requestedBy.id === by;
}

/** How a VM in this state can be switched. What is under way is left alone, and what is not known is not guessed. */
export function switchingsFor(power: Power): readonly WishOf<"power">["to"][] {
  switch (power) {
    case "running":
      return ["off", "hard_off"];
    case "off":
      return ["on"];
    case "starting":
    case "stopping":
    case "unknown":
      return [];
  }
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** `web-2` before `web-10`. */
export const inOrder = (vms: readonly Vm[]): Vm[] =>
  [...vms].sort((a, b) => byName.compare(a.name, b.name) || byName.compare(a.id, b.id));

/**
 * The VMs of whose requests one has come, gone on or ended. Both are the open requests of a moment and the last ones that
 * have ended, of which the oldest drop out without meaning anything.
 */
export function changedVms(before: readonly Request[], now: readonly Request[]): ReadonlySet<VmId> {
  const standing = ({ id, state }: Request) => `${id} ${state.status}`;
  const were = new Set(before.map(standing));
  const there = new Set(now.map(({ id }) => id));
  const changed = [
    ...now.filter((request) => !were.has(standing(request))),
    ...before.filter((request) => isOpen(request) && !there.has(request.id)),
  ];
  return new Set(changed.map(({ vm }) => vm.id));
}
