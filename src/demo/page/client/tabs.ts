import type { VNode } from "preact";
import { html } from "./dom.ts";

interface Props {
  label: string;
  tabs: readonly { key: string; label: string }[];
  chosen: string;
  onChoose(key: string): void;
}

/** Each `tab-<key>` belongs to a `panel-<key>`. */
export function Tabs({ label, tabs, chosen, onChoose }: Props): VNode {
  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(({ key }) => key === chosen);
    const next = tabs[(at + step + tabs.length) % tabs.length]!.key;
    onChoose(next);
    document.getElementById(`tab-${next}`)?.focus();
  }
  return html`<div class="tabs" role="tablist" aria-label=${label} onKeyDown=${onKeyDown}>
    ${tabs.map(({ key, label: name }) => {
      const isChosen = key === chosen;
      return html`<button type="button" role="tab" id=${`tab-${key}`} aria-selected=${isChosen}
        aria-controls=${isChosen ? `panel-${key}` : undefined} tabindex=${isChosen ? 0 : -1} onClick=${() => onChoose(key)}>${name}</button>`;
    })}
  </div>`;
}
