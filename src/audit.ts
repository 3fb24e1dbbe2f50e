import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { asCsv, asJsonLines, USAGE, verdictText } from "./audit-words.ts";
import { ConfigError, EX_CONFIG, readDatabase } from "./config.ts";
import { DAY_MS, later } from "./domain/durations.ts";
import { loadEnv } from "./env.ts";
import { type Audit, NoAudit, openAudit } from "./store/audit.ts";
import type { Verdict } from "./store/audit-verify.ts";

/** sysexits.h: the command was used incorrectly. */
const EX_USAGE = 64;
/** sysexits.h: there is nothing to read; 1 is kept for a chain that is not whole. */
const EX_NOINPUT = 66;

class UsageError extends Error {}

const FORMATS = { jsonl: asJsonLines, csv: asCsv };

/** `npm run audit`: looks at the audit, beside a bot that may be running, and changes nothing. */
async function run(given: readonly string[]): Promise<number> {
  const { positionals, values } = read(given);
  const [task, surplus] = positionals;
  if (surplus !== undefined) throw new UsageError(`${surplus} is one word too many.`);
  if (task === "verify") return withAudit((audit) => verify(audit, values.anchor));
  if (task !== "export") throw new UsageError(task === undefined ? "Say what to do." : `${task} is not known.`);
  const { format = "jsonl" } = values;
  if (format !== "jsonl" && format !== "csv") throw new UsageError(`--format ${format} is neither jsonl nor csv.`);
  const from = moment("--from", values.from, 0);
  const to = moment("--to", values.to, DAY_MS);
  return withAudit(async (audit) => {
    await write(FORMATS[format](audit.rows(from, to)));
    return complain(audit.verify());
  });
}

function read(given: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...given],
      allowPositionals: true,
      options: { anchor: text, from: text, to: text, format: text },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A day is one from its first moment on, and before its last. */
function moment(name: string, text: string | undefined, ofDayMs: number): Date | undefined {
  if (text === undefined) return undefined;
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(T.+)?$/.exec(text) ?? [];
  const at = new Date(text);
  if (day === undefined || !isDay(day) || Number.isNaN(Number(at)))
    throw new UsageError(`${name} ${text} is no date such as 2025-01-31 or 2025-01-31T08:00:00Z.`);
  return time === undefined ? later(at, ofDayMs) : at;
}

/** To `Date`, the 31st of November is the 1st of December. */
function isDay(day: string): boolean {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(Number(at)) && at.toISOString().startsWith(day);
}

async function withAudit(look: (audit: Audit) => number | Promise<number>): Promise<number> {
  const { sqlite: path } = readDatabase(process.env);
  if (!existsSync(path)) throw new NoAudit(missing(path));
  const audit = openAudit(path);
  try {
    return await look(audit);
  } finally {
    audit.close();
  }
}

function missing(path: string): string {
  const where = isAbsolute(path) ? "" : ` here (in ${process.cwd()})`;
  return `There is no database ${path}${where}. Set DATABASE_URL, or start Shutter once.`;
}

async function verify(audit: Audit, anchor: string | undefined): Promise<number> {
  const verdict = audit.verify(anchor?.toLowerCase());
  await write([`${verdictText(verdict)}\n`]);
  return verdict.kind === "whole" && verdict.hasAnchor ? 0 : 1;
}

/** What is archived should be known to be whole. */
function complain(verdict: Verdict): number {
  if (verdict.kind === "whole") return 0;
  process.stderr.write(`${verdictText(verdict)}\n`);
  return 1;
}

/** At the reader's pace; a reader that has seen enough is no failure. */
async function write(text: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(text), process.stdout, { end: false });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPIPE") throw error;
  }
}

function codeOf(error: unknown): number {
  if (error instanceof NoAudit) return EX_NOINPUT;
  return error instanceof ConfigError ? EX_CONFIG : 1;
}

loadEnv();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const { message } = error as Error;
  const isUsage = error instanceof UsageError;
  process.stderr.write(isUsage ? `${message}\n\n${USAGE}` : `${message}\n`);
  process.exitCode = isUsage ? EX_USAGE : codeOf(error);
}
