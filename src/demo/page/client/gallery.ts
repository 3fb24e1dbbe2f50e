import { render } from "preact";
import type { PageState, Blocks as Sent } from "../state.ts";
import { Blocks } from "./blocks.ts";
import { type Desk, DeskContext, readerOf } from "./desk.ts";
import { html } from "./dom.ts";

/** Cards as somebody would see them, with nothing behind them. */
interface Exhibition {
  title: string;
  as: string;
  now: number;
  people: PageState["people"];
  cards: readonly { name: string; blocks: Sent }[];
}

declare global {
  /** For whoever takes pictures of it. */
  var exhibit: (exhibition: Exhibition) => void;
}

globalThis.exhibit = ({ title, as, now, people, cards }) => {
  const app = { name: "Shutter", command: "/snapshot", does: "", hint: "", shortcuts: [] };
  const cloud = { vms: [], isSlow: false };
  const slack = { isDown: false, isLimiting: false };
  const channels = [{ id: "COPS", name: "ops", kind: "channel" as const }];
  const empty = { messages: [], privates: [], refused: [], cloud, slack };
  const state: PageState = { me: as, app, now, speed: 1, bot: "up", people, channels, ...empty };
  const desk: Desk = { state, reader: readerOf(state), act: async () => true, ask: async () => false, show: () => {} };
  const page = html`<${DeskContext.Provider} value=${desk}>
    <h1>${title}</h1>
    ${cards.map(
      ({ name, blocks }) => html`<figure key=${name}>
        <figcaption>${name}</figcaption>
        <div class="message"><span class="app-icon"></span><div class="message-main">
          <div class="message-head"><b>Shutter</b> <span class="badge">APP</span></div>
          <${Blocks} blocks=${blocks} surface=${{ where: { kind: "message", channel: "COPS", ts: "0" } }} />
        </div></div>
      </figure>`,
    )}
  <//>`;
  render(page, document.getElementById("gallery")!);
};
