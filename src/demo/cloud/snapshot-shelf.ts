import { addMilliseconds, differenceInMilliseconds, minutesToMilliseconds } from "date-fns";
import type { Refusal } from "./refusal.ts";
import type { Snapshot } from "./snapshot.ts";

const MAX_SNAPSHOTS = 10;
const COOLDOWN_MS = minutesToMilliseconds(10);

/** The snapshots of one VM, oldest first, and the two documented limits: ten of them, and one every ten minutes. */
export class SnapshotShelf {
  #kept: { snapshot: Snapshot; listedFrom: Date }[];
  #gone: { snapshot: Snapshot; listedUntil: Date }[] = [];
  #making: Snapshot | undefined;
  #lastStartedAt: Date | undefined;

  constructor(first: Snapshot[]) {
    this.#kept = first.map((snapshot) => ({ snapshot, listedFrom: snapshot.createdAt }));
    this.#lastStartedAt = first.at(-1)?.createdAt;
  }

  /** All that are made, listed or not. */
  get all(): Snapshot[] {
    return this.#kept.map(({ snapshot }) => ({ ...snapshot }));
  }

  /** Also what is being made, if `unfinished` says so; a string is its `status` then. */
  listed(now: Date, unfinished: boolean | string = false): Snapshot[] {
    const told = (snapshot: Snapshot, status: string): Snapshot =>
      typeof unfinished === "string" ? { ...snapshot, status } : { ...snapshot };
    const kept = this.#kept.filter(({ listedFrom }) => listedFrom <= now);
    const gone = this.#gone.filter(({ listedUntil }) => now < listedUntil);
    const finished = [...kept, ...gone].map(({ snapshot }) => told(snapshot, "available"));
    if (gone.length > 0) finished.sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    return unfinished && this.#making ? [...finished, told(this.#making, String(unfinished))] : finished;
  }

  has(id: number): boolean {
    return this.#kept.some(({ snapshot }) => snapshot.id === id);
  }

  isMaking(id: number): boolean {
    return this.#making?.id === id;
  }

  /** Why no snapshot can be started now, if so. */
  refusal(now: Date): Refusal | undefined {
    if (this.#kept.length >= MAX_SNAPSHOTS) return { refused: "snapshot_limit" };
    if (!this.#lastStartedAt) return undefined;
    const forMs = COOLDOWN_MS - differenceInMilliseconds(now, this.#lastStartedAt);
    return forMs > 0 ? { refused: "cooldown", forMs } : undefined;
  }

  /** The cooldown counts from its creation, whatever becomes of it. */
  begin(snapshot: Snapshot): void {
    this.#making = snapshot;
    this.#lastStartedAt = snapshot.createdAt;
  }

  /** What was being made is kept, and listed in so many milliseconds. Returns its id. */
  finish(sizeGb: number, now: Date, listedInMs: number): number {
    const snapshot = { ...this.#making!, sizeGb };
    this.#making = undefined;
    this.#kept.push({ snapshot, listedFrom: addMilliseconds(now, listedInMs) });
    return snapshot.id;
  }

  /** Nothing comes of what was being made. */
  giveUp(): void {
    this.#making = undefined;
  }

  /** The renamed snapshot, or `undefined` if there is none with this id. */
  rename(id: number, name: string): Snapshot | undefined {
    const kept = this.#kept.find(({ snapshot }) => snapshot.id === id);
    if (kept) kept.snapshot = { ...kept.snapshot, name };
    return kept?.snapshot;
  }

  /** Lists have it for a while yet, if they are late. */
  delete(id: number, now: Date, listedForMs: number): void {
    const { snapshot } = this.#kept.find((one) => one.snapshot.id === id) ?? {};
    if (snapshot && listedForMs > 0) this.#gone.push({ snapshot, listedUntil: addMilliseconds(now, listedForMs) });
    this.#kept = this.#kept.filter((one) => one.snapshot.id !== id);
  }
}
