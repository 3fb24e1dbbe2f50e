import type { DatabaseSync } from "node:sqlite";
import { type Entry, FIRST, hashOf } from "./audit-chain.ts";

/** So many rows are held in memory at once. */
const AT_A_TIME = 1000;

/** Makes a chain of the rows that an earlier version has written, as they are: from here on a change shows. */
export function chainAudit(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE events ADD COLUMN prev TEXT NOT NULL DEFAULT '';
    ALTER TABLE events ADD COLUMN hash TEXT NOT NULL DEFAULT '';
  `);
  const read = database.prepare(
    `SELECT id, at, request, vm, who, line FROM events WHERE id > ? ORDER BY id LIMIT ${AT_A_TIME}`,
  );
  const write = database.prepare("UPDATE events SET prev = ?, hash = ? WHERE id = ?");
  let prev = FIRST;
  let last = 0;
  for (;;) {
    const rows = read.all(last) as unknown as Entry[];
    for (const row of rows) {
      const hash = hashOf(prev, row);
      write.run(prev, hash, row.id);
      prev = hash;
      last = row.id;
    }
    if (rows.length < AT_A_TIME) return;
  }
}
