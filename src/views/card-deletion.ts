import type { Snapshot } from "../domain/cloud.ts";
import type { Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { code } from "../texts/format.ts";
import type { Brush } from "./card.ts";

/** Of one snapshot everything is shown, of several so much that all of them fit. */
const LENGTHS = { one: { name: 255, detail: 200 }, several: { name: 80, detail: 40 } };

/** Each snapshot that is to be deleted, and how it stands with it. */
export function deletionLines({ wish, state }: Request, { texts: { card } }: Brush): string[] {
  if (wish.kind !== "delete") return [];
  const lengths = wish.snapshots.length > 1 ? LENGTHS.several : LENGTHS.one;
  return wish.snapshots.map((snapshot) => {
    const [mark, words] = standing(snapshot, state, card, lengths.detail);
    return `${mark} ${code(snapshot.name, lengths.name)}${words ? `: ${words}` : ""}`;
  });
}

/** A mark, and the same in words where the card does not say it of all of them. */
function standing(
  { id }: Snapshot,
  state: Request["state"],
  card: Texts["card"],
  detailLength: number,
): [mark: string, words?: string] {
  switch (state.status) {
    case "done":
      return ["✓"];
    case "deleting": {
      const kept = state.kept.find((each) => each.id === id);
      if (kept) return ["✗", card.keptByCloud(kept.problem.detail, detailLength)];
      if (state.gone.includes(id)) return ["✓", card.deleted];
      return state.asked?.id === id ? ["▸", `*${card.deleting}*`] : ["○", card.toDelete];
    }
    case "failed": {
      if (!state.gone) return ["○"];
      if (state.gone.includes(id)) return ["✓", card.deleted];
      // Only then has the cloud's list been looked at; otherwise an answer may have been lost.
      return ["○", state.failure.code === "not_deleted" ? card.stillThere : card.maybeDeleted];
    }
    default:
      return ["○"];
  }
}
