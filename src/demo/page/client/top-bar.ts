import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { theme, wearTheme } from "./theme.ts";

/** Who one is, and how it looks. */
export function TopBar({ me, onBecome }: { me: string; onBecome(person: string): void }): VNode {
  const { state } = useDesk();
  return html`<header class="top-bar">
    <p class="workspace"><span class="app-icon small" aria-hidden="true"></span><span>${state.app.name} demo</span></p>
    <fieldset class="who">
      <legend>Who am I</legend>
      ${state.people.map(
        ({ id, name, role }) => html`<label key=${id} title=${`${name}: ${role}`}>
          <input type="radio" name="who" value=${id} checked=${id === me} onChange=${() => onBecome(id)} />
          <span><b>${name}</b><small>${role}</small></span>
        </label>`,
      )}
    </fieldset>
    <${Theme} />
  </header>`;
}

function Theme(): VNode {
  const [worn, setWorn] = useState(theme());
  const change = (event: Event) => {
    const chosen = (event.target as HTMLSelectElement).value;
    wearTheme(chosen);
    setWorn(chosen);
  };
  return html`<label class="theme"><span>Theme</span>
    <select value=${worn} onChange=${change}>
      <option value="">System</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </select>
  </label>`;
}
