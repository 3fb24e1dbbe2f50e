import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { Line } from "../domain/story.ts";
import type { Store, Stored } from "../ports/store.ts";
import { columnsOf, storedOf } from "./rows.ts";
import type { Tables } from "./tables.ts";

/** What differs from one database to the other. */
interface Engine {
  /** Whether commits wait for the disk. Called outside of transactions, while no other statement can come between. */
  setDurable(durable: boolean): void;
  /** A request's row is not what this version writes. */
  onUnreadable(id: string, error: unknown): void;
  close(): void;
}

/** How many rows one round of the drawer asks for. */
const ROUND = 200;

/** The store's queries, the same for every database. */
export function requestStore(kysely: Kysely<Tables>, engine: Engine): Store {
  const requests = () => kysely.selectFrom("requests").selectAll();
  const unreadable = new Set<string>();

  /** A row that cannot be read is reported once and left out: it must not hold up the debts of all the others. */
  const readable = (row: Selectable<Tables["requests"]>): Stored[] => {
    try {
      return [storedOf(row)];
    } catch (error) {
      if (!unreadable.has(row.id)) engine.onUnreadable(row.id, error);
      unreadable.add(row.id);
      return [];
    }
  };
  const all = async (query: ReturnType<typeof requests>) => (await query.execute()).flatMap(readable);

  /** `quietly` leaves it to the system when the change reaches the disk. */
  function transaction<T>(quietly: boolean, work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return kysely.connection().execute(async (connection) => {
      if (quietly) engine.setDurable(false);
      try {
        return await connection.transaction().execute(work);
      } finally {
        if (quietly) engine.setDurable(true);
      }
    });
  }

  async function addEvents(trx: Transaction<Tables>, request: string, at: number, story: readonly Line[]) {
    if (story.length === 0) return;
    const rows = story.map((line) => ({ request, at, line: JSON.stringify(line), told: 0 }));
    await trx.insertInto("events").values(rows).execute();
  }

  return {
    async receive({ key, at, body }) {
      const row = { key, at: at.getTime(), body: JSON.stringify(body), handled: 0 };
      const result = await kysely
        .insertInto("deliveries")
        .values(row)
        .onConflict((on) => on.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },
    async unhandled() {
      const rows = await kysely.selectFrom("deliveries").selectAll().where("handled", "=", 0).orderBy("at").execute();
      return rows.map((row) => ({ key: row.key, at: new Date(row.at), body: JSON.parse(row.body ?? "null") }));
    },
    async handled(key) {
      await kysely.updateTable("deliveries").set({ handled: 1, body: null }).where("key", "=", key).execute();
    },
    async forgetDeliveries(before) {
      const old = kysely.deleteFrom("deliveries").where("at", "<", before.getTime()).where("handled", "=", 1);
      await old.execute();
    },

    async create(request, isSame, story) {
      return kysely.transaction().execute(async (trx) => {
        const known = await trx.selectFrom("requests").selectAll().where("id", "=", request.id).executeTakeFirst();
        if (known) return storedOf(known);
        const open = trx.selectFrom("requests").selectAll().where("vm", "=", request.vm.id).where("open", "=", 1);
        const same = (await open.orderBy("seq").execute()).map(storedOf).find((stored) => isSame(stored.request));
        if (same) return same;
        const at = request.requestedAt.getTime();
        const row = { id: request.id, version: 1, face: 1, drawn: 0, requested_at: at, ...columnsOf(request) };
        const stored = await trx.insertInto("requests").values(row).returningAll().executeTakeFirstOrThrow();
        await addEvents(trx, request.id, at, story);
        return storedOf(stored);
      });
    },
    async load(id) {
      const row = await requests().where("id", "=", id).executeTakeFirst();
      return row && storedOf(row);
    },
    commit(before, next, story, at, quietly = false) {
      const version = before.version + 1;
      return transaction(quietly, async (trx) => {
        const result = await trx
          .updateTable("requests")
          .set({ ...columnsOf(next), version, ...(!quietly && { face: version }) })
          .where("id", "=", next.id)
          .where("version", "=", before.version)
          .executeTakeFirst();
        if (result.numUpdatedRows === 0n) return false;
        await addEvents(trx, next.id, at.getTime(), story);
        return true;
      });
    },
    open: () => all(requests().where("open", "=", 1).orderBy("seq")),
    watched: () => all(requests().where("open", "=", 0).where("owes", "=", 1)),
    openOf: (vm) => all(requests().where("open", "=", 1).where("vm", "=", vm).orderBy("seq")),
    async pastDurations(vm) {
      const took = kysely
        .selectFrom("requests")
        .select("took_ms")
        .where("vm", "=", vm)
        .where("took_ms", "is not", null);
      const rows = await took.orderBy("seq", "desc").limit(3).execute();
      return rows.map((row) => row.took_ms!);
    },
    async makers(vm) {
      const done = await all(requests().where("vm", "=", vm).where("took_ms", "is not", null).orderBy("seq"));
      return new Map(
        done.flatMap(({ request: { state, wish, requestedBy } }) =>
          state.status === "done" && state.snapshot
            ? [[state.snapshot.id, { by: requestedBy, reason: wish.reason }] as const]
            : [],
        ),
      );
    },
    recent: (count) => all(requests().orderBy("seq", "desc").limit(count)),

    stale: () => all(requests().whereRef("drawn", "<", "face").orderBy("seq").limit(ROUND)),
    async posting(id, { channel, since }) {
      const posting = { posting_channel: channel, posting_since: since.getTime() };
      await kysely.updateTable("requests").set(posting).where("id", "=", id).execute();
    },
    async drawn(id, face, { channel, ts }, quietly) {
      const place = { card_channel: channel, card_ts: ts, posting_channel: null, posting_since: null };
      await transaction(quietly, (trx) =>
        trx
          .updateTable("requests")
          .set({ ...place, drawn: face })
          .where("id", "=", id)
          .execute(),
      );
    },
    async redraw(id, lost) {
      const place = lost ? { card_channel: null, card_ts: null, drawn: 0 } : {};
      // A new face, so that a drawing which is under way and does not show it cannot pass for it.
      const face = sql<number>`version + 1`;
      await kysely
        .updateTable("requests")
        .set({ ...place, version: face, face })
        .where("id", "=", id)
        .execute();
    },
    async withUntold() {
      const untold = kysely
        .selectFrom("events")
        .innerJoin("requests", "requests.id", "events.request")
        .where("told", "=", 0)
        .where("card_ts", "is not", null)
        .select("requests.id")
        .distinct()
        .limit(ROUND);
      return all(requests().where("id", "in", untold).orderBy("seq"));
    },
    async untold(id) {
      const untold = kysely.selectFrom("events").selectAll().where("request", "=", id).where("told", "=", 0);
      const rows = await untold.orderBy("id").execute();
      return rows.map((row) => ({ id: row.id, at: new Date(row.at), line: Line.parse(JSON.parse(row.line)) }));
    },
    async told(id, upTo) {
      const lines = kysely.updateTable("events").set({ told: 1 }).where("request", "=", id).where("id", "<=", upTo);
      await lines.where("told", "=", 0).execute();
    },

    async check() {
      const row = { key: "", at: 0, body: null, handled: 1 };
      const written = kysely.insertInto("deliveries").values(row);
      await written
        .onConflict((on) => on.column("key").doUpdateSet((eb) => ({ at: eb("deliveries.at", "+", 1) })))
        .execute();
    },
    async close() {
      await kysely.destroy();
      engine.close();
    },
  };
}
