import { readBefore, readCreate } from "./command/create.ts";
import { wordsOnly } from "./command/flags.ts";
import { readHistory, readList } from "./command/looking.ts";
import { type Doing, readMay } from "./command/may.ts";
import type { Mistake } from "./command/mistake.ts";
import { isGiven, type Reading, right, wrong } from "./command/reading.ts";
import { readChange, readRename, readSwitch } from "./command/snapshots.ts";
import { type CommandWord, commandWord, nearestWord } from "./command/words.ts";
import type { UserId } from "./ids.ts";
import { folded } from "./likeness.ts";
import type { How } from "./request.ts";
import { quoteAgain, type Token, tokenize, withDashes } from "./tokens.ts";

export { type Doing, doingOf } from "./command/may.ts";
export type { Mistake } from "./command/mistake.ts";
export type { CommandWord } from "./command/words.ts";

/** What `/snapshot …` can mean. */
export type Command =
  | { kind: "dialog" }
  | { kind: "create"; vm: string; name: string | undefined; how: How; reason: string | undefined }
  | { kind: "before"; vm: string; how: How; reason: string }
  | { kind: "list"; vm: string | undefined; filter: ListFilter }
  | { kind: "rename"; vm: string; snapshot: string; name: string | undefined; reason?: string }
  | { kind: "restore" | "delete"; vm: string; snapshot: string | undefined }
  | { kind: "power"; vm: string; to: "on" | "off" | "hard_off"; reason?: string }
  | { kind: "history"; vm: string | undefined; filter: TimeFilter }
  | { kind: "may"; doing: Doing; how: How; vm: string }
  | { kind: "status" }
  | { kind: "cancel"; vm: string }
  | { kind: "help"; about: CommandWord | undefined };

/** Somebody as a command names them: by Slack's id where Slack says it, else as it was typed, without the `@`. */
export type Named = { id: UserId } | { name: string };

/** Which snapshots to list; what is undefined does not matter. Ages in milliseconds. */
export interface ListFilter {
  by?: Named | undefined;
  /** A part of the reason. */
  why?: string | undefined;
  olderMs?: number | undefined;
  newerMs?: number | undefined;
}

/** Which lines of the history; how long ago in milliseconds. */
export interface TimeFilter {
  by?: Named | undefined;
  sinceMs?: number | undefined;
  untilMs?: number | undefined;
}

const READERS: { readonly [W in CommandWord]: (rest: readonly Token[]) => Reading } = {
  create: readCreate,
  before: readBefore,
  list: readList,
  status: (rest) => (rest[0] ? wrong({ kind: "too_many", rest: rest[0].text }) : right({ kind: "status" })),
  rename: readRename,
  restore: readChange("restore"),
  delete: readChange("delete"),
  on: readSwitch("on", "on"),
  shutdown: readSwitch("shutdown", "off"),
  off: readSwitch("off", "hard_off"),
  cancel: (rest) => readVm("cancel", rest, (vm) => ({ kind: "cancel", vm })),
  history: readHistory,
  may: readMay,
  help: ([about]) => right({ kind: "help", about: about && commandWord(about.text) }),
};

/**
 * Understands what was typed behind `/snapshot`, escaped and with references as Slack sends it, or as `writeCommand` has
 * written it. Pure; says what is wrong instead of throwing.
 */
export function readCommand(text: string): Reading {
  const tokens = tokenize(text);
  if (!tokens) return wrong({ kind: "unclosed_quote" });
  const [first, ...rest] = tokens;
  if (first === undefined) return right({ kind: "dialog" });
  const word = commandWord(first.text);
  if (!word) return wrong(unknownWord(first, rest));
  if (rest.some(asksForHelp)) return right({ kind: "help", about: word });
  return READERS[word](rest);
}

const unknownWord = ({ text }: Token, rest: readonly Token[]): Mistake => ({
  kind: "unknown_word",
  word: text,
  nearest: nearestWord(text),
  rest: rest.map(quoteAgain).join(" "),
});

const asksForHelp = ({ text, quoted }: Token): boolean =>
  !quoted && ["--help", "--hilfe"].includes(folded(withDashes(text)));

/** A command that names a VM and nothing else. */
function readVm(word: CommandWord, tokens: readonly Token[], make: (vm: string) => Command): Reading {
  const sorted = wordsOnly(word, tokens);
  if (!sorted.ok) return sorted;
  const [vm, surplus] = sorted.words;
  if (!isGiven(vm)) return wrong({ kind: "need_vm", word });
  return surplus ? wrong({ kind: "too_many", rest: surplus.text }) : right(make(vm.text));
}
