import { formatDistanceStrict } from "date-fns/formatDistanceStrict";
import { de } from "date-fns/locale/de";
import { enGB } from "date-fns/locale/en-GB";
import type { Vm } from "../domain/cloud.ts";
import type { ListQuery } from "../domain/list-filter.ts";
import type { Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { code, gigabytes, moment } from "../texts/format.ts";
import { HOME_CREATE_ID, LIST_DELETE_ID } from "./action-ids.ts";
import { actions, type Button, section } from "./blocks.ts";
import { pageButtons } from "./list-query.ts";
import { snapshotButtons } from "./snapshot-buttons.ts";

/** A private answer: its first line, the blocks below, and what they say in words. */
export interface Answer {
  text: string;
  more: readonly object[];
  words: readonly string[];
  /** For a Slack that does not know one of the blocks. */
  plainer?: readonly object[];
}

/** So many snapshots with their buttons fit into one message. */
export const SNAPSHOTS_PER_PAGE = 15;

/** How long ago, in words: `3 days`, or with `suffix` `3 days ago`. */
export const ageOf = (at: Date, now: Date, texts: Texts, addSuffix = false): string =>
  formatDistanceStrict(at, now, { addSuffix, locale: texts.locale === "de" ? de : enGB });

/** Date, age, size, and whether the VM ran; as far as they are known. */
export const factsOf = ({ createdAt, sizeGb, live }: Listed, texts: Texts, now: Date): string[] => [
  `${moment(createdAt)} (${ageOf(createdAt, now, texts, true)})`,
  ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, texts.locale)]),
  ...(live === undefined ? [] : [live ? texts.list.live : texts.list.offline]),
];

/** Who had it made and why, or that it was made elsewhere. */
export const makerOf = ({ by, reason }: Listed, { list }: Texts): string => (by ? list.by(by, reason) : list.elsewhere);

export interface OfOne {
  vm: Vm;
  query: ListQuery;
  /** All that fit the query, newest first. */
  fitting: readonly Listed[];
  /** How many the VM has. */
  all: number;
  limit: number;
  /** The query's filter in words; undefined without one. */
  filter: string | undefined;
  mayAct: boolean;
  now: Date;
}

/** The snapshots of one VM, each with what can be done with it. */
export function listOfOne(of: OfOne, texts: Texts): Answer {
  const { vm, fitting, query, mayAct } = of;
  const from = query.from < fitting.length ? query.from : 0;
  const page = fitting.slice(from, from + SNAPSHOTS_PER_PAGE);
  const rows = page.map((snapshot, n) => ({ snapshot, n, facts: factsOf(snapshot, texts, of.now).join(" · ") }));
  const more = rows.flatMap(({ snapshot, n, facts }) => [
    section(`*${code(snapshot.name, 255)}*`, facts, makerOf(snapshot, texts)),
    ...(mayAct ? [snapshotButtons(n, vm.id, snapshot, texts)] : []),
  ]);
  const turning = pageButtons(
    { ...query, from },
    {
      previous: from > 0 ? Math.max(0, from - SNAPSHOTS_PER_PAGE) : undefined,
      next: from + page.length < fitting.length ? from + page.length : undefined,
    },
    texts,
  );
  const below = [...(mayAct ? aboutAll(of, texts) : []), ...turning];
  const part =
    page.length < fitting.length
      ? [texts.list.part({ from: from + 1, to: from + page.length, all: fitting.length })]
      : [];
  return {
    text: [headOf(of, texts), ...part].join("\n"),
    more: [...more, ...(below.length > 0 ? [actions(...below)] : [])],
    words: rows.map(({ snapshot, facts }) => `• ${[code(snapshot.name), facts, makerOf(snapshot, texts)].join(" · ")}`),
  };
}

function headOf({ vm, fitting, all, limit, filter }: OfOne, { list, answers }: Texts): string {
  if (all === 0) return answers.noSnapshots(vm.name);
  if (filter === undefined) return list.ofVm(vm.name, all, limit);
  return fitting.length === 0
    ? list.noneFits(vm.name, all, filter)
    : list.fitting(vm.name, fitting.length, all, filter);
}

const aboutAll = ({ vm, all }: OfOne, { list }: Texts): Button[] => [
  { actionId: HOME_CREATE_ID, label: list.create, value: vm.id },
  ...(all >= 2 ? [{ actionId: LIST_DELETE_ID, label: list.deleteSeveral, value: vm.id }] : []),
];
