import { switchingsFor } from "../domain/home.ts";
import { code, plain } from "../texts/format.ts";
import { CREATE_VM_ID, HOME_CREATE_ID, HOME_IDS } from "./action-ids.ts";
import {
  actions,
  type Button,
  context,
  controls,
  header,
  OPTION_VALUE_LENGTH,
  option,
  search,
  section,
} from "./blocks.ts";
import type { HomeBrush } from "./home.ts";
import { headline } from "./home-requests.ts";
import type { VmSight, VmsSight } from "./home-sight.ts";
import { snapshotButtons } from "./snapshot-buttons.ts";
import { snapshotLines } from "./snapshot-lines.ts";
import { vmButton } from "./vm-buttons.ts";
import { vmLabel } from "./vm-menu.ts";

/** Slack has no room for more in one view; no VM has so many as long as the cloud keeps its own limit. */
const MOST_SNAPSHOTS = 12;

/** The VMs by the page, or the one that was searched for with all its snapshots. */
export function vmBlocks(vms: VmsSight, brush: HomeBrush): object[] {
  const { texts } = brush;
  const { home } = texts;
  const title = [header(home.vmsTitle), ...warning(vms, brush)];
  if (!vms.seenAt) return title;
  if (vms.count === 0) return [...title, section(texts.answers.noVms)];
  const seen = vms.isSilent ? [] : [context(home.seen(vms.seenAt))];
  if (vms.chosen) return [...title, searchRow(vms, brush), ...chosenBlocks(vms.chosen, brush), ...seen];
  return [
    ...title,
    searchRow(vms, brush),
    ...vms.rows.flatMap((row) => vmRow(row, brush)),
    ...pages(vms, brush),
    ...seen,
  ];
}

function warning({ seenAt, isSilent }: VmsSight, { texts: { home } }: HomeBrush): object[] {
  if (!seenAt) return [section(home.silent)];
  return isSilent ? [section(home.silentSince(seenAt))] : [];
}

/** The block's id changes with what is chosen: under the same one Slack would keep showing what was chosen before. */
function searchRow({ chosen }: VmsSight, { texts: { home } }: HomeBrush): object {
  if (!chosen) return controls("home.search", search(CREATE_VM_ID, home.search));
  const { id, sight } = chosen;
  const isOffered = id.length <= OPTION_VALUE_LENGTH;
  const shown = isOffered ? option(sight ? vmLabel(sight.vm) : plain(id), id) : undefined;
  return controls(`home.search/${id}`, search(CREATE_VM_ID, home.search, shown), {
    actionId: HOME_IDS.all,
    label: home.all,
    value: "all",
  });
}

function chosenBlocks({ id, sight }: NonNullable<VmsSight["chosen"]>, brush: HomeBrush): object[] {
  const { texts, mayAct } = brush;
  if (!sight) return [section(texts.home.gone(id))];
  const all = sight.snapshots ?? [];
  const shown = all.slice(0, MOST_SNAPSHOTS);
  const lines = snapshotLines(shown, texts);
  return [
    ...vmRow(sight, brush),
    ...shown.flatMap((snapshot, n) => [
      section(lines[n]!),
      ...(mayAct ? [snapshotButtons(FIRST_BLOCK + n, id, snapshot, texts)] : []),
    ]),
    ...(all.length > shown.length ? [context(texts.answers.more(all.length - shown.length))] : []),
  ];
}

/** Blocks of decisions, which come before, have the numbers below. */
const FIRST_BLOCK = 100;

function vmRow(sight: VmSight, brush: HomeBrush): object[] {
  return [section(...vmLines(sight, brush)), vmButtons(sight, brush)];
}

function vmLines({ vm, power, snapshots, oldSince, request }: VmSight, brush: HomeBrush): string[] {
  const { home } = brush.texts;
  const count = snapshots?.length ?? vm.snapshotCount;
  const newest = snapshots?.[0];
  const head = [
    `*${code(vmLabel(vm))}*`,
    home.power(power),
    ...(count === undefined ? [] : [home.count(count, brush.limits.snapshotsPerVm)]),
    ...(newest ? [home.last(newest.createdAt)] : []),
  ].join(" · ");
  return [
    head,
    ...(request ? [headline(request, brush)] : []),
    ...(snapshots ? [] : [home.untold]),
    ...(oldSince ? [home.untoldSince(oldSince)] : []),
    ...(vm.tags.length > 0 ? [home.tags(vm.tags.slice(0, MOST_TAGS))] : []),
  ];
}

const MOST_TAGS = 10;

/** What makes sense for the VM as it is. While a request has it in hand, it is not switched from here. */
function vmButtons({ vm, power, request }: VmSight, { texts, mayAct }: HomeBrush): object {
  const { home } = texts;
  const spoken = (button: Button): Button => ({ ...button, spoken: `${button.label} ${vmLabel(vm)}` });
  const list = spoken({ actionId: HOME_IDS.list, label: home.list, value: vm.id });
  if (!mayAct) return actions(list);
  const switches = request ? [] : switchingsFor(power).map((to) => spoken(vmButton(to, vm.name, vm.id, texts)));
  return actions(spoken({ actionId: HOME_CREATE_ID, label: home.snapshot, value: vm.id }), list, ...switches);
}

function pages({ page, pages: all, count }: VmsSight, { texts: { home } }: HomeBrush): object[] {
  if (all === 1) return [];
  const to = (actionId: string, label: string, target: number): Button[] =>
    target >= 0 && target < all ? [{ actionId, label, value: String(target) }] : [];
  return [
    context(home.page(page + 1, all, count)),
    actions(...to(HOME_IDS.previous, home.previous, page - 1), ...to(HOME_IDS.next, home.next, page + 1)),
  ];
}
