import type { ComponentType, VNode } from "preact";
import type { Block, BlockOf } from "../../slack/blocks.ts";
import type { Blocks as Sent, ShownView, Where } from "../state.ts";
import { Alert } from "./alert.ts";
import { html } from "./dom.ts";
import { ElementOf } from "./elements.ts";
import { InputBlock } from "./input-block.ts";
import { RichText } from "./rich-text.ts";
import { DataTable, Table } from "./tables.ts";
import { Words } from "./words.ts";

/** Where blocks stand: in a message, or in a view with what was entered into it. */
export interface Surface {
  where: Where;
  view?: ShownView;
}

interface Drawn<T extends Block["type"]> {
  block: BlockOf<T>;
  surface: Surface;
}

/** Exactly the blocks that the app uses. */
const DRAWERS: { readonly [T in Block["type"]]?: ComponentType<Drawn<T>> } = {
  header: ({ block }) => html`<h3 class="block-header">${block.text.text}</h3>`,
  divider: () => html`<hr />`,
  section: Section,
  context: ({ block }) =>
    html`<div class="block-context">${block.elements.map((each) =>
      each.type === "image" ? html`<span>${each.alt_text}</span>` : html`<${Words} text=${each} />`,
    )}</div>`,
  actions: ({ block, surface }) =>
    html`<div class="block-actions">${block.elements.map(
      (element, index) =>
        html`<${ElementOf} key=${keyOf(element, index)} element=${element} blockId=${block.block_id} surface=${surface} />`,
    )}</div>`,
  input: InputBlock,
  rich_text: RichText,
  alert: Alert,
  table: Table,
  data_table: DataTable,
};

/** Messages are redrawn whole; what stays at its place and of its kind keeps its element, so that nothing flickers. */
export function Blocks({ blocks, surface }: { blocks: Sent; surface: Surface }): VNode {
  return html`<div class="blocks">${(blocks as unknown as readonly Block[]).map((block, index) => {
    const Drawer = DRAWERS[block.type] as ComponentType<Drawn<Block["type"]>> | undefined;
    const key = surface.view ? `${block.block_id} ${block.type}` : `${index} ${block.type}`;
    if (!Drawer) return html`<p key=${key} class="unknown">This page cannot draw a block of type ${block.type}.</p>`;
    return html`<${Drawer} key=${key} block=${block} surface=${surface} />`;
  })}</div>`;
}

function Section({ block, surface }: Drawn<"section">): VNode {
  const { text, fields = [], accessory, block_id } = block;
  return html`<div class="block-section">
    <div class="section-text">
      ${text && html`<${Words} text=${text} />`}
      ${fields.length > 0 && html`<div class="fields">${fields.map((field) => html`<div><${Words} text=${field} /></div>`)}</div>`}
    </div>
    ${
      accessory &&
      accessory.type !== "image" &&
      html`<div class="accessory"><${ElementOf} element=${accessory} blockId=${block_id} surface=${surface} /></div>`
    }
  </div>`;
}

const keyOf = (element: { action_id?: string | undefined }, index: number): string =>
  `${element.action_id ?? index} ${"value" in element ? element.value : ""}`;
