/** A long list by the page. */
export interface Page<T> {
  items: readonly T[];
  /** From 0. */
  page: number;
  pages: number;
}

/** A page that is not there any more gives the last one; there is always one. */
export function pageOf<T>(all: readonly T[], wanted: number, perPage: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const page = Math.min(Math.max(0, Math.trunc(wanted) || 0), pages - 1);
  return { items: all.slice(page * perPage, (page + 1) * perPage), page, pages };
}
