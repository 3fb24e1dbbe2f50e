import { csv } from "./domain/csv.ts";
import type { Link } from "./store/audit-chain.ts";
import type { Break, Pruned, Verdict } from "./store/audit-verify.ts";

export const USAGE = `Usage:
  npm run audit -- verify [--anchor <hash>]
      Walks the chain of the audit: every row carries the hash of the one before it. Names the first row that was
      changed, removed, inserted or swapped, and ends with 1. A hash that was kept elsewhere also shows when the
      whole chain was written anew.
  npm run --silent audit -- export [--from <when>] [--to <when>] [--format jsonl|csv] > <file>
      Writes the rows to standard output, from the first moment on and before the second. A date without a time
      stands for that whole day (UTC), so that --to 2025-01-31 ends with that day. Without --silent npm writes lines of
      its own there, too.

      Ends with 1, and says why on standard error, when what was written is not the whole chain.

Reads DATABASE_URL, and may run beside the bot; ends with 66 when there is no database to read. Rows go only where
shutter.yml says \`audit: { keep: … }\`, from the front, and then a row of the audit says so. Of people it holds Slack
ids, and what they wrote as a reason.
`;

export function verdictText(verdict: Verdict): string {
  if (verdict.kind === "broken") return `BROKEN  ${breakText(verdict.break)}`;
  const { count, from, to, head, hasAnchor, pruned } = verdict;
  if (!hasAnchor) {
    const maybe = pruned ? ` its row was removed (${prunedText(pruned)}), or` : "";
    return `BROKEN  The ${count} rows fit together, but the anchor is none of them:${maybe} the chain was written anew, or is another.`;
  }
  if (!from || !to || !head) return "OK      There are no rows yet.";
  const before = pruned ? `\n        Before them: ${prunedText(pruned)}.` : "";
  return `OK      ${count} rows from ${from.toISOString()} to ${to.toISOString()}, head ${head}${before}`;
}

const prunedText = ({ upTo, at }: Pruned): string =>
  `rows up to ${upTo} were removed on ${at.toISOString()} as older than is kept`;

function breakText({ kind, rows: [first, last] }: Break): string {
  const rows = first === last ? `Row ${first} was` : `Rows ${first} to ${last} were`;
  switch (kind) {
    case "changed":
      return `${rows} changed after it was written.`;
    case "removed":
      return `${rows} removed.`;
    case "inserted":
      return `${rows} inserted.`;
    case "swapped":
      return `Row ${first} and row ${last} were swapped.`;
  }
}

const COLUMNS = ["id", "time", "request", "vm", "who", "what", "line", "prev", "hash"];

/** The rows as a spreadsheet opens them, a piece at a time. */
export function* asCsv(rows: Iterable<Link>): Iterable<string> {
  yield csv([COLUMNS], ",");
  for (const { id, at, request, vm, who, line, prev, hash } of rows) {
    const { code } = JSON.parse(line) as { code: string };
    const cells = [String(id), new Date(at).toISOString(), request, vm, who, code, line, prev, hash];
    yield csv([cells], ",").slice(1); // the mark at the beginning belongs before the first row only
  }
}

/** One JSON object per row; `line` is text, since the hash is over its very characters. */
export function* asJsonLines(rows: Iterable<Link>): Iterable<string> {
  for (const row of rows) yield `${JSON.stringify({ ...row, time: new Date(row.at).toISOString() })}\n`;
}
