import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import type { ShownChannel } from "../state.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { latestIn } from "./timeline.ts";

/** The channels that this person is in, and the app. What has come since they looked is bold. */
export function Sidebar({ shown, onChoose }: { shown: ShownChannel; onChoose(channel: ShownChannel): void }): VNode {
  const { state } = useDesk();
  const seen = useRef(new Map<string, number>());
  seen.current.set(`${state.me} ${shown.id}`, latestIn(state, shown));
  const hasNews = (channel: ShownChannel) =>
    latestIn(state, channel) > (seen.current.get(`${state.me} ${channel.id}`) ?? 0);

  const entry = (channel: ShownChannel) => html`<li key=${channel.id}>
    <button type="button" class=${hasNews(channel) ? "news" : ""} aria-current=${channel.id === shown.id ? "page" : undefined}
      onClick=${() => onChoose(channel)}>
      <span aria-hidden="true" class=${channel.kind === "direct" ? "app-icon tiny" : ""}>${channel.kind === "direct" ? "" : "#"}</span>
      ${channel.name}${hasNews(channel) && html`<span class="unseen"> (new)</span>`}
    </button>
  </li>`;
  return html`<nav class="sidebar pane-channels" aria-label="Channels">
    <h2>Channels</h2>
    <ul>${state.channels.filter(({ kind }) => kind === "channel").map(entry)}</ul>
    <h2>Apps</h2>
    <ul>${state.channels.filter(({ kind }) => kind === "direct").map(entry)}</ul>
  </nav>`;
}
