/** A word of a command; `quoted` when it stood in quotation marks, and so is no flag whatever it begins with. */
export type Token = { text: string; quoted: boolean };

/** A phone writes `—` for `--`. */
export const withDashes = (text: string): string => text.replace(/^[—–](?=\p{L})/u, "--");

/** A phone writes typographic quotes and spaces that are none; Slack writes links around host names. */
export function normalise(text: string): string {
  return text
    .replace(/<https?:\/\/[^|<>]+\|([^<>]+)>/g, "$1")
    .replace(/[“”„«»‟]/g, '"')
    .replace(/[\u00a0\u202f\u2007]/g, " ");
}

/** Words, with quotation marks holding several together; undefined when one is not closed. */
export function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let current: Token | undefined;
  let inQuotes = false;
  for (const character of text) {
    if (character === '"') {
      inQuotes = !inQuotes;
      current = { text: current?.text ?? "", quoted: current?.quoted ?? current === undefined };
    } else if (!inQuotes && /\s/.test(character)) {
      if (current) tokens.push(current);
      current = undefined;
    } else {
      current = { text: (current?.text ?? "") + character, quoted: current?.quoted ?? false };
    }
  }
  if (current) tokens.push(current);
  return inQuotes ? undefined : tokens;
}

/** As it has to be typed to be one word again. */
export const quoteAgain = ({ text }: Token): string => (/\s/.test(text) || text === "" ? `"${text}"` : text);

/** Both sides of the first separator; the second is undefined when there is none. */
export function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
