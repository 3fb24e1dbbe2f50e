import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Refused, ShownView } from "../state.ts";
import { Blocks } from "./blocks.ts";
import { useDesk } from "./desk.ts";
import { Dialog } from "./dialog.ts";
import { html } from "./dom.ts";
import { takeDrafts } from "./drafts.ts";
import { Refusal } from "./refusal.ts";

/** A dialog of the app. Another view on top of it, or in its place, keeps the frame. Nothing beside it can be reached, so it takes the notice in. */
export function Modal({
  view,
  refused,
  notice,
}: {
  view: ShownView;
  refused: Refused | undefined;
  notice: VNode;
}): VNode {
  const { state, act } = useDesk();
  const [isSending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const errors = JSON.stringify(view.errors);

  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    return () => void takeDrafts(); // of a view that is gone
  }, [view.id]);

  useLayoutEffect(() => {
    if (errors !== "{}") form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors, isSending]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    for (const draft of takeDrafts()) await act(draft);
    await act({ do: "submit", as: state.me });
    setSending(false);
  }

  const close = () => void act({ do: "close", as: state.me });
  return html`<${Dialog} class="modal" titleId="modal-title" onClose=${close}>
    <form ref=${form} novalidate aria-busy=${isSending} onSubmit=${submit}>
      <header>
        <span class="app-icon" aria-hidden="true"></span>
        <h2 id="modal-title">${view.title}</h2>
        <button type="button" class="button icon close" aria-label="Close" onClick=${close}>✕</button>
      </header>
      <div class="modal-body">${refused && html`<${Refusal} refused=${refused} />`}<${Blocks} key=${view.id} blocks=${view.blocks} surface=${{ where: { kind: "view" }, view }} /></div>
      <footer>
        <button type="button" class="button" onClick=${close}>${view.close ?? "Cancel"}</button>
        ${view.submit && html`<button type="submit" class="button primary">${view.submit}</button>`}
      </footer>
    </form>
    ${notice}
  <//>`;
}
