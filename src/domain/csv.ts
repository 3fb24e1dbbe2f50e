/**
 * A file that opens in a spreadsheet, with its columns in the first row; rows end as RFC 4180 says. It begins with a byte
 * order mark, without which Excel reads UTF-8 as Windows-1252 and turns every umlaut into two other characters.
 */
export const csv = (rows: readonly (readonly string[])[], separator: Separator): string =>
  `\ufeff${rows.map((cells) => `${cells.map(cell).join(separator)}\r\n`).join("")}`;

/** The comma of RFC 4180; a German Excel puts a whole line into one column unless it finds semicolons. */
export type Separator = "," | ";";

/** A spreadsheet calculates what begins so, also in the full-width forms; an apostrophe before it makes it a text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(data: string): string {
  const text = FORMULA.test(data) ? `'${data}` : data;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
