import { DatabaseSync } from "node:sqlite";
import type { Link } from "./audit-chain.ts";
import { type Verdict, verify } from "./audit-verify.ts";

/** The version of the database that began the chain. */
const CHAINED = 3;

/** A database's audit, read beside the bot that writes it, as it was at one moment. */
export interface Audit {
  verify(anchor?: string): Verdict;
  /** The rows since `from` and before `to`, in the order in which they were written. */
  rows(from?: Date, to?: Date): Iterable<Link>;
  close(): void;
}

/** There is nothing to read there: no database, none of ours, or one without a chain. */
export class NoAudit extends Error {}

/** Throws `NoAudit`, a sentence, when there is no such database, or none with an audit. */
export function openAudit(path: string): Audit {
  const database = open(path);
  try {
    const version = versionOf(database, path);
    if (version === 0) throw new NoAudit(`${path} is no database of Shutter's.`);
    if (version < CHAINED)
      throw new NoAudit(`${path} was written by an earlier Shutter. Start this one once, then its audit is a chain.`);
    database.exec("BEGIN"); // all reads see the same moment
  } catch (error) {
    database.close();
    throw error;
  }
  const read = () =>
    database
      .prepare("SELECT id, at, request, vm, who, line, prev, hash FROM events ORDER BY id")
      .iterate() as unknown as Iterable<Link>;
  return {
    verify: (anchor) => verify(read, lastNumber(database), anchor),
    rows: (from, to) =>
      database
        .prepare("SELECT id, at, request, vm, who, line, prev, hash FROM events WHERE at >= ? AND at < ? ORDER BY id")
        .iterate(from?.getTime() ?? 0, to?.getTime() ?? Number.MAX_SAFE_INTEGER) as unknown as Iterable<Link>,
    close: () => database.close(),
  };
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { readOnly: true });
  } catch (cause) {
    throw new NoAudit(`${path} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

/** SQLite's "file is not a database". */
const NOTADB = 26;

function versionOf(database: DatabaseSync, path: string): number {
  try {
    return (database.prepare("PRAGMA user_version").get() as { user_version: number }).user_version;
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== NOTADB) throw error;
    throw new NoAudit(`${path} is no database.`, { cause: error });
  }
}

/** The highest number that a row of the audit has ever had. */
function lastNumber(database: DatabaseSync): number {
  const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get() as
    | { seq: number }
    | undefined;
  return row?.seq ?? 0;
}
