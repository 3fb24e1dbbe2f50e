import type { CloudLimits, Look, Operation, Power, Snapshot } from "./cloud.ts";
import { later } from "./durations.ts";
import type { RequestId, SnapshotId, VmId, Who } from "./ids.ts";
import type { Request, State } from "./request.ts";
import type { Line } from "./story.ts";

export type Makers = ReadonlyMap<SnapshotId, { by: Who; reason?: string | undefined }>;

/** What later requests have done to a snapshot. */
export interface Fate {
  /** Its name since it was renamed. */
  name: string;
  deleted?: { by: Who; at: Date } | undefined;
  /** When the VM was last set back to it. */
  restoredAt?: Date | undefined;
}

export type TakenOver = "meanwhile" | "for_good" | undefined;

/** What was seen of the world for one decision; a field is there when `needs` asked for it. */
export interface Seen {
  /** The open request of the same VM directly before this one. */
  ahead?: { request: RequestId; by: Who } | undefined;
  /** Milliseconds that the last snapshots of this VM took, newest first. */
  past?: readonly number[];
  /** Who took which snapshot of this VM, and why. */
  makers?: Makers;
  /** Another request has the VM's power in hand: while it owes it, or since somebody has decided that it shall be off. */
  takenOver?: TakenOver;
  /** An ended request watches over this VM and no other one has it in hand: if it is off, it is about to be switched on. */
  watched?: boolean;
  /** The guest may yet obey a shutdown that somebody wished for before, and that came to nothing. */
  mayStillObey?: boolean;
  /** What has become of the snapshot that this request made, as far as our own requests have to do with it. */
  fate?: Fate | undefined;
  power?: Look<Power>;
  operation?: Look<Operation>;
  snapshots?: Look<readonly Snapshot[]>;
  operations?: Look<readonly Operation[]>;
}

/** A call with an effect on a VM or its snapshots. */
export type Call =
  | { kind: "shutdown" | "power_off" | "power_on"; vm: VmId }
  | { kind: "snapshot"; vm: VmId; name: string }
  | { kind: "restore" | "delete"; vm: VmId; snapshot: SnapshotId }
  | { kind: "rename"; vm: VmId; snapshot: SnapshotId; name: string };

/** What a call with an effect brings: the operation that it began, where it is one that takes time. */
export type Answer = Look<Operation | undefined>;

/**
 * `become` changes the row only, and `until` says that there is nothing to look at before then; `call` stores `next` (the intent)
 * and then calls the cloud.
 */
export type Step =
  | { kind: "wait"; until: Date }
  | { kind: "become"; next: Request; story: readonly Line[]; quietly: boolean; until?: Date }
  | { kind: "call"; call: Call; next: Request; story: readonly Line[] };

export interface Settings {
  /** How long a guest may take to shut down before a person is asked. */
  shutdownTimeoutMs: number;
  /** How long a card waits for somebody to choose. */
  choiceTimeoutMs: number;
  /** How long after it was made the requester of a safety snapshot is asked what shall become of it. */
  followUpMs: number;
  limits: CloudLimits;
}

export const waitUntil = (until: Date): Step => ({ kind: "wait", until });

export const wait = (now: Date, milliseconds: number): Step => waitUntil(later(now, milliseconds));

export const become = (next: Request, ...story: Line[]): Step => ({ kind: "become", next, story, quietly: false });

/** A change that no card shows by itself and that a crash may lose: a count, a percent. */
export const note = (next: Request, until?: Date): Step => ({
  kind: "become",
  next,
  story: [],
  quietly: true,
  ...(until && { until }),
});

export const into = (request: Request, state: State): Request => ({ ...request, state });
