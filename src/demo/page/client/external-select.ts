import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { enteredIn, type Part } from "./elements.ts";
import { type Suggestion, suggestions } from "./wire.ts";

/** Slack's own default: with fewer letters it does not ask. */
const MIN_QUERY_LENGTH = 3;

/** A menu whose choices come from the app as one types. */
export function ExternalSelect(part: Part<"external_select">): VNode {
  const { state, act } = useDesk();
  const { element, surface, id = "external" } = part;
  const [query, setQuery] = useState<string>();
  const [offered, setOffered] = useState<readonly Suggestion[]>();
  const [active, setActive] = useState(-1);
  const [picked, setPicked] = useState<string>();
  const asked = useRef(0);
  const isOpen = query !== undefined;
  const listId = `${id}-list`;
  const option = enteredIn(part)?.selected_option as { text: { text: string } } | null | undefined;

  async function look(text: string): Promise<void> {
    setQuery(text);
    setActive(-1);
    asked.current += 1;
    const turn = asked.current;
    if (text.length < (element.min_query_length ?? MIN_QUERY_LENGTH)) return setOffered(undefined);
    const found = await suggestions(state.me, element.action_id ?? "", text);
    if (turn === asked.current) setOffered(found); // what comes too late is no longer asked for
  }

  function close(): void {
    asked.current += 1;
    setQuery(undefined);
    setOffered(undefined);
  }

  function choose({ text, value }: Suggestion): void {
    setPicked(text);
    close();
    void act({ do: "choose", as: state.me, where: surface.where, actionId: element.action_id ?? "", choice: value });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const count = offered?.length ?? 0;
    if (event.key === "ArrowDown" && !isOpen) void look("");
    else if (event.key === "ArrowDown") setActive(count > 0 ? (active + 1) % count : -1);
    else if (event.key === "ArrowUp") setActive(count > 0 ? (Math.max(active, 0) - 1 + count) % count : -1);
    else if (event.key === "Enter" && isOpen && offered?.[Math.max(active, 0)]) choose(offered[Math.max(active, 0)]!);
    else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return html`<div class="external-select">
    <input id=${id} class="field" type="text" role="combobox" autocomplete="off" spellcheck=${false}
      aria-autocomplete="list" aria-expanded=${isOpen} aria-controls=${isOpen ? listId : undefined}
      aria-activedescendant=${active >= 0 ? `${listId}-${active}` : undefined}
      aria-labelledby=${part.labelledBy} aria-label=${part.labelledBy ? undefined : element.placeholder?.text}
      aria-describedby=${part.describedBy} aria-invalid=${part.isWrong}
      placeholder=${element.placeholder?.text} value=${query ?? picked ?? option?.text.text ?? ""}
      onClick=${() => !isOpen && void look("")} onInput=${(event: Event) => void look((event.target as HTMLInputElement).value)}
      onBlur=${close} onKeyDown=${onKeyDown} />
    ${
      isOpen &&
      html`<div class="popup" onMouseDown=${(event: Event) => event.preventDefault()}>
        <ul id=${listId} role="listbox" aria-label=${element.placeholder?.text ?? "Choices"}>${(offered ?? []).map(
          (each, index) => html`<li id=${`${listId}-${index}`} role="option" aria-selected=${index === active}
            onClick=${() => choose(each)}>${each.text}</li>`,
        )}</ul>
        <p role="status">${statusOf(offered)}</p>
      </div>`
    }
  </div>`;
}

function statusOf(offered: readonly Suggestion[] | undefined): string {
  if (!offered) return "Type to search";
  return offered.length === 0 ? "Nothing found" : `${offered.length} ${offered.length === 1 ? "match" : "matches"}`;
}
