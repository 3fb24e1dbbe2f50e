import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { z } from "zod";
import type { confirm } from "../../slack/texts.ts";
import { aimAt } from "./aim.ts";
import { type Question, useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";

export function Button(part: Part<"button">): VNode {
  const { element, describedBy } = part;
  const { state, act, ask } = useDesk();
  const [isBusy, setBusy] = useState(false);
  async function press(): Promise<void> {
    if (element.confirm && !(await ask(questionOf(element.confirm)))) return;
    setBusy(true);
    const value = element.value === undefined ? {} : { value: element.value };
    await act({ do: "click", as: state.me, ...aimAt(part), ...value });
    setBusy(false);
  }
  return html`<button
    type="button"
    class=${`button ${element.style ?? ""}`}
    aria-busy=${isBusy ? "true" : undefined}
    aria-label=${element.accessibility_label}
    aria-describedby=${describedBy}
    aria-haspopup=${element.confirm ? "dialog" : undefined}
    title=${element.text.text}
    onClick=${press}
  ><span>${element.text.text}</span></button>`;
}

/** Slack's own words stand where the app gives none. */
export const questionOf = ({ title, text, confirm: yes, deny, style }: z.infer<typeof confirm>): Question => ({
  title: title?.text ?? "Are you sure?",
  text: text.text,
  yes: yes?.text ?? "Yes",
  no: deny?.text ?? "No",
  isDanger: style === "danger",
});
