import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { dateText } from "../../slack/mrkdwn.ts";
import type { ShownChannel } from "../state.ts";
import { Composer } from "./composer.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Home } from "./home.ts";
import { Message, PrivateAnswer } from "./message.ts";
import { Refusal } from "./refusal.ts";
import { Tabs } from "./tabs.ts";
import { type Entry, timelineOf } from "./timeline.ts";
import { Welcome } from "./welcome.ts";

interface Props {
  channel: ShownChannel;
  tab: "messages" | "home";
  onTab(tab: "messages" | "home"): void;
}

/** A channel, or the app with its messages and its Home. */
export function Conversation({ channel, tab, onTab }: Props): VNode {
  const isApp = channel.kind === "direct";
  const tabs = [
    { key: "home", label: "Home" },
    { key: "messages", label: "Messages" },
  ];
  return html`<main class="conversation pane-chat" aria-label=${isApp ? channel.name : `#${channel.name}`}>
    <header>
      <h1>${isApp ? html`<span class="app-icon small" aria-hidden="true"></span>${channel.name}` : `# ${channel.name}`}</h1>
      ${isApp && html`<${Tabs} label=${channel.name} tabs=${tabs} chosen=${tab} onChoose=${onTab} />`}
    </header>
    ${isApp && tab === "home" ? html`<${Home} />` : html`<${Messages} channel=${channel} isPanel=${isApp} />`}
  </main>`;
}

function Messages({ channel, isPanel }: { channel: ShownChannel; isPanel: boolean }): VNode {
  const { state, reader } = useDesk();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const entries = timelineOf(state, channel);
  const day = (at: number) => dateText(new Date(at), "{date_pretty}", reader);

  useLayoutEffect(() => {
    isAtEnd.current = true;
  }, [channel.id]);
  useLayoutEffect(() => {
    const box = list.current;
    if (box && isAtEnd.current) box.scrollTop = box.scrollHeight;
  });
  const onScroll = () => {
    const box = list.current!;
    isAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  };

  const panel = isPanel ? { id: "panel-messages", role: "tabpanel", "aria-labelledby": "tab-messages" } : {};
  return html`<div class="messages-and-box" ...${panel}>
    <div ref=${list} class="messages" tabindex="0" role="region" aria-label=${`Messages in ${channel.name}`} onScroll=${onScroll}>
      ${entries.length === 0 && html`<${Welcome} channel=${channel} />`}
      ${entries.map((entry, index) => {
        const isNewDay = index === 0 || day(entries[index - 1]!.at) !== day(entry.at);
        return html`${isNewDay && html`<div class="day" key=${`day ${entry.key}`}><span>${day(entry.at)}</span></div>`}
          <${Shown} key=${`${entry.kind} ${entry.key}`} entry=${entry} />`;
      })}
    </div>
    <${Composer} key=${channel.id} channel=${channel} />
  </div>`;
}

function Shown({ entry }: { entry: Entry }): VNode {
  if (entry.kind === "message") return html`<${Message} message=${entry.message} replies=${entry.replies} />`;
  if (entry.kind === "private") return html`<${PrivateAnswer} answer=${entry.answer} />`;
  return html`<${Refusal} refused=${entry.refused} />`;
}
