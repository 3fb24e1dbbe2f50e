import { isStuckMeanwhile } from "./approving-stuck.ts";
import { WATCH_MS } from "./decide/watching.ts";
import { between } from "./durations.ts";
import { isOpen, type Request, type Status } from "./request.ts";
import type { TakenOver } from "./step.ts";

/** In these something is done to the VM or its snapshots. */
const ACTING: ReadonlySet<Status> = new Set<Status>([
  "shutting_down",
  "shutdown_stuck",
  "snapshotting",
  "restoring",
  "deleting",
  "powering_on",
]);

/** Also while somebody has to approve what becomes of a guest that does not obey. */
const isActing = ({ state, ...request }: Request): boolean =>
  ACTING.has(state.status) ||
  (state.status === "queued" && state.why.kind === "renaming") ||
  (state.status === "awaiting_approval" && isStuckMeanwhile({ ...request, state }));

/** Takes no longer than a call or two, and so need not wait for those that wait themselves. */
const isQuick = ({ wish }: Request): boolean =>
  wish.kind === "delete" || wish.kind === "rename" || wish.kind === "power";

/** Nobody knows whether it will ever be done; it takes its place in the line when it is approved. */
const isUnapproved = ({ state, ...request }: Request): boolean =>
  state.status === "awaiting_approval" && !isStuckMeanwhile({ ...request, state });

/** It waits for people or for room, and can go on only when those have come. */
export const onlyWaits = (request: Request): boolean => isUnapproved(request) || isAskingOrFull(request);

const isAskingOrFull = ({ state }: Request): boolean =>
  state.status === "choosing" ||
  (state.status === "queued" && (state.why.kind === "full" || state.why.kind === "cooldown"));

/**
 * The open request of the same VM that this one has to wait for: whatever acts on the VM, and while it is queued what was
 * asked for before it and needs no more approval. A quick one passes those that only wait, for people or for room: it may
 * be what they wait for.
 * `open` are the VM's open requests in the order in which they came.
 */
export function aheadOf(request: Request, open: readonly Request[]): Request | undefined {
  const acting = open.find((other) => other.id !== request.id && isActing(other));
  if (acting || request.state.status !== "queued") return acting;
  const at = open.findIndex(({ id }) => id === request.id);
  const before = open.slice(0, Math.max(0, at)).filter((other) => !isUnapproved(other));
  /** Those that only wait, and those that have to wait for one that does. */
  const heldUp = new Set<Request>();
  for (const [index, each] of before.entries()) {
    const ahead = nextBefore(each, before.slice(0, index), heldUp);
    if (onlyWaits(each) || (ahead && heldUp.has(ahead))) heldUp.add(each);
  }
  return nextBefore(request, before, heldUp);
}

const nextBefore = (request: Request, before: readonly Request[], heldUp: ReadonlySet<Request>): Request | undefined =>
  before.findLast((other) => !isQuick(request) || !heldUp.has(other));

/** Whether an ended request watches over the VM, and switches it on when it goes off. `all` are the last ones of the VM. */
export const isWatched = (all: readonly Request[]): boolean =>
  all.some((each) => !isOpen(each) && each.watch !== undefined && !takenOver(each, all));

/** Whether others have the VM's power in hand, so that a watch over it rests, or is over. */
export function takenOver(watching: Request, others: readonly Request[]): TakenOver {
  const how = others.map((other) => takesOver(other, watching));
  return how.find((each) => each === "for_good") ?? how.find((each) => each === "meanwhile");
}

/**
 * One that has the VM off for its work brings it back itself, and one that is under way may yet turn out not to have been
 * heard. One with which somebody has since had it shut down, or found it off as they wanted it, ends the watch; while it
 * is about to, the watch rests. To switch it on, a watch and a request may both try.
 */
export function takesOver(other: Request, watching: Request): TakenOver {
  if (other.id === watching.id) return undefined;
  if (other.wish.kind !== "power") return isOpen(other) && other.debt ? "meanwhile" : undefined;
  const isWatchedSince = "at" in watching.state ? watching.state.at : watching.requestedAt;
  const { state } = other;
  const foundOffAt = state.status === "done" ? state.at : undefined;
  const beginsAt = state.status === "shutting_down" ? state.since : undefined;
  const offSince = other.times.shutdownAsked ?? foundOffAt ?? beginsAt;
  const isOff = other.wish.to !== "on" && offSince !== undefined && offSince >= isWatchedSince;
  if (!isOff) return undefined;
  return isOpen(other) ? "meanwhile" : "for_good";
}

/** Whether the guest may yet obey a shutdown that somebody wished for and that came to nothing. `all` are the VM's last ones. */
export const mayStillObey = (all: readonly Request[], now: Date): boolean =>
  all.some(({ wish, state, times: { shutdownAsked } }) => {
    const isInVain = wish.kind === "power" && (state.status === "failed" || state.status === "cancelled");
    return isInVain && shutdownAsked !== undefined && between(shutdownAsked, now) < WATCH_MS;
  });
