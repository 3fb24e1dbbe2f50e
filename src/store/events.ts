import { type Kysely, sql, type Transaction } from "kysely";
import type { Request } from "../domain/request.ts";
import { isOnlyAudit, type Line } from "../domain/story.ts";
import type { About, AuditHead } from "../ports/store.ts";
import { FIRST, hashOf } from "./audit-chain.ts";
import { columnsOfLine } from "./line-names.ts";
import type { Tables } from "./tables.ts";

/** Adds rows to the audit, each chained to the one before it. */
export async function addLines(trx: Transaction<Tables>, at: number, lines: readonly (About & { line: Line })[]) {
  if (lines.length === 0) return;
  let prev = (await newest(trx))?.hash ?? FIRST;
  for (const { line, request = "", vm = "", who = "" } of lines) {
    const { names, ...said } = columnsOfLine(line);
    const row = { request, at, ...said, vm, who };
    const values = { ...row, names, told: isOnlyAudit(line) ? 1 : 0, prev, hash: "" };
    // The database numbers the rows, so that numbers of rows which were taken away are missed for ever.
    const { id } = await trx.insertInto("events").values(values).returning("id").executeTakeFirstOrThrow();
    const hash = hashOf(prev, { ...row, id });
    await trx.updateTable("events").set({ hash }).where("id", "=", id).execute();
    prev = hash;
  }
}

/** Whose doing a line of a request's story is: of whom it names, or else of whoever asked for the request. */
export function aboutStory({ id, vm, requestedBy }: Request, story: readonly Line[]): (About & { line: Line })[] {
  return story.map((line) => {
    const who = "by" in line && line.code !== "queued_behind" ? line.by.id : requestedBy.id;
    return { line, request: id, vm: vm.id, who };
  });
}

export function newest(kysely: Kysely<Tables>): Promise<AuditHead | undefined> {
  return kysely.selectFrom("events").select(["id", "hash"]).orderBy("id", "desc").limit(1).executeTakeFirst();
}

/** Nobody did it, so that it is among the few rows without a person. */
export async function lastAnchored(kysely: Kysely<Tables>): Promise<{ id: number; at: Date } | undefined> {
  const row = await kysely
    .selectFrom("events")
    .select(["id", "at"])
    .where("who", "=", "")
    .where(sql<string>`line ->> 'code'`, "=", "anchored" satisfies Line["code"])
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.id, at: new Date(row.at) };
}
