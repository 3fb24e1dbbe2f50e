/**
 * Slack writes `&`, `<` and `>` in what people type as `&amp;`, `&lt;` and `&gt;`. In commands that Shutter writes itself
 * (into its buttons) other characters are escaped too, in a way that nobody can type: a typed `&` arrives as `&amp;`.
 */
const ESCAPES = /&(?:(?<name>amp|lt|gt)|#x(?<hex>[0-9a-f]{1,4}));/g;

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">" };

/** What was typed. */
export const withoutEscapes = (text: string): string =>
  text.replace(ESCAPES, (_, name: string | undefined, hex: string) =>
    name ? CHARACTERS[name]! : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** Quotation marks and spaces of phones, and what begins an escape or a reference. */
const AMBIGUOUS = /["“”„«»‟\u00a0\u202f\u2007]|&(?=(?:amp|lt|gt|#x[0-9a-f]{1,4});)|<(?=[@#!hm])/g;

/** Data as it has to stand in a command to be read as one word and unchanged; little longer than the data as a rule. */
export const quoteWhole = (data: string): string =>
  `"${data.replace(AMBIGUOUS, (character) => `&#x${character.charCodeAt(0).toString(16)};`)}"`;
