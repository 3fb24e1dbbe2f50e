import { closest, distance } from "fastest-levenshtein";
import type { How } from "./request.ts";
import { normalise, quoteAgain, splitOnce, type Token, tokenize, withDashes } from "./tokens.ts";

/** What `/snapshot …` can mean. */
export type Command =
  | { kind: "dialog" }
  | { kind: "create"; vm: string; name: string | undefined; how: How; reason: string | undefined }
  | { kind: "list"; vm: string | undefined }
  | { kind: "status" }
  | { kind: "cancel"; vm: string }
  | { kind: "help"; about: CommandWord | undefined };

export type CommandWord = "create" | "list" | "status" | "cancel" | "help";

/** Why it cannot be understood; the words are in `texts/`. */
export type Mistake =
  | { kind: "unknown_word"; word: string; nearest: CommandWord | undefined; rest: string }
  | { kind: "need_vm"; word: CommandWord }
  | { kind: "both_how" }
  | { kind: "unknown_flag"; flag: string; nearest: string | undefined }
  | { kind: "empty_reason" }
  | { kind: "too_many"; rest: string }
  | { kind: "unclosed_quote" }
  | { kind: "empty_name" };

/** Every word that is understood, in both languages. */
const WORDS: Readonly<Record<string, CommandWord>> = {
  create: "create",
  new: "create",
  take: "create",
  erstellen: "create",
  anlegen: "create",
  list: "list",
  ls: "list",
  liste: "list",
  status: "status",
  cancel: "cancel",
  abbrechen: "cancel",
  help: "help",
  hilfe: "help",
};

const FLAGS: Readonly<Record<string, "live" | "off" | "reason">> = {
  "--live": "live",
  "--off": "off",
  "--aus": "off",
  "--reason": "reason",
  "--grund": "reason",
};

/** So many letters may be wrong in a word that is taken for a slip, and no more than half of them. */
const SLIP = 2;

/** Understands what was typed behind `/snapshot`. Pure; says what is wrong instead of throwing. */
export function readCommand(text: string): { ok: true; command: Command } | { ok: false; mistake: Mistake } {
  const tokens = tokenize(normalise(text));
  if (!tokens) return wrong({ kind: "unclosed_quote" });
  const [first, ...rest] = tokens;
  if (first === undefined) return { ok: true, command: { kind: "dialog" } };
  const typed = first.text.toLowerCase();
  const word = Object.hasOwn(WORDS, typed) ? WORDS[typed] : undefined;
  if (!word)
    return wrong({
      kind: "unknown_word",
      word: first.text,
      nearest: nearestWord(typed),
      rest: rest.map(quoteAgain).join(" "),
    });
  return READERS[word](rest);
}

type Reading = ReturnType<typeof readCommand>;

const wrong = (mistake: Mistake): Reading => ({ ok: false, mistake });

const READERS: { readonly [W in CommandWord]: (rest: readonly Token[]) => Reading } = {
  create: readCreate,
  list: (rest) => readVm(rest, (vm) => ({ kind: "list", vm })),
  status: (rest) =>
    rest[0] ? wrong({ kind: "too_many", rest: rest[0].text }) : { ok: true, command: { kind: "status" } },
  cancel: (rest) =>
    rest.length === 0
      ? wrong({ kind: "need_vm", word: "cancel" })
      : readVm(rest, (vm) => ({ kind: "cancel", vm: vm ?? "" })),
  help: ([about]) => {
    const word = about?.text.toLowerCase() ?? "";
    return { ok: true, command: { kind: "help", about: Object.hasOwn(WORDS, word) ? WORDS[word] : undefined } };
  },
};

function readVm([vm, surplus]: readonly Token[], make: (vm: string | undefined) => Command): Reading {
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  return { ok: true, command: make(vm?.text) };
}

function readCreate(tokens: readonly Token[]): Reading {
  const words: Token[] = [];
  const flags = new Set<"live" | "off">();
  let reason: string | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (!isFlag(token)) {
      words.push(token);
      continue;
    }
    const typed = withDashes(token.text);
    const [name = "", inline] = splitOnce(typed, "=");
    const flag = Object.hasOwn(FLAGS, name.toLowerCase()) ? FLAGS[name.toLowerCase()] : undefined;
    if (!flag) return wrong({ kind: "unknown_flag", flag: typed, nearest: nearestOf(name.toLowerCase(), FLAGS) });
    if (flag !== "reason") flags.add(flag);
    else {
      const said = inline === undefined ? reasonBehind(tokens, i + 1, words.length > 0) : [];
      if (inline === undefined && said.length === 0) return wrong({ kind: "empty_reason" });
      reason = inline ?? said.map(({ text }) => text).join(" ");
      i += said.length;
    }
  }
  const [vm, name, surplus] = words;
  if (!vm || vm.text === "") return wrong({ kind: "need_vm", word: "create" });
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  if (name && name.text.trim() === "") return wrong({ kind: "empty_name" });
  if (flags.size > 1) return wrong({ kind: "both_how" });
  const how: How = flags.has("live") ? "live" : flags.has("off") ? "off" : "ask";
  return {
    ok: true,
    command: { kind: "create", vm: vm.text, name: name?.text.trim(), how, reason: reason?.trim() || undefined },
  };
}

/** The quoted text behind `--reason`; without quotation marks all words up to the next flag, once the VM has been named. */
function reasonBehind(tokens: readonly Token[], from: number, hasVm: boolean): readonly Token[] {
  const rest = tokens.slice(from);
  const end = rest.findIndex(isFlag);
  const words = end < 0 ? rest : rest.slice(0, end);
  return words[0]?.quoted || !hasVm ? words.slice(0, 1) : words;
}

const isFlag = ({ text, quoted }: Token): boolean => !quoted && withDashes(text).startsWith("--");

function nearestWord(word: string): CommandWord | undefined {
  const nearest = nearestOf(word, WORDS);
  return nearest === undefined ? undefined : WORDS[nearest];
}

/** The word of a table that was probably meant. */
function nearestOf(word: string, table: Readonly<Record<string, unknown>>): string | undefined {
  if (word.length > 40) return undefined;
  const nearest = closest(word, Object.keys(table));
  return distance(word, nearest) <= Math.min(SLIP, word.length / 2) ? nearest : undefined;
}
