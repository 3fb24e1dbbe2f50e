import type { VNode } from "preact";
import { useChosen } from "./chosen.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";
import { Typeahead } from "./typeahead.ts";

export function ExternalSelect(part: Part<"external_select">): VNode {
  const [[chosen], choose] = useChosen(part);
  return html`<${Typeahead} part=${part} shown=${chosen?.text ?? ""} onPick=${(choice: typeof chosen) => choice && choose([choice])} />`;
}
