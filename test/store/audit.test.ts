import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { RequestId } from "../../src/domain/ids.ts";
import type { Line } from "../../src/domain/story.ts";
import { openAudit } from "../../src/store/audit.ts";
import { FIRST, hashOf, type Link } from "../../src/store/audit-chain.ts";
import type { Break } from "../../src/store/audit-verify.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { ANNA, aRequest, at, BORIS, NOW, VM } from "../domain/builders.ts";
import { writeVersion1 } from "./version-1.ts";

const id = (text: string) => RequestId.parse(text);
const refused: Line = { code: "refused", by: BORIS, what: "cancel", why: "not_requester" };

function aPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "shutter-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "shutter.db");
}

/** Seven rows of every kind of write: a new request, loud and quiet changes, notes with and without a request. */
async function anAudit(path = aPath()): Promise<string> {
  const store = openSqlite(path);
  await store.note(NOW, { code: "policy_loaded", rules: 0, hash: "abc" }, {});
  const created = await store.create({ ...aRequest("queued"), id: id("r1") }, () => false, [
    { code: "asked", by: ANNA, kind: "create" },
    { code: "queued_busy" },
  ]);
  const asked: Line = { code: "call", call: "shutdown" };
  await store.commit(created, { ...created.request }, [{ code: "shutdown_asked" }, asked], at(1));
  const answered: Line = { code: "answer", call: "shutdown", outcome: "ok" };
  await store.commit({ ...created, version: 2 }, created.request, [answered], at(2), true);
  await store.note(at(3), refused, { request: id("r1"), vm: VM, who: BORIS.id });
  await store.close();
  return path;
}

async function lookBack(path: string, skip = 0): Promise<Line[]> {
  const store = openSqlite(path);
  const lines = await store.history({}, 99, skip);
  await store.close();
  return lines.map(({ line }) => line);
}

/** Changes the file behind the store's back. */
function edit(path: string, ...statements: string[]): void {
  const database = new DatabaseSync(path);
  for (const statement of statements) database.exec(statement);
  database.close();
}

function lookAt<T>(path: string, look: (audit: ReturnType<typeof openAudit>) => T): T {
  const audit = openAudit(path);
  try {
    return look(audit);
  } finally {
    audit.close();
  }
}
const verdictOn = (path: string, anchor?: string) => lookAt(path, (audit) => audit.verify(anchor));
const rowsOf = (path: string): Link[] => lookAt(path, (audit) => [...audit.rows()].map((row) => ({ ...row })));

test("every write adds rows that carry the hash of the row before", async () => {
  const rows = rowsOf(await anAudit());
  expect(rows.map(({ line }) => JSON.parse(line).code)).toEqual([
    "policy_loaded",
    "asked",
    "queued_busy",
    "shutdown_asked",
    "call",
    "answer",
    "refused",
  ]);
  expect(rows.map(({ prev }) => prev)).toEqual([FIRST, ...rows.slice(0, -1).map(({ hash }) => hash)]);
  expect(rows.map((row) => hashOf(row.prev, row))).toEqual(rows.map(({ hash }) => hash));
  expect(rows.at(-1)).toMatchObject({ id: 7, request: "r1", vm: VM, who: BORIS.id, at: at(3).getTime() });
});

test("an untouched audit is whole, also when it is empty, told, or gone on with after a restart", async () => {
  const path = aPath();
  await openSqlite(path).close();
  expect(verdictOn(path)).toEqual({ kind: "whole", count: 0, hasAnchor: true });
  await anAudit(path);
  const store = openSqlite(path);
  await store.told(id("r1"), 99);
  const head = await store.auditHead();
  await store.close();
  expect(verdictOn(path)).toEqual({
    kind: "whole",
    count: 7,
    from: NOW,
    to: at(3),
    head: head?.hash,
    hasAnchor: true,
  });
  await anAudit(path); // the request is there already, so that neither it nor its second change is written again
  expect(verdictOn(path)).toMatchObject({ kind: "whole", count: 11 });
});

test("a change that somebody else has overtaken leaves no row", async () => {
  const path = await anAudit();
  const store = openSqlite(path);
  const stored = (await store.load(id("r1")))!;
  expect(await store.commit({ ...stored, version: 1 }, stored.request, [{ code: "stuck" }], at(9))).toBe(false);
  await expect(store.commit(stored, stored.request, [{ code: "off" }, undefined as never], at(9))).rejects.toThrow();
  await store.close();
  expect(verdictOn(path)).toMatchObject({ kind: "whole", count: 7 });
});

test("what is for the audit alone is told in no thread; the history shows who was refused, not the calls", async () => {
  const store = openSqlite(await anAudit());
  onTestFinished(() => store.close());
  const codes = (lines: readonly { line: Line }[]) => lines.map(({ line }) => line.code);
  expect(codes(await store.untold(id("r1")))).toEqual(["asked", "queued_busy", "shutdown_asked"]);
  expect(codes(await store.alreadyTold(id("r1")))).toEqual([]);
  expect(codes(await store.history({}, 99, 0))).toEqual(["refused", "shutdown_asked", "queued_busy", "asked"]);
});

/** Gives a row the number of another, in between over a number that nobody has. */
const renumber = (from: number, to: number) => `UPDATE events SET id = ${to} WHERE id = ${from}`;
const swapNumbers = (one: number, other: number) => [renumber(one, -1), renumber(other, one), renumber(-1, other)];
const makeRoom = (at: number) => [
  `UPDATE events SET id = -id WHERE id >= ${at}`,
  "UPDATE events SET id = 1 - id WHERE id < 0",
];
const close = (at: number) => [
  `UPDATE events SET id = -id WHERE id > ${at}`,
  "UPDATE events SET id = -id - 1 WHERE id < 0",
];
const SAYS = "request, at, line, told, vm, who";
const swapContents = (one: number, other: number) => [
  `CREATE TEMP TABLE held AS SELECT * FROM events`,
  ...[
    [one, other],
    [other, one],
  ].map(([to, from]) => `UPDATE events SET (${SAYS}) = (SELECT ${SAYS} FROM held WHERE id = ${from}) WHERE id = ${to}`),
];
const insert = (id: number | null, prev = "''", hash = "''") =>
  `INSERT INTO events (id, ${SAYS}, prev, hash) VALUES (${id}, 'r1', 5, '{"code":"stuck"}', 1, 'web-01', 'UX', ${prev}, ${hash})`;

describe("a file that was tampered with", () => {
  test.each<[string, string[], Break]>([
    ["a line", [`UPDATE events SET line = '{"code":"stuck"}' WHERE id = 3`], { kind: "changed", rows: [3, 3] }],
    ["the first row", ["UPDATE events SET at = 1 WHERE id = 1"], { kind: "changed", rows: [1, 1] }],
    ["the last row", ["UPDATE events SET who = 'UX' WHERE id = 7"], { kind: "changed", rows: [7, 7] }],
    ["a VM", ["UPDATE events SET vm = 'db-01' WHERE id = 4"], { kind: "changed", rows: [4, 4] }],
    ["a request", ["UPDATE events SET request = 'r2' WHERE id = 4"], { kind: "changed", rows: [4, 4] }],
    ["a hash", ["UPDATE events SET hash = prev WHERE id = 4"], { kind: "changed", rows: [4, 4] }],
    ["a hash taken away", ["UPDATE events SET hash = '' WHERE id = 4"], { kind: "changed", rows: [4, 4] }],
    ["the hash before", ["UPDATE events SET prev = hash WHERE id = 4"], { kind: "changed", rows: [4, 4] }],
    ["the last row's hash before", ["UPDATE events SET prev = '' WHERE id = 7"], { kind: "changed", rows: [7, 7] }],
    ["several rows: the first", ["UPDATE events SET at = at + 1 WHERE id > 2"], { kind: "changed", rows: [3, 3] }],
    ["a row gone", ["DELETE FROM events WHERE id = 4"], { kind: "removed", rows: [4, 4] }],
    ["the first rows gone", ["DELETE FROM events WHERE id < 3"], { kind: "removed", rows: [1, 2] }],
    ["the last rows gone", ["DELETE FROM events WHERE id > 5"], { kind: "removed", rows: [6, 7] }],
    ["all rows gone", ["DELETE FROM events"], { kind: "removed", rows: [1, 7] }],
    [
      "a row gone and the gap closed",
      ["DELETE FROM events WHERE id = 4", ...close(4)],
      { kind: "removed", rows: [4, 4] },
    ],
    ["a row at the end", [insert(null)], { kind: "inserted", rows: [8, 8] }],
    ["a row in between", [...makeRoom(4), insert(4)], { kind: "inserted", rows: [4, 4] }],
    ["neighbours by their numbers", swapNumbers(3, 4), { kind: "swapped", rows: [3, 4] }],
    ["rows far apart by their numbers", swapNumbers(2, 6), { kind: "swapped", rows: [2, 6] }],
    ["what two rows say", swapContents(3, 6), { kind: "swapped", rows: [3, 6] }],
    ["what two neighbours say", swapContents(3, 4), { kind: "swapped", rows: [3, 4] }],
  ])("is found and named: %s", async (_, statements, expected) => {
    const path = await anAudit();
    edit(path, ...statements);
    expect(verdictOn(path)).toEqual({ kind: "broken", break: expected });
  });

  test("with a hash computed anew is found by the next row", async () => {
    const path = await anAudit();
    const row = rowsOf(path)[3]!;
    const hash = hashOf(row.prev, { ...row, who: "UX" });
    edit(path, `UPDATE events SET who = 'UX', hash = '${hash}' WHERE id = 4`);
    expect(verdictOn(path)).toEqual({ kind: "broken", break: { kind: "changed", rows: [4, 4] } });
  });

  test("by an inserted row with a right hash is found by the next row", async () => {
    const path = await anAudit();
    const { hash: prev } = rowsOf(path)[2]!;
    const row = { id: 4, request: "r1", at: 5, line: '{"code":"stuck"}', vm: "web-01", who: "UX" };
    edit(path, ...makeRoom(4), insert(4, `'${prev}'`, `'${hashOf(prev, row)}'`));
    expect(verdictOn(path)).toEqual({ kind: "broken", break: { kind: "inserted", rows: [4, 4] } });
  });

  test("is still found when the bot has gone on writing", async () => {
    const path = await anAudit();
    edit(path, "DELETE FROM events WHERE id > 5");
    const store = openSqlite(path);
    await store.note(at(9), refused, {});
    await store.close();
    expect(verdictOn(path)).toEqual({ kind: "broken", break: { kind: "removed", rows: [6, 7] } });
  });

  test("and wholly written anew is found by an anchor alone", async () => {
    const path = await anAudit();
    const anchor = rowsOf(path)[4]!.hash;
    expect(verdictOn(path, anchor)).toMatchObject({ kind: "whole", hasAnchor: true });
    let prev = FIRST;
    for (const row of rowsOf(path)) {
      const hash = hashOf(prev, { ...row, who: "UX" });
      edit(path, `UPDATE events SET who = 'UX', prev = '${prev}', hash = '${hash}' WHERE id = ${row.id}`);
      prev = hash;
    }
    expect(verdictOn(path)).toMatchObject({ kind: "whole" });
    expect(verdictOn(path, anchor)).toMatchObject({ kind: "whole", hasAnchor: false });
  });
});

test("of people a row holds their ids; what they were called stands beside it and can be erased", async () => {
  const path = await anAudit();
  expect(JSON.stringify(rowsOf(path))).not.toMatch(/Anna|Boris/);
  const [story] = await lookBack(path);
  expect(story).toEqual(refused);
  edit(path, "UPDATE events SET names = NULL");
  expect(verdictOn(path)).toMatchObject({ kind: "whole", count: 7 });
  expect(await lookBack(path)).toContainEqual({ ...refused, by: { id: BORIS.id, name: "" } });
});

describe("a file", () => {
  test("can be looked at while a bot holds and writes it, without being changed", async () => {
    const path = await anAudit();
    const store = openSqlite(path);
    onTestFinished(() => store.close());
    const audit = openAudit(path);
    await store.note(at(9), refused, {});
    expect(audit.verify()).toMatchObject({ kind: "whole" });
    const seen = [...audit.rows()].length;
    await store.note(at(10), refused, {});
    expect([...audit.rows()]).toHaveLength(seen); // as it was at one moment
    audit.close();
    expect(verdictOn(path)).toMatchObject({ kind: "whole", count: 9 });
  });

  test("of an earlier version becomes a chain, with everything that it had", async () => {
    const path = aPath();
    const story: Line[] = [{ code: "asked", by: ANNA }, { code: "queued_behind", by: BORIS }, { code: "stuck" }];
    writeVersion1(path, [{ ...aRequest("cancelled"), id: id("r1") }], story, NOW);
    edit(
      path,
      `WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2097)
       INSERT INTO events (request, at, line, told) SELECT 'r1', n, '{"code":"stuck"}', 1 FROM n`,
    );
    expect(() => openAudit(path)).toThrow("was written by an earlier Shutter. Start this one once");
    await openSqlite(path).close();
    expect(verdictOn(path)).toMatchObject({ kind: "whole", count: 2100 });
    expect(rowsOf(path)[1]).toMatchObject({ request: "r1", who: ANNA.id, line: JSON.stringify(story[1]) });
    expect((await lookBack(path, 2098))[0]).toEqual(story[1]);
    edit(path, "UPDATE events SET at = 1 WHERE id = 1500");
    expect(verdictOn(path)).toEqual({ kind: "broken", break: { kind: "changed", rows: [1500, 1500] } });
  });

  test("that is not there is not made", () => {
    const path = aPath();
    expect(() => openAudit(path)).toThrow(`${path} cannot be opened`);
    expect(() => openAudit(path)).toThrow(`${path} cannot be opened`);
  });

  test("of something else is said to be none", () => {
    const path = aPath();
    edit(path, "CREATE TABLE a (b)");
    expect(() => openAudit(path)).toThrow(`${path} is no database of Shutter's.`);
  });
});
