import type { ShownApp } from "../state.ts";

export interface Completion {
  /** What stands in the message box afterwards. */
  text: string;
  label: string;
  detail: string;
}

/** The commands in a usage hint, `create <vm> | list [vm] | …`. */
export const usagesIn = (hint: string): string[] => hint.split("|").map((usage) => usage.trim());

/** What can be meant by what is typed so far: the command, then its first word. */
export function completionsOf(typed: string, { command, does, hint }: ShownApp): Completion[] {
  if (!typed.startsWith("/")) return [];
  if (!typed.startsWith(`${command} `)) {
    return command.startsWith(typed) ? [{ text: `${command} `, label: `${command} ${hint}`, detail: does }] : [];
  }
  const word = typed.slice(command.length + 1);
  return usagesIn(hint)
    .filter((usage) => usage.startsWith(word) && usage !== word)
    .map((usage) => {
      const [name = "", ...rest] = usage.split(" ");
      const text = `${command} ${name}${rest.length > 0 ? " " : ""}`;
      return { text, label: `${command} ${usage}`, detail: "" };
    });
}
