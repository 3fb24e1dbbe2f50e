import type { VNode } from "preact";
import { dateText, type Reader } from "../../slack/mrkdwn.ts";
import type { TextObject } from "../../slack/texts.ts";
import { type Desk, useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { emojiNamed } from "./emoji.ts";
import { type Mark, marksIn } from "./marks.ts";

/** A text object: formatted as mrkdwn, or just as it is. */
export function Words({ text }: { text: TextObject }): VNode {
  return text.type === "mrkdwn" ? html`<${Mrkdwn} text=${text.text} />` : html`<span class="plain">${text.text}</span>`;
}

/** Mrkdwn as its reader sees it. */
export function Mrkdwn({ text }: { text: string }): VNode {
  const desk = useDesk();
  return html`<span class="mrkdwn">${marksIn(text).map((mark) => drawn(mark, desk))}</span>`;
}

type Drawers = { readonly [K in Mark["kind"]]: (mark: Mark & { kind: K }, desk: Desk) => unknown };

const inside = (marks: Mark[], desk: Desk) => marks.map((mark) => drawn(mark, desk));

const DRAWERS: Drawers = {
  text: ({ text }) => text,
  break: () => html`<br />`,
  bold: (mark, desk) => html`<b>${inside(mark.inside, desk)}</b>`,
  italic: (mark, desk) => html`<i>${inside(mark.inside, desk)}</i>`,
  strike: (mark, desk) => html`<s>${inside(mark.inside, desk)}</s>`,
  quote: (mark, desk) => html`<blockquote>${inside(mark.inside, desk)}</blockquote>`,
  code: ({ text }) => html`<code>${text}</code>`,
  preformatted: ({ text }) => html`<pre>${text}</pre>`,
  emoji: ({ name }) => emoji(name),
  mention: ({ id, label }, { state, reader }) =>
    html`<span class=${`mention ${id === state.me ? "to-me" : ""}`}>@${nameOf(id, label, reader)}</span>`,
  channel: ({ id, label }, { reader }) => html`<span class="mention">#${nameOf(id, label, reader)}</span>`,
  date: ({ at, format, url }, { reader }) => {
    const time = html`<time datetime=${at.toISOString()} title=${exact(at, reader)}>${dateText(at, format, reader)}</time>`;
    return url ? html`<a href=${url} target="_blank" rel="noopener noreferrer">${time}</a>` : time;
  },
  link: ({ url, label }) => html`<${Link} url=${url} label=${label} />`,
};

/** A link to a message of this workspace leads there, any other out of the page. */
export function Link({ url, label }: { url: string; label: string }): VNode {
  const desk = useDesk();
  const message = messageAt(url);
  const follow = (event: Event) => {
    if (!message) return;
    event.preventDefault();
    desk.show(message.channel, message.ts);
  };
  return html`<a href=${url} target="_blank" rel="noopener noreferrer" onClick=${follow}>${label}</a>`;
}

function drawn(mark: Mark, desk: Desk): unknown {
  return (DRAWERS[mark.kind] as (mark: Mark, desk: Desk) => unknown)(mark, desk);
}

export function emoji(name: string): unknown {
  const picture = emojiNamed(name);
  return picture
    ? html`<span class="emoji" role="img" aria-label=${name.replaceAll("_", " ")}>${picture}</span>`
    : `:${name}:`;
}

const nameOf = (id: string, label: string | undefined, { names }: Reader): string => names(id) ?? (label || id);

const exact = (at: Date, { locale, tz }: Reader): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "long", timeZone: tz }).format(at);

/** Of a permalink in this workspace: `…/archives/C0OPS/p1700000000123456`. */
function messageAt(url: string): { channel: string; ts: string } | undefined {
  const found = /^https:\/\/demo\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})/.exec(url);
  return found ? { channel: found[1]!, ts: `${found[2]}.${found[3]}` } : undefined;
}
