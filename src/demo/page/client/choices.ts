import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { enteredIn, type Part, type Standing } from "./elements.ts";
import { optionsOf } from "./options.ts";
import { Words } from "./words.ts";

/** What is chosen: here at once, in Slack a moment later. */
function useChoice(part: Standing): [string, (choice: string) => void] {
  const { state, act } = useDesk();
  const [chosen, setChosen] = useState<string>();
  const { element, surface } = part;
  const choose = (choice: string) => {
    setChosen(choice);
    void act({ do: "choose", as: state.me, where: surface.where, actionId: element.action_id ?? "", choice });
  };
  return [chosen ?? valueIn(part), choose];
}

function valueIn(part: Standing): string {
  const { type: _, ...fields } = enteredIn(part) ?? { type: "" };
  const [value] = Object.values(fields);
  if (typeof value === "string") return value;
  return typeof value === "object" && value !== null && "value" in value ? String(value.value) : "";
}

export function Select(part: Part<"static_select" | "users_select">): VNode {
  const { state } = useDesk();
  const [chosen, choose] = useChoice(part);
  const { element } = part;
  const options =
    element.type === "users_select"
      ? state.people.map(({ id, name }) => ({ text: name, value: id }))
      : optionsOf(element).map(({ text, value }) => ({ text: text.text, value }));
  const label = element.placeholder?.text ?? "Choose";
  return html`<select id=${part.id} class="field" aria-label=${part.labelledBy ? undefined : label}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy} aria-invalid=${part.isWrong}
    value=${chosen} onChange=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    <option value="" disabled>${label}</option>
    ${options.map(({ text, value }) => html`<option value=${value}>${text}</option>`)}
  </select>`;
}

export function RadioButtons(part: Part<"radio_buttons">): VNode {
  const [chosen, choose] = useChoice(part);
  const name = `${part.surface.view?.id ?? ""} ${part.element.action_id}`;
  return html`<div class="radios" role="radiogroup" aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy}>
    ${part.element.options.map(
      ({ text, value, description }) => html`<label>
        <input type="radio" name=${name} value=${value} checked=${chosen === value} onChange=${() => choose(value)} />
        <span><${Words} text=${text} />${description && html`<small>${description.text}</small>`}</span>
      </label>`,
    )}
  </div>`;
}

export function DateOrTime(part: Part<"datepicker" | "timepicker">): VNode {
  const [chosen, choose] = useChoice(part);
  return html`<input id=${part.id} class="field" type=${part.element.type === "datepicker" ? "date" : "time"} value=${chosen}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy} aria-invalid=${part.isWrong}
    onChange=${(event: Event) => choose((event.target as HTMLInputElement).value)} />`;
}
