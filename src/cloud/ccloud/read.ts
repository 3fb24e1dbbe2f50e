import type * as domain from "../../domain/cloud.ts";
import { OperationId, SnapshotId, VmId } from "../../domain/ids.ts";
import { type Api, POWER_WORDS, plainWord, STATUS_WORDS } from "./api.ts";
import type { Begun, Server, Snapshot } from "./schemas.ts";

/** A word that is not known is data, not an error. */
export const powerOf = (word: string): domain.Power => POWER_WORDS.get(plainWord(word)) ?? "unknown";

export function vmOf(server: Server): domain.Vm {
  return {
    id: VmId.parse(server.hostname),
    name: server.custom_name?.trim() || server.hostname,
    tags: (server.tags ?? []).filter((tag) => typeof tag === "string"),
    diskGb: diskGbOf(server.disks ?? []),
    power: server.state === undefined ? "unknown" : powerOf(server.state),
    snapshotCount: server.snapshot_ids?.length,
    ...(server.project_id !== undefined && { project: server.project_id }),
    ...(server.pool !== undefined && { pool: server.pool }),
  };
}

/** No disk has a million GB, and none has fewer bytes. */
const LEAST_BYTES = 1e6;
const GIB = 2 ** 30;

/** Of two known clients one takes the figures for GB, the other for bytes. Rounded to a tenth; undefined without disks. */
function diskGbOf(disks: readonly number[]): number | undefined {
  if (disks.length === 0) return undefined;
  const gb = disks.reduce((sum, size) => sum + (size >= LEAST_BYTES ? size / GIB : size), 0);
  return Math.round(gb * 10) / 10;
}

export function snapshotOf({ id, name, created_at, size_gigabytes, live }: Snapshot): domain.Snapshot {
  return {
    id: SnapshotId.parse(id),
    name,
    createdAt: created_at,
    ...(size_gigabytes !== undefined && { sizeGb: size_gigabytes }),
    ...(live !== undefined && { live }),
  };
}

/**
 * How it stands with an operation. An unknown word is never taken for success: as long as there is no time of its end
 * it runs, since stopping to wait would switch a VM on under a running snapshot. `undefined`: it has ended in a way that
 * is not understood.
 */
export function stateOf({ status, completed_at, finished_at }: Begun): domain.Operation["state"] | undefined {
  if (status === undefined) return "running";
  return STATUS_WORDS.get(plainWord(status)) ?? (completed_at || finished_at ? undefined : "running");
}

export const isKnownStatus = ({ status }: Begun): boolean =>
  status === undefined || STATUS_WORDS.has(plainWord(status));

/** What the cloud leaves out; `kind` is what we asked for, where we did. */
export interface Otherwise {
  kind: domain.OperationKind;
  startedAt: Date;
}

/** The operation, or what it lacks. */
export function operationOf(api: Api, given: Begun, otherwise: Otherwise): domain.Operation | string {
  const fields: Record<string, unknown> = given;
  const id = api.operationId.map((field) => fields[field]).find((value) => typeof value === "string");
  if (id === undefined) return `no \`${api.operationId.join("` or `")}\``;
  const state = stateOf(given);
  if (state === undefined) return `it ended, and \`status\` is none of the known words: ${given.status?.slice(0, 40)}`;
  const word = api.operationType.map((field) => fields[field]).find((value) => typeof value === "string");
  return {
    id: OperationId.parse(id),
    kind: otherwise.kind !== "other" ? otherwise.kind : (api.kinds.get(plainWord(String(word ?? ""))) ?? "other"),
    state,
    percent: given.progress === undefined ? undefined : Math.min(100, Math.max(0, given.progress)),
    startedAt: given.started_at ?? otherwise.startedAt,
    error: given.error || undefined,
  };
}
