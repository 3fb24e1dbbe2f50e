import type { Token } from "../tokens.ts";
import { sortFlags } from "./flags.ts";
import { isGiven, type Reading, right, wrong } from "./reading.ts";

/** `create <vm> [name] [--live | --off] [--reason "…"]` */
export function readCreate(tokens: readonly Token[]): Reading {
  const sorted = sortFlags("create", tokens, ["live", "off", "reason"]);
  if (!sorted.ok) return sorted;
  const { how, reason } = sorted;
  const [vm, name, surplus] = sorted.words;
  if (!isGiven(vm)) return wrong({ kind: "need_vm", word: "create" });
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  if (name && !isGiven(name)) return wrong({ kind: "empty_name", word: "create" });
  return right({ kind: "create", vm: vm.text, name: name?.text.trim(), how, reason });
}

/** `before "why" <vm> [--live | --off]` */
export function readBefore(tokens: readonly Token[]): Reading {
  const sorted = sortFlags("before", tokens, ["live", "off"]);
  if (!sorted.ok) return sorted;
  if (sorted.words.length < 2) return wrong({ kind: "need_reason" });
  const { why, vm, surplus } = apart(sorted.words);
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  if (!isGiven(vm)) return wrong({ kind: "need_vm", word: "before" });
  const reason = why
    .map(({ text }) => text)
    .join(" ")
    .trim();
  if (reason === "") return wrong({ kind: "need_reason" });
  return right({ kind: "before", vm: vm.text, how: sorted.how, reason });
}

/** The reason is what is quoted; where nothing is, or the VM too, it comes first, and the VM is the last word. */
function apart(words: readonly Token[]): { why: readonly Token[]; vm: Token | undefined; surplus?: Token | undefined } {
  const [first, second, third] = words;
  if (first?.quoted) return { why: [first], vm: second, surplus: third };
  if (second?.quoted && !third) return { why: [second], vm: first };
  return { why: words.slice(0, -1), vm: words.at(-1) };
}
