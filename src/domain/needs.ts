import { isStuckMeanwhile } from "./approving-stuck.ts";
import { isFollowedUp } from "./decide/following-up.ts";
import { isRenaming } from "./decide/renaming.ts";
import { between, SECOND_MS } from "./durations.ts";
import { type InStatus, isOf, type Kind, type Request } from "./request.ts";
import type { Seen } from "./step.ts";

export type Need = keyof Seen;

/** What the card says of a VM was looked up when the card began to ask, and is good for so long. */
const FRESH_MS = 4 * SECOND_MS;

/** An accepted power-on that shows no effect after this is looked up. */
const EFFECT_MS = 3 * SECOND_MS;

const mayHaveFailed = ({ attempts, askedAt }: InStatus<"powering_on">, now: Date): boolean =>
  attempts > 0 && askedAt !== undefined && between(askedAt, now) >= EFFECT_MS;

const QUEUED: { readonly [K in Kind]: readonly Need[] } = {
  create: ["ahead", "watched", "past", "makers", "power", "snapshots", "operations"],
  restore: ["ahead", "watched", "past", "makers", "power", "snapshots", "operations"],
  delete: ["ahead", "snapshots", "operations"],
  rename: ["ahead", "snapshots", "makers"],
  power: ["ahead", "watched", "mayStillObey", "power", "operations"],
};

/** Before a request that owes nothing yet touches the VM, it looks whether another one has begun in the same moment. */
const others = (request: Request, isToBegin: boolean): readonly Need[] => (isToBegin && !request.debt ? ["ahead"] : []);

/** What has to be seen before the next decision, and nothing more: each look is a call to the cloud. */
export function needs(request: Request, now: Date): readonly Need[] {
  const { state } = request;
  switch (state.status) {
    case "queued":
      return isRenaming(state) ? ["snapshots", "makers"] : QUEUED[request.wish.kind];
    case "choosing":
      if (now >= state.expiresAt || between(state.since, now) < FRESH_MS) return [];
      return request.wish.kind === "power" ? ["ahead", "watched", "power"] : ["past", "power", "snapshots"];
    case "shutting_down":
      if (state.asked === "yes") return ["power"];
      return [
        ...others(request, state.asked === "no" && request.times.shutdownAsked === undefined),
        "power",
        "operations",
        "watched",
        ...(request.wish.kind === "power" ? [] : (["snapshots"] as const)),
      ];
    case "awaiting_approval":
      if (isStuckMeanwhile({ ...request, state })) return ["power"];
      return isOf(request, "create") || isOf(request, "restore") ? ["past", "power", "snapshots"] : [];
    case "shutdown_stuck":
      return ["power"];
    case "snapshotting":
      if (state.notBefore && now < state.notBefore) return [];
      if (request.times.snapshotEnded) return ["snapshots", "makers"];
      if (state.operation) return ["operation"];
      return [...others(request, !state.intent), "snapshots", "operations"];
    case "restoring":
      if (state.notBefore && now < state.notBefore) return [];
      if (request.times.restoreEnded) return ["snapshots", "makers", "power"];
      if (state.operation) return ["operation"];
      return [...others(request, !state.intent), "snapshots", "operations", "power"];
    case "deleting":
      return state.problem?.kind === "busy" ? ["ahead", "snapshots", "makers"] : ["snapshots", "makers"];
    case "powering_on":
      if (request.wish.kind === "power" && request.debt && state.attempts === 0) return ["ahead", "power"];
      if (request.debt) return mayHaveFailed(state, now) ? ["operations", "power"] : ["power"];
      if (state.ending.status !== "done") return [];
      return request.wish.kind === "power" ? ["power"] : ["snapshots", "makers"];
    case "done":
      if (request.watch) return ["takenOver", "power"];
      if (!isFollowedUp(request)) return [];
      return now < request.followUp.due ? ["fate"] : ["fate", "snapshots"];
    case "failed":
    case "cancelled":
    case "denied":
    case "expired":
      return request.watch ? ["takenOver", "power"] : [];
  }
}
