import type { VNode } from "preact";
import type { ShownChannel } from "../state.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";

/** What an empty channel says. */
export function Welcome({ channel }: { channel: ShownChannel }): VNode {
  const { state } = useDesk();
  const { command, name } = state.app;
  return html`<div class="welcome">
    <h2>${channel.kind === "direct" ? `You and ${name}` : `#${channel.name}`}</h2>
    <p>Nothing here yet. Everything is made up: the cloud, its VMs and this Slack. Only the bot is real.</p>
    <ol>
      <li>Type <code>${command} create web-01</code> below and press Enter. A card appears.</li>
      <li>Press its buttons, and watch it change. In <b>Cloud</b> you can make trouble and let time run faster.</li>
      <li>Become somebody else at the top: ${state.people.map(({ name, role }) => `${name} (${role})`).join(", ")}.</li>
    </ol>
  </div>`;
}
