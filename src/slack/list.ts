import type { Vm } from "../domain/cloud.ts";
import { withMakers } from "../domain/rules.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import { section } from "../views/blocks.ts";
import { listLines } from "../views/list.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";

/** So many VMs fit into one answer, and so many calls to the cloud are fair for one command. */
const MOST_VMS = 20;

/** The snapshots of one VM, or of all that have some. */
export async function answerList(desk: Desk, query: string | undefined, from: Sender, texts: Texts): Promise<void> {
  const { answers } = texts;
  if (query !== undefined) {
    const vm = await namedVm(desk, query, from, texts, (name) => `list "${name}"`);
    if (!vm) return;
    const [text, count] = await linesFor(desk, vm, texts);
    return desk.tell(from, count === 0 ? answers.noSnapshots(vm.name) : text);
  }
  const vms = await look(() => desk.cloud.listVms());
  if (!vms.ok) return desk.tell(from, answers.cloudSilent(vms.problem.detail));
  const having = vms.value.filter((vm) => vm.snapshotCount !== 0);
  const shown = await Promise.all(having.slice(0, MOST_VMS).map((vm) => linesFor(desk, vm, texts)));
  const lists = shown.filter(([, count]) => count > 0).map(([text]) => text);
  if (lists.length === 0) return desk.tell(from, answers.noSnapshotsAtAll);
  const cut = having.length > MOST_VMS ? [answers.listCut(MOST_VMS, having.length)] : [];
  const [first = "", ...others] = [...lists, ...cut];
  await desk.tell(
    from,
    first,
    others.map((text) => section(text)),
  );
}

/** The text for one VM, and how many snapshots it has. What the cloud does not tell is said instead. */
async function linesFor({ cloud, store, clock }: Desk, vm: Vm, texts: Texts): Promise<[string, number]> {
  const [snapshots, makers] = await Promise.all([look(() => cloud.snapshots(vm.id)), store.makers(vm.id)]);
  if (!snapshots.ok) return [texts.answers.cloudSilent(snapshots.problem.detail), 1];
  const listed = withMakers(snapshots.value, makers);
  const head = texts.answers.snapshotsOf(vm.name, listed.length, cloud.limits.snapshotsPerVm);
  return [[head, ...listLines(listed, texts, clock.now())].join("\n"), listed.length];
}
