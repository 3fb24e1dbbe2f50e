import type { Problem, Vm } from "../domain/cloud.ts";
import type { ListQuery } from "../domain/list-filter.ts";
import type { Span } from "../texts/en/list.ts";
import type { Texts } from "../texts/en.ts";
import { code, moment } from "../texts/format.ts";
import { actions, section } from "./blocks.ts";
import { type Answer, ageOf, factsOf, makerOf } from "./list.ts";
import { pageButtons } from "./list-query.ts";
import { howManyFit, listTable, type Row } from "./list-table.ts";
import { paragraphs } from "./paragraphs.ts";

/** As many VMs are asked for one page; so many calls are fair for one command. */
export const VMS_PER_PAGE = 20;

/** Of 50 blocks some are left for what stands around the list. */
const MOST_PARAGRAPHS = 40;

/** Where a list of VMs stands. */
export interface Shown {
  query: ListQuery;
  /** Which VMs are on this page, of how many. */
  span: Span;
  /** How many VMs are left out since they have no snapshots. */
  without: number;
  now: Date;
}

export interface OfAll extends Shown {
  /** The snapshots that fit the query, newest first. */
  rows: readonly Row[];
  /** VMs of this page for which the cloud did not answer. */
  silent: readonly { vm: Vm; problem: Problem }[];
  /** The query's filter in words; undefined without one. */
  filter: string | undefined;
}

/** The snapshots of several VMs as a table; as lines where Slack does not know tables. */
export function listOfAll(of: OfAll, texts: Texts): Answer {
  const { rows, now } = of;
  const { list } = texts;
  const words = rows.map(({ vm, snapshot }) =>
    [`• ${code(vm, 60)}`, code(snapshot.name, 80), ...factsOf(snapshot, texts, now), makerOf(snapshot, texts)].join(
      " · ",
    ),
  );
  const fitting = howManyFit(rows, texts, now);
  const lines = paragraphs(words, MOST_PARAGRAPHS);
  const below = [...silence(of, texts), ...turning(of, texts)];
  const cut = (left: number) => (left > 0 ? [section(list.older(left))] : []);
  const table = fitting > 0 ? [listTable(rows.slice(0, fitting), list.caption(list.vms(of.span)), texts, now)] : [];
  return {
    text: headOf(of, texts),
    more: [...table, ...cut(rows.length - fitting), ...below],
    plainer: [...lines.blocks, ...cut(lines.left), ...below],
    words: [...words, ...silenceInWords(of, texts)],
  };
}

function headOf({ rows, span, without, filter, silent }: OfAll, { list }: Texts): string {
  const vms = [list.vms(span), ...(without > 0 ? [list.without(without)] : [])].join(", ");
  if (rows.length > 0 || silent.length > 0)
    return [list.ofAll, ...(filter === undefined ? [vms] : [filter, list.lookedAt(vms)])].join(" · ");
  const none =
    filter === undefined ? `${list.allGone}: ${vms}.` : `${list.nothingFits(filter)} · ${list.lookedAt(vms)}.`;
  const wayOut = span.to < span.all ? [list.nextHelps] : filter === undefined ? [] : [list.allHelps];
  return [none, ...wayOut].join(" ");
}

const silence = (of: OfAll, texts: Texts) => silenceInWords(of, texts).map((text) => section(text));

/** So many are named. */
const NAMED = 5;

function silenceInWords({ silent }: OfAll, { list }: Texts): string[] {
  const [first] = silent;
  if (!first) return [];
  const names = silent.slice(0, NAMED).map(({ vm }) => vm.name);
  return [list.silentFor(names, silent.length - names.length, first.problem.detail)];
}

/** What the last listing says, while the cloud does not answer. */
export function listAsItWas(of: Shown & { vms: readonly Vm[]; at: Date; problem: Problem }, texts: Texts): Answer {
  const { vms, at, problem, span, now } = of;
  const { list } = texts;
  const words = vms.map(({ name, power, snapshotCount }) => `• ${list.vmThen(name, power, snapshotCount)}`);
  const known = list.lastKnown(ageOf(at, now, texts, true), moment(at), problem.detail);
  return {
    text: [known, `*${list.vms(span)}*`].join("\n"),
    more: [...paragraphs(words, MOST_PARAGRAPHS).blocks, ...turning(of, texts)],
    words,
  };
}

function turning({ query, span }: Shown, texts: Texts) {
  const previous = span.from > 1 ? Math.max(0, span.from - 1 - VMS_PER_PAGE) : undefined;
  const buttons = pageButtons(query, { previous, next: span.to < span.all ? span.to : undefined }, texts);
  return buttons.length > 0 ? [actions(...buttons)] : [];
}
