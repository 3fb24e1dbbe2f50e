import { type Selectable, sql, type Transaction } from "kysely";
import { z } from "zod";
import { Who } from "../domain/ids.ts";
import type { Request } from "../domain/request.ts";
import type { News } from "../domain/snapshot-news.ts";
import type { Fate } from "../domain/step.ts";
import type { Tables } from "./tables.ts";

export const Maker = z.object({ by: Who, reason: z.string().optional() });

export function fateOf(row: Selectable<Tables["snapshots"]>): Fate {
  const by = row.deleted_by === null ? undefined : Who.parse(JSON.parse(row.deleted_by));
  return {
    name: row.name,
    ...(row.deleted_at !== null && by && { deleted: { by, at: new Date(row.deleted_at) } }),
    ...(row.restored_at !== null && { restoredAt: new Date(row.restored_at) }),
  };
}

/** Notes what a request has done to a snapshot; the card of the request that made it has to show it. */
export async function noteSnapshot(trx: Transaction<Tables>, { vm, id: request, wish }: Request, news: News) {
  const id = news.kind === "made" ? news.snapshot.id : news.id;
  const changes = changesBy(news, request);
  const name = news.kind === "made" ? news.snapshot.name : nameIn(wish, id);
  await trx
    .insertInto("snapshots")
    .values({ vm: vm.id, id, name, ...changes })
    .onConflict((on) => on.columns(["vm", "id"]).doUpdateSet(changes))
    .execute();
  if (news.kind === "made") return;
  const made = trx.selectFrom("snapshots").select("request").where("vm", "=", vm.id).where("id", "=", id);
  const face = sql<number>`version + 1`;
  await trx
    .updateTable("requests")
    .set({ version: face, face })
    .where("id", "=", made)
    .where("id", "!=", request)
    .execute();
}

function changesBy(news: News, request: string) {
  switch (news.kind) {
    case "made": {
      const maker = JSON.stringify({ by: news.by, ...(news.reason !== undefined && { reason: news.reason }) });
      return { request, name: news.snapshot.name, maker };
    }
    case "renamed":
      return { name: news.name };
    case "deleted":
      return { deleted_at: news.at.getTime(), deleted_by: JSON.stringify(news.by) };
    case "still_there":
      return { deleted_at: null, deleted_by: null };
    case "restored":
      return { restored_at: news.at.getTime() };
  }
}

function nameIn(wish: Request["wish"], id: string): string {
  if (wish.kind === "delete") return wish.snapshots.find((snapshot) => snapshot.id === id)?.name ?? id;
  return wish.kind === "restore" || wish.kind === "rename" ? wish.snapshot.name : id;
}
