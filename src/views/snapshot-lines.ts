import type { Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { code, gigabytes, moment, person } from "../texts/format.ts";

/** One line a snapshot: name, when, how big, who and why. Nothing in it goes out of date. */
export function snapshotLines(snapshots: readonly Listed[], texts: Texts): string[] {
  return snapshots.map((snapshot) =>
    [
      `• ${code(snapshot.name, 80)}`,
      moment(snapshot.createdAt),
      ...(snapshot.sizeGb === undefined ? [] : [gigabytes(snapshot.sizeGb, texts.locale)]),
      ...(snapshot.by ? [person(snapshot.by)] : []),
      ...(snapshot.reason ? [code(snapshot.reason, 60)] : []),
    ].join(" · "),
  );
}
