import { progressOf } from "../domain/progress.ts";
import type { Place } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { code, person } from "../texts/format.ts";
import { headlineOf, titleOf } from "./headline.ts";

/** One line an open request: which VM, how it stands, whose, and where its card is. */
export function statusLines(
  open: readonly Stored[],
  texts: Texts,
  now: Date,
  linkTo: (place: Place) => string | undefined,
): string[] {
  return open.map(({ request, card }) => {
    const progress = progressOf(request, now);
    const link = card.message && linkTo(card.message);
    return [
      `• ${titleOf(request, code(request.vm.name), texts)}: ${headlineOf(request, texts)}`,
      ...(progress ? [texts.bar(progress.percent, progress.estimated)] : []),
      person(request.requestedBy),
      ...(link ? [`<${link}|${texts.answers.card}>`] : []),
    ].join(" · ");
  });
}
