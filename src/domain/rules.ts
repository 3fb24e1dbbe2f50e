import type { CloudLimits, Operation, Snapshot } from "./cloud.ts";
import { later, MINUTE_MS } from "./durations.ts";
import type { SnapshotId } from "./ids.ts";
import { cut } from "./naming.ts";
import type { Expected, Facts, Listed, Request, Wish } from "./request.ts";
import type { Makers } from "./step.ts";

/**
 * When the VM may be snapshotted again; undefined when it may now. Counted from the start of its last snapshot, whether
 * that one succeeded or not, since that is what the cloud counts.
 */
export function cooldownUntil(
  snapshots: readonly Snapshot[],
  operations: readonly Operation[],
  limits: CloudLimits,
  now: Date,
): Date | undefined {
  const starts = [
    ...snapshots.map((snapshot) => snapshot.createdAt),
    ...operations.filter((operation) => operation.kind === "snapshot").map((operation) => operation.startedAt),
  ];
  if (starts.length === 0) return undefined;
  const until = later(new Date(Math.max(...starts.map(Number))), limits.cooldownMs);
  return until > now ? until : undefined;
}

export const isFull = (snapshots: readonly Snapshot[], limits: CloudLimits): boolean =>
  snapshots.length >= limits.snapshotsPerVm;

export const isListed = (id: SnapshotId, snapshots: readonly Snapshot[]): boolean =>
  snapshots.some((snapshot) => snapshot.id === id);

export const isBusy = (operations: readonly Operation[]): boolean =>
  operations.some((operation) => operation.state === "running");

/**
 * How long a snapshot of this VM will take: the mean of its last three, else the documented rate × its disk (which is an
 * upper bound, since the cloud counts used gigabytes only). Undefined when neither is known.
 */
export function expectedDuration(
  past: readonly number[],
  diskGb: number | undefined,
  limits: CloudLimits,
): Facts["expected"] {
  const last = past.slice(0, 3);
  if (last.length > 0) return { ms: last.reduce((sum, ms) => sum + ms, 0) / last.length, basis: "history" };
  return diskGb === undefined ? undefined : { ms: diskGb * limits.msPerGb, basis: "disk" };
}

/**
 * How long setting the VM back will take. Nobody documents it; writing an image back is taken to be as fast as making
 * one of the same size (clouds.md has the rate). Undefined when no size is known.
 */
export function expectedRestore(
  { sizeGb }: Snapshot,
  diskGb: number | undefined,
  limits: CloudLimits,
): Expected | undefined {
  if (sizeGb !== undefined) return { ms: sizeGb * limits.msPerGb, basis: "size" };
  return diskGb === undefined ? undefined : { ms: diskGb * limits.msPerGb, basis: "disk" };
}

/** The name itself, or with `-2`, `-3` … behind it when the VM already has one of that name. */
export function uniqueName(name: string, snapshots: readonly Snapshot[], length: number): string {
  const taken = new Set(snapshots.map((snapshot) => snapshot.name));
  if (!taken.has(name)) return name;
  for (let n = 2; ; n++) {
    const candidate = `${cut(name, length - `-${n}`.length)}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}

export const newestFirst = (snapshots: readonly Snapshot[]): Snapshot[] =>
  [...snapshots].sort((a, b) => Number(b.createdAt) - Number(a.createdAt));

/** Clocks differ, and the cloud's times have whole seconds. */
const SKEW_MS = MINUTE_MS;

/** The cloud's list with who took what and why, newest first. */
export const withMakers = (snapshots: readonly Snapshot[], makers: Makers): Listed[] =>
  newestFirst(snapshots).map((snapshot) => ({ ...snapshot, ...makers.get(snapshot.id) }));

type Trace =
  | { kind: "operation"; operation: Operation }
  | { kind: "snapshot"; snapshot: Snapshot }
  | { kind: "nothing" };

/**
 * Looks for what became of an intent to take a snapshot. A snapshot is known by its name, which is unique on its VM;
 * operations carry no name, so the newest one that started after the intent is taken for ours.
 */
export function traceOf(
  intent: { name: string; at: Date },
  operations: readonly Operation[],
  snapshots: readonly Snapshot[],
): Trace {
  const snapshot = snapshots.find((candidate) => candidate.name === intent.name);
  if (snapshot) return { kind: "snapshot", snapshot };
  const operation = startedSince(operations, "snapshot", intent.at);
  return operation ? { kind: "operation", operation } : { kind: "nothing" };
}

/** The newest operation of a kind that started after a moment, as far as two clocks can tell. */
export function startedSince(
  operations: readonly Operation[],
  kind: Operation["kind"],
  moment: Date,
): Operation | undefined {
  return operations
    .filter((operation) => operation.kind === kind && operation.startedAt >= later(moment, -SKEW_MS))
    .sort((a, b) => Number(b.startedAt) - Number(a.startedAt))[0];
}

/** Two wishes within seconds (a double click, a retyped command) are one request. */
export function isSameWish(open: Request, wish: Pick<Request, "vm" | "wish" | "requestedAt">): boolean {
  const apart = Math.abs(Number(open.requestedAt) - Number(wish.requestedAt));
  return (
    apart <= SAME_WISH_MS &&
    open.vm.id === wish.vm.id &&
    JSON.stringify(wanted(open.wish)) === JSON.stringify(wanted(wish.wish))
  );
}

/** What a wish is about: without a name that nobody gave, and without its own time. */
function wanted(wish: Wish): object {
  switch (wish.kind) {
    case "create":
      return [wish.how, wish.nameGiven && wish.name, wish.reason, wish.safety ?? false];
    case "restore":
      return [wish.kind, wish.snapshot.id, wish.safety, wish.reason];
    case "delete":
      return [wish.kind, wish.snapshots.map(({ id }) => id), wish.reason];
    case "rename":
      return [wish.kind, wish.snapshot.id, wish.name, wish.reason];
    case "power":
      return [wish.kind, wish.to, wish.reason];
  }
}

const SAME_WISH_MS = 5000;
