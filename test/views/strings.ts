/** What a drawing says, piece by piece, for tests that look for what must not be there. */

interface Piece {
  type: "mrkdwn" | "plain_text";
  text: string;
}

/** All text objects in something drawn. */
export function pieces(drawn: unknown): Piece[] {
  if (Array.isArray(drawn)) return drawn.flatMap(pieces);
  if (typeof drawn !== "object" || drawn === null) return [];
  const { type, text } = drawn as Record<string, unknown>;
  if ((type === "mrkdwn" || type === "plain_text") && typeof text === "string") return [{ type, text }];
  return Object.values(drawn).flatMap(pieces);
}

/** Dates, channels and links to cards, which are ours. */
const OURS = /<!date\^\d+\^[^|<>]*\|[^<>]*>|<#COPS>|<@UANNA>|<https:\/\/demo\.slack\.com\/[^|<>]*\|[^<>]*>/g;

/** Mentions and links that Slack would bring to life, although somebody typed them or the cloud said them. */
export const linksIn = (text: string): string[] => [
  ...(text.replace(OURS, "").match(/[<>]|&(?!amp;|lt;|gt;)/g) ?? []),
  ...unfit(text),
];

/** Those, and formatting; empty when all is well. */
export function aliveIn(text: string): string[] {
  const outsideCode = text.replace(OURS, "").replace(/`[^`\n]+`/g, "");
  return [...linksIn(text), ...(outsideCode.match(/\*b\*|_i_|~s~|`|^&gt;/gm) ?? [])];
}

/** Characters that no text may hold: control, direction, halves of a character. */
export const unfit = (text: string): string[] => [
  ...(text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g) ?? []),
  ...(text.isWellFormed() ? [] : ["half a character"]),
];
