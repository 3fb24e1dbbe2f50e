import type { OperationView } from "./operation.ts";
import type { OffPeriod } from "./power.ts";

/**
 * Milliseconds of the last complete off period in which the cloud had nothing to do for this VM: no snapshot, no boot,
 * no restore. `undefined` if the VM was never off and on again.
 */
export function excessOffMs(offPeriods: OffPeriod[], operations: OperationView[]): number | undefined {
  const last = offPeriods.findLast(({ to }) => to);
  if (!last?.to) return undefined;
  const [from, to] = [last.from.getTime(), last.to.getTime()];
  // One operation at a time: their times never overlap, so they can be added up.
  const busyMs = operations.reduce((sum, { startedAt, completedAt }) => {
    const end = Math.min(completedAt?.getTime() ?? to, to);
    return sum + Math.max(0, end - Math.max(startedAt.getTime(), from));
  }, 0);
  return to - from - busyMs;
}
