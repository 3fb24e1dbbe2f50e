import type { Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { code, gigabytes, moment, person } from "../texts/format.ts";

/** One line a snapshot: name, when, how big, who and why. Nothing in it goes out of date. */
export const snapshotLines = (snapshots: readonly Listed[], texts: Texts): string[] =>
  snapshots.map((snapshot) => `• ${snapshotLine(snapshot, texts)}`);

/** The same of one that stands alone. */
export const snapshotLine = ({ name, createdAt, sizeGb, by, reason }: Listed, texts: Texts): string =>
  [
    code(name, 80),
    moment(createdAt),
    ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, texts.locale)]),
    by ? person(by) : texts.list.elsewhere,
    ...(reason ? [code(reason, 60)] : []),
  ].join(" · ");
