import type { VNode } from "preact";
import { type Choice, useChosen } from "./chosen.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";
import { optionsOf } from "./options.ts";
import { Typeahead } from "./typeahead.ts";

/** What is chosen stands above, each with a way to take it out; what can be added stands below. */
export function MultiSelect(part: Part<"multi_static_select" | "multi_external_select">): VNode {
  const { element } = part;
  const [chosen, choose] = useChosen(part);
  const isChosen = ({ value }: Choice) => chosen.some((each) => each.value === value);
  const isFull = chosen.length >= (element.max_selected_items ?? Number.POSITIVE_INFINITY);
  const add = (choice: Choice) => choose(isChosen(choice) ? chosen : [...chosen, choice]);
  return html`<div class="multi-select">
    ${
      chosen.length > 0 &&
      html`<ul aria-label="Chosen">${chosen.map(
        (each) => html`<li key=${each.value}><button type="button" class="chip" aria-label=${`Remove ${each.text}`}
          onClick=${() => choose(chosen.filter(({ value }) => value !== each.value))}>${each.text}<span aria-hidden="true"> ✕</span></button></li>`,
      )}</ul>`
    }
    ${!isFull && (element.type === "multi_external_select" ? html`<${Typeahead} part=${part} shown="" onPick=${add} />` : html`<${Adder} part=${part} isChosen=${isChosen} onPick=${add} />`)}
  </div>`;
}

function Adder(props: {
  part: Part<"multi_static_select">;
  isChosen(choice: Choice): boolean;
  onPick(choice: Choice): void;
}): VNode {
  const { part, isChosen, onPick } = props;
  const label = part.element.placeholder?.text ?? "Choose";
  const left = optionsOf(part.element)
    .map(({ text, value }) => ({ text: text.text, value }))
    .filter((choice) => !isChosen(choice));
  const onChange = ({ target }: Event) => {
    const select = target as HTMLSelectElement;
    const picked = left.find(({ value }) => value === select.value);
    select.value = "";
    if (picked) onPick(picked);
  };
  return html`<select id=${part.id} class="field" aria-label=${part.labelledBy ? undefined : label}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy} aria-invalid=${part.isWrong} value="" onChange=${onChange}>
    <option value="" disabled>${label}</option>
    ${left.map(({ text, value }) => html`<option value=${value}>${text}</option>`)}
  </select>`;
}
