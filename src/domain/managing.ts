import type { CloudLimits, Operation, Snapshot } from "./cloud.ts";
import type { Request } from "./request.ts";
import { cooldownUntil, isFull } from "./rules.ts";

/** What has to be known of a VM's snapshots before one of them is renamed, restored or deleted. */

/** Whether a snapshot of the VM can be taken before it is set back: now, later, or not at all. */
export type SafetyRoom =
  | { kind: "now" }
  | { kind: "later"; until: Date }
  | { kind: "full"; count: number; limit: number };

export function safetyRoom(
  snapshots: readonly Snapshot[],
  operations: readonly Operation[],
  limits: CloudLimits,
  now: Date,
): SafetyRoom {
  if (isFull(snapshots, limits)) return { kind: "full", count: snapshots.length, limit: limits.snapshotsPerVm };
  const until = cooldownUntil(snapshots, operations, limits, now);
  return until ? { kind: "later", until } : { kind: "now" };
}

/** What the snapshot will be called that an open request is to take; undefined when it takes none. */
const nameToCome = ({ wish }: Request): string | undefined =>
  wish.kind === "create" || (wish.kind === "restore" && wish.safety) ? wish.name : undefined;

/** Somebody may name a snapshot that is not there yet. */
export const isToCome = (name: string, open: readonly Request[]): boolean =>
  open.some((request) => nameToCome(request) === name);

/** The cloud may list a snapshot before it is whole. */
export const isBeingMade = ({ name }: Snapshot, open: readonly Request[]): boolean =>
  open.some((request) => {
    const { state, times } = request;
    const hasBegun = state.status === "snapshotting" && (state.intent ?? state.operation) !== undefined;
    return hasBegun && !times.snapshotEnded && nameToCome(request) === name;
  });

/** Why a snapshot cannot get this name; undefined when it can. */
export function wrongName(
  name: string,
  snapshot: Snapshot,
  listed: readonly Snapshot[],
  open: readonly Request[],
  limits: CloudLimits,
): "empty" | "too_long" | "same" | "taken" | undefined {
  if (name === "") return "empty";
  if ([...name].length > limits.nameLength) return "too_long";
  if (name === snapshot.name) return "same";
  const isThere = listed.some((other) => other.id !== snapshot.id && other.name === name);
  const isWanted = open.some(({ wish }) => wish.kind === "rename" && wish.name === name);
  return isThere || isWanted || isToCome(name, open) ? "taken" : undefined;
}
