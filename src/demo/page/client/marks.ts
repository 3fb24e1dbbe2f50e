/** Slack's mrkdwn, taken apart. It makes nothing that could be markup: whoever draws it makes elements and texts. */
export type Mark =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; inside: Mark[] }
  | { kind: "quote"; inside: Mark[] }
  | { kind: "code" | "preformatted"; text: string }
  | { kind: "emoji"; name: string }
  | { kind: "link"; url: string; label: string }
  /** A mention of a person, a group or everybody. */
  | { kind: "mention"; id: string; label?: string }
  | { kind: "channel"; id: string; label?: string }
  | { kind: "date"; at: Date; format: string; url?: string }
  | { kind: "break" };

export function marksIn(mrkdwn: string): Mark[] {
  return mrkdwn.split(/(```[\s\S]*?```)/).flatMap((part, index): Mark[] => {
    if (index % 2 === 1) return [{ kind: "preformatted", text: unescaped(part.slice(3, -3)).replace(/^\n|\n$/g, "") }];
    return part === "" ? [] : paragraphs(part);
  });
}

/** Lines that begin with `>` stand together as a quote. */
function paragraphs(text: string): Mark[] {
  const marks: Mark[] = [];
  let quote: string[] = [];
  const endQuote = () => {
    if (quote.length > 0) marks.push({ kind: "quote", inside: inline(quote.join("\n")) });
    quote = [];
  };
  text.split("\n").forEach((line, index) => {
    const quoted = /^(?:&gt;|>) ?(.*)/.exec(line);
    if (quoted) {
      quote.push(quoted[1]!);
      return;
    }
    const isAfterQuote = quote.length > 0;
    endQuote();
    if (index > 0 && !isAfterQuote) marks.push({ kind: "break" });
    marks.push(...inline(line));
  });
  endQuote();
  return marks;
}

const STYLES = { "*": "bold", _: "italic", "~": "strike" } as const;

function inline(text: string): Mark[] {
  const marks: Mark[] = [];
  let plain = "";
  let at = 0;
  const add = (mark: Mark, length: number) => {
    if (plain) marks.push({ kind: "text", text: unescaped(plain) });
    marks.push(mark);
    plain = "";
    at += length;
  };
  while (at < text.length) {
    const rest = text.slice(at);
    const code = /^`([^`\n]+)`/.exec(rest);
    const reference = /^<([^<>\n]+)>/.exec(rest);
    const emoji = /^:([a-z0-9_+-]+):/.exec(rest);
    const styled = /\w$/.test(text.slice(0, at)) ? null : /^([*_~])(?=\S)([^\n]*?\S)\1(?!\w)/.exec(rest);
    if (rest[0] === "\n") add({ kind: "break" }, 1);
    else if (code) add({ kind: "code", text: unescaped(code[1]!) }, code[0].length);
    else if (reference) add(referenceTo(reference[1]!), reference[0].length);
    else if (emoji) add({ kind: "emoji", name: emoji[1]! }, emoji[0].length);
    else if (styled) {
      const kind = STYLES[styled[1] as keyof typeof STYLES];
      add({ kind, inside: inline(styled[2]!) }, styled[0].length);
    } else {
      plain += rest[0];
      at += 1;
    }
  }
  if (plain) marks.push({ kind: "text", text: unescaped(plain) });
  return marks;
}

/** What stands between `<` and `>`. */
function referenceTo(inside: string): Mark {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? {} : { label: unescaped(inside.slice(bar + 1)) };
  if (target.startsWith("!date^")) return dateIn(target, label.label ?? "");
  if (target.startsWith("!subteam^")) return { kind: "mention", id: target.slice(9), ...label };
  if (target.startsWith("@") || target.startsWith("!")) return { kind: "mention", id: target.slice(1), ...label };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1), ...label };
  const url = unescaped(target);
  if (!/^(?:https?:\/\/|mailto:)/.test(url)) return { kind: "text", text: unescaped(`<${inside}>`) };
  return { kind: "link", url, label: label.label || url };
}

/** `!date^1700000000^{date_short_pretty} at {time}^https://link` */
function dateIn(target: string, fallback: string): Mark {
  const [, seconds, format, url] = target.split("^");
  const at = new Date(Number(seconds) * 1000);
  if (!seconds || Number.isNaN(at.getTime()) || !format) return { kind: "text", text: fallback };
  return { kind: "date", at, format, ...(url && /^https?:\/\//.test(url) && { url }) };
}

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
