import { z } from "zod";
import { arg, Refused } from "./method.ts";

/** How lists are asked for by the page. */
export const pageArgs = { cursor: z.string().optional(), limit: arg.count };

/** One page, and where the next one begins: an empty cursor when there is none. */
export function pageOf<T>(
  all: readonly T[],
  { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number | undefined },
) {
  const start = cursor ? Number(Buffer.from(cursor, "base64").toString("utf8").replace("offset:", "")) : 0;
  if (!Number.isInteger(start) || start > all.length) throw new Refused("invalid_cursor");
  const end = start + limit;
  const next_cursor = end < all.length ? Buffer.from(`offset:${end}`).toString("base64") : "";
  return { items: all.slice(start, end), response_metadata: { next_cursor } };
}
