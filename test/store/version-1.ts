import { DatabaseSync } from "node:sqlite";
import type { Request, State } from "../../src/domain/request.ts";
import type { Line } from "../../src/domain/story.ts";

/** What the first version made and wrote. It stays as it was: there are such files. */
const TABLES = `
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
  PRAGMA user_version = 1;
`;

const STATUSES: ReadonlySet<State["status"]> = new Set<State["status"]>([
  "queued",
  "choosing",
  "shutting_down",
  "shutdown_stuck",
  "snapshotting",
  "powering_on",
  "done",
  "failed",
  "cancelled",
  "expired",
]);

/** The first version could have such a request. */
export const couldBe = ({ wish, state, followUp }: Request): boolean =>
  wish.kind === "create" &&
  wish.safety === undefined &&
  followUp === undefined &&
  STATUSES.has(state.status) &&
  !(state.status === "queued" && (state.why.kind === "full" || state.why.kind === "renaming")) &&
  !(state.status === "done" && (state.power !== undefined || state.keptBy !== undefined));

const IS_OPEN = (status: State["status"]) => !["done", "failed", "cancelled", "expired"].includes(status);

/** A file as the first version left it, with these requests and one story each. */
export function writeVersion1(path: string, requests: readonly Request[], story: readonly Line[], at: Date): void {
  const database = new DatabaseSync(path);
  database.exec(TABLES);
  const addRequest = database.prepare(
    `INSERT INTO requests (id, vm, status, open, owes, version, face, drawn, card_channel, card_ts, requested_at, body)
     VALUES (?, ?, ?, ?, ?, 3, 3, 3, 'COPS', '1.1', ?, ?)`,
  );
  const addEvent = database.prepare("INSERT INTO events (request, at, line, told) VALUES (?, ?, ?, 1)");
  for (const request of requests) {
    const { status } = request.state;
    const { kind, ...wish } = request.wish;
    const body = JSON.stringify({ ...request, kind, wish });
    const owes = request.debt || request.watch ? 1 : 0;
    addRequest.run(request.id, request.vm.id, status, IS_OPEN(status) ? 1 : 0, owes, Number(request.requestedAt), body);
    for (const line of story) addEvent.run(request.id, Number(at), JSON.stringify(line));
  }
  database.exec("INSERT INTO deliveries VALUES ('waiting', 1, '{}', 0)");
  database.close();
}
