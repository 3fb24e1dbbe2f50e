import { byRequest, HistoryQuery, type Told } from "../domain/history.ts";
import type { Who } from "../domain/ids.ts";
import type { Texts } from "../texts/en.ts";
import { plain, timeOfDay } from "../texts/format.ts";
import { HISTORY_CSV_ID, HISTORY_PAGE_IDS, HISTORY_WHO_ID } from "./action-ids.ts";
import { actions, type Button } from "./blocks.ts";
import type { Answer } from "./list.ts";
import { paragraphs } from "./paragraphs.ts";
import { readJson } from "./read-json.ts";

export const LINES_PER_PAGE = 15;

/** More than the lines of one page can fill. */
const MOST_PARAGRAPHS = 40;

/** The query of a button; undefined when it is none of ours, or of a version that wrote it in another way. */
export const readHistoryQuery = (value: string | undefined): HistoryQuery | undefined => readJson(HistoryQuery, value);

const written = (query: HistoryQuery): string => JSON.stringify(query);

/** A page of the history, newest first, under a heading for each request. `hasOlder`: this is not the last page. */
export function historyPage(lines: readonly Told[], query: HistoryQuery, hasOlder: boolean, texts: Texts): Answer {
  const { history } = texts;
  const { vm, skip } = query;
  const buttons = [...turning(query, lines.length, hasOlder, texts), csvButton(query, texts)];
  if (lines.length === 0)
    return {
      text: skip > 0 ? history.noMore : history.empty(vm?.name, filterOf(query, texts)),
      more: skip > 0 ? [actions(...buttons)] : [],
      words: [],
    };
  const words = byRequest(lines).flatMap((group) => groupLines(group, texts));
  return {
    text: history.head(vm?.name, filterOf(query, texts), skip + 1, skip + lines.length),
    more: [...paragraphs(words, MOST_PARAGRAPHS).blocks, actions(...buttons)],
    words,
  };
}

function groupLines(group: readonly Told[], texts: Texts): string[] {
  const { request } = group[0]!;
  const { wish, vm, requestedBy, requestedAt } = request;
  const { history } = texts;
  return [
    history.group(history.kinds[wish.kind], vm.name, requestedBy, requestedAt),
    ...group.map(({ at, line }) => `• ${timeOfDay(at)} · ${texts.story(line)}`),
  ];
}

/** Whom and which time the query is about, in words; empty when it is about all. */
export const filterOf = ({ who, since, until }: Pick<HistoryQuery, "who" | "since" | "until">, { history }: Texts) =>
  history.filter(who?.name, since, until);

function turning(query: HistoryQuery, shown: number, hasOlder: boolean, { history }: Texts): Button[] {
  const at = (skip: number) => written({ ...query, skip });
  const newer = { actionId: HISTORY_PAGE_IDS.previous, label: history.newer };
  const older = { actionId: HISTORY_PAGE_IDS.next, label: history.older };
  return [
    ...(query.skip > 0 ? [{ ...newer, value: at(Math.max(0, query.skip - LINES_PER_PAGE)) }] : []),
    ...(hasOlder ? [{ ...older, value: at(query.skip + shown) }] : []),
  ];
}

const csvButton = (query: HistoryQuery, { history }: Texts): Button => ({
  actionId: HISTORY_CSV_ID,
  label: history.csv,
  value: written({ ...query, skip: 0 }),
});

/** So many people can be chosen from. */
const MOST_PEOPLE = 10;

/** A button for each of several people of one name. */
export function whoseLines(people: readonly Who[], query: HistoryQuery) {
  const buttons = people.slice(0, MOST_PEOPLE).map((who, index) => ({
    actionId: `${HISTORY_WHO_ID}.${index}`,
    label: plain(`${who.name} (${who.id})`),
    value: written({ ...query, who }),
  }));
  return actions(...buttons);
}
