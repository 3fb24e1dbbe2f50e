import { z } from "zod";
import { type RichText, richText } from "./rich-text.ts";

/** Slack's two tables. Their limits count what stands in the cells; the totals are for a whole message or view. */
const MOST_ROWS = 100;
const MOST_DATA_ROWS = 200;
const MOST_COLUMNS = 20;
const MOST_CHARACTERS = { table: 10_000, data_table: 20_000 } as const;

const shape = { block_id: z.string().max(255).optional() };

const plainCells = [
  z.strictObject({ type: z.literal("raw_text"), text: z.string().min(1) }),
  z.strictObject({ type: z.literal("raw_number"), value: z.number(), text: z.string().min(1) }),
] as const;
const headerCell = z.discriminatedUnion("type", plainCells);
const cell = z.discriminatedUnion("type", [richText, ...plainCells]);

export type Cell = z.infer<typeof cell>;

export const table = z.strictObject({
  ...shape,
  type: z.literal("table"),
  rows: z.array(z.array(cell).min(1).max(MOST_COLUMNS)).min(1).max(MOST_ROWS),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(["left", "center", "right"]).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(MOST_COLUMNS)
    .optional(),
});

export const dataTable = z
  .strictObject({
    ...shape,
    type: z.literal("data_table"),
    caption: z.string().min(1),
    rows: z
      .array(z.array(cell).min(1).max(MOST_COLUMNS))
      .min(2)
      .max(1 + MOST_DATA_ROWS),
    page_size: z.number().int().min(1).max(100).optional(),
    row_header_column_index: z.number().int().min(0).optional(),
  })
  .refine(({ rows }) => rows.every((row) => row.length === rows[0]!.length), {
    path: ["rows"],
    message: "all rows must have the same number of values",
  })
  .refine(({ rows }) => rows[0]!.every((each) => headerCell.safeParse(each).success), {
    path: ["rows", 0],
    message: "header cells must be raw_text or raw_number",
  })
  .refine(({ rows, row_header_column_index: index = 0 }) => index < rows[0]!.length, {
    path: ["row_header_column_index"],
    message: "must be the index of a column",
  });

type Table = z.infer<typeof table> | z.infer<typeof dataTable>;

const isTable = (block: { type: string }): block is Table => block.type in MOST_CHARACTERS;

/** Slack's word when a second `table` stands in a message. It comes with an error of its own. */
export const ONE_TABLE = "only_one_table_allowed";

/** What is wrong with all tables together: `[words, index of the block]`. */
export function tooMuchOfTables(blocks: readonly { type: string }[], isMessage: boolean): [string, number][] {
  const complaints: [string, number][] = [];
  const characters = { table: 0, data_table: 0 };
  let tables = 0;
  blocks.forEach((block, index) => {
    if (!isTable(block)) return;
    tables += block.type === "table" ? 1 : 0;
    if (isMessage && block.type === "table" && tables > 1) complaints.push([ONE_TABLE, index]);
    characters[block.type] += block.rows.flat().reduce((sum, each) => sum + textOf(each).length, 0);
    const most = MOST_CHARACTERS[block.type];
    if (characters[block.type] > most) complaints.push([`tables must be no more than ${most} characters`, index]);
  });
  return complaints;
}

const textOf = (cell: Cell): string => (cell.type === "rich_text" ? textsIn(cell) : cell.text);

function textsIn({ elements }: RichText): string {
  const inlines = elements.flatMap((part) =>
    part.type === "rich_text_list" ? part.elements.flatMap((item) => item.elements) : part.elements,
  );
  return inlines.map((inline) => ("text" in inline ? (inline.text ?? "") : "")).join("");
}
