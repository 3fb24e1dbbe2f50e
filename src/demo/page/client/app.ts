import type { VNode } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Deed, PageState, ShownChannel } from "../state.ts";
import { Announcer } from "./announcer.ts";
import { CloudPanel } from "./cloud-panel.ts";
import { Confirm } from "./confirm.ts";
import { Conversation } from "./conversation.ts";
import { type Desk, DeskContext, type Question, readerOf } from "./desk.ts";
import { html } from "./dom.ts";
import { LogPanel } from "./log-panel.ts";
import { goTo } from "./message.ts";
import { Modal } from "./modal.ts";
import { addressOf, channelAt, keyOf, type Pane, type Place, placeIn } from "./place.ts";
import { RefusedDialog } from "./refusal.ts";
import { useRefusedView } from "./refused-view.ts";
import { Sidebar } from "./sidebar.ts";
import { Tabs } from "./tabs.ts";
import { Toast } from "./toast.ts";
import { TopBar } from "./top-bar.ts";
import { carryOut, Journal, listen } from "./wire.ts";

const PANES: readonly { key: Pane; label: string }[] = [
  { key: "channels", label: "Channels" },
  { key: "chat", label: "Chat" },
  { key: "cloud", label: "Cloud" },
  { key: "log", label: "Log" },
];

type Asked = { question: Question; answer(isYes: boolean): void };

/** The whole page: what the server says there is, and what this person has opened. */
export function App(): VNode {
  const journal = useMemo(() => new Journal(), []);
  const [state, setState] = useState<PageState>();
  const [isUp, setUp] = useState(true);
  const [place, setPlace] = useState(placeIn(location.search));
  const [side, setSide] = useState<"cloud" | "log">(place.pane === "log" ? "log" : "cloud");
  const [asked, setAsked] = useState<Asked>();
  const [objection, setObjection] = useState("");
  const [wanted, setWanted] = useState<string>();
  const [refused, putAway] = useRefusedView(state);
  const typed = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => listen(place.as, journal, { state: setState, link: setUp }), [place.as]);
  useLayoutEffect(() => {
    if (wanted && goTo(wanted)) setWanted(undefined);
  });

  if (!state)
    return html`<p class="loading" role="status">${isUp ? "Opening the workspace …" : "The demo server does not answer."}</p>`;

  function go(change: Partial<Place>): void {
    const next = { ...place, ...change };
    history.replaceState(null, "", addressOf({ ...next, as: next.as || state!.me }));
    setPlace(next);
    if (change.pane === "cloud" || change.pane === "log") setSide(change.pane);
  }

  const channel = channelAt(state, place);
  const desk: Desk = {
    state,
    reader: readerOf(state),
    async act(deed: Deed) {
      // What is typed arrives before what is pressed afterwards, also when the network would have it otherwise.
      const doing = typed.current.then(() => carryOut(deed));
      if (deed.do === "fill" || deed.do === "enter") typed.current = doing;
      const done = await doing;
      setObjection(done.ok ? "" : done.error);
      return done.ok;
    },
    ask: (question) =>
      new Promise((resolve) =>
        setAsked({
          question,
          answer(isYes) {
            setAsked(undefined);
            resolve(isYes);
          },
        }),
      ),
    show(id, ts) {
      const target = state.channels.find((each) => each.id === id);
      if (target) go({ channel: keyOf(target), tab: "messages", pane: "chat" });
      setWanted(ts);
    },
  };
  const choose = (next: ShownChannel) => go({ channel: keyOf(next), tab: "messages", pane: "chat" });
  const person = state.people.find(({ id }) => id === state.me)?.name;
  document.title = `${channel.kind === "channel" ? "#" : ""}${channel.name} · ${person} · ${state.app.name} demo`;

  const notice = html`<${Toast} text=${objection} onClose=${() => setObjection("")} />`;

  return html`<${DeskContext.Provider} value=${desk}>
    <div class="page" data-pane=${place.pane}>
      <${TopBar} me=${place.as || state.me} onBecome=${(as: string) => go({ as })} />
      ${!isUp && html`<p class="lost" role="alert">The demo server is gone. Start it again with <code>npm run demo</code>.</p>`}
      <${Sidebar} shown=${channel} onChoose=${choose} />
      <${Conversation} channel=${channel} tab=${place.tab} onTab=${(tab: Place["tab"]) => go({ tab })} />
      <aside class="side pane-side" aria-label="Behind the scenes">
        <${Tabs} label="Behind the scenes" tabs=${PANES.slice(2)} chosen=${side} onChoose=${(pane: Pane) => go({ pane })} />
        ${side === "cloud" ? html`<${CloudPanel} />` : html`<${LogPanel} journal=${journal} />`}
      </aside>
      <nav class="panes" aria-label="Panes">${PANES.map(
        ({ key, label }) =>
          html`<button type="button" aria-current=${key === place.pane ? "true" : undefined} onClick=${() => go({ pane: key })}>${label}</button>`,
      )}</nav>
      <${Announcer} key=${channel.id} state=${state} channel=${channel} />
      ${state.view && html`<${Modal} view=${state.view} refused=${refused} notice=${notice} />`}
      ${!state.view && refused && html`<${RefusedDialog} refused=${refused} onClose=${putAway} />`}
      ${asked && html`<${Confirm} question=${asked.question} answer=${asked.answer} />`}
      ${!state.view && notice}
    </div>
  <//>`;
}
