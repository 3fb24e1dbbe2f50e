import type { ListQuery as Query } from "../domain/list-filter.ts";
import { ListQuery } from "../domain/list-filter.ts";
import type { Texts } from "../texts/en.ts";
import { LIST_PAGE_IDS } from "./action-ids.ts";
import type { Button } from "./blocks.ts";
import { readJson } from "./read-json.ts";

/** Buttons that turn the pages of a list; `undefined` where there is no such page. */
export function pageButtons(
  query: Query,
  { previous, next }: { previous: number | undefined; next: number | undefined },
  { list }: Texts,
): Button[] {
  const to = (from: number) => JSON.stringify({ ...query, from } satisfies Query);
  return [
    ...(previous === undefined
      ? []
      : [{ actionId: LIST_PAGE_IDS.previous, label: list.previous, value: to(previous) }]),
    ...(next === undefined ? [] : [{ actionId: LIST_PAGE_IDS.next, label: list.next, value: to(next) }]),
  ];
}

/** The query of a button; undefined when it is none of ours, or of a version that wrote it in another way. */
export const readListQuery = (value: string | undefined): Query | undefined => readJson(ListQuery, value);
