import type { PageState, ShownChannel, ShownMessage } from "../state.ts";
import { unformatted } from "./plain-words.ts";
import { timelineOf } from "./timeline.ts";

/**
 * What a screen reader is told of a change: new messages whole, a redrawn card only when its first sentence says something
 * else. A bar that grows is no news.
 */
export function newsIn(before: PageState, after: PageState, channel: ShownChannel): string[] {
  if (before.me !== after.me) return [];
  const old = new Map(timelineOf(before, channel).map((entry) => [entry.key, entry]));
  return timelineOf(after, channel).flatMap((entry) => {
    const known = old.get(entry.key);
    if (entry.kind === "refused") return known ? [] : [`Slack refused ${entry.refused.method}: ${entry.refused.error}`];
    if (entry.kind === "private") return known ? [] : [`Only visible to you: ${unformatted(entry.answer.text)}`];
    const text = wordsOf(entry.message);
    if (known?.kind !== "message") return [`${after.app.name}: ${text}`];
    const [was, is] = [wordsOf(known.message), text].map(firstSentence);
    return was === is ? [] : [`${is}`];
  });
}

/** A file that comes without a word is told by its title. */
const wordsOf = ({ text, files }: ShownMessage): string =>
  unformatted(text) || files.map(({ title }) => title).join(", ");

const firstSentence = (text: string): string => /^.*?[.?!](?=\s|$)/.exec(text)?.[0] ?? text;
