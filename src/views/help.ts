import type { CommandWord } from "../domain/command.ts";
import type { Texts } from "../texts/en.ts";
import { escapeMrkdwn } from "../texts/format.ts";

/** What somebody who may only look can use. */
const LOOKING: readonly CommandWord[] = ["list", "status", "help"];
const ALL: readonly CommandWord[] = ["create", "list", "status", "cancel", "help"];

/** What this person may type, with an example each; or more about one command. */
export function helpLines({ help }: Texts, mayAct: boolean, about: CommandWord | undefined): string[] {
  const line = (word: CommandWord) => {
    const { usage, does, example } = help.commands[word];
    return `• \`${escapeMrkdwn(usage)}\`: ${does}. \`${escapeMrkdwn(example)}\``;
  };
  if (about) return [line(about), help.more[about]];
  const words = mayAct ? ALL : LOOKING;
  return [help.intro, ...words.map(line), mayAct ? help.bare : help.guest];
}
