import type { VNode } from "preact";
import type { Question } from "./desk.ts";
import { Dialog } from "./dialog.ts";
import { html } from "./dom.ts";

/** Asks before something is done. The focus begins at the way back. */
export function Confirm({ question, answer }: { question: Question; answer(isYes: boolean): void }): VNode {
  return html`<${Dialog} class="confirm" titleId="confirm-title" textId="confirm-text" onClose=${() => answer(false)}>
    <header><h2 id="confirm-title">${question.title}</h2></header>
    <p id="confirm-text">${question.text}</p>
    <footer>
      <button type="button" class="button" onClick=${() => answer(false)}>${question.no}</button>
      <button type="button" class=${`button ${question.isDanger ? "danger" : "primary"}`} onClick=${() => answer(true)}>${question.yes}</button>
    </footer>
  <//>`;
}
