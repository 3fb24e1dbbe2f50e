import type { Token } from "../tokens.ts";
import { sortFlags, wordsOnly } from "./flags.ts";
import { isGiven, type Reading, right, wrong } from "./reading.ts";

/** `rename <vm> <snapshot> [new name…] [--reason "…"]` */
export function readRename(tokens: readonly Token[]): Reading {
  const sorted = sortFlags("rename", tokens, ["reason"]);
  if (!sorted.ok) return sorted;
  const [vm, snapshot, ...name] = sorted.words;
  if (!isGiven(vm)) return wrong({ kind: "need_vm", word: "rename" });
  if (!isGiven(snapshot)) return wrong({ kind: "need_snapshot", word: "rename" });
  if (name.length > 1 && name.some(({ quoted }) => quoted)) return wrong({ kind: "too_many", rest: name[1]!.text });
  const words = name
    .map(({ text }) => text)
    .join(" ")
    .trim();
  if (name.length > 0 && words === "") return wrong({ kind: "empty_name", word: "rename" });
  const { reason } = sorted;
  return right({
    kind: "rename",
    vm: vm.text,
    snapshot: snapshot.text,
    name: words || undefined,
    ...(reason !== undefined && { reason }),
  });
}

/** `restore <vm> [<snapshot>]` and `delete <vm> [<snapshot>]` */
export const readChange =
  (kind: "restore" | "delete") =>
  (tokens: readonly Token[]): Reading => {
    const sorted = wordsOnly(kind, tokens);
    if (!sorted.ok) return sorted;
    const [vm, snapshot, surplus] = sorted.words;
    if (!isGiven(vm)) return wrong({ kind: "need_vm", word: kind });
    if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
    return right({ kind, vm: vm.text, snapshot: isGiven(snapshot) ? snapshot.text : undefined });
  };

/** `on|shutdown|off <vm> [--reason "…"]` */
export const readSwitch =
  (word: "on" | "shutdown" | "off", to: "on" | "off" | "hard_off") =>
  (tokens: readonly Token[]): Reading => {
    const sorted = sortFlags(word, tokens, ["reason"]);
    if (!sorted.ok) return sorted;
    const [vm, surplus] = sorted.words;
    if (!isGiven(vm)) return wrong({ kind: "need_vm", word });
    if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
    return right({ kind: "power", vm: vm.text, to, ...(sorted.reason !== undefined && { reason: sorted.reason }) });
  };
