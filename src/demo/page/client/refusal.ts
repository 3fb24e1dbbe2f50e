import type { VNode } from "preact";
import type { Refused } from "../state.ts";
import { Dialog } from "./dialog.ts";
import { html } from "./dom.ts";

/** What Slack would not show, where it would have stood. */
export function Refusal({ refused }: { refused: Refused }): VNode {
  return html`<article class="refused" aria-label="Refused by Slack">
    <b>Slack refused this: <code>${refused.error}</code></b> <span>(${refused.method})</span>
    ${refused.details.length > 0 && html`<ul>${refused.details.map((detail) => html`<li>${detail}</li>`)}</ul>`}
  </article>`;
}

/** In place of a dialog that Slack would not open. */
export function RefusedDialog({ refused, onClose }: { refused: Refused; onClose(): void }): VNode {
  return html`<${Dialog} class="modal" titleId="refused-title" onClose=${onClose}>
    <header><h2 id="refused-title">No dialog</h2></header>
    <div class="modal-body"><${Refusal} refused=${refused} /></div>
    <footer><button type="button" class="button" onClick=${onClose}>Close</button></footer>
  <//>`;
}
