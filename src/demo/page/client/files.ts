import type { VNode } from "preact";
import type { ShownFile } from "../state.ts";
import { html } from "./dom.ts";

/** What the app has uploaded. */
export function Files({ files }: { files: readonly ShownFile[] }): VNode {
  return html`<ul class="files" aria-label="Files">${files.map(
    ({ id, name, title }) => html`<li key=${id}>
      <a href=${`/files/${id}`} target="_blank" rel="noopener noreferrer"><span aria-hidden="true">📄 </span>${title}</a>
      ${title !== name && html` <small>${name}</small>`}
    </li>`,
  )}</ul>`;
}
