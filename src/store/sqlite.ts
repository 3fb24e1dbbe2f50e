import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { Kysely, SqliteDialect } from "kysely";
import type { Store } from "../ports/store.ts";
import { chainAudit } from "./chain-audit.ts";
import { requestStore } from "./request-store.ts";
import type { Tables } from "./tables.ts";

/** A process that stops takes a moment to let go of its database. */
const LOCK_WAIT_MS = 10_000;

/**
 * Each entry takes the database one version further, in one transaction with the version's number: statements, or what
 * statements cannot do. Entries are added, never changed.
 */
const MIGRATIONS: readonly (string | ((database: DatabaseSync) => void))[] = [
  `
  CREATE TABLE requests (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    vm TEXT NOT NULL,
    status TEXT NOT NULL,
    open INTEGER NOT NULL,
    owes INTEGER NOT NULL,
    version INTEGER NOT NULL,
    face INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    posting_channel TEXT,
    posting_since INTEGER,
    card_channel TEXT,
    card_ts TEXT,
    requested_at INTEGER NOT NULL,
    took_ms INTEGER,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX requests_open ON requests (vm, seq) WHERE open = 1;
  CREATE INDEX requests_watched ON requests (seq) WHERE owes = 1;
  CREATE INDEX requests_stale ON requests (seq) WHERE drawn < face;
  CREATE INDEX requests_took ON requests (vm, seq) WHERE took_ms IS NOT NULL;
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    request TEXT NOT NULL,
    at INTEGER NOT NULL,
    line TEXT NOT NULL,
    told INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX events_untold ON events (request, id) WHERE told = 0;
  CREATE TABLE deliveries (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    body TEXT,
    handled INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_unhandled ON deliveries (at) WHERE handled = 0;
  CREATE INDEX deliveries_at ON deliveries (at);
  `,
  `
  UPDATE requests SET body = json_set(body, '$.wish.kind', json_extract(body, '$.kind'));
  ALTER TABLE requests ADD COLUMN requester TEXT NOT NULL DEFAULT '';
  ALTER TABLE requests ADD COLUMN follow_up INTEGER NOT NULL DEFAULT 0;
  UPDATE requests SET requester = json_extract(body, '$.requestedBy.id');
  CREATE INDEX requests_vm ON requests (vm, seq);
  CREATE INDEX requests_requester ON requests (requester, seq);
  CREATE INDEX requests_follow_up ON requests (seq) WHERE follow_up = 1;
  ALTER TABLE events ADD COLUMN vm TEXT NOT NULL DEFAULT '';
  ALTER TABLE events ADD COLUMN who TEXT NOT NULL DEFAULT '';
  UPDATE events SET
    vm = (SELECT requests.vm FROM requests WHERE requests.id = events.request),
    who = coalesce(
      CASE WHEN json_extract(line, '$.code') != 'queued_behind' THEN json_extract(line, '$.by.id') END,
      (SELECT requester FROM requests WHERE requests.id = events.request)
    );
  CREATE INDEX events_vm ON events (vm, id);
  CREATE INDEX events_who ON events (who, id);
  CREATE INDEX events_at ON events (at);
  CREATE TABLE snapshots (
    vm TEXT NOT NULL,
    id TEXT NOT NULL,
    request TEXT,
    name TEXT NOT NULL,
    maker TEXT,
    deleted_at INTEGER,
    deleted_by TEXT,
    restored_at INTEGER,
    PRIMARY KEY (vm, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX snapshots_id ON snapshots (id);
  INSERT OR REPLACE INTO snapshots (vm, id, request, name, maker)
    SELECT vm, json_extract(body, '$.state.snapshot.id'), id, json_extract(body, '$.state.snapshot.name'),
      json_patch(json_object('by', json_extract(body, '$.requestedBy')),
        json_object('reason', json_extract(body, '$.wish.reason')))
    FROM requests WHERE status = 'done' AND json_extract(body, '$.state.snapshot.id') IS NOT NULL;
  CREATE TABLE people (
    id TEXT PRIMARY KEY,
    language TEXT,
    notify TEXT,
    home_opened_at INTEGER,
    home_page INTEGER NOT NULL DEFAULT 0,
    home_vm TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX people_home ON people (home_opened_at) WHERE home_opened_at IS NOT NULL;
  `,
  chainAudit,
  `
  ALTER TABLE requests ADD COLUMN emergency INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX requests_emergency ON requests (seq) WHERE emergency = 1;
  CREATE TABLE notices (
    request TEXT NOT NULL,
    round INTEGER NOT NULL,
    reader TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (request, round, reader)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notices_emergency ON notices (request) WHERE reader = '';
  `,
  // Lines of before keep the names that they have: without them their hashes would not fit any more.
  `
  ALTER TABLE events ADD COLUMN names TEXT;
  `,
];

/**
 * Opens the file, brings its tables up to date and holds it alone: a second process on the same file fails here with a
 * sentence that says so, instead of making two snapshots of everything.
 */
export function openSqlite(
  path: string,
  lockWaitMs = LOCK_WAIT_MS,
  onUnreadable: (id: string, error: unknown) => void = () => {},
): Store {
  mkdirSync(dirname(path), { recursive: true });
  const lock = holdAlone(path, lockWaitMs);
  const database = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
    migrate(database, path);
  } catch (error) {
    database.close();
    lock.close();
    throw error;
  }
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(database) }) });
  return requestStore(kysely, {
    setDurable: (durable) => database.exec(`PRAGMA synchronous = ${durable ? "FULL" : "NORMAL"}`),
    onUnreadable,
    close: () => lock.close(),
  });
}

/** The lock is SQLite's own, on a file beside, so that the system takes it back from a process that was killed. */
function holdAlone(path: string, waitMs: number): DatabaseSync {
  const lock = new DatabaseSync(`${path}.lock`, { timeout: waitMs });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch (cause) {
    lock.close();
    throw new Error(`Another process is using ${path}. Stop it, or give this one a database of its own.`, { cause });
  }
}

function migrate(database: DatabaseSync, path: string): void {
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version > MIGRATIONS.length) {
    throw new Error(
      `${path} was written by a newer Shutter (version ${version}); this one knows ${MIGRATIONS.length}.`,
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    database.exec("BEGIN IMMEDIATE");
    if (typeof migration === "string") database.exec(migration);
    else migration(database);
    database.exec(`PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}

/** node:sqlite, as Kysely wants to be spoken to. Statements are prepared once. */
function forKysely(database: DatabaseSync) {
  const statements = new Map<string, StatementSync>();
  return {
    close: () => database.close(),
    prepare(sql: string) {
      const statement = statements.get(sql) ?? database.prepare(sql);
      statements.set(sql, statement);
      const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters: readonly unknown[]) => statement.all(...values(parameters)),
        run: (parameters: readonly unknown[]) => statement.run(...values(parameters)),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...values(parameters)),
      };
    },
  };
}
