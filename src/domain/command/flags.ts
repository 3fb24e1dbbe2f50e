import { folded } from "../likeness.ts";
import type { How } from "../request.ts";
import { splitOnce } from "../split-once.ts";
import { type Token, withDashes } from "../tokens.ts";
import { type Wrong, wrong } from "./reading.ts";
import { type CommandWord, nearestOf } from "./words.ts";

type Flag = "live" | "off" | "reason";

const FLAGS: ReadonlyMap<string, Flag> = new Map([
  ["--live", "live"],
  ["--off", "off"],
  ["--aus", "off"],
  ["--reason", "reason"],
  ["--grund", "reason"],
]);

/** What was typed, with the flags taken out. */
interface Sorted {
  ok: true;
  words: readonly Token[];
  how: How;
  reason: string | undefined;
}

/** Takes the flags out that a command knows; any other is a mistake. */
export function sortFlags(word: CommandWord, tokens: readonly Token[], known: readonly Flag[]): Sorted | Wrong {
  const words: Token[] = [];
  const ways = new Set<"live" | "off">();
  let reason: string | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (!isFlag(token)) {
      words.push(token);
      continue;
    }
    const typed = withDashes(token.text);
    const [name, inline] = splitOnce(typed, "=");
    const flag = FLAGS.get(folded(name));
    if (!flag || !known.includes(flag)) return wrong(unknownFlag(word, typed, name, known));
    if (flag !== "reason") ways.add(flag);
    else {
      const said = inline === undefined ? reasonBehind(tokens, i + 1, words.length > 0) : [];
      if (inline === undefined && said.length === 0) return wrong({ kind: "empty_reason" });
      reason = inline ?? said.map(({ text }) => text).join(" ");
      i += said.length;
    }
  }
  if (ways.size > 1) return wrong({ kind: "both_how" });
  const [how = "ask"] = ways;
  return { ok: true, words, how, reason: reason?.trim() || undefined };
}

/** The words of a command that knows no flags. */
export const wordsOnly = (word: CommandWord, tokens: readonly Token[]): Sorted | Wrong => sortFlags(word, tokens, []);

/** The quoted text behind `--reason`; without quotation marks all words up to the next flag, once the VM has been named. */
function reasonBehind(tokens: readonly Token[], from: number, hasVm: boolean): readonly Token[] {
  const rest = tokens.slice(from);
  const end = rest.findIndex(isFlag);
  const words = end < 0 ? rest : rest.slice(0, end);
  return words[0]?.quoted || !hasVm ? words.slice(0, 1) : words;
}

function unknownFlag(word: CommandWord, flag: string, name: string, known: readonly Flag[]) {
  const spellings = [...FLAGS].filter(([, each]) => known.includes(each)).map(([spelling]) => spelling);
  return { kind: "unknown_flag", word, flag, nearest: nearestOf(folded(name), spellings) } as const;
}

const isFlag = ({ text, quoted }: Token): boolean => !quoted && withDashes(text).startsWith("--");
