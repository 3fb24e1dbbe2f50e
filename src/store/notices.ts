import type { Kysely } from "kysely";
import type { Store } from "../ports/store.ts";
import type { Tables } from "./tables.ts";

/** Whom we have told something without being asked. */
export function noticesIn(kysely: Kysely<Tables>): Pick<Store, "notice" | "noticed" | "forgetNotice"> {
  return {
    async notice({ request, round, reader }, at) {
      const row = { request, round: round.getTime(), reader, at: at.getTime() };
      const result = await kysely
        .insertInto("notices")
        .values(row)
        .onConflict((on) => on.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async noticed(request, round) {
      const rows = await kysely
        .selectFrom("notices")
        .select("reader")
        .where("request", "=", request)
        .where("round", "=", round.getTime())
        .execute();
      return new Set(rows.map(({ reader }) => reader));
    },
    async forgetNotice({ request, round, reader }) {
      await kysely
        .deleteFrom("notices")
        .where("request", "=", request)
        .where("round", "=", round.getTime())
        .where("reader", "=", reader)
        .execute();
    },
  };
}
