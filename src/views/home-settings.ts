import type { Preferences } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { HOME_IDS } from "./action-ids.ts";
import { header, labelled, option, select } from "./blocks.ts";

export const LANGUAGES = ["auto", "en", "de"] as const;
export const LEVELS = ["all", "decisions", "failures"] as const;

/** A person's own choices. Drawn as they are stored: the block ids change with them, so that Slack takes them over. */
export function settingsBlocks(choices: Preferences, texts: Texts): object[] {
  const language: (typeof LANGUAGES)[number] = choices.language ?? "auto";
  const notify: (typeof LEVELS)[number] = choices.notify ?? "decisions";
  const { home, locale } = texts;
  const languages = LANGUAGES.map((each) => option(home.languages[each], each));
  const levels = LEVELS.map((each) => option(home.levels[each], each));
  const among = (options: typeof languages, value: string) => options.find((each) => each.value === value);
  return [
    header(home.settingsTitle),
    labelled(
      home.language,
      select(HOME_IDS.language, languages, home.languages.auto, among(languages, language)),
      `home.language/${locale}/${language}`,
    ),
    labelled(
      home.notify,
      select(HOME_IDS.notify, levels, home.levels.decisions, among(levels, notify)),
      `home.notify/${locale}/${notify}`,
    ),
  ];
}
