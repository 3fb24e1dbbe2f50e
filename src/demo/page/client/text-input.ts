import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { aimAt } from "./aim.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { noteDraft, takeDraft } from "./drafts.ts";
import { enteredIn, type Part } from "./elements.ts";

type Typed = Part<"plain_text_input" | "number_input" | "email_text_input" | "url_text_input">;

const MODES = { plain_text_input: "text", number_input: "decimal", email_text_input: "email", url_text_input: "url" };

/**
 * Keeps what is typed to itself until the field is left or the dialog is sent, unless the app wants to hear of every
 * character. Enter is told to an app that wants to hear of it, and else sends the dialog.
 */
export function TextInput(part: Typed): VNode {
  const { state, act } = useDesk();
  const { element, surface, blockId } = part;
  const [text, setText] = useState(() => String(enteredIn(part)?.value ?? element.initial_value ?? ""));
  const key = JSON.stringify([surface.where, surface.view?.id, blockId, element.action_id]);
  const hears = part.dispatches ? (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]) : [];
  const isLong = element.type === "plain_text_input" && element.multiline;

  function type(event: Event): void {
    const typed = (event.target as HTMLInputElement).value;
    setText(typed);
    const deed = { do: "fill", as: state.me, ...aimAt(part), text: typed } as const;
    if (hears.includes("on_character_entered")) void act(deed);
    else noteDraft(key, deed);
  }

  function leave(): void {
    const draft = takeDraft(key);
    if (draft) void act(draft);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || isLong || !hears.includes("on_enter_pressed")) return;
    event.preventDefault();
    takeDraft(key);
    void act({ do: "enter", as: state.me, ...aimAt(part), text });
  }

  return html`<${isLong ? "textarea" : "input"} id=${part.id} class="field" type=${isLong ? undefined : "text"} autocomplete="off"
    inputmode=${MODES[element.type]} rows=${isLong ? 4 : undefined} placeholder=${element.placeholder?.text} value=${text}
    aria-describedby=${part.describedBy} aria-invalid=${part.isWrong} onInput=${type} onBlur=${leave} onKeyDown=${onKeyDown} />`;
}
