import { z } from "zod";

function count(usual: number, maximum = Number.MAX_SAFE_INTEGER) {
  return z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1).max(maximum))
    .default(usual);
}

/** The query of every list. */
export const Paged = z.strictObject({ page: count(1), per_page: count(20, 200) });
export type Paged = z.infer<typeof Paged>;

/** One page under `key`, with absolute links to its neighbours and the total. `url` is the list's, without a query. */
export function pageOf<T>(
  key: string,
  items: readonly T[],
  bodyOf: (item: T) => unknown,
  url: string,
  { page, per_page, ...filters }: Paged & Record<string, unknown>,
) {
  const last = Math.max(1, Math.ceil(items.length / per_page));
  const link = (to: number) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, String(value));
    query.set("page", String(to));
    query.set("per_page", String(per_page));
    return `${url}?${query}`;
  };
  return {
    [key]: items.slice((page - 1) * per_page, page * per_page).map(bodyOf),
    links: {
      pages: {
        ...(page > 1 && { first: link(1), prev: link(page - 1) }),
        ...(page < last && { next: link(page + 1), last: link(last) }),
      },
    },
    meta: { total: items.length },
  };
}
