import type { UserId } from "../domain/ids.ts";
import { progressOf } from "../domain/progress.ts";
import type { Stored } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { code, person } from "../texts/format.ts";
import { cardLink, type LinkTo } from "./card-link.ts";
import { headlineOf, titleOf } from "./headline.ts";

/** One line an open request: which VM, how it stands, whose, and where its card is. */
export function statusLines(
  open: readonly Stored[],
  texts: Texts,
  now: Date,
  reader: UserId,
  linkTo: LinkTo,
): string[] {
  return open.map((stored) => {
    const { request } = stored;
    const progress = progressOf(request, now);
    const link = cardLink(stored, reader, linkTo);
    return [
      `• ${titleOf(request, code(request.vm.name), texts)}: ${headlineOf(request, texts)}`,
      ...(progress ? [texts.bar(progress.percent, progress.estimated)] : []),
      person(request.requestedBy),
      ...(link ? [`<${link}|${texts.answers.card}>`] : []),
    ].join(" · ");
  });
}
