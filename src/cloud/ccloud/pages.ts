import type { z } from "zod";
import type { Paging } from "./schemas.ts";

/** 100 pages of 200: twice the VMs that any account is expected to have. */
const MOST_PAGES = 100;

/** A page by its number, or by the path and query of a link. */
export type Where = { page: number } | { path: string };

export interface Page<T> {
  items: readonly T[];
  paging: z.infer<typeof Paging>;
}

/** All items of a list, each once, in the list's order. A list that never ends is cut off after 100 pages. */
export async function readAllPages<T>(
  base: URL,
  keyOf: (item: T) => string,
  read: (where: Where) => Promise<Page<T>>,
): Promise<T[]> {
  const found = new Map<string, T>();
  let where: Where | undefined = { page: 1 };
  for (let page = 1; where && page <= MOST_PAGES; page++) {
    const { items, paging }: Page<T> = await read(where);
    const before = found.size;
    for (const item of items) found.set(keyOf(item), item);
    // A page without news is the end, whatever the links say: they may lead in a circle.
    where = found.size > before ? nextPage(base, paging, page, found.size) : undefined;
  }
  return [...found.values()];
}

/** Where the page after the given one is. When the answer does not say, the next number is tried. */
function nextPage(base: URL, { links, meta }: z.infer<typeof Paging>, page: number, found: number): Where | undefined {
  const byNumber = { page: page + 1 };
  const link = links?.pages?.next;
  if (link !== undefined) return pathBelow(base, link) ?? byNumber;
  if (links?.pages) return undefined;
  return meta?.total !== undefined && found >= meta.total ? undefined : byNumber;
}

/** Path and query of a link that stays below the base; tokens are not carried to wherever an answer says. */
function pathBelow(base: URL, link: string): { path: string } | undefined {
  const url = URL.canParse(link, base.href) ? new URL(link, base) : undefined;
  const folder = `${base.pathname.replace(/\/$/, "")}/`;
  if (url?.origin !== base.origin || !url.pathname.startsWith(folder)) return undefined;
  return { path: url.pathname.slice(folder.length - 1) + url.search };
}
