import { addMilliseconds, differenceInMilliseconds, minutesToMilliseconds } from "date-fns";
import type { Refusal } from "./refusal.ts";
import type { Snapshot } from "./snapshot.ts";

const MAX_SNAPSHOTS = 10;
const COOLDOWN_MS = minutesToMilliseconds(10);

/** The snapshots of one VM, oldest first, and the two documented limits: ten of them, and one every ten minutes. */
export class SnapshotShelf {
  #kept: { snapshot: Snapshot; listedFrom: Date }[];
  #lastStartedAt: Date | undefined;

  constructor(first: Snapshot[]) {
    this.#kept = first.map((snapshot) => ({ snapshot, listedFrom: snapshot.createdAt }));
    this.#lastStartedAt = first.at(-1)?.createdAt;
  }

  /** All there are, listed or not. */
  get all(): Snapshot[] {
    return this.#kept.map(({ snapshot }) => ({ ...snapshot }));
  }

  listed(now: Date): Snapshot[] {
    return this.#kept.filter(({ listedFrom }) => listedFrom <= now).map(({ snapshot }) => ({ ...snapshot }));
  }

  has(id: number): boolean {
    return this.#kept.some(({ snapshot }) => snapshot.id === id);
  }

  /** Why no snapshot can be started now, if so. */
  refusal(now: Date): Refusal | undefined {
    if (this.#kept.length >= MAX_SNAPSHOTS) return { refused: "snapshot_limit" };
    if (!this.#lastStartedAt) return undefined;
    const forMs = COOLDOWN_MS - differenceInMilliseconds(now, this.#lastStartedAt);
    return forMs > 0 ? { refused: "cooldown", forMs } : undefined;
  }

  /** The cooldown counts from here, whatever becomes of the snapshot. */
  noteStart(at: Date): void {
    this.#lastStartedAt = at;
  }

  add(snapshot: Snapshot, now: Date, listedInMs: number): void {
    this.#kept.push({ snapshot, listedFrom: addMilliseconds(now, listedInMs) });
  }

  /** The renamed snapshot, or `undefined` if there is none with this id. */
  rename(id: number, name: string): Snapshot | undefined {
    const kept = this.#kept.find(({ snapshot }) => snapshot.id === id);
    if (kept) kept.snapshot = { ...kept.snapshot, name };
    return kept?.snapshot;
  }

  delete(id: number): void {
    this.#kept = this.#kept.filter(({ snapshot }) => snapshot.id !== id);
  }
}
