import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { buffer, text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { UserId } from "../src/domain/ids.ts";
import type { Line } from "../src/domain/story.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { at, NOW } from "./domain/builders.ts";
import { journey, QUICK } from "./journey.ts";
import { ANNA, BORIS, CLARA, OPS } from "./rig.ts";

const AUDIT = fileURLToPath(new URL("../src/audit.ts", import.meta.url));

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shutter-audit-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** `npm run audit -- …` with nothing set but where the database is. */
async function audit(folder: string, ...words: string[]) {
  const env = { PATH: process.env.PATH ?? "", DATABASE_URL: "sqlite:shutter.db" };
  const child = spawn(process.execPath, [AUDIT, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const [[code], out, err] = await Promise.all([once(child, "exit"), buffer(child.stdout), text(child.stderr)]);
  return { code, out: out.toString(), err };
}

const EVE = { id: UserId.parse("UEVE"), name: '=HYPERLINK("x")' };
const refused: Line = { code: "refused", by: EVE, what: "cancel", why: "not_requester" };

/** Three rows, one an hour. */
async function threeRows(folder: string): Promise<string> {
  const store = openSqlite(join(folder, "shutter.db"));
  await store.note(NOW, { code: "policy_loaded", rules: 0, hash: "abc" }, {});
  await store.note(at(3600), refused, { who: EVE.id, vm: "=1+1" as never });
  await store.note(at(7200), refused, { who: EVE.id });
  const head = await store.auditHead();
  await store.close();
  return head!.hash;
}

describe("verify", () => {
  test("says how many rows there are, from when to when, and the newest hash", async () => {
    const folder = aFolder();
    const head = await threeRows(folder);
    const { code, out, err } = await audit(folder, "verify");
    expect(out).toBe(`OK      3 rows from ${NOW.toISOString()} to ${at(7200).toISOString()}, head ${head}\n`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await audit(folder, "verify", "--anchor", head.toUpperCase())).toMatchObject({ code: 0 });
    expect(await audit(folder, "verify", "--anchor", "abc")).toMatchObject({
      code: 1,
      out: expect.stringContaining("the anchor is none of them"),
    });
  });

  test("says up to where rows were removed because they are older than is kept", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const store = openSqlite(join(folder, "shutter.db"));
    await store.prune(at(3600), at(9000), 99);
    await store.close();
    const { code, out } = await audit(folder, "verify");
    expect(out).toMatch(
      /^OK {6}3 rows from .+\n {8}Before them: rows up to 1 were removed on .+ as older than is kept\.\n$/,
    );
    expect(code).toBe(0);
  });

  test("names what was tampered with, and ends with 1", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const database = new DatabaseSync(join(folder, "shutter.db"));
    database.exec("DELETE FROM events WHERE id = 2");
    database.close();
    expect(await audit(folder, "verify")).toEqual({ code: 1, out: "BROKEN  Row 2 was removed.\n", err: "" });
  });

  test("without a database says where it looked, and makes none", async () => {
    const folder = aFolder();
    const says = `There is no database shutter.db here (in ${realpathSync(folder)}). Set DATABASE_URL, or start Shutter once.\n`;
    for (const words of [["verify"], ["export"]])
      expect(await audit(folder, ...words)).toEqual({ code: 66, out: "", err: says });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    {
      what: "a text",
      write: (path: string) => writeFileSync(path, "no database".repeat(100)),
      says: "is no database.",
    },
    { what: "an empty file", write: (path: string) => writeFileSync(path, ""), says: "is no database of Shutter's." },
    {
      what: "a folder",
      write: (path: string) => mkdirSync(path),
      says: "cannot be opened: ",
    },
  ])("names $what that is no database, and tells it from a broken chain", async ({ write, says }) => {
    const folder = aFolder();
    write(join(folder, "shutter.db"));
    const { code, out, err } = await audit(folder, "verify");
    expect(err).toContain(`shutter.db ${says}`);
    expect({ code, out }).toEqual({ code: 66, out: "" });
  });
});

describe("export", () => {
  test("writes a JSON object per row, the same as stored", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const { code, out } = await audit(folder, "export");
    const rows = out
      .trimEnd()
      .split("\n")
      .map((row) => JSON.parse(row));
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatchObject({ id: 2, time: at(3600).toISOString(), who: "UEVE", prev: rows[0].hash });
    expect(JSON.parse(rows[1].line)).toEqual({ ...refused, by: { id: "UEVE" } });
    expect(code).toBe(0);
  });

  test("of a chain that is not whole is written all the same, and says so", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const database = new DatabaseSync(join(folder, "shutter.db"));
    database.exec("DELETE FROM events WHERE id = 1");
    database.close();
    const { code, out, err } = await audit(folder, "export");
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect({ code, err }).toEqual({ code: 1, err: "BROKEN  Row 1 was removed.\n" });
  });

  test("writes a spreadsheet in which nothing is calculated", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const { out } = await audit(folder, "export", "--format", "csv");
    const [head, , second] = out.split("\r\n");
    expect(head).toBe("\ufeffid,time,request,vm,who,what,line,prev,hash");
    expect(second).toContain(",'=1+1,UEVE,refused,");
    expect(out.split("\ufeff")).toHaveLength(2);
    expect(out).not.toMatch(/(^|,)"?[=+@]/m);
  });

  test("is bounded by moments and by whole days", async () => {
    const folder = aFolder();
    await threeRows(folder);
    const count = async (...words: string[]) => (await audit(folder, "export", ...words)).out.split("\n").length - 1;
    expect(await count("--from", at(3600).toISOString())).toBe(2);
    expect(await count("--to", at(3600).toISOString())).toBe(1);
    const day = NOW.toISOString().slice(0, 10);
    expect(await count("--from", day, "--to", day)).toBe(3);
    expect(await count("--to", "2001-01-01")).toBe(0);
  });
});

test.each([
  [[], "Say what to do."],
  [["erase"], "erase is not known."],
  [["verify", "now"], "now is one word too many."],
  [["verify", "--force"], "--force"],
  [["export", "--format", "xml"], "--format xml is neither jsonl nor csv."],
  [["export", "--from", "yesterday"], "--from yesterday is no date such as"],
  [["export", "--to", "2026-11-31"], "--to 2026-11-31 is no date such as"],
  [["export", "--to", "2026-02-29T08:00:00Z"], "--to 2026-02-29T08:00:00Z is no date such as"],
  [["export", "--from", "2026-13-01"], "--from 2026-13-01 is no date such as"],
  [["export", "--from", "2026-11"], "--from 2026-11 is no date such as"],
  [["export", "--from", "2026-11-30Tea"], "--from 2026-11-30Tea is no date such as"],
])("%j is answered with how it is used", async (words, sentence) => {
  const { code, out, err } = await audit(aFolder(), ...words);
  expect(err).toContain(sentence);
  expect(err).toContain("npm run audit -- verify");
  expect(err).toContain("npm run --silent audit -- export");
  expect({ code, out }).toEqual({ code: 64, out: "" });
});

/** npm's own lines on standard output would be in the file. */
test("the command for a file is given with --silent everywhere", async () => {
  const { err } = await audit(aFolder());
  const documents = ["README.md", "CHANGELOG.md", "shutter.example.yml"].map((path) => readFileSync(path, "utf8"));
  const commands = [err, ...documents].flatMap((document) => document.match(/npm run .*audit -- export/g) ?? []);
  expect(commands.length).toBeGreaterThan(3);
  expect(commands.filter((command) => !command.includes("--silent"))).toEqual([]);
});

test("npm leaves the file alone: a spreadsheet begins with its mark and its header", async () => {
  const folder = aFolder();
  await threeRows(folder);
  const env = { ...process.env, DATABASE_URL: `sqlite:${join(folder, "shutter.db")}` };
  const words = ["run", "--silent", "audit", "--", "export", "--format", "csv"];
  const child = spawn("npm", words, { env, stdio: ["ignore", "pipe", "pipe"] });
  const [[code], out] = await Promise.all([once(child, "exit"), buffer(child.stdout)]);
  expect(out.toString().split("\r\n")[0]).toBe("\ufeffid,time,request,vm,who,what,line,prev,hash");
  expect(code).toBe(0);
});

journey("what happens in Slack is in the audit, which can be verified while the bot runs", async ({ begin }) => {
  const folder = aFolder();
  const rig = await begin({
    vms: [{ name: "web-01", timing: QUICK }],
    env: { DATABASE_URL: `sqlite:${join(folder, "shutter.db")}` },
  });
  await rig.slack.command(CLARA, OPS, "create web-01 --live");
  await rig.told(CLARA);
  await rig.slack.command(ANNA, OPS, "create web-01");
  const card = await rig.shows("choosing");
  await rig.slack.click(BORIS, card, "request.live");
  await rig.told(BORIS);
  await rig.slack.click(CLARA, card, "request.shutdown");
  await rig.told(CLARA, 2);
  await rig.slack.command(BORIS, OPS, "frobnicate web-01 secret-plan");
  await rig.told(BORIS, 2);
  await rig.slack.click(ANNA, card, "request.live");
  await rig.shows("done");

  expect(await audit(folder, "verify")).toMatchObject({ code: 0, out: expect.stringMatching(/^OK /) });
  const { out } = await audit(folder, "export");
  const rows = out
    .trimEnd()
    .split("\n")
    .map((row) => JSON.parse(row));
  const id = card.metadata?.event_payload.id;
  const said = rows.map(({ line, request, who }) => ({ ...JSON.parse(line), request, who }));
  expect(said[0]).toMatchObject({ code: "policy_loaded", rules: 0, who: "" });
  const of = (code: string) => said.filter((line) => line.code === code);
  expect(of("command")).toMatchObject([
    { word: "create", vm: "web-01", who: CLARA },
    { word: "create", vm: "web-01", who: ANNA, as: id },
  ]);
  expect(of("refused")).toMatchObject([
    { what: "create", why: "not_member", who: CLARA, request: "" },
    { what: "live", why: "not_requester", who: BORIS, request: id },
    { what: "shutdown", why: "not_member", who: CLARA, request: id },
    { what: "command", why: "unknown_word", who: BORIS, request: "" },
  ]);
  expect(of("call")).toMatchObject([{ call: "snapshot", request: id, who: ANNA }]);
  expect(of("answer")).toMatchObject([{ call: "snapshot", outcome: "ok", request: id }]);
  expect(out).not.toContain("secret-plan");
  const { out: sheet } = await audit(folder, "export", "--format", "csv");
  const { botToken, signingSecret } = rig.slack;
  for (const secret of [botToken, signingSecret, rig.cloud.clientSecret, "xoxb-", "/response/"]) {
    expect(out).not.toContain(secret);
    expect(sheet).not.toContain(secret);
  }
  for (const name of ["anna", "boris", "clara"]) expect(out + sheet).not.toContain(`"${name}"`);
  expect(rig.thread(card).join("\n")).not.toMatch(/refused|Calling|command/);
});
