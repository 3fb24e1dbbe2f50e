import { getUnixTime, startOfSecond, subDays } from "date-fns";
import type { DemoVm } from "./demo-vm.ts";

export interface Snapshot {
  id: number;
  name: string;
  /** The start of the action that made it, in whole seconds. */
  createdAt: Date;
  sizeGb: number;
  /** Taken while the VM was running. */
  live: boolean;
  /** Where the API tells it. */
  status?: string;
}

/** Images hold the used part of a disk only; a bit more than a third is what ordinary VMs use. */
const USED_SHARE = 0.37;

export function estimatedSizeGb(diskGb: number): number {
  return Math.round(diskGb * USED_SHARE * 100) / 100;
}

/** The documented default: the VM's name followed by the Unix time. */
export function defaultName(vmName: string, at: Date): string {
  return `${vmName}-${getUnixTime(at)}`;
}

/** The snapshots that a VM has from the beginning, oldest first. */
export function firstSnapshots(seed: DemoVm, diskGb: number, now: Date, nextId: () => number): Snapshot[] {
  const given =
    typeof seed.snapshots === "object" ? seed.snapshots : daily(seed.name, seed.snapshots ?? 0, diskGb, now);
  return given
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
    .map((one) => ({ id: nextId(), ...one, createdAt: startOfSecond(one.createdAt), live: false }));
}

function daily(vmName: string, count: number, diskGb: number, now: Date) {
  return Array.from({ length: count }, (_, index) => {
    const createdAt = subDays(now, index + 1);
    return { name: defaultName(vmName, createdAt), createdAt, sizeGb: estimatedSizeGb(diskGb) };
  });
}
