import type { Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";

/** What a request is about, at the head of its card and in lists. `vm` is its name, fit for where it is to stand. */
export function titleOf({ wish }: Pick<Request, "wish">, vm: string, { card }: Texts): string {
  if (wish.kind === "power") return card.switchTitle[wish.to](vm);
  const isOne = wish.kind === "delete" && wish.snapshots.length === 1;
  return isOne ? card.deleteOneTitle(vm) : card.title[wish.kind](vm);
}

/** How it stands, in a few words. */
export function headlineOf({ wish, state }: Pick<Request, "wish" | "state">, { card }: Texts): string {
  const { hard, full, renaming } = card.headlineNow;
  if (state.status === "shutting_down" && state.mode === "hard") return hard;
  if (state.status === "queued" && state.why.kind === "full") return full;
  if (state.status === "queued" && state.why.kind === "renaming") return renaming;
  return card.headline[wish.kind][state.status];
}
