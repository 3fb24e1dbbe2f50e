/** How long things take, in milliseconds of the clock's time. */
export interface Timing {
  shutdownMs: number;
  snapshotMs: number;
  bootMs: number;
  restoreMs: number;
}

export const USUAL_TIMING: Timing = { shutdownMs: 3_000, snapshotMs: 12_000, bootMs: 4_000, restoreMs: 8_000 };

/**
 * What is wrong with a VM. `snapshotFails`, `restoreFails`, `restorePowersOn`, `listsLateMs` and `bootNever` are read when
 * the action ends, `words`, `noPercent` and `listsUnfinished` at every look, the rest when the action begins.
 */
export interface Trouble {
  /** The guest does not react to a shutdown, or only so late. */
  ignoresShutdown?: boolean | { afterMs: number } | undefined;
  /** The action ends as errored; a string is its message. */
  snapshotFails?: boolean | string | undefined;
  /** The action stops at this percentage and is errored then. */
  snapshotStopsAt?: number | undefined;
  /** The same two of a restore. What is on the disk afterwards is what was on it before. */
  restoreFails?: boolean | string | undefined;
  restoreStopsAt?: number | undefined;
  /** A VM that is off is switched on by the cloud itself when its restore is complete, at once or so much later. */
  restorePowersOn?: boolean | { afterMs: number } | undefined;
  /** Deleting a snapshot is answered with this: protected, another action in progress, or locked. */
  deleteRefused?: 403 | 409 | 423 | undefined;
  /** Renaming a snapshot is answered with this: the name is taken. */
  renameRefused?: 409 | 422 | undefined;
  /** This many power_on requests (`true`: all) are answered 500 and do nothing. Counts down. */
  powerOnFails?: number | boolean | undefined;
  /** power_on is accepted and completes after the usual time, and yet the VM stays off. */
  bootNever?: boolean | undefined;
  /** `progress` is null in every answer. */
  noPercent?: boolean | undefined;
  /** A new snapshot exists but is not listed for so long. */
  listsLateMs?: number | undefined;
  /** A snapshot that is being made is listed already; a string is its `status` until then ("available" afterwards). */
  listsUnfinished?: boolean | string | undefined;
  /** A deleted snapshot is gone but stays listed for so long. */
  listsGoneLateMs?: number | undefined;
  /** Other words for the states Running and Stopped, and words of their own for Stopping and Starting. */
  words?: Record<string, string> | undefined;
}

export interface DemoVm {
  /** The hostname. */
  name: string;
  customName?: string;
  power?: "Running" | "Stopped";
  diskGb?: number;
  tags?: string[];
  /** A number stands for so many daily ones, the newest a day old. Those of the last ten minutes count as cooldown. */
  snapshots?: number | { name: string; createdAt: Date; sizeGb: number }[];
  timing?: Partial<Timing>;
  trouble?: Trouble;
}
