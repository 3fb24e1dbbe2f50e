import type { Snapshot } from "./cloud.ts";
import { folded, forMenu, nearestTo, wantedName } from "./likeness.ts";

export type FoundSnapshot<S extends Snapshot = Snapshot> =
  | { kind: "one"; snapshot: S }
  | { kind: "several"; snapshots: readonly S[]; more: number }
  | { kind: "none"; nearest: readonly S[] };

const newestFirst = (one: Snapshot, other: Snapshot): number => Number(other.createdAt) - Number(one.createdAt);

/** What people say for the newest snapshot. */
const NEWEST: ReadonlySet<string> = new Set(
  "latest newest last neueste neuester neuestes neuesten letzte letzter letztes letzten".split(" "),
);

/**
 * Which snapshot of a VM somebody means. Only an id or a whole name that no other one has is taken at its word: what
 * follows may replace or delete data. All else gives a menu, newest first.
 */
export function findSnapshot<S extends Snapshot>(snapshots: readonly S[], query: string): FoundSnapshot<S> {
  const wanted = wantedName(query);
  const called = exactly(snapshots, query.trim(), wanted);
  if (called.length === 1) return { kind: "one", snapshot: called[0]! };
  const { shown, more } = forMenu(called.length > 1 ? called.toSorted(newestFirst) : fitting(snapshots, wanted));
  if (shown.length > 0) return { kind: "several", snapshots: shown, more };
  return { kind: "none", nearest: nearestTo(snapshots, wanted, ({ name }) => [name]) };
}

/** By id first, so that a menu can always be answered; then by name as it is written, then in any case. */
function exactly<S extends Snapshot>(snapshots: readonly S[], typed: string, wanted: string): S[] {
  const byId = snapshots.filter(({ id }) => id === typed);
  const asWritten = byId.length > 0 ? byId : snapshots.filter(({ name }) => name === typed);
  return asWritten.length > 0 ? asWritten : snapshots.filter(({ name }) => folded(name) === wanted);
}

/** Those whose name contains what was typed; and the newest of all where that was said. */
function fitting<S extends Snapshot>(snapshots: readonly S[], wanted: string): S[] {
  const sorted = snapshots.toSorted(newestFirst);
  const newest = NEWEST.has(wanted) ? sorted.slice(0, 1) : [];
  return [...new Set([...newest, ...sorted.filter(({ name }) => folded(name).includes(wanted))])];
}
