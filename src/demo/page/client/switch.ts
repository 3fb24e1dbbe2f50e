import type { VNode } from "preact";
import { html } from "./dom.ts";

export function Switch({
  label,
  isOn,
  onChange,
}: {
  label: string;
  isOn: boolean;
  onChange(isOn: boolean): void;
}): VNode {
  return html`<label class="switch">
    <input type="checkbox" role="switch" checked=${isOn} onChange=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}
