import type { Power, Snapshot } from "../domain/cloud.ts";
import { inOrder } from "../domain/home.ts";
import type { VmId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cloud, Listing } from "../ports/cloud.ts";
import type { Log } from "../ports/log.ts";
import { look } from "./look.ts";
import { type Recollection, recollectionOf } from "./recollection.ts";

/** The cloud as those see it who look without waiting long: what it has last said, shared by all of them. */
export interface CloudSights {
  /** All VMs, by name. */
  readonly vms: Recollection<Listing>;
  snapshots(vm: VmId): Recollection<readonly Snapshot[]>;
  power(vm: VmId): Recollection<Power>;
  /** Something has been done with the VM: what was seen of it holds no longer. */
  outdate(vm: VmId): void;
  /** Since when the listing does not say how this VM is; undefined when it does. */
  changedAt(vm: VmId): Date | undefined;
}

/** So many VMs are remembered, the last ones that were looked at. */
const MOST_VMS = 500;

/** `onNews`: something has come for which nobody waited any more. */
export function createCloudSights(deps: { clock: Clock; cloud: Cloud; log: Log }, onNews: () => void): CloudSights {
  const { clock, cloud, log } = deps;
  const events = {
    onLate: onNews,
    onError: (error: unknown) => log.error("the cloud could not be looked at", { error: String(error) }),
  };
  const snapshots = new Map<VmId, Recollection<readonly Snapshot[]>>();
  const powers = new Map<VmId, Recollection<Power>>();
  const changes = new Map<VmId, Date>();

  /** What the cloud gives may be some seconds old already. */
  async function listing(): Promise<Listing> {
    const vms = await cloud.listVms();
    return { vms: inOrder(vms), at: cloud.lastListing()?.at ?? clock.now() };
  }

  return {
    vms: recollectionOf(clock, () => look(listing), events),
    snapshots: (vm) => kept(snapshots, vm, () => recollectionOf(clock, () => look(() => cloud.snapshots(vm)), events)),
    power: (vm) => kept(powers, vm, () => recollectionOf(clock, () => look(() => cloud.power(vm)), events)),
    outdate(vm) {
      snapshots.get(vm)?.outdate();
      powers.get(vm)?.outdate();
      changes.delete(vm);
      changes.set(vm, clock.now());
      if (changes.size > MOST_VMS) changes.delete(changes.keys().next().value!);
    },
    changedAt: (vm) => changes.get(vm),
  };
}

/** What is there, or what is made; the least recently used goes when there are too many. */
function kept<V>(all: Map<VmId, V>, vm: VmId, make: () => V): V {
  const value = all.get(vm) ?? make();
  all.delete(vm);
  all.set(vm, value);
  if (all.size > MOST_VMS) all.delete(all.keys().next().value!);
  return value;
}
