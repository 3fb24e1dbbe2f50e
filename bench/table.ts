import type { Row } from "./benchmark.ts";

const COLUMNS: Readonly<Record<string, (row: Row) => string | undefined>> = {
  id: ({ id }) => id,
  what: ({ what }) => what,
  "compared with": ({ comparedWith }) => comparedWith,
  figure: ({ figure }) => figure,
  "A/A": ({ aToA }) => aToA,
  must: ({ must, verdict }) => must && [must, verdict].filter(Boolean).join(": "),
};

/** For a terminal: a head and a line for each row. */
export function tableOf(rows: readonly Row[]): string[] {
  const heads = Object.keys(COLUMNS);
  const lines = [heads, ...rows.map((row) => Object.values(COLUMNS).map((cell) => cell(row) ?? "-"))];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
