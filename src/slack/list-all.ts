import type { Problem, Vm } from "../domain/cloud.ts";
import { fits, isFiltered, type ListQuery } from "../domain/list-filter.ts";
import type { Listed } from "../domain/request.ts";
import { withMakers } from "../domain/rules.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import type { Answer } from "../views/list.ts";
import { listAsItWas, listOfAll, VMS_PER_PAGE } from "../views/list-all.ts";
import { howManyFit } from "../views/list-table.ts";
import type { Desk } from "./desk.ts";
import { nameOf, type Reader } from "./reader.ts";

/** The account's VMs as the cloud said at a moment; with a problem it is the last that is known. */
export interface Listing {
  vms: readonly Vm[];
  at: Date;
  problem?: Problem;
}

/** A page of VMs with their snapshots. Only the VMs of the page are asked for theirs. */
export async function listOfAllFor(desk: Desk, listing: Listing, query: ListQuery, reader: Reader): Promise<void> {
  const { from, texts } = reader;
  const having = listing.vms
    .filter((vm) => vm.snapshotCount !== 0)
    .sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id));
  if (having.length === 0 && !listing.problem) return desk.tell(from, texts.list.noSnapshotsAtAll);
  const begin = query.from < having.length ? query.from : 0;
  const page = having.slice(begin, begin + VMS_PER_PAGE);
  const now = desk.clock.now();
  const shown = (count: number) => ({
    query: { ...query, from: begin },
    span: { from: begin + 1, to: begin + count, all: having.length },
    without: listing.vms.length - having.length,
    now,
  });
  const looks = listing.problem ? [] : await Promise.all(page.map((vm) => snapshotsOf(desk, vm)));
  const problem = listing.problem ?? (looks.every((each) => each.problem) ? looks[0]?.problem : undefined);
  if (problem)
    return show(desk, listAsItWas({ ...shown(page.length), vms: page, at: listing.at, problem }, texts), reader);
  const wanted = looks.map((each) => ({
    ...each,
    listed: each.listed.filter((snapshot) => fits(snapshot, query, now)),
  }));
  const kept = wanted.slice(0, asManyAsFit(wanted, texts, now));
  const all = {
    ...shown(kept.length),
    rows: rowsOf(kept).sort((a, b) => Number(b.snapshot.createdAt) - Number(a.snapshot.createdAt)),
    silent: kept.flatMap(({ vm, problem }) => (problem ? [{ vm, problem }] : [])),
    filter: await filterInWords(desk, query, texts),
  };
  return show(desk, listOfAll(all, texts), reader);
}

interface Looked {
  vm: Vm;
  listed: readonly Listed[];
  problem?: Problem;
}

async function snapshotsOf({ cloud, store }: Desk, vm: Vm): Promise<Looked> {
  const [snapshots, makers] = await Promise.all([look(() => cloud.snapshots(vm.id)), store.makers(vm.id)]);
  if (snapshots.ok) return { vm, listed: withMakers(snapshots.value, makers) };
  return { vm, listed: [], ...(snapshots.problem.kind !== "not_found" && { problem: snapshots.problem }) };
}

const rowsOf = (looked: readonly Looked[]) =>
  looked.flatMap(({ vm, listed }) => listed.map((snapshot) => ({ vm: vm.name, snapshot })));

/** How many VMs, from the first, one table can hold with all their snapshots; the others come on the next page. */
function asManyAsFit(looked: readonly Looked[], texts: Texts, now: Date): number {
  let room = howManyFit(rowsOf(looked), texts, now);
  const tooMuch = looked.findIndex(({ listed }) => {
    room -= listed.length;
    return room < 0;
  });
  return tooMuch < 0 ? looked.length : Math.max(1, tooMuch);
}

/** Numbers in names count as numbers, as people sort them. */
const { compare } = new Intl.Collator("en", { numeric: true });

/** What is looked for, in words; undefined when it is everything. */
export async function filterInWords(desk: Desk, query: ListQuery, { list }: Texts): Promise<string | undefined> {
  const { by, why, olderMs, newerMs } = query;
  if (!isFiltered(query)) return undefined;
  const name = by && ("id" in by ? await nameOf(desk, by.id) : by.name);
  return list.filter(name, why, olderMs, newerMs);
}

export const show = ({ tell }: Desk, { text, more, words, plainer }: Answer, { from, turns }: Reader): Promise<void> =>
  tell(from, text, more, { words, plainer, replaces: turns });
