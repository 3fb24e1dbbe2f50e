import { withoutEscapes } from "./escapes.ts";
import { UserId } from "./ids.ts";
import { splitOnce } from "./split-once.ts";

/**
 * What Slack makes of people, channels and addresses in a command (`should_escape` in the manifest). Typed characters
 * never form one: their `<` arrives as `&lt;`.
 */

/** Somebody whom Slack named by their id, and how it reads. */
export interface Mention {
  id: UserId;
  text: string;
}

/** People, groups and channels, as `split` takes them out of a text. */
export const REFERENCE = /<((?:[@#][A-Z0-9]+(?=[|>])|![a-z])[^<>]*)>/;

/** What stands between its `<` and `>`, as its author saw it: `@anna`, `#ops`. */
export function readReference(inside: string): { text: string; mention?: Mention } {
  const [address, label] = splitOnce(inside, "|");
  const sign = address.startsWith("#") ? "#" : "@";
  const shown = withoutEscapes(label || address.slice(1));
  const text = shown.startsWith(sign) ? shown : sign + shown;
  return address.startsWith("@") ? { text, mention: { id: UserId.parse(address.slice(1)), text } } : { text };
}

const LINK = /<((?:https?:\/\/|mailto:)[^<>|]*)(?:\|([^<>]*))?>/g;

/** Links as they were typed. What stands in one is text like any other: Slack may have taken a quotation mark along. */
export const withoutLinks = (text: string): string =>
  text.replace(LINK, (_, address: string, label: string | undefined) => label || address.replace(/^mailto:/, ""));
