import type { VNode } from "preact";
import { html } from "./dom.ts";
import { useWish } from "./wish.ts";

interface Props {
  label: string;
  isOn: boolean;
  /** Resolves to whether it worked. */
  change(isOn: boolean): Promise<boolean>;
}

export function Switch({ label, isOn, change }: Props): VNode {
  const [shown, wish] = useWish(isOn);
  const onChange = (event: Event) => {
    const { checked } = event.target as HTMLInputElement;
    wish(checked, change(checked));
  };
  return html`<label class="switch">
    <input type="checkbox" role="switch" checked=${shown} onChange=${onChange} />
    <span>${label}</span>
  </label>`;
}
