import { sql, type Transaction } from "kysely";
import { addLines } from "./events.ts";
import type { Tables } from "./tables.ts";

/**
 * Removes the oldest rows of the audit, and writes down up to which. It stops at the first row that has to stay, so that
 * what is kept is a chain without a gap.
 */
export async function prune(trx: Transaction<Tables>, before: Date, at: Date, most: number): Promise<number> {
  const first = await trx.selectFrom("events").select("id").orderBy("id").limit(1).executeTakeFirst();
  if (!first) return 0;
  const end = Math.min((await firstToStay(trx, before)) ?? Number.MAX_SAFE_INTEGER, first.id + most);
  const last = await trx
    .selectFrom("events")
    .select(["id", "hash"])
    .where("id", "<", end)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!last) return 0;
  // First the row, which is chained to the newest one: that may be among those that go.
  await addLines(trx, at.getTime(), [{ line: { code: "pruned", upTo: last.id, hash: last.hash } }]);
  const { numDeletedRows } = await trx.deleteFrom("events").where("id", "<=", last.id).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Read from the front, so that no more rows are looked at than go. */
async function firstToStay(trx: Transaction<Tables>, before: Date): Promise<number | undefined> {
  const row = await trx
    .selectFrom("events")
    .select("events.id")
    .where((eb) =>
      eb.or([
        eb("events.at", ">=", before.getTime()),
        eb("events.told", "=", 0),
        eb.exists(
          eb
            .selectFrom("requests")
            .select(sql<number>`1`.as("one"))
            .whereRef("requests.id", "=", "events.request")
            .where("requests.open", "=", 1),
        ),
      ]),
    )
    .orderBy("events.id")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
