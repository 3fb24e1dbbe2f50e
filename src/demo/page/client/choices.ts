import type { VNode } from "preact";
import { useChosen } from "./chosen.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";
import { optionsOf } from "./options.ts";
import { Words } from "./words.ts";

export function Select(part: Part<"static_select" | "users_select">): VNode {
  const { state } = useDesk();
  const [[chosen], choose] = useChosen(part);
  const { element } = part;
  const options =
    element.type === "users_select"
      ? state.people.map(({ id, name }) => ({ text: name, value: id }))
      : optionsOf(element).map(({ text, value }) => ({ text: text.text, value }));
  const label = element.placeholder?.text ?? "Choose";
  const onChange = ({ target }: Event) => {
    const { value } = target as HTMLSelectElement;
    choose(options.filter((option) => option.value === value));
  };
  return html`<select id=${part.id} class="field" aria-label=${part.labelledBy ? undefined : label}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy} aria-invalid=${part.isWrong}
    value=${chosen?.value ?? ""} onChange=${onChange}>
    <option value="" disabled>${label}</option>
    ${options.map(({ text, value }) => html`<option value=${value}>${text}</option>`)}
  </select>`;
}

export function RadioButtons(part: Part<"radio_buttons">): VNode {
  const [[chosen], choose] = useChosen(part);
  const name = `${part.surface.view?.id ?? ""} ${part.blockId} ${part.element.action_id}`;
  return html`<div class="radios" role="radiogroup" aria-label=${part.labelledBy ? undefined : "Choices"}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy}>
    ${part.element.options.map(
      ({ text, value, description }) => html`<label>
        <input type="radio" name=${name} value=${value} checked=${chosen?.value === value}
          onChange=${() => choose([{ text: text.text, value }])} />
        <span><${Words} text=${text} />${description && html`<small><${Words} text=${description} /></small>`}</span>
      </label>`,
    )}
  </div>`;
}

export function Checkboxes(part: Part<"checkboxes">): VNode {
  const [chosen, choose] = useChosen(part);
  const { options } = part.element;
  const isChosen = (value: string) => chosen.some((each) => each.value === value);
  const toggle = (value: string) =>
    choose(
      options
        .filter((option) => isChosen(option.value) !== (option.value === value))
        .map((option) => ({ text: option.text.text, value: option.value })),
    );
  return html`<div class="radios" role="group" aria-label=${part.labelledBy ? undefined : "Choices"}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy}>
    ${options.map(
      ({ text, value, description }) => html`<label>
        <input type="checkbox" checked=${isChosen(value)} aria-invalid=${part.isWrong} onChange=${() => toggle(value)} />
        <span><${Words} text=${text} />${description && html`<small><${Words} text=${description} /></small>`}</span>
      </label>`,
    )}
  </div>`;
}

export function DateOrTime(part: Part<"datepicker" | "timepicker">): VNode {
  const [[chosen], choose] = useChosen(part);
  const onChange = ({ target }: Event) => {
    const { value } = target as HTMLInputElement;
    choose([{ text: value, value }]);
  };
  return html`<input id=${part.id} class="field" type=${part.element.type === "datepicker" ? "date" : "time"} value=${chosen?.value ?? ""}
    aria-label=${part.labelledBy ? undefined : (part.element.placeholder?.text ?? "Choose")}
    aria-labelledby=${part.labelledBy} aria-describedby=${part.describedBy} aria-invalid=${part.isWrong} onChange=${onChange} />`;
}
