import type { Trouble } from "./demo-vm.ts";
import type { Failure } from "./operation.ts";
import type { Phase } from "./power.ts";

/** What is `undefined` in `more` goes away. */
export function mergeTrouble(trouble: Trouble, more: Trouble): Trouble {
  return Object.fromEntries(Object.entries({ ...trouble, ...more }).filter(([, value]) => value !== undefined));
}

/** The power in the API's words. Without words of its own a VM runs until it is off, and is off until it runs. */
export function stateWord({ words = {} }: Trouble, phase: Phase, power: "Running" | "Stopped"): string {
  return words[phase] ?? words[power] ?? power;
}

/** When the guest goes off after it was asked; `undefined` for never. */
export function guestOffInMs({ ignoresShutdown }: Trouble, usualMs: number): number | undefined {
  if (typeof ignoresShutdown === "object") return ignoresShutdown.afterMs;
  return ignoresShutdown ? undefined : usualMs;
}

/** When a snapshot that is started now breaks off; `undefined` if it does not. Rounded up, so the percentage is reached. */
export function breaksOffInMs({ snapshotStopsAt }: Trouble, snapshotMs: number): number | undefined {
  return snapshotStopsAt === undefined ? undefined : Math.ceil((snapshotMs * snapshotStopsAt) / 100);
}

export function snapshotFailure({ snapshotFails }: Trouble, brokeOff: boolean): Failure | undefined {
  if (!snapshotFails && !brokeOff) return undefined;
  const message = typeof snapshotFails === "string" ? snapshotFails : "The storage could not finish the snapshot.";
  return { code: "snapshot_failed", message };
}

/** The trouble that is left after one more power_on has failed. */
export function oneFailureLess(trouble: Trouble): Trouble {
  const left = trouble.powerOnFails;
  return typeof left === "number" ? mergeTrouble(trouble, { powerOnFails: left > 1 ? left - 1 : undefined }) : trouble;
}
