import { type InStatus, isOf, type RequestIn } from "../domain/request.ts";
import type { Brush } from "./card.ts";
import { type Body, body } from "./card-body.ts";
import { deletionLines } from "./card-deletion.ts";
import { heldUp } from "./held-up.ts";

/** What it waits for, and what lets it go on. */
export function queued(request: RequestIn<"queued">, brush: Brush): Body {
  const { why } = request.state;
  const { card } = brush.texts;
  const isForSafety = isOf(request, "restore") && (why.kind === "full" || why.kind === "cooldown");
  const deletion = deletionLines(request, brush);
  return body(
    [...waits(why, brush), ...(isForSafety ? [card.queuedForSafety] : [])],
    ...(deletion.length > 0 ? [deletion.join("\n")] : []),
    ...heldUp(request, brush.texts),
  );
}

function waits(why: InStatus<"queued">["why"], { texts: { card }, limits }: Brush): string[] {
  switch (why.kind) {
    case "new":
      return [card.queuedNew];
    case "behind":
      return [card.queuedBehind(why.by)];
    case "cooldown":
      return [card.queuedCooldown(why.until)];
    case "busy":
      return [card.queuedBusy];
    case "full":
      return [card.queuedFull(why.snapshots.length, limits.snapshotsPerVm)];
    case "renaming":
      return [];
  }
}
