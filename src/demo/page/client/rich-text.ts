import type { VNode } from "preact";
import { dateText } from "../../slack/mrkdwn.ts";
import type { Inline, RichText as Rich } from "../../slack/rich-text.ts";
import { type Desk, useDesk } from "./desk.ts";
import { html } from "./dom.ts";
import { emoji, Link } from "./words.ts";

/** The `rich_text` block: formatted without any marks in the text. */
export function RichText({ block }: { block: Rich }): VNode {
  const desk = useDesk();
  const line = (elements: readonly Inline[]) => elements.map((each) => styled(each, drawn(each, desk)));
  return html`<div class="rich-text mrkdwn">${block.elements.map((part) => {
    if (part.type === "rich_text_section") return html`<div class="plain">${line(part.elements)}</div>`;
    if (part.type === "rich_text_quote") return html`<blockquote class="plain">${line(part.elements)}</blockquote>`;
    if (part.type === "rich_text_preformatted") return html`<pre>${line(part.elements)}</pre>`;
    const items = part.elements.map((item) => html`<li class="plain">${line(item.elements)}</li>`);
    const indent = { "margin-left": `${1.5 * (1 + (part.indent ?? 0))}em` };
    return part.style === "ordered"
      ? html`<ol style=${indent} start=${1 + (part.offset ?? 0)}>${items}</ol>`
      : html`<ul style=${indent}>${items}</ul>`;
  })}</div>`;
}

type Drawers = { readonly [T in Inline["type"]]: (inline: Extract<Inline, { type: T }>, desk: Desk) => unknown };

const DRAWERS: Drawers = {
  text: ({ text }) => text,
  user: ({ user_id }, { state, reader }) =>
    html`<span class=${`mention ${user_id === state.me ? "to-me" : ""}`}>@${reader.names(user_id) ?? user_id}</span>`,
  usergroup: ({ usergroup_id }, { reader }) =>
    html`<span class="mention">@${reader.names(usergroup_id) ?? usergroup_id}</span>`,
  channel: ({ channel_id }, { reader }) =>
    html`<span class="mention">#${reader.names(channel_id) ?? channel_id}</span>`,
  broadcast: ({ range }) => html`<span class="mention">@${range}</span>`,
  emoji: ({ name }) => emoji(name),
  link: ({ url, text }) => (isWebAddress(url) ? html`<${Link} url=${url} label=${text ?? url} />` : (text ?? url)),
  date: ({ timestamp, format }, { reader }) => {
    const at = new Date(timestamp * 1000);
    return html`<time datetime=${at.toISOString()}>${dateText(at, format, reader)}</time>`;
  },
};

const isWebAddress = (url: string): boolean => /^(?:https?:\/\/|mailto:)/.test(url);

const drawn = (inline: Inline, desk: Desk): unknown =>
  (DRAWERS[inline.type] as (inline: Inline, desk: Desk) => unknown)(inline, desk);

function styled({ style = {} }: Inline, inside: unknown): unknown {
  let shown = inside;
  if (style.code) shown = html`<code>${shown}</code>`;
  if (style.bold) shown = html`<b>${shown}</b>`;
  if (style.italic) shown = html`<i>${shown}</i>`;
  if (style.strike) shown = html`<s>${shown}</s>`;
  if (style.underline) shown = html`<u>${shown}</u>`;
  return shown;
}
