import type { CloudLimits, Operation, Power, Problem, Snapshot, Vm } from "../domain/cloud.ts";
import type { OperationId, SnapshotId, VmId } from "../domain/ids.ts";

/**
 * A provider. Every call ends within a deadline of the adapter's and throws a `CloudError` when it did not do what was
 * asked; reads may be shared between callers who ask at the same time.
 */
export interface Cloud {
  readonly limits: CloudLimits;
  /** All VMs of the account; at most some seconds old, half a minute for a large account. */
  listVms(): Promise<readonly Vm[]>;
  /** The newest listing that there is, however old; undefined before the first. Asks nobody. */
  lastListing(): Listing | undefined;
  power(vm: VmId): Promise<Power>;
  /** Asks the guest to shut down. That the operation has succeeded says nothing; only the power state does. */
  shutdown(vm: VmId): Promise<Operation>;
  /** Pulls the plug. */
  powerOff(vm: VmId): Promise<Operation>;
  powerOn(vm: VmId): Promise<Operation>;
  /** Not idempotent: two calls are two snapshots. */
  startSnapshot(vm: VmId, name: string): Promise<Operation>;
  operation(vm: VmId, id: OperationId): Promise<Operation>;
  /** The latest operations of a VM, newest first. Throws `unsupported` where the cloud has no such list. */
  operations(vm: VmId): Promise<readonly Operation[]>;
  snapshots(vm: VmId): Promise<readonly Snapshot[]>;
  renameSnapshot(vm: VmId, id: SnapshotId, name: string): Promise<Snapshot>;
  /** A snapshot that is not there any more counts as deleted. */
  deleteSnapshot(vm: VmId, id: SnapshotId): Promise<void>;
  restore(vm: VmId, id: SnapshotId): Promise<Operation>;
  /** Signs in and reads one listing; for `npm run check`. */
  check(): Promise<{ vms: number }>;
}

/** All VMs as the cloud had them at a moment. */
export interface Listing {
  vms: readonly Vm[];
  at: Date;
}

export class CloudError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.detail, options);
    this.name = "CloudError";
    this.problem = problem;
  }
}
