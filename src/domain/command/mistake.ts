import type { CommandWord } from "./words.ts";

export type Filter = "by" | "why" | "older" | "newer" | "since" | "until";

/** `may` without a word for what one wants to do. */
export interface MayMistake {
  kind: "no_deed";
  typed: string | undefined;
}

/** Why a command cannot be understood; the words are in `texts/`. `nearest` is what was probably meant, as it is typed. */
export type Mistake =
  | { kind: "unknown_word"; word: string; nearest: string | undefined; rest: string }
  | { kind: "need_vm"; word: CommandWord }
  | { kind: "need_snapshot"; word: CommandWord }
  | MayMistake
  /** `before` without what comes after it. */
  | { kind: "need_reason" }
  | { kind: "both_how" }
  | { kind: "unknown_flag"; word: CommandWord; flag: string; nearest: string | undefined }
  | { kind: "empty_reason" }
  | { kind: "unknown_filter"; word: CommandWord; filter: string; nearest: string | undefined }
  | { kind: "bad_filter"; filter: Filter; typed: string }
  /** Two filters that mean the same. */
  | { kind: "filter_twice"; typed: string }
  | { kind: "too_many"; rest: string }
  | { kind: "unclosed_quote" }
  | { kind: "empty_name"; word: CommandWord };
