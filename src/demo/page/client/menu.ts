import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./dom.ts";

export interface Item {
  label: string;
  detail?: string;
  choose(): void;
}

/** A button with a menu: arrows move, Escape closes, the focus comes back. */
export function Menu(props: {
  label: string;
  sign: string;
  class?: string;
  opensUp?: boolean;
  items: readonly Item[];
}): VNode {
  const { label, sign, items } = props;
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const choices = () => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useLayoutEffect(() => {
    if (isOpen) choices()[0]?.focus();
  }, [isOpen]);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const all = choices();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) all[to % all.length]?.focus();
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") setOpen(false);
    else return;
    if (event.key !== "Tab") event.preventDefault();
    event.stopPropagation();
  }

  const onFocusOut = ({ relatedTarget, currentTarget }: FocusEvent) => {
    if (!(currentTarget as Element).contains(relatedTarget as Node | null)) setOpen(false);
  };

  return html`<div class=${`menu ${props.opensUp ? "up" : ""}`} onFocusOut=${onFocusOut}>
    <button ref=${button} type="button" class=${props.class ?? "button icon"} aria-label=${label} title=${label}
      aria-haspopup="menu" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>${sign}</button>
    ${
      isOpen &&
      html`<ul ref=${list} class="popup" role="menu" aria-label=${label} onKeyDown=${onKeyDown}>
        ${items.map(
          (item) =>
            html`<li role="none"><button type="button" role="menuitem" tabindex="-1" onClick=${() => {
              close();
              item.choose();
            }}>${item.label}${item.detail && html`<small>${item.detail}</small>`}</button></li>`,
        )}
      </ul>`
    }
  </div>`;
}
