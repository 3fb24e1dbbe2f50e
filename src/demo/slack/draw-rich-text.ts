import { dateText, type Reader } from "./mrkdwn.ts";
import type { Inline, RichText } from "./rich-text.ts";

type Inlines = { readonly [T in Inline["type"]]: (inline: Extract<Inline, { type: T }>, reader: Reader) => string };

const inlines: Inlines = {
  text: ({ text }) => text,
  user: ({ user_id }, { names }) => `@${names(user_id) ?? user_id}`,
  usergroup: ({ usergroup_id }, { names }) => `@${names(usergroup_id) ?? usergroup_id}`,
  channel: ({ channel_id }, { names }) => `#${names(channel_id) ?? channel_id}`,
  broadcast: ({ range }) => `@${range}`,
  emoji: ({ name }) => `:${name}:`,
  link: ({ url, text }) => (text ? `${text} (${url})` : url),
  date: ({ timestamp, format }, reader) => dateText(new Date(timestamp * 1000), format, reader),
};

export function drawRichText(block: RichText, reader: Reader): string {
  return block.elements
    .map((part) => {
      if (part.type === "rich_text_section") return line(part.elements, reader);
      if (part.type === "rich_text_quote") return indented(line(part.elements, reader), "> ");
      if (part.type === "rich_text_preformatted") return indented(line(part.elements, reader), "    ");
      const first = 1 + (part.offset ?? 0);
      const bullet = (index: number) => (part.style === "ordered" ? `${first + index}. ` : "• ");
      const indent = "  ".repeat(part.indent ?? 0);
      return part.elements.map((item, index) => `${indent}${bullet(index)}${line(item.elements, reader)}`).join("\n");
    })
    .join("\n");
}

function line(elements: readonly Inline[], reader: Reader): string {
  return elements
    .map((each) => (inlines[each.type] as (inline: Inline, reader: Reader) => string)(each, reader))
    .join("");
}

function indented(text: string, by: string): string {
  return by + text.replaceAll("\n", `\n${by}`);
}
