import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { verdictText } from "../../src/audit-words.ts";
import { RequestId } from "../../src/domain/ids.ts";
import type { Line } from "../../src/domain/story.ts";
import type { Store } from "../../src/ports/store.ts";
import { openAudit } from "../../src/store/audit.ts";
import type { Link } from "../../src/store/audit-chain.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { ANNA, aRequest, at, BORIS } from "../domain/builders.ts";

const loaded: Line = { code: "policy_loaded", rules: 1, hash: "abc" };
const r1 = RequestId.parse("r1");
/** The moment at which rows are removed. */
const THEN = at(1000);
const MANY = 1000;

function aStore() {
  const folder = mkdtempSync(join(tmpdir(), "shutter-prune-"));
  const path = join(folder, "shutter.db");
  const store = openSqlite(path);
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const edit = (statement: string) => {
    using database = new DatabaseSync(path, { timeout: 5000 });
    database.exec(statement);
  };
  return { store, edit, verdict: (anchor?: string) => look(path, anchor).verdict, rows: () => look(path).rows };
}

function look(path: string, anchor?: string) {
  const audit = openAudit(path);
  try {
    return { verdict: audit.verify(anchor), rows: [...audit.rows()].map((row): Link => ({ ...row })) };
  } finally {
    audit.close();
  }
}

/** A row at each of these seconds. */
async function noted(store: Store, ...seconds: number[]) {
  for (const second of seconds) await store.note(at(second), loaded, { who: BORIS.id });
}

const numbers = (rows: readonly Link[]) => rows.map(({ id }) => id);

describe("what is older than is kept", () => {
  test("goes from the front, and a row says up to where", async () => {
    const { store, rows, verdict } = aStore();
    await noted(store, 1, 2, 3, 4);
    const gone = rows()[1]!;
    expect(await store.prune(at(3), THEN, MANY)).toBe(2);
    expect(numbers(rows())).toEqual([3, 4, 5]);
    const { line, who, at: when } = rows()[2]!;
    expect(JSON.parse(line)).toEqual({ code: "pruned", upTo: 2, hash: gone.hash });
    expect({ who, when }).toEqual({ who: "", when: THEN.getTime() });
    expect(verdict()).toMatchObject({ kind: "whole", count: 3, pruned: { upTo: 2, hash: gone.hash, at: THEN } });
    expect(verdictText(verdict())).toContain(`rows up to 2 were removed on ${THEN.toISOString()}`);
  });

  test("is nothing when all is young enough, and then there is no row", async () => {
    const { store, rows } = aStore();
    expect(await store.prune(THEN, THEN, MANY)).toBe(0);
    await noted(store, 1, 2);
    expect(await store.prune(at(1), THEN, MANY)).toBe(0);
    expect(numbers(rows())).toEqual([1, 2]);
  });

  test("may be all of it; what comes later is chained to what is gone", async () => {
    const { store, rows, verdict } = aStore();
    await noted(store, 1, 2);
    expect(await store.prune(at(3), THEN, MANY)).toBe(2);
    await noted(store, 2000);
    expect(numbers(rows())).toEqual([3, 4]);
    expect(verdict()).toMatchObject({ kind: "whole", count: 2 });
  });

  test("goes a piece at a time, and again on another day", async () => {
    const { store, rows, verdict } = aStore();
    await noted(store, 1, 2, 3, 4, 5, 6);
    expect(await store.prune(at(5), THEN, 3)).toBe(3);
    expect(await store.prune(at(5), THEN, 3)).toBe(1);
    expect(await store.prune(at(5), THEN, 3)).toBe(0);
    expect(numbers(rows())).toEqual([5, 6, 7, 8]);
    expect(verdict()).toMatchObject({ kind: "whole", pruned: { upTo: 4 } });
    expect(await store.prune(at(9000), at(9001), MANY)).toBe(4);
    expect(numbers(rows())).toEqual([9]);
    expect(verdict()).toMatchObject({ kind: "whole", pruned: { upTo: 8 } });
  });

  test("stays when it is of a request that is open, and so does what came after", async () => {
    const { store, rows } = aStore();
    await noted(store, 1);
    const created = await store.create({ ...aRequest("queued"), id: r1, requestedAt: at(2) }, () => false, [
      { code: "asked", by: ANNA },
    ]);
    await store.told(r1, 2);
    await noted(store, 3);
    expect(await store.prune(at(100), THEN, MANY)).toBe(1);
    expect(numbers(rows())).toEqual([2, 3, 4]);
    await store.commit(created, { ...aRequest("cancelled"), id: r1 }, [], at(4));
    expect(await store.prune(at(100), THEN, MANY)).toBe(2);
  });

  test("stays when its thread has not been told", async () => {
    const { store, rows } = aStore();
    await store.create({ ...aRequest("cancelled"), id: r1, requestedAt: at(2) }, () => false, [
      { code: "cancelled", by: ANNA },
    ]);
    await noted(store, 3);
    expect(await store.prune(at(100), THEN, MANY)).toBe(0);
    await store.told(r1, 1);
    expect(await store.prune(at(100), THEN, MANY)).toBe(2);
    expect(numbers(rows())).toEqual([3]);
  });
});

describe("a chain whose front is gone", () => {
  /** Rows 5 to 8; the last one says that those before are gone. */
  async function aPruned() {
    const place = aStore();
    await noted(place.store, 1, 2, 3, 4, 5, 6, 7);
    const all = place.rows();
    await place.store.prune(at(5), THEN, MANY);
    return { ...place, all };
  }

  test("has the hash of the last row that is gone for an anchor, and of no earlier one", async () => {
    const { verdict, all } = await aPruned();
    expect(verdict(all[3]!.hash)).toMatchObject({ hasAnchor: true });
    expect(verdict(all[5]!.hash)).toMatchObject({ hasAnchor: true });
    expect(verdict(all[2]!.hash)).toMatchObject({ hasAnchor: false });
    expect(verdictText(verdict(all[2]!.hash))).toContain("its row was removed (rows up to 4 were removed on");
  });

  test.each([
    ["more rows were taken away", "DELETE FROM events WHERE id < 7", { kind: "removed", rows: [5, 6] }],
    ["the row that vouches was taken away", "DELETE FROM events WHERE id = 8", { kind: "removed", rows: [8, 8] }],
    [
      "the row that vouches says more",
      `UPDATE events SET line = replace(line, '"upTo":4', '"upTo":6') WHERE id = 8; DELETE FROM events WHERE id < 7`,
      { kind: "changed", rows: [8, 8] },
    ],
    ["its first row was changed", "UPDATE events SET who = 'UX' WHERE id = 5", { kind: "changed", rows: [5, 5] }],
    [
      "its first row was linked elsewhere",
      "UPDATE events SET prev = hash WHERE id = 5",
      { kind: "changed", rows: [5, 5] },
    ],
  ])("is broken when %s", async (_, statement, expected) => {
    const { edit, verdict } = await aPruned();
    edit(statement);
    expect(verdict()).toEqual({ kind: "broken", break: expected });
  });

  test("is broken when rows that are gone are there again", async () => {
    const { edit, verdict, all } = await aPruned();
    const { id, at: when, line, prev, hash } = all[3]!;
    edit(
      `INSERT INTO events (id, request, at, line, told, vm, who, prev, hash)
       VALUES (${id}, '', ${when}, '${line}', 1, '', '${BORIS.id}', '${prev}', '${hash}')`,
    );
    expect(verdict()).toEqual({ kind: "broken", break: { kind: "inserted", rows: [4, 4] } });
  });

  test("is broken when nothing vouches for it", async () => {
    const { store, edit, verdict } = aStore();
    await noted(store, 1, 2, 3);
    edit("DELETE FROM events WHERE id < 3");
    expect(verdict()).toEqual({ kind: "broken", break: { kind: "removed", rows: [1, 2] } });
  });
});
