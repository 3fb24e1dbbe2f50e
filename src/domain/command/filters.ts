import type { ListFilter } from "../command.ts";
import { readDuration } from "../durations.ts";
import { folded } from "../likeness.ts";
import type { Token } from "../tokens.ts";
import { wordsOnly } from "./flags.ts";
import type { Filter } from "./mistake.ts";
import { type Wrong, wrong } from "./reading.ts";
import { type CommandWord, nearestOf } from "./words.ts";

const KEYS: ReadonlyMap<string, Filter> = new Map([
  ["by", "by"],
  ["von", "by"],
  ["why", "why"],
  ["grund", "why"],
  ["older", "older"],
  ["älter", "older"],
  ["aelter", "older"],
  ["newer", "newer"],
  ["neuer", "newer"],
  ["since", "since"],
  ["seit", "since"],
  ["until", "until"],
  ["bis", "until"],
]);

/** What each says; "since 7 days" and "newer than 7 days" are the same. */
const FIELDS = {
  by: "by",
  why: "why",
  older: "olderMs",
  until: "olderMs",
  newer: "newerMs",
  since: "newerMs",
} as const satisfies { readonly [F in Filter]: keyof ListFilter };

/** What was typed, with the filters taken out. */
interface Sorted {
  ok: true;
  words: readonly Token[];
  filter: ListFilter;
}

/**
 * Takes `key:value` out where the key is a filter's, or nearly. Anything else with a colon, such as `tag:prod`, and all
 * that is quoted, is a word. A space behind the colon does no harm.
 */
export function sortFilters(word: CommandWord, tokens: readonly Token[], known: readonly Filter[]): Sorted | Wrong {
  const sorted = wordsOnly(word, tokens);
  if (!sorted.ok) return sorted;
  const words: Token[] = [];
  let filter: ListFilter = {};
  for (let i = 0; i < sorted.words.length; i++) {
    const token = sorted.words[i]!;
    const { key, value = "" } = apart(token);
    const name = key === undefined ? undefined : KEYS.get(key);
    const nearest = key === undefined || name ? undefined : nearestKey(key, known);
    if (nearest || (name && !known.includes(name)))
      return wrong({ kind: "unknown_filter", word, filter: token.text, nearest });
    if (!name) {
      words.push(token);
      continue;
    }
    const field = FIELDS[name];
    if (filter[field] !== undefined) return wrong({ kind: "filter_twice", typed: token.text });
    const next = value === "" ? sorted.words[++i] : undefined;
    const read = READERS[field](next?.text ?? value, next ?? token);
    if (!read)
      return wrong({ kind: "bad_filter", filter: name, typed: [token, next].flatMap((t) => t?.text ?? []).join(" ") });
    filter = { ...filter, ...read };
  }
  return { ok: true, words, filter };
}

/** What stands before and behind the colon of an unquoted word; a person that Slack names needs none. */
function apart({ text, quoted, mention }: Token): { key?: string; value?: string | undefined } {
  if (!quoted && mention?.text === text) return { key: "by", value: text };
  const [, key, value] = (!quoted && /^([\p{L}\p{M}]+):(.*)$/su.exec(text)) || [];
  return key === undefined ? {} : { key: folded(key), value };
}

function nearestKey(key: string, known: readonly Filter[]): string | undefined {
  const spellings = [...KEYS].filter(([, filter]) => known.includes(filter)).map(([spelling]) => spelling);
  const nearest = nearestOf(key, spellings);
  return nearest && `${nearest}:`;
}

type ReadValue = (value: string, token: Token) => ListFilter | undefined;

const READERS: { readonly [F in (typeof FIELDS)[Filter]]: ReadValue } = {
  by(value, { mention }) {
    if (mention && mention.text === value) return { by: { id: mention.id } };
    const name = value.trim().replace(/^@/, "");
    return name === "" ? undefined : { by: { name } };
  },
  why: (value) => (value.trim() === "" ? undefined : { why: value.trim() }),
  olderMs: (value) => age(value, (olderMs) => ({ olderMs })),
  newerMs: (value) => age(value, (newerMs) => ({ newerMs })),
};

function age(value: string, as: (ms: number) => ListFilter): ListFilter | undefined {
  const ms = readDuration(folded(value));
  return ms === undefined ? undefined : as(Math.round(ms));
}
