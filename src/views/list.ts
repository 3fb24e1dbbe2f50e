import { formatDistanceStrict } from "date-fns/formatDistanceStrict";
import { de } from "date-fns/locale/de";
import { enGB } from "date-fns/locale/en-GB";
import type { Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { moment } from "../texts/format.ts";

/** One line a snapshot, with its age now; for answers that are read at once. */
export function listLines(snapshots: readonly Listed[], texts: Texts, now: Date): string[] {
  const locale = texts.locale === "de" ? de : enGB;
  return snapshots.map(({ name, createdAt, sizeGb, live, by, reason }) => {
    const age = formatDistanceStrict(createdAt, now, { addSuffix: true, locale });
    const line = `• ${texts.answers.snapshot(name, moment(createdAt), age, sizeGb, live)}`;
    return by ? `${line} · ${texts.answers.by(by, reason)}` : line;
  });
}
