export type OperationType = "snapshot" | "restore" | "delete_snapshot" | PowerAction;
export type PowerAction = "shutdown" | "power_off" | "power_on";

/** Why an operation failed; the message is meant for people. */
export interface Failure {
  code: string;
  message: string;
}

export type End =
  | { status: "completed"; at: Date; snapshotId?: number }
  | { status: "errored"; at: Date; failure: Failure };

export interface Operation {
  readonly id: number;
  readonly type: OperationType;
  readonly startedAt: Date;
  /** From start to end if nothing goes wrong; 0 for what is done at once. */
  readonly durationMs: number;
  end?: End;
}

/** An operation as somebody who looks at it sees it. Times are exact to the millisecond. */
export interface OperationView {
  id: number;
  type: OperationType;
  status: "in-progress" | "completed" | "errored";
  /** 0 to 99 while in progress, 100 when completed, where it stopped when errored. */
  percent: number | null;
  startedAt: Date;
  completedAt: Date | undefined;
  snapshotId: number | undefined;
  error: Failure | undefined;
}

export function lookAt(operation: Operation, now: Date, withPercent: boolean): OperationView {
  const { id, type, startedAt, end } = operation;
  return {
    id,
    type,
    status: end?.status ?? "in-progress",
    percent: withPercent ? percentOf(operation, now) : null,
    startedAt,
    completedAt: end?.at,
    snapshotId: end?.status === "completed" ? end.snapshotId : undefined,
    error: end?.status === "errored" ? end.failure : undefined,
  };
}

function percentOf({ startedAt, durationMs, end }: Operation, now: Date): number {
  if (end?.status === "completed") return 100;
  const elapsedMs = (end?.at ?? now).getTime() - startedAt.getTime();
  return durationMs === 0 ? 0 : Math.min(99, Math.floor((100 * elapsedMs) / durationMs));
}
