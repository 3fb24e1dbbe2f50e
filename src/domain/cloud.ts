import { z } from "zod";
import { OperationId, SnapshotId, type VmId } from "./ids.ts";

/** What a VM's power state means to us. A word of the cloud that we do not know is `unknown`: data, not an error. */
export const Power = z.enum(["running", "off", "starting", "stopping", "unknown"]);
export type Power = z.infer<typeof Power>;

export interface Vm {
  id: VmId;
  /** What people call it; the display name where the cloud has one, else the id. */
  name: string;
  tags: readonly string[];
  diskGb: number | undefined;
  /** As of the listing; the power state that decides is read for the one VM. */
  power: Power;
  /** How many snapshots the listing says there are; undefined when it does not say. */
  snapshotCount: number | undefined;
  /** Where the cloud says so, for rules about who may do what. */
  project?: string;
  pool?: string;
}

export const Snapshot = z.object({
  id: SnapshotId,
  name: z.string(),
  createdAt: z.coerce.date(),
  sizeGb: z.number().optional(),
  live: z.boolean().optional(),
});
export type Snapshot = z.infer<typeof Snapshot>;

export type OperationKind = "shutdown" | "power_off" | "power_on" | "snapshot" | "restore" | "delete" | "other";

/** The cloud's own running task. */
export interface Operation {
  id: OperationId;
  kind: OperationKind;
  state: "running" | "succeeded" | "failed";
  /** 0 to 100, only when the cloud reports it. */
  percent: number | undefined;
  startedAt: Date;
  /** The cloud's own words, meant for people; undefined when it gives none. */
  error: string | undefined;
}

/** The same operation as the row keeps it. */
export const OperationRef = z.object({ id: OperationId, startedAt: z.coerce.date() });
export type OperationRef = z.infer<typeof OperationRef>;

export const PROBLEM_KINDS = [
  "auth",
  "forbidden",
  "not_found",
  "busy",
  "quota",
  "cooldown",
  "rate_limited",
  "invalid",
  "unsupported",
  "protected",
  "transient",
  "operation_failed",
  "protocol",
] as const;

/**
 * Why a call to the cloud did not do what was wanted, sorted by what to do next.
 * `outcome`: `not_sent` nothing reached the cloud · `refused` the cloud said no, nothing changed · `unknown` it may have
 * taken effect, so never ask again before looking.
 */
export const Problem = z.object({
  kind: z.enum(PROBLEM_KINDS),
  outcome: z.enum(["not_sent", "refused", "unknown"]),
  /** For people; the cloud's words where it gave some. Never holds a secret. */
  detail: z.string(),
  retryAfterMs: z.number().optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What a read brought: the thing, or why it could not be had. */
export type Look<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** What the provider documents and what is checked on our side before any call. */
export interface CloudLimits {
  snapshotsPerVm: number;
  /** Least time between the starts of two snapshots of one VM. */
  cooldownMs: number;
  /** Documented rate, used while a VM has no history of its own. */
  msPerGb: number;
  nameLength: number;
}
