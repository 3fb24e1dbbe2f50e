import type { CommandWord } from "../domain/command.ts";
import type { Texts } from "../texts/en.ts";
import { escapeMrkdwn } from "../texts/format.ts";

/** In this order, so that one finds the line that one needs. */
const GROUPS: { readonly [G in keyof Texts["help"]["groups"]]: readonly CommandWord[] } = {
  snapshots: ["create", "before", "restore", "rename", "delete", "cancel"],
  vm: ["on", "shutdown", "off"],
  looking: ["list", "status", "history", "may"],
  help: ["help"],
};

/** What somebody who may only look can use. */
const LOOKING: ReadonlySet<CommandWord> = new Set([...GROUPS.looking, ...GROUPS.help]);

/** What this person may type, with an example each, a line for every command; or more about one of them. */
export function helpLines({ help }: Texts, mayAct: boolean, about: CommandWord | undefined): string[] {
  const mayUse = (word: CommandWord) => mayAct || LOOKING.has(word);
  const inCode = (text: string) => `\`${escapeMrkdwn(text)}\``;
  if (about) {
    const { usage, does, example } = help.commands[about];
    const head = `${inCode(usage)}: ${does}. ${inCode(example)}`;
    return [head, help.more[about], ...(mayUse(about) ? [] : [help.guest])];
  }
  const groups = Object.entries(GROUPS).flatMap(([group, words]) => {
    const lines = words.filter(mayUse).map((word) => {
      const { does, example } = help.commands[word];
      return `• ${inCode(example)}: ${does}`;
    });
    return lines.length === 0 ? [] : [`*${help.groups[group as keyof typeof GROUPS]}*`, ...lines];
  });
  return [help.intro, ...groups, mayAct ? help.bare : help.guest];
}

/** What to type for help, or for more about one command. */
export function helpOn({ help }: Texts, word?: CommandWord): string {
  const spelled = (each: CommandWord) => help.commands[each].usage.split(" ")[1];
  return ["/snapshot", spelled("help"), ...(word ? [spelled(word)] : [])].join(" ");
}
