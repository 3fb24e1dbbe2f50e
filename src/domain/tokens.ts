import { withoutEscapes } from "./escapes.ts";
import { type Mention, REFERENCE, readReference, withoutLinks } from "./references.ts";

/** A word of a command; `quoted` when it stood in quotation marks, and so is no flag and no filter whatever it says. */
export interface Token {
  text: string;
  quoted: boolean;
  /** The last one in it. */
  mention?: Mention;
}

/** What a text consists of beside references: a phone writes typographic quotes, and spaces that do not break a line. */
const PIECE = /(?<quote>["“”„«»‟])|(?<space>\s)|[^"“”„«»‟\s]+/gu;
const UNBREAKABLE = /[\u00a0\u202f\u2007]/;

/**
 * Words, with quotation marks holding several together; undefined when one is not closed. The text is as Slack sends it,
 * escaped and with references, which are turned back only here: so nothing that was typed ever counts as a reference.
 */
export function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let current: Token | undefined;
  let inQuotes = false;
  const add = (more: string, mention?: Mention) => {
    current ??= { text: "", quoted: inQuotes };
    current.text += more;
    if (mention) current.mention = mention;
  };
  for (const [index, part] of withoutLinks(text).split(REFERENCE).entries()) {
    if (index % 2 === 1) {
      const { text: shown, mention } = readReference(part);
      add(shown, mention);
      continue;
    }
    for (const { 0: piece, groups = {} } of part.matchAll(PIECE)) {
      if (groups.quote) {
        inQuotes = !inQuotes;
        add("");
      } else if (groups.space === undefined) add(withoutEscapes(piece));
      else if (inQuotes) add(UNBREAKABLE.test(piece) ? " " : piece);
      else if (current) {
        tokens.push(current);
        current = undefined;
      }
    }
  }
  if (current) tokens.push(current);
  return inQuotes ? undefined : tokens;
}

/** As a person has to type it to be one word again. */
export function quoteAgain({ text, quoted }: Token): string {
  const typable = text.replaceAll('"', "'");
  if (!quoted && text !== "" && !/\s/.test(text)) return typable;
  const [, key = "", value = typable] = (!quoted && /^([^\s:=]+[:=])(.*)$/s.exec(typable)) || [];
  return `${key}"${value}"`;
}

/** A phone writes `—` for `--`. */
export const withDashes = (text: string): string => text.replace(/^[—–](?=\p{L})/u, "--");
