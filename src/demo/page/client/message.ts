import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { dateText } from "../../slack/mrkdwn.ts";
import type { Blocks as Sent, ShownFile, ShownMessage, ShownPrivate, Where } from "../state.ts";
import { Blocks } from "./blocks.ts";
import { useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { Files } from "./files.ts";
import type { Reply } from "./timeline.ts";
import { Mrkdwn } from "./words.ts";

export const timeOf = (ts: string): Date => new Date(Number(ts) * 1000);

const elementId = (ts: string): string => `message-${ts.replace(".", "-")}`;

/** Scrolls to a message and gives it the focus; false when it is not shown. */
export function goTo(ts: string): boolean {
  const article = document.getElementById(elementId(ts));
  article?.scrollIntoView({ block: "center" });
  article?.focus();
  return article !== null;
}

/** What the app has posted, with its thread. */
export function Message({ message, replies }: { message: ShownMessage; replies: readonly Reply[] }): VNode {
  const { channel, ts, text, blocks, files, edited } = message;
  const isEdited = edited && blocks.length === 0; // Slack says so of plain texts only
  return html`<${Frame} ts=${ts} label="Message">
    <${Content} text=${text} blocks=${blocks} files=${files} where=${{ kind: "message", channel, ts }} />
    ${isEdited && html`<small class="edited">(edited)</small>`}
    ${replies.length > 0 && html`<${Thread} ts=${ts} replies=${replies} />`}
  <//>`;
}

/** Only one person sees it. */
export function PrivateAnswer({ answer }: { answer: ShownPrivate }): VNode {
  const { id, text, blocks } = answer;
  return html`<${Frame} ts=${id} label="Private answer" isPrivate>
    <${Content} text=${text} blocks=${blocks} where=${{ kind: "private", id }} />
  <//>`;
}

function Frame(props: { ts: string; label: string; isPrivate?: boolean; children?: unknown }): VNode {
  const { state, reader } = useDesk();
  const article = useRef<HTMLElement>(null);
  const focused = useRef<Element>(null);
  const at = timeOf(props.ts);

  // A button that had the focus may go with the next drawing: then the message keeps it.
  useLayoutEffect(() => {
    const isLost = focused.current && !focused.current.isConnected && document.activeElement === document.body;
    if (isLost) article.current?.focus();
  });

  const time = dateText(at, "{time}", reader);
  return html`<article ref=${article} id=${elementId(props.ts)} tabindex="-1" class=${`message ${props.isPrivate ? "private" : ""}`}
    aria-label=${`${props.label} from ${state.app.name}, ${time}`} onFocusIn=${(event: FocusEvent) => {
      focused.current = event.target === article.current ? null : (event.target as Element);
    }}>
    ${props.isPrivate && html`<p class="only-you"><span aria-hidden="true">👁 </span>Only visible to you</p>`}
    <span class="app-icon" aria-hidden="true"></span>
    <div class="message-main">
      <div class="message-head">
        <b>${state.app.name}</b> <span class="badge">APP</span>
        <time datetime=${at.toISOString()} title=${dateText(at, "{date_long}, {time_secs}", reader)}>${time}</time>
      </div>
      ${props.children}
    </div>
  </article>`;
}

function Content(props: { text: string; blocks: Sent; files?: readonly ShownFile[]; where: Where }): VNode {
  const { text, blocks, files = [], where } = props;
  return html`<div class="content">
    ${blocks.length > 0 && html`<${Blocks} blocks=${blocks} surface=${{ where }} />`}
    ${blocks.length === 0 && text !== "" && html`<div class="blocks"><${Mrkdwn} text=${text} /></div>`}
    ${files.length > 0 && html`<${Files} files=${files} />`}
  </div>`;
}

function Thread({ ts, replies }: { ts: string; replies: readonly Reply[] }): VNode {
  const { reader } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const id = `thread-${elementId(ts)}`;
  const last = replies.at(-1)!;
  return html`<div class="thread">
    <button type="button" class="link" aria-expanded=${isOpen} aria-controls=${isOpen ? id : undefined} onClick=${() => setOpen(!isOpen)}>
      ${replies.length} ${replies.length === 1 ? "reply" : "replies"}
      <small>${isOpen ? "hide" : `last at ${dateText(timeOf(last.key), "{time}", reader)}`}</small>
    </button>
    ${isOpen && html`<ol id=${id} aria-label="Thread">${replies.map((reply) => html`<${ThreadReply} key=${reply.key} reply=${reply} />`)}</ol>`}
  </div>`;
}

function ThreadReply({ reply }: { reply: Reply }): VNode {
  const { reader } = useDesk();
  const at = timeOf(reply.key);
  const content =
    reply.kind === "message"
      ? { ...reply.message, where: { kind: "message", channel: reply.message.channel, ts: reply.message.ts } }
      : { ...reply.answer, where: { kind: "private", id: reply.answer.id } };
  return html`<li>
    <time datetime=${at.toISOString()}>${dateText(at, "{time}", reader)}</time>
    <div class="reply">
      ${reply.kind === "private" && html`<p class="only-you"><span aria-hidden="true">👁 </span>Only visible to you</p>`}
      <${Content} text=${content.text} blocks=${content.blocks} files=${reply.kind === "message" ? reply.message.files : []} where=${content.where} />
    </div>
  </li>`;
}
