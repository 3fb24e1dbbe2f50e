import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { RequestId } from "../../src/domain/ids.ts";
import { openAudit } from "../../src/store/audit.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { describeHistory } from "./history.contract.ts";
import { describeNotices } from "./notices.contract.ts";
import { describePeople } from "./people.contract.ts";
import type { Place } from "./place.ts";
import { describeSnapshots } from "./snapshots.contract.ts";
import { describeStore } from "./store.contract.ts";

const AT_ONCE = 0;
const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));

const newFolder = () => mkdtempSync(join(tmpdir(), "shutter-store-"));

function aPath(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shutter.db");
}

/** Looks at the file past the store. */
function inFile<T>(path: string, look: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const integrity = (path: string) =>
  inFile(path, (database) => database.prepare("PRAGMA integrity_check").get()) as { integrity_check: string };

async function inFolder(): Promise<Place> {
  const folder = newFolder();
  return {
    open: async () => openSqlite(join(folder, "shutter.db")),
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

describeStore("SQLite", inFolder);
describeSnapshots("SQLite", inFolder);
describeHistory("SQLite", inFolder);
describeNotices("SQLite", inFolder);
describePeople("SQLite", inFolder);

describe("the file", () => {
  test("is made where there is none, with the folders above it", async () => {
    const path = join(aPath(), "..", "a", "b", "shutter.db");
    const store = openSqlite(path);
    await store.close();
    expect(integrity(path)).toEqual({ integrity_check: "ok" });
  });

  test("is held alone: who comes second is told so, and may come when the first is gone", async () => {
    const path = aPath();
    const first = openSqlite(path);
    const sentence = `Another process is using ${path}. Stop it, or give this one a database of its own.`;
    expect(() => openSqlite(path, AT_ONCE)).toThrow(sentence);
    await expect(first.check()).resolves.toBeUndefined();
    await first.close();
    await openSqlite(path, AT_ONCE).close();
  });

  test("of a newer Shutter is left alone, and let go of", async () => {
    const path = aPath();
    await openSqlite(path).close();
    inFile(path, (database) => database.exec("PRAGMA user_version = 999"));
    const sentence = `${path} was written by a newer Shutter (version 999); this one knows`;
    expect(() => openSqlite(path, AT_ONCE)).toThrow(sentence);
    expect(() => openSqlite(path, AT_ONCE)).toThrow(sentence);
  });

  test("that is no database is not overwritten", () => {
    const path = aPath();
    writeFileSync(path, "My diary. ".repeat(100));
    expect(() => openSqlite(path, AT_ONCE)).toThrow("not a database");
    expect(() => openSqlite(path, AT_ONCE)).toThrow("not a database");
  });

  test("is written ahead, so that a crash leaves it whole", async () => {
    const path = aPath();
    const store = openSqlite(path);
    await store.receive({ key: "k", at: new Date(0), body: null });
    await store.close();
    expect(inFile(path, (database) => database.prepare("PRAGMA journal_mode").get())).toEqual({ journal_mode: "wal" });
  });
});

describe("a process killed in the middle of writing", () => {
  test("leaves a whole database with everything in it that it was told is durable", async () => {
    const path = aPath();
    for (const kills of [20, 60, 100]) {
      const { created, committed } = await killedAfter(path, kills);
      expect(integrity(path)).toEqual({ integrity_check: "ok" });
      const audit = openAudit(path);
      expect(audit.verify()).toMatchObject({ kind: "whole" });
      audit.close();
      const store = openSqlite(path);
      const statusOf = async (n: number) => (await store.load(RequestId.parse(`r${n}`)))?.request.state.status;
      expect(await statusOf(created)).toBeDefined();
      // What was written quietly after it may be lost, the loud commit before it may not.
      const version = (await store.load(RequestId.parse(`r${committed}`)))?.version;
      expect(version).toBeGreaterThanOrEqual(2);
      expect((await store.unhandled()).map(({ body }) => body)).toContainEqual({ n: committed });
      await store.close();
    }
  });
});

/** Lets a process of its own write until it has said so many things, and kills it; returns the last ones it said. */
async function killedAfter(path: string, lines: number): Promise<{ created: number; committed: number }> {
  const child = spawn(process.execPath, [WRITER, path], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const last = { created: -1, committed: -1 };
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, what, n] = /^(created|committed) (\d+)$/.exec(line) ?? [];
    if (what === "created" || what === "committed") last[what] = Number(n);
    count += 1;
    if (count === lines) child.kill("SIGKILL");
  }
  await gone;
  return last;
}
