import { folded } from "../domain/likeness.ts";
import type { Somebody } from "./asked.ts";
import { didYouMean, mistaken, oneOrMany, quoted, type Reading, read } from "./written.ts";

/**
 * People as the policy names them. `everyone`: the full members of the workspace · `members`: those of them who are members
 * of the channel where it is asked · `guests`: all guests, whom nothing else names.
 */
export type PeopleNamed = { text: string } & (
  | { kind: "everyone" | "members" | "guests" }
  | { kind: "person"; id: string }
  | { kind: "email"; email: string }
  | { kind: "group"; handle: string }
  | { kind: "group_id"; id: string }
);

const WORDS = ["everyone", "members", "guests"] as const;
const EXAMPLE = "people: everyone, members, guests, group:sre, U0123ABC or anna@example.com";

function readOne(text: string): Reading<PeopleNamed> {
  const plain = WORDS.find((word) => word === text);
  if (plain) return read({ text, kind: plain });
  if (text.length > 254) return mistaken("must not hold a name of more than 254 characters");
  if (/^[UW][A-Z0-9]{2,}$/.test(text)) return read({ text, kind: "person", id: text });
  if (/^S[A-Z0-9]{2,}$/.test(text)) return read({ text, kind: "group_id", id: text });
  const [, handle] = /^group:([\p{L}\p{N}._-]+)$/u.exec(text) ?? [];
  if (handle !== undefined) return read({ text, kind: "group", handle: folded(handle) });
  if (/^[^\s@<>:]+@[^\s@<>:]+$/.test(text)) return read({ text, kind: "email", email: folded(text) });
  return mistaken(`holds ${quoted(text)}, which names nobody${meant(text)}`);
}

function meant(written: string): string {
  const [, handle] = /^(?:@|groups?[: ]\s*@?)([\p{L}\p{N}._-]+)$/iu.exec(written) ?? [];
  if (handle !== undefined) return `; did you mean group:${handle}? A person is named by U… id or e-mail address`;
  return didYouMean(written, WORDS, `it takes ${EXAMPLE}`);
}

/** One or several of these; whoever one of them names is named. */
export const WhoSchema = oneOrMany(readOne, EXAMPLE);

/** `silent`: only Slack could say, and it did not · `guest`: a guest, and guests are not named. */
export type Named = "yes" | "no" | "silent" | "guest";

/** Whether these people are named. Strangers, bots and those who have left never are. */
export function named(who: readonly PeopleNamed[], person: Somebody): Named {
  if (person.kind === "guest") return who.some(({ kind }) => kind === "guests") ? "yes" : "guest";
  if (person.kind !== "member") return "no";
  const each = who.map((one) => namedBy(one, person));
  return each.find((is) => is === "yes") ?? each.find((is) => is === "silent") ?? "no";
}

/** Whether this one entry names a full member. */
export function namedBy(who: PeopleNamed, { id, email, groups, isInChannel }: Somebody): "yes" | "no" | "silent" {
  switch (who.kind) {
    case "everyone":
      return "yes";
    case "members":
      return isInChannel === undefined ? "silent" : is(isInChannel);
    case "guests":
      return "no";
    case "person":
      return is(who.id === id);
    case "email":
      return is(email !== undefined && who.email === folded(email));
    case "group":
      return groups === "unknown" ? "silent" : is(groups.some(({ handle }) => folded(handle) === who.handle));
    case "group_id":
      return groups === "unknown" ? "silent" : is(groups.some((group) => group.id === who.id));
  }
}

const is = (claim: boolean): "yes" | "no" => (claim ? "yes" : "no");
