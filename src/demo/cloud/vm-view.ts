import type { Trouble } from "./demo-vm.ts";
import type { OperationView } from "./operation.ts";
import type { OffPeriod } from "./power.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Vm } from "./vm.ts";

/** The truth about a VM at one moment. */
export interface VmView {
  name: string;
  /** Whatever word the API uses for it. */
  power: "Running" | "Stopped";
  /** All there are, listed or not, oldest first. */
  snapshots: Snapshot[];
  /** Newest first. */
  operations: OperationView[];
  /** Oldest first. A VM that was off from the beginning is off from the cloud's start. */
  offPeriods: OffPeriod[];
  /** How often the power was cut while the VM was on. */
  hardPowerOffs: number;
  trouble: Trouble;
  /** The snapshot that is on its disk since the last complete restore. */
  restoredFrom: number | undefined;
}

export function viewOf(vm: Vm): VmView {
  const { name, power, snapshots, operations, offPeriods, hardPowerOffs, trouble, restoredFrom } = vm;
  return { name, power, snapshots, operations, offPeriods, hardPowerOffs, trouble, restoredFrom };
}
