import type { Vm } from "../domain/cloud.ts";
import { writeCommand } from "../domain/command/write.ts";
import type { ListFilter } from "../domain/command.ts";
import { findVm } from "../domain/find-vm.ts";
import { listQuery } from "../domain/list-filter.ts";
import { look } from "../engine/look.ts";
import { readListQuery } from "../views/list-query.ts";
import type { Desk } from "./desk.ts";
import { type Listing, listOfAllFor } from "./list-all.ts";
import { listOfOneFor } from "./list-one.ts";
import { namedAmong } from "./named-vm.ts";
import type { Reader } from "./reader.ts";

/** The snapshots of one VM, or of all that have some. */
export async function answerList(
  desk: Desk,
  { vm: query, filter }: { vm: string | undefined; filter: ListFilter },
  reader: Reader,
): Promise<void> {
  const listing = await listed(desk, reader);
  if (!listing) return;
  if (query === undefined) return listOfAllFor(desk, listing, listQuery(filter), reader);
  const vm = await meant(desk, listing, query, filter, reader);
  if (vm) await listOfOneFor(desk, vm, listing, listQuery(filter, vm.id), reader);
}

/** Another page of an answer, in its place. The value says only what to read; everybody who may look may turn. */
export async function turnList(desk: Desk, value: string | undefined, reader: Reader): Promise<void> {
  const { from, texts } = reader;
  const query = readListQuery(value);
  if (!query) return desk.tell(from, texts.list.stale);
  const listing = await listed(desk, reader);
  if (!listing) return;
  if (query.vm === undefined) return listOfAllFor(desk, listing, query, reader);
  const vm = listing.vms.find(({ id }) => id === query.vm);
  return vm ? listOfOneFor(desk, vm, listing, query, reader) : desk.tell(from, texts.list.gone(query.vm));
}

/** As the cloud lists them now, or as it last did; when it never has, the reader is told and the result undefined. */
async function listed({ cloud, clock, tell }: Desk, { from, texts }: Reader): Promise<Listing | undefined> {
  const vms = await look(() => cloud.listVms());
  const last = cloud.lastListing();
  if (vms.ok) return { vms: vms.value, at: last?.at ?? clock.now() };
  if (last) return { ...last, problem: vms.problem };
  await tell(from, texts.answers.cloudSilent(vms.problem.detail));
  return undefined;
}

/** The VM that a word means; when that is not clear, the reader has been told. */
async function meant(
  desk: Desk,
  { vms, problem }: Listing,
  word: string,
  filter: ListFilter,
  { from, texts }: Reader,
): Promise<Vm | undefined> {
  const isNew = problem && findVm(vms, word).kind === "none"; // since the cloud last answered
  if (!isNew) return namedAmong(desk, vms, word, from, texts, (vm) => writeCommand({ kind: "list", vm, filter }));
  await desk.tell(from, texts.answers.cloudSilent(problem.detail));
  return undefined;
}
