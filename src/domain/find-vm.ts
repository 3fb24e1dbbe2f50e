import type { Vm } from "./cloud.ts";
import { folded, forMenu, nearestTo, wantedName } from "./likeness.ts";

export type Found =
  | { kind: "one"; vm: Vm }
  | { kind: "several"; vms: readonly Vm[]; more: number }
  | { kind: "none"; nearest: readonly Vm[] };

/**
 * Which VM somebody means. Only an exact name (upper and lower case are the same) is taken at its word; a tag or part of a
 * name gives a menu, even when it fits one VM only, since what follows may switch a machine off.
 */
export function findVm(vms: readonly Vm[], query: string): Found {
  const wanted = wantedName(query);
  const named = exactly(vms, query.trim(), wanted);
  if (named.length === 1) return { kind: "one", vm: named[0]! };
  const { shown, more } = forMenu(named.length > 1 ? named : matching(vms, query));
  if (shown.length > 0) return { kind: "several", vms: shown, more };
  return { kind: "none", nearest: nearestTo(vms, wanted, ({ id, name }) => (id === name ? [id] : [name, id])) };
}

/** By id first, so that a menu can always be answered. */
function exactly(vms: readonly Vm[], typed: string, wanted: string): Vm[] {
  const ways: ((vm: Vm) => boolean)[] = [
    ({ id }) => id === typed,
    ({ id }) => folded(id) === wanted,
    ({ name }) => folded(name) === wanted,
  ];
  return ways.map((isMeant) => vms.filter(isMeant)).find((fitting) => fitting.length > 0) ?? [];
}

/**
 * VMs whose name is, then begins with, then contains what was typed, each by name; an empty query fits all. Behind `tag:`
 * those with that tag, or while none is called so, with one that begins so.
 */
export function matching(vms: readonly Vm[], query: string): Vm[] {
  const wanted = wantedName(query);
  const tag = /^tag:\s*(.*)$/s.exec(wanted)?.[1];
  const tagged = tag === undefined ? [] : withTag(vms, tag);
  return tagged.length > 0 ? tagged.toSorted(byName) : withName(vms, wanted);
}

function withName(vms: readonly Vm[], wanted: string): Vm[] {
  const ranks: [is: Vm[], begins: Vm[], contains: Vm[]] = [[], [], []];
  for (const vm of vms) {
    const names = [folded(vm.name), folded(vm.id)];
    if (names.includes(wanted)) ranks[0].push(vm);
    else if (names.some((name) => name.startsWith(wanted))) ranks[1].push(vm);
    else if (names.some((name) => name.includes(wanted))) ranks[2].push(vm);
  }
  return ranks.flatMap((rank) => rank.sort(byName));
}

function withTag(vms: readonly Vm[], wanted: string): Vm[] {
  const having = (fits: (tag: string) => boolean) => vms.filter(({ tags }) => tags.some((tag) => fits(folded(tag))));
  const exact = having((tag) => tag === wanted);
  return exact.length > 0 ? exact : having((tag) => tag.startsWith(wanted));
}

const byName = (one: Vm, other: Vm): number => one.name.localeCompare(other.name);
