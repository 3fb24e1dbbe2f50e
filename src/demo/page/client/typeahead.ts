import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import { aimAt } from "./aim.ts";
import type { Choice } from "./chosen.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import type { Part } from "./elements.ts";
import { suggestions } from "./wire.ts";

/** Slack's own default: with fewer letters it does not ask. */
const MIN_QUERY_LENGTH = 3;

interface Props {
  part: Part<"external_select" | "multi_external_select">;
  /** What stands there while nobody types. */
  shown: string;
  onPick(choice: Choice): void;
}

/** A field whose choices come from the app as one types. */
export function Typeahead({ part, shown, onPick }: Props): VNode {
  const { state } = useDesk();
  const { element, id = idOf(part) } = part;
  const [query, setQuery] = useState<string>();
  const [offered, setOffered] = useState<readonly Choice[]>();
  const [active, setActive] = useState(-1);
  const asked = useRef(0);
  const isOpen = query !== undefined;
  const listId = `${id}-list`;

  async function look(text: string): Promise<void> {
    setQuery(text);
    setActive(-1);
    asked.current += 1;
    const turn = asked.current;
    if (text.length < (element.min_query_length ?? MIN_QUERY_LENGTH)) return setOffered(undefined);
    const found = await suggestions(state.me, aimAt(part), text);
    if (turn === asked.current) setOffered(found); // what comes too late is no longer asked for
  }

  function close(): void {
    asked.current += 1;
    setQuery(undefined);
    setOffered(undefined);
  }

  function choose(choice: Choice): void {
    close();
    onPick(choice);
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
      placeholder=${element.placeholder?.text} value=${query ?? shown}
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

function statusOf(offered: readonly Choice[] | undefined): string {
  if (!offered) return "Type to search";
  return offered.length === 0 ? "Nothing found" : `${offered.length} ${offered.length === 1 ? "match" : "matches"}`;
}

/** Ids are the page's, and the same action_id may stand in several places. */
const idOf = ({ surface, blockId, element }: Props["part"]): string =>
  `external-${JSON.stringify([surface.where, blockId, element.action_id]).replace(/[^\w-]+/g, "-")}`;
