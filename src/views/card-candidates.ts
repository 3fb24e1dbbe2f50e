import type { Listed, Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { sectionWith } from "./blocks.ts";
import type { Brush } from "./card.ts";
import { deleteButton, snapshotBlock } from "./snapshot-buttons.ts";
import { snapshotLine } from "./snapshot-lines.ts";

function inTheWay({ state, wish }: Request): readonly Listed[] {
  if (state.status !== "queued" || state.why.kind !== "full") return [];
  const needed = wish.kind === "restore" ? wish.snapshot.id : undefined;
  return state.why.snapshots.filter(({ id }) => id !== needed);
}

/** What could be deleted to make room, in words; not what is to be restored. */
export const candidateLines = (request: Request, texts: Texts): string[] =>
  inTheWay(request).map((snapshot) => snapshotLine(snapshot, texts));

/** The same, each with the button for it. */
export const candidates = (request: Request, { texts }: Brush): object[] =>
  inTheWay(request).map((snapshot, n) =>
    sectionWith(
      snapshotLine(snapshot, texts),
      deleteButton(snapshot.id, texts, snapshot.name),
      snapshotBlock(n + 1, request.vm.id),
    ),
  );
