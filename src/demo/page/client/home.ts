import type { VNode } from "preact";
import { useEffect } from "preact/hooks";
import { Blocks } from "./blocks.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Refusal } from "./refusal.ts";

/** The app's Home tab. The app is told that somebody looks, as in Slack. */
export function Home(): VNode {
  const { state, act } = useDesk();
  useEffect(() => {
    void act({ do: "openHome", as: state.me });
  }, [state.me]);
  const refused = state.refused.findLast(({ surface }) => surface === "home");
  return html`<div class="home" id="panel-home" role="tabpanel" aria-labelledby="tab-home" tabindex="0">
    ${refused && html`<${Refusal} refused=${refused} />`}
    ${
      state.home
        ? html`<${Blocks} blocks=${state.home.blocks} surface=${{ where: { kind: "home" }, view: state.home }} />`
        : html`<div class="welcome"><h2>No Home yet</h2><p>${state.app.name} has published no Home view for you.</p></div>`
    }
  </div>`;
}
