import type { VNode } from "preact";
import type { BlockOf } from "../../slack/blocks.ts";
import type { Surface } from "./blocks.ts";
import { html } from "./dom.ts";
import { ElementOf } from "./elements.ts";

/** A field with its name, its hint and what is wrong with it. */
export function InputBlock({ block, surface }: { block: BlockOf<"input">; surface: Surface }): VNode {
  const { label, hint, element, optional, block_id = "" } = block;
  const id = `field-${block_id.replace(/[^\w-]/g, "_")}`;
  const error = surface.view?.errors[block_id];
  const describedBy = [...(error ? [`${id}-error`] : []), ...(hint ? [`${id}-hint`] : [])].join(" ") || undefined;
  const isGroup = element.type === "radio_buttons" || element.type === "checkboxes";
  const name = html`${label.text}${optional && html` <span class="optional">(optional)</span>`}`;
  return html`<div class=${`block-input ${error ? "wrong" : ""}`}>
    ${isGroup ? html`<div class="label" id=${`${id}-label`}>${name}</div>` : html`<label class="label" id=${`${id}-label`} for=${id}>${name}</label>`}
    <${ElementOf} element=${element} blockId=${block_id} surface=${surface} id=${id} labelledBy=${`${id}-label`}
      describedBy=${describedBy} isWrong=${error !== undefined} dispatches=${block.dispatch_action} />
    ${error && html`<p class="error" id=${`${id}-error`}><span aria-hidden="true">⚠ </span>${error}</p>`}
    ${hint && html`<p class="hint" id=${`${id}-hint`}>${hint.text}</p>`}
  </div>`;
}
