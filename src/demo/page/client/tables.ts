import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { BlockOf } from "../../slack/blocks.ts";
import { html } from "./dom.ts";
import { RichText } from "./rich-text.ts";

type Row = BlockOf<"table">["rows"][number];

/** Slack's own default. */
const PAGE_SIZE = 5;

/** The first row is the head. */
export function Table({ block }: { block: BlockOf<"table"> }): VNode {
  const [head = [], ...rows] = block.rows;
  const align = (column: number) => block.column_settings?.[column]?.align;
  return html`<${Box} label="Table" head=${head} rows=${rows} align=${align} />`;
}

/** With a caption, a column that names each row, and page by page. */
export function DataTable({ block }: { block: BlockOf<"data_table"> }): VNode {
  const { caption, page_size: size = PAGE_SIZE, row_header_column_index: header = 0 } = block;
  const [head = [], ...rows] = block.rows;
  const pages = Math.ceil(rows.length / size);
  const [wished, setPage] = useState(0);
  const page = Math.min(wished, pages - 1);
  const shown = rows.slice(page * size, (page + 1) * size);
  return html`<div class="data-table">
    <${Box} label=${caption} caption=${caption} head=${head} rows=${shown} header=${header} />
    ${pages > 1 && html`<${Pager} caption=${caption} page=${page} pages=${pages} onPage=${setPage} />`}
  </div>`;
}

function Pager(props: { caption: string; page: number; pages: number; onPage(page: number): void }): VNode {
  const { caption, page, pages, onPage } = props;
  // A button that cannot be used keeps the focus, so it is not `disabled`.
  const turn = (by: number) => {
    const to = page + by;
    if (to >= 0 && to < pages) onPage(to);
  };
  return html`<nav class="pager" aria-label=${`Pages of ${caption}`}>
    <button type="button" class="button" aria-disabled=${page === 0} onClick=${() => turn(-1)}>Previous</button>
    <span role="status">Page ${page + 1} of ${pages}</span>
    <button type="button" class="button" aria-disabled=${page === pages - 1} onClick=${() => turn(1)}>Next</button>
  </nav>`;
}

/** Scrolls by itself, so that the page does not; hence it can have the focus. */
function Box(props: {
  label: string;
  caption?: string;
  head: Row;
  rows: readonly Row[];
  header?: number;
  align?(column: number): string | undefined;
}): VNode {
  const { label, caption, head, rows, header, align } = props;
  const styleOf = (cell: Row[number], column: number) => {
    const side = align?.(column) ?? (cell.type === "raw_number" ? "right" : undefined);
    return side && { "text-align": side };
  };
  return html`<div class="table-box" role="region" tabindex="0" aria-label=${label}><table>
    ${caption && html`<caption>${caption}</caption>`}
    <thead><tr>${head.map((cell, column) => html`<th scope="col" style=${styleOf(rows[0]?.[column] ?? cell, column)}><${Cell} cell=${cell} /></th>`)}</tr></thead>
    <tbody>${rows.map(
      (row) =>
        html`<tr>${row.map((cell, column) =>
          column === header
            ? html`<th scope="row" style=${styleOf(cell, column)}><${Cell} cell=${cell} /></th>`
            : html`<td style=${styleOf(cell, column)}><${Cell} cell=${cell} /></td>`,
        )}</tr>`,
    )}</tbody>
  </table></div>`;
}

const Cell = ({ cell }: { cell: Row[number] }): VNode =>
  cell.type === "rich_text" ? html`<${RichText} block=${cell} />` : html`<span class="plain">${cell.text}</span>`;
