import { quoted } from "./policy/written.ts";

/** A word that begins with a character of YAML's own, where a value begins. */
interface Unquoted {
  offset: number;
  word: string;
}

/** What stands in quotes is passed over, and so is a comment; the word at the beginning of a value is what is looked for. */
const PIECES =
  /(?<opens>[[{])|(?<closes>[\]}])|"(?:\\.|[^"\\\n])*"|'[^'\n]*'|(?<=[:-][ \t]+|[[{,][ \t]*)(?<word>[#@][^\s#,[\]{}"']+|\*[^\s#,[\]{}"']*)|(?<=^|[ \t])#.*/gm;

/**
 * Words that begin with `#`, `@` or `*` without quotes: a comment, a mistake and an alias to YAML, a channel, a person and
 * a pattern to whoever wrote them. An alias that there is an anchor for is none; outside of brackets a comment ends nothing
 * before its time.
 */
export function unquotedIn(text: string): readonly Unquoted[] {
  const words: Unquoted[] = [];
  let depth = 0;
  for (const { index, groups: { opens, closes, word } = {} } of text.matchAll(PIECES)) {
    if (opens) depth++;
    if (closes) depth = Math.max(0, depth - 1);
    if (!word || isAlias(word, text) || (word.startsWith("#") && depth === 0)) continue;
    words.push({ offset: index, word });
  }
  return words;
}

const isAlias = (word: string, text: string): boolean =>
  /^\*./.test(word) && text.split(/[\s,[\]{}]+/).includes(`&${word.slice(1)}`);

/** The same text, every character at its place, as if these words began with a letter. */
export function asIfQuoted(text: string, words: readonly Unquoted[]): string {
  let plain = text;
  for (const { offset } of words) plain = `${plain.slice(0, offset)}x${plain.slice(offset + 1)}`;
  return plain;
}

export const needsQuotes = ({ word }: Unquoted): string =>
  `"#", "@" and "*" at the beginning of a word need quotes: ${quoted(word)}`;
