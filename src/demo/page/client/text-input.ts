import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { noteDraft, takeDraft } from "./drafts.ts";
import { enteredIn, type Part } from "./elements.ts";

type Typed = Part<"plain_text_input" | "number_input" | "email_text_input" | "url_text_input">;

const MODES = { plain_text_input: "text", number_input: "decimal", email_text_input: "email", url_text_input: "url" };

/** Keeps what is typed to itself until the field is left or the dialog is sent. */
export function TextInput(part: Typed): VNode {
  const { state, act } = useDesk();
  const { element, surface, blockId } = part;
  const [text, setText] = useState(() => String(enteredIn(part)?.value ?? ""));
  const key = `${surface.view?.id} ${blockId} ${element.action_id}`;

  function type(event: Event): void {
    const typed = (event.target as HTMLInputElement).value;
    setText(typed);
    noteDraft(key, { do: "fill", as: state.me, actionId: element.action_id ?? "", text: typed });
  }

  function leave(): void {
    const draft = takeDraft(key);
    if (draft) void act(draft);
  }

  const isLong = element.type === "plain_text_input" && element.multiline;
  return html`<${isLong ? "textarea" : "input"} id=${part.id} class="field" type=${isLong ? undefined : "text"} autocomplete="off"
    inputmode=${MODES[element.type]} rows=${isLong ? 4 : undefined} placeholder=${element.placeholder?.text} value=${text}
    aria-describedby=${part.describedBy} aria-invalid=${part.isWrong} onInput=${type} onBlur=${leave} />`;
}
