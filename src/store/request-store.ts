import { type Kysely, sql, type Transaction } from "kysely";
import { SnapshotId, UserId, VmId } from "../domain/ids.ts";
import { Request } from "../domain/request.ts";
import { snapshotNews } from "../domain/snapshot-news.ts";
import { isOnlyAudit, OUT_OF_HISTORY } from "../domain/story.ts";
import type { Store, Stored, Untold } from "../ports/store.ts";
import { aboutStory, addLines, lastAnchored, newest } from "./events.ts";
import { lineOf } from "./line-names.ts";
import { noticesIn } from "./notices.ts";
import { columnsOfPreferences, preferencesOf } from "./people.ts";
import { prune } from "./prune.ts";
import { columnsOf, storedOf } from "./rows.ts";
import { fateOf, Maker, noteSnapshot } from "./snapshots.ts";
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
  function readable<T>(id: string, read: () => T): T[] {
    try {
      return [read()];
    } catch (error) {
      if (!unreadable.has(id)) engine.onUnreadable(id, error);
      unreadable.add(id);
      return [];
    }
  }
  const all = async (query: ReturnType<typeof requests>): Promise<Stored[]> =>
    (await query.execute()).flatMap((row) => readable(row.id, () => storedOf(row)));

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

  async function linesOf(request: string, told: 0 | 1): Promise<Untold[]> {
    const lines = kysely.selectFrom("events").selectAll().where("request", "=", request).where("told", "=", told);
    const rows = await lines.orderBy("id").execute();
    return rows.map(({ id, at, ...columns }) => ({ id, at: new Date(at), line: lineOf(columns) }));
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
    noteAgain: (key, at, line, about) =>
      transaction(true, async (trx) => {
        // Remembered like a delivery, and forgotten with it; no key of a delivery has a blank in it.
        const row = { key: `again ${key}`, at: at.getTime(), body: null, handled: 1 };
        const inserted = trx.insertInto("deliveries").values(row);
        const result = await inserted.onConflict((on) => on.doNothing()).executeTakeFirst();
        if (result.numInsertedOrUpdatedRows === 1n) await addLines(trx, row.at, [{ ...about, line }]);
      }),
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
        await addLines(trx, at, aboutStory(request, story));
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
        await addLines(trx, at.getTime(), aboutStory(next, story));
        for (const news of snapshotNews(before.request, next, at)) await noteSnapshot(trx, next, news);
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
      const rows = await kysely
        .selectFrom("snapshots")
        .select(["id", "maker"])
        .where("vm", "=", vm)
        .where("maker", "is not", null)
        .execute();
      return new Map(rows.map(({ id, maker }) => [SnapshotId.parse(id), Maker.parse(JSON.parse(maker!))]));
    },
    async fate(vm, snapshot) {
      const row = await kysely
        .selectFrom("snapshots")
        .selectAll()
        .where("vm", "=", vm)
        .where("id", "=", snapshot)
        .executeTakeFirst();
      return row && fateOf(row);
    },
    async vmOf(snapshot) {
      const row = await kysely.selectFrom("snapshots").select("vm").where("id", "=", snapshot).executeTakeFirst();
      return row && VmId.parse(row.vm);
    },
    recent: (count) => all(requests().orderBy("seq", "desc").limit(count)),
    since: (moment) =>
      all(
        requests()
          .where((eb) => eb.or([eb("open", "=", 1), eb("requested_at", ">=", moment.getTime())]))
          .orderBy("seq"),
      ),
    ofVm: (vm, count) => all(requests().where("vm", "=", vm).orderBy("seq", "desc").limit(count)),
    ofPerson: (user, count) => all(requests().where("requester", "=", user).orderBy("seq", "desc").limit(count)),
    async followedUp() {
      const answered = kysely
        .selectFrom("snapshots")
        .select("snapshots.request")
        .where((eb) => eb.or([eb("deleted_at", "is not", null), eb("restored_at", "is not", null)]))
        .where("snapshots.request", "is not", null);
      return all(requests().where("follow_up", "=", 1).where("id", "not in", answered).orderBy("seq", "desc"));
    },
    awaiting: () => all(requests().where("open", "=", 1).where("status", "=", "awaiting_approval").orderBy("seq")),
    emergencies() {
      const told = kysely.selectFrom("notices").select("request").where("reader", "=", "");
      return all(requests().where("emergency", "=", 1).where("id", "not in", told).orderBy("seq"));
    },
    ...noticesIn(kysely),
    async history({ vm, who, since, until }, count, skip) {
      const rows = await kysely
        .selectFrom("events")
        .innerJoin("requests", "requests.id", "events.request")
        .select(["events.id", "events.at", "events.line", "events.names", "events.request", "requests.body"])
        .$if(vm !== undefined, (query) => query.where("events.vm", "=", vm!))
        .$if(who !== undefined, (query) =>
          query.where((eb) => eb.or([eb("events.who", "=", who!), eb("requests.requester", "=", who!)])),
        )
        .$if(since !== undefined, (query) => query.where("events.at", ">=", since!.getTime()))
        .$if(until !== undefined, (query) => query.where("events.at", "<", until!.getTime()))
        .where(sql<string>`events.line ->> 'code'`, "not in", OUT_OF_HISTORY)
        .orderBy("events.id", "desc")
        .limit(count)
        .offset(skip)
        .execute();
      return rows.flatMap(({ id, at, line, names, request, body }) =>
        readable(request, () => ({
          id,
          at: new Date(at),
          line: lineOf({ line, names }),
          request: Request.parse(JSON.parse(body)),
        })),
      );
    },

    note: (at, line, about) => transaction(true, (trx) => addLines(trx, at.getTime(), [{ ...about, line }])),
    auditHead: () => newest(kysely),
    anchored: () => lastAnchored(kysely),
    prune: (before, at, most) => transaction(false, (trx) => prune(trx, before, at, most)),

    async preferences(user) {
      const row = await kysely.selectFrom("people").selectAll().where("id", "=", user).executeTakeFirst();
      return row ? preferencesOf(row) : {};
    },
    async prefer(user, changes, choice) {
      const columns = columnsOfPreferences(changes);
      await transaction(false, async (trx) => {
        await trx
          .insertInto("people")
          .values({ ...columns, id: user, home_page: columns.home_page ?? 0 })
          .onConflict((on) =>
            Object.keys(columns).length === 0 ? on.doNothing() : on.column("id").doUpdateSet(columns),
          )
          .execute();
        if (choice) await addLines(trx, choice.at.getTime(), [{ line: choice.line, who: user }]);
      });
    },
    async homes(since) {
      const rows = await kysely
        .selectFrom("people")
        .selectAll()
        .where("home_opened_at", ">=", since.getTime())
        .orderBy("home_opened_at", "desc")
        .execute();
      return rows.flatMap((row) => {
        const { home } = preferencesOf(row);
        return home ? [{ user: UserId.parse(row.id), home }] : [];
      });
    },

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
    untold: (id) => linesOf(id, 0),
    alreadyTold: async (id) => (await linesOf(id, 1)).filter(({ line }) => !isOnlyAudit(line)),
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
