import type { Who } from "../domain/ids.ts";
import { answers, refusals } from "./en/answers.ts";
import { approval } from "./en/approval.ts";
import { buttons, confirm } from "./en/buttons.ts";
import { card } from "./en/card.ts";
import { dialog } from "./en/dialog.ts";
import { explanation } from "./en/explanation.ts";
import { help } from "./en/help.ts";
import { history } from "./en/history.ts";
import { home } from "./en/home.ts";
import { list } from "./en/list.ts";
import { managing } from "./en/managing.ts";
import { story } from "./en/story.ts";
import { person, timeOfDay } from "./format.ts";

/** Every word that an English reader sees. Its type is what every other language has to fill. */
export const en = {
  locale: "en",

  card,
  buttons,
  confirm,

  bar: (percent: number, estimated: boolean) => (estimated ? `about ${percent} % (estimated)` : `${percent} %`),

  decidedBy: (by: Who, at: Date) => `${person(by)} decided this at ${timeOfDay(at)}.`,
  refusals,
  answers,
  approval,
  explanation,
  list,
  history,
  help,
  dialog,
  home,
  managing,
  story,
};
/** What a language has to say; German, and any other, must fill it or it does not compile. */
export type Texts = typeof en;
