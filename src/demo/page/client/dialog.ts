import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { html } from "./dom.ts";

interface Props {
  class: string;
  titleId: string;
  textId?: string;
  onClose(): void;
  children?: ComponentChildren;
}

/** A dialog that keeps the focus until it is closed and gives it back then; Escape closes it. */
export function Dialog({ class: name, titleId, textId, onClose, children }: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opened = dialog.current;
    opened?.showModal();
    return () => opened?.close();
  }, []);
  const onCancel = (event: Event) => {
    event.preventDefault(); // it goes when it is no longer drawn
    onClose();
  };
  return html`<dialog ref=${dialog} class=${name} aria-labelledby=${titleId} aria-describedby=${textId} onCancel=${onCancel}>${children}</dialog>`;
}
