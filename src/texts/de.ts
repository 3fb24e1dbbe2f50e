import type { Who } from "../domain/ids.ts";
import { answers, refusals } from "./de/answers.ts";
import { approval } from "./de/approval.ts";
import { buttons, confirm } from "./de/buttons.ts";
import { card } from "./de/card.ts";
import { dialog } from "./de/dialog.ts";
import { explanation } from "./de/explanation.ts";
import { help } from "./de/help.ts";
import { history } from "./de/history.ts";
import { home } from "./de/home.ts";
import { list } from "./de/list.ts";
import { managing } from "./de/managing.ts";
import { story } from "./de/story.ts";
import type { Texts } from "./en.ts";
import { person, timeOfDay } from "./format.ts";

/** Every word that a German reader sees. */
export const de: Texts = {
  locale: "de",

  card,
  buttons,
  confirm,

  bar: (percent: number, estimated: boolean) => (estimated ? `etwa ${percent} % (geschätzt)` : `${percent} %`),

  decidedBy: (by: Who, at: Date) => `${person(by)} hat das um ${timeOfDay(at)} entschieden.`,
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
