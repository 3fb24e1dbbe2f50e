import { distance } from "fastest-levenshtein";
import type { Vm } from "./cloud.ts";

export type Found =
  | { kind: "one"; vm: Vm }
  | { kind: "several"; vms: readonly Vm[]; more: number }
  | { kind: "none"; nearest: readonly Vm[] };

/** As many as a menu in a message can hold and a person can read. */
const MENU = 10;

/**
 * Which VM somebody means. Only an exact name (upper and lower case are the same) is taken at its word; part of a name
 * gives a menu, even when it fits one VM only, since what follows may switch a machine off.
 */
export function findVm(vms: readonly Vm[], query: string): Found {
  const wanted = query.trim().toLowerCase();
  const exact = vms.filter((vm) => vm.id.toLowerCase() === wanted);
  const named = exact.length > 0 ? exact : vms.filter((vm) => vm.name.toLowerCase() === wanted);
  if (named.length === 1) return { kind: "one", vm: named[0]! };
  const fitting = named.length > 1 ? named : matching(vms, query);
  if (fitting.length > 0)
    return { kind: "several", vms: fitting.slice(0, MENU), more: Math.max(0, fitting.length - MENU) };
  return { kind: "none", nearest: nearest(vms, wanted) };
}

/** VMs whose name begins with, then contains, what was typed; by name. An empty query fits all. */
export function matching(vms: readonly Vm[], query: string): Vm[] {
  const wanted = query.trim().toLowerCase();
  const rank = (vm: Vm): number => {
    const names = [vm.name.toLowerCase(), vm.id.toLowerCase()];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : 2;
  };
  return vms
    .map((vm) => ({ vm, rank: rank(vm) }))
    .filter(({ rank: r }) => r < 2)
    .sort((a, b) => a.rank - b.rank || a.vm.name.localeCompare(b.vm.name))
    .map(({ vm }) => vm);
}

function nearest(vms: readonly Vm[], wanted: string): Vm[] {
  if (wanted.length > 100) return [];
  const most = Math.max(2, Math.ceil(wanted.length / 3));
  return vms
    .map((vm) => ({ vm, apart: distance(vm.name.toLowerCase(), wanted) }))
    .filter(({ apart }) => apart <= most)
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ vm }) => vm);
}
