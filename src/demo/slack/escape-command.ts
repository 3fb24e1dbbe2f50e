import type { Workspace } from "./workspace.ts";

/** What Slack does to the text of a command whose app asked for it (`should_escape: true`), beyond & < and >. */
type Names = Pick<Workspace, "users" | "conversations">;

/** Mentions and links that already have Slack's form. */
const REFERENCE = /(<(?:[@#!]|https?:|mailto:)[^<>]*>)/;
const NAME = String.raw`[\p{L}\p{N}][\p{L}\p{N}._-]*`;
/** More than Slack takes for a host, since any last word will do here: an app that copes with this copes with Slack. */
const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}`;
const REFERABLE = new RegExp(
  [
    String.raw`(?<url>https?:\/\/[^\s<>|]+)`,
    String.raw`(?<mail>(?<![\w.+-])[\w.+-]+@${HOST})`,
    String.raw`(?<![\w@])@(?<person>${NAME})`,
    String.raw`(?<![\w#])#(?<channel>${NAME})`,
    String.raw`(?<host>(?<![\w@.-])${HOST}(?![\w-])(?:\/[^\s<>|]*)?)`,
  ].join("|"),
  "giu",
);

/** The text as it reaches the app: names, hosts and addresses as references. */
export function escapedWithReferences(text: string, names: Names): string {
  return withReferences(text, (part) => {
    let done = 0;
    let written = "";
    for (const found of part.matchAll(REFERABLE)) {
      written += escaped(part.slice(done, found.index)) + referenceTo(found, names);
      done = found.index + found[0].length;
    }
    return written + escaped(part.slice(done));
  });
}

/** The text as it reaches an app that did not ask for references. */
export const escapedOnly = (text: string): string => withReferences(text, escaped);

function withReferences(text: string, write: (part: string) => string): string {
  return text
    .split(REFERENCE)
    .map((part, index) => (index % 2 === 1 ? part : write(part)))
    .join("");
}

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function referenceTo({ 0: whole, groups = {} }: RegExpMatchArray, names: Names): string {
  const { url, mail, person, channel, host } = groups;
  if (url) return `<${escaped(url)}>`;
  if (mail) return `<mailto:${mail}|${mail}>`;
  if (host) return `<http://${escaped(host)}|${escaped(host)}>`;
  const known: { id: string; name: string }[] = person ? [...names.users.values()] : [...names.conversations.values()];
  const { named, rest } = longestName(person ?? channel ?? "", known);
  return named ? `<${person ? "@" : "#"}${named.id}|${named.name}>${escaped(rest)}` : escaped(whole);
}

/** `@anna.` at the end of a sentence means anna. */
function longestName(
  typed: string,
  known: readonly { id: string; name: string }[],
): { named?: { id: string; name: string }; rest: string } {
  for (let length = typed.length; length > 0; length--) {
    const [name, rest] = [typed.slice(0, length).toLowerCase(), typed.slice(length)];
    const named = known.find((each) => each.name !== "" && each.name.toLowerCase() === name);
    if (named && /^[._-]*$/.test(rest)) return { named, rest };
  }
  return { rest: "" };
}
