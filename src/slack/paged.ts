/** One page of a list, and where the next one begins. */
export interface Page<T> {
  items: readonly T[];
  next: string | undefined;
}

/** Slack wants less than a thousand. */
export const PAGE = 500;
const MOST_PAGES = 20;

/** A list, page by page, so far as it is read; `isWhole` says whether that is all of it. */
export async function allPages<T>(
  ask: (cursor: { cursor?: string }) => Promise<Page<T>>,
): Promise<{ items: T[]; isWhole: boolean }> {
  const items: T[] = [];
  let cursor: { cursor?: string } = {};
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await ask(cursor);
    items.push(...page.items);
    if (!page.next) return { items, isWhole: true }; // Slack's last page has an empty cursor
    cursor = { cursor: page.next };
  }
  return { items, isWhole: false };
}
