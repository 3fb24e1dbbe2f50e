import type { VNode } from "preact";
import { html } from "./dom.ts";

/** What did not work. */
export function Toast({ text, onClose }: { text: string; onClose(): void }): VNode {
  return html`<div class="toast" role="alert">
    ${text && html`<p>${text}</p><button type="button" class="button icon" aria-label="Dismiss" onClick=${onClose}>✕</button>`}
  </div>`;
}
