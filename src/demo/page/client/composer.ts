import type { VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { ShownChannel } from "../state.ts";
import { completionsOf } from "./completions.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Menu } from "./menu.ts";

/** The message box. Only commands do something here. */
export function Composer({ channel }: { channel: ShownChannel }): VNode {
  const { state, act } = useDesk();
  const { app, me } = state;
  const [text, setText] = useState("");
  const [active, setActive] = useState(-1);
  const [isClosed, setClosed] = useState(false);
  const [objection, setObjection] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const offered = isClosed ? [] : completionsOf(text, app);
  const isOpen = offered.length > 0;

  function write(next: string): void {
    setText(next);
    setActive(-1);
    setClosed(false);
    setObjection("");
    box.current?.focus();
  }

  function send(event: Event): void {
    event.preventDefault();
    const typed = text.trim();
    if (typed === "") return;
    if (typed !== app.command && !typed.startsWith(`${app.command} `)) {
      setObjection(`In this workspace only ${app.command} does something. Type / to see what there is.`);
      return;
    }
    write("");
    void act({ do: "command", as: me, channel: channel.id, text: typed.slice(app.command.length).trim() });
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen) return;
    const count = offered.length;
    const chosen = offered[active] ?? (event.key === "Tab" && !event.shiftKey ? offered[0] : undefined);
    if (event.key === "ArrowDown") setActive((active + 1) % count);
    else if (event.key === "ArrowUp") setActive((Math.max(active, 0) - 1 + count) % count);
    else if (event.key === "Escape") setClosed(true);
    else if (chosen && (event.key === "Enter" || event.key === "Tab")) write(chosen.text);
    else return;
    event.preventDefault();
  }

  const shortcuts = app.shortcuts.map(({ name, callbackId }) => ({
    label: name,
    detail: app.name,
    choose: () => void act({ do: "shortcut", as: me, callbackId }),
  }));
  return html`<form class="composer" onSubmit=${send}>
    ${
      isOpen &&
      html`<ul id="completions" class="popup" role="listbox" aria-label="Commands">${offered.map(
        (each, index) => html`<li id=${`completion-${index}`} role="option" aria-selected=${index === active}
          onMouseDown=${(event: Event) => event.preventDefault()} onClick=${() => write(each.text)}>
          <b>${each.label}</b>${each.detail && html`<small>${each.detail}</small>`}</li>`,
      )}</ul>`
    }
    <div class="box">
      <${Menu} label="Shortcuts" sign="+" opensUp items=${shortcuts} />
      <input ref=${box} type="text" role="combobox" autocomplete="off" spellcheck=${false} aria-label=${`Message to ${channel.name}`}
        aria-autocomplete="list" aria-expanded=${isOpen} aria-controls=${isOpen ? "completions" : undefined}
        aria-activedescendant=${active >= 0 && isOpen ? `completion-${active}` : undefined} aria-describedby="composer-hint"
        placeholder=${`Message ${channel.kind === "direct" ? channel.name : `#${channel.name}`}`}
        value=${text} onInput=${(event: Event) => write((event.target as HTMLInputElement).value)} onKeyDown=${onKeyDown}
        onBlur=${() => setClosed(true)} />
      <button type="submit" class="button primary" disabled=${text.trim() === ""}>Send</button>
    </div>
    <p id="composer-hint" class=${objection ? "error" : "hint"} role=${objection ? "alert" : undefined}>${
      objection || (text.startsWith(app.command) ? `${app.command} ${app.hint}` : `Try ${app.command} create web-01`)
    }</p>
  </form>`;
}
