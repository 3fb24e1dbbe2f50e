import type { Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { gigabytes, plain } from "../texts/format.ts";
import { ageOf } from "./list.ts";

/** A snapshot in a list of several VMs. */
export interface Row {
  vm: string;
  snapshot: Listed;
}

/** Slack's limits for a `data_table`: rows without the header, and characters in all cells together. */
const MOST_ROWS = 200;
const MOST_CHARACTERS = 20_000;
/** How many rows are shown before its own paging begins. */
const SHOWN_ROWS = 20;
const CAPTION_LENGTH = 150;

/** How much of a name or a reason stands in a cell. */
const LENGTH = { vm: 60, snapshot: 80, who: 40, why: 80 };

type Cell =
  | { type: "raw_text"; text: string }
  | { type: "raw_number"; value: number; text: string }
  | { type: "rich_text"; elements: readonly object[] };

/** How many of these, from the first, fit into one table. */
export function howManyFit(rows: readonly Row[], texts: Texts, now: Date): number {
  let room = MOST_CHARACTERS - charactersIn(header(texts));
  let count = 0;
  for (const row of rows) {
    room -= charactersIn(cellsOf(row, texts, now));
    if (room < 0 || count === MOST_ROWS) break;
    count += 1;
  }
  return count;
}

/** A table in which readers can sort and filter. There must be a row, and no more than fit. */
export const listTable = (rows: readonly Row[], caption: string, texts: Texts, now: Date) => ({
  type: "data_table",
  caption: plain(caption, CAPTION_LENGTH),
  page_size: SHOWN_ROWS,
  row_header_column_index: 1,
  rows: [header(texts), ...rows.map((row) => cellsOf(row, texts, now))],
});

const header = ({ list }: Texts): Cell[] => Object.values(list.columns).map((word) => raw(word, 40));

/** In the order of the columns. Nothing in a raw text comes to life. */
function cellsOf({ vm, snapshot }: Row, texts: Texts, now: Date): Cell[] {
  const { name, createdAt, sizeGb, live, by, reason } = snapshot;
  const { list } = texts;
  return [
    raw(vm, LENGTH.vm),
    raw(name, LENGTH.snapshot),
    date(createdAt),
    raw(ageOf(createdAt, now, texts), 40),
    sizeGb === undefined
      ? raw(list.unknown, 1)
      : ({ type: "raw_number", value: sizeGb, text: gigabytes(sizeGb, texts.locale) } satisfies Cell & {
          value: number;
        }),
    raw(live === undefined ? list.unknown : live ? list.live : list.offline, 20),
    raw(by ? by.name : list.elsewhere, LENGTH.who),
    raw(reason ?? list.unknown, LENGTH.why),
  ];
}

/** A cell must not be empty. */
const NOTHING = "–";

const raw = (text: string, length: number): Cell => ({ type: "raw_text", text: plain(text, length) || NOTHING });

/** Drawn in each reader's own zone. */
const date = (at: Date): Cell => {
  const fallback = at.toISOString().slice(0, 16).replace("T", " ");
  const element = {
    type: "date",
    timestamp: Math.floor(at.getTime() / 1000),
    format: "{date_short_pretty}, {time}",
    fallback: `${fallback} UTC`,
  };
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] };
};

/** What a date may become, in characters. */
const DATE_LENGTH = 30;

const charactersIn = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + ("text" in cell ? cell.text.length : DATE_LENGTH), 0);
