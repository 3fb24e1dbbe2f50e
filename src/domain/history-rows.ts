import { doerOf, type Told } from "./history.ts";

/** The columns of the history as a file: words for programs, the same in every language. */
export const COLUMNS = ["time", "vm", "request", "kind", "what", "who", "name", "detail"] as const;

export function rowOf(told: Told): string[] {
  const { at, request, line } = told;
  const { vm, wish } = request;
  const who = doerOf(told);
  const name = vm.name === vm.id ? vm.id : `${vm.name} (${vm.id})`;
  return [at.toISOString(), name, request.id, wish.kind, line.code, who.id, who.name, detailOf(told)];
}

/** What stands in columns of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(["code", "by", "kind"]);

/** Whatever else the line says, and the reason beside the wish. */
function detailOf({ line, request: { wish } }: Told): string {
  const said: [string, unknown][] = Object.entries(line).filter(([key]) => !ELSEWHERE.has(key));
  const reason: [string, unknown][] = line.code === "asked" ? [["reason", wish.reason]] : [];
  return [...said, ...reason]
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}: ${inText(value)}`)
    .join("; ");
}

function inText(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return String(value);
  return Object.values(value).map(inText).join(", ");
}
