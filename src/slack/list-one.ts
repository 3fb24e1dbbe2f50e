import type { Vm } from "../domain/cloud.ts";
import { fits, type ListQuery } from "../domain/list-filter.ts";
import { withMakers } from "../domain/rules.ts";
import { look } from "../engine/look.ts";
import { mayAct } from "../policy/rights.ts";
import { listOfOne } from "../views/list.ts";
import { listAsItWas } from "../views/list-all.ts";
import type { Desk } from "./desk.ts";
import { filterInWords, type Listing, show } from "./list-all.ts";
import type { Reader } from "./reader.ts";

/** The snapshots of one VM with their buttons. */
export async function listOfOneFor(
  desk: Desk,
  vm: Vm,
  { at }: Listing,
  query: ListQuery,
  reader: Reader,
): Promise<void> {
  const { cloud, store, clock } = desk;
  const [snapshots, makers] = await Promise.all([look(() => cloud.snapshots(vm.id)), store.makers(vm.id)]);
  const now = clock.now();
  if (!snapshots.ok && snapshots.problem.kind === "not_found")
    return desk.tell(reader.from, reader.texts.list.gone(vm.name));
  if (!snapshots.ok) {
    const span = { from: 1, to: 1, all: 1 };
    const was = { query, span, without: 0, now, vms: [vm], at, problem: snapshots.problem };
    return show(desk, listAsItWas(was, reader.texts), reader);
  }
  const listed = withMakers(snapshots.value, makers);
  const one = {
    vm,
    query,
    fitting: listed.filter((snapshot) => fits(snapshot, query, now)),
    all: listed.length,
    limit: cloud.limits.snapshotsPerVm,
    filter: await filterInWords(desk, query, reader.texts),
    mayAct: mayAct(reader.person, desk.rules().policy),
    now,
  };
  return show(desk, listOfOne(one, reader.texts), reader);
}
