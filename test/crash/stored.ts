import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, vi } from "vitest";
import { PATIENCE_MS } from "./people.ts";

/** The database of a play, while the bot runs or afterwards. */
export const opened = (folder: string): DatabaseSync => new DatabaseSync(join(folder, "shutter.db"), { timeout: 5000 });

const WAITING = { timeout: PATIENCE_MS, interval: 25 };

const count = (database: DatabaseSync, table: string, where: string): unknown =>
  database.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${where}`).get()?.n;

/** Everything that was asked for has been seen through, and the cards and their threads say so. */
export async function isAtRest(folder: string): Promise<void> {
  await vi.waitFor(() => {
    using database = opened(folder);
    expect({
      wishes: count(database, "deliveries", "handled = 0"),
      requests: count(database, "requests", "open = 1 OR drawn < face"),
      lines: count(database, "events", "told = 0"),
    }).toEqual({ wishes: 0, requests: 0, lines: 0 });
  }, WAITING);
}

/** It is noted of so many people and channels that they are told something. */
export async function hasNoted(folder: string, many: number): Promise<void> {
  await vi.waitFor(() => {
    using database = opened(folder);
    expect(count(database, "notices", "TRUE")).toBeGreaterThanOrEqual(many);
  }, WAITING);
}

/** When it was noted that somebody is told something. */
export function notedAt(folder: string, reader: string): Date[] {
  using database = opened(folder);
  const rows = database.prepare("SELECT at FROM notices WHERE reader = ?").all(reader);
  return rows.map(({ at }) => new Date(Number(at)));
}
