import type { Token } from "../tokens.ts";
import { sortFilters } from "./filters.ts";
import { isGiven, type Reading, right, wrong } from "./reading.ts";

/** `list [vm] [by:@anna] [why:upgrade] [older:30d] [newer:7d]` */
export function readList(tokens: readonly Token[]): Reading {
  const sorted = sortFilters("list", tokens, ["by", "why", "older", "newer", "until", "since"]);
  if (!sorted.ok) return sorted;
  const [vm, surplus] = sorted.words;
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  return right({ kind: "list", vm: isGiven(vm) ? vm.text : undefined, filter: sorted.filter });
}

/** `history [vm] [by:@anna] [since:7d] [until:1d]` */
export function readHistory(tokens: readonly Token[]): Reading {
  const sorted = sortFilters("history", tokens, ["by", "since", "until", "newer", "older"]);
  if (!sorted.ok) return sorted;
  const [vm, surplus] = sorted.words;
  if (surplus) return wrong({ kind: "too_many", rest: surplus.text });
  const { by, newerMs: sinceMs, olderMs: untilMs } = sorted.filter;
  return right({ kind: "history", vm: isGiven(vm) ? vm.text : undefined, filter: { by, sinceMs, untilMs } });
}
