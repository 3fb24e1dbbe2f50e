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

/** Throws a sentence when there is no such database, or none with an audit. */
export function openAudit(path: string): Audit {
  const database = open(path);
  try {
    const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
    if (version < CHAINED) {
      throw new Error(
        version === 0
          ? `${path} is no database of Shutter's.`
          : `${path} was written by an earlier Shutter. Start this one once, then its audit is a chain.`,
      );
    }
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
    throw new Error(`${path} cannot be opened: ${(cause as Error).message}`, { cause });
  }
}

/** The highest number that a row of the audit has ever had. */
function lastNumber(database: DatabaseSync): number {
  const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'events'").get() as
    | { seq: number }
    | undefined;
  return row?.seq ?? 0;
}
