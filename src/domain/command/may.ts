import { folded } from "../likeness.ts";
import type { How } from "../request.ts";
import type { Token } from "../tokens.ts";
import { sortFlags } from "./flags.ts";
import type { MayMistake } from "./mistake.ts";
import { isGiven, type Reading, right, wrong } from "./reading.ts";
import { type CommandWord, commandWord } from "./words.ts";

/** What the rules are asked about, in the words of the commands that do it. */
export type Doing = "create" | "restore" | "delete" | "rename" | "on" | "shutdown" | "off";

const DOINGS: { readonly [W in CommandWord]?: Doing } = {
  create: "create",
  before: "create",
  restore: "restore",
  delete: "delete",
  rename: "rename",
  on: "on",
  shutdown: "shutdown",
  off: "off",
};

/** As a person asks: "may I restore …". */
const MYSELF: ReadonlySet<string> = new Set(["i", "ich"]);

/** `may <what> <vm> [--live | --off]`; in German the VM may come first: `darf ich web-01 wiederherstellen`. */
export function readMay(tokens: readonly Token[]): Reading {
  const sorted = sortFlags("may", tokens, ["live", "off"]);
  if (!sorted.ok) return sorted;
  const words = isMyself(sorted.words[0]) ? sorted.words.slice(1) : sorted.words;
  if (words.length < 2) return wrong(whatIsMissing(words));
  const [first, last] = [words[0]!, words.at(-1)!];
  const before = doingOf(words.slice(0, -1));
  const [doing, vm] = before ? [before, last] : [doingOf(words.slice(1)), first];
  if (!doing)
    return wrong({
      kind: "no_deed",
      typed: words
        .slice(0, -1)
        .map(({ text }) => text)
        .join(" "),
    });
  if (!isGiven(vm)) return wrong({ kind: "need_vm", word: "may" });
  const how: How = doing === "create" ? sorted.how : "ask";
  return right({ kind: "may", doing, how, vm: vm.text });
}

const isMyself = (token: Token | undefined): boolean =>
  token !== undefined && !token.quoted && MYSELF.has(folded(token.text));

/** Several words for one thing: `power off`, `roll back`. */
export function doingOf(words: readonly Pick<Token, "text">[]): Doing | undefined {
  const word = commandWord(words.map(({ text }) => text).join(""));
  return word && DOINGS[word];
}

function whatIsMissing(words: readonly Token[]): MayMistake | { kind: "need_vm"; word: CommandWord } {
  return doingOf(words) ? { kind: "need_vm", word: "may" } : { kind: "no_deed", typed: words[0]?.text };
}
