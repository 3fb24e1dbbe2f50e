import type { Snapshot } from "./cloud.ts";
import type { SnapshotId, Who } from "./ids.ts";
import type { Request } from "./request.ts";

/** What a change of a request means for the snapshots that others' cards and lists show. */
export type News =
  | { kind: "made"; snapshot: Snapshot; by: Who; reason: string | undefined }
  | { kind: "renamed"; id: SnapshotId; name: string }
  | { kind: "deleted"; id: SnapshotId; by: Who; at: Date }
  | { kind: "still_there"; id: SnapshotId }
  | { kind: "restored"; id: SnapshotId; at: Date };

/** From one stored state of a request to the next, written in the same transaction. */
export function snapshotNews(before: Request, next: Request, at: Date): News[] {
  const { wish, state, requestedBy: by } = next;
  const wasGone = goneIn(before);
  const isGone = goneIn(next) ?? [];
  const news: News[] = isGone
    .filter((id) => !wasGone?.includes(id))
    .map((id): News => ({ kind: "deleted", id, by, at }));
  if (state.status === "failed") {
    for (const id of wasGone ?? []) if (!isGone.includes(id)) news.push({ kind: "still_there", id });
  }
  if (state.status !== "done" || before.state.status === "done") return news;
  if (state.snapshot) news.push({ kind: "made", snapshot: state.snapshot, by, reason: wish.reason });
  if (wish.kind === "rename") news.push({ kind: "renamed", id: wish.snapshot.id, name: wish.name });
  if (wish.kind === "restore") news.push({ kind: "restored", id: wish.snapshot.id, at });
  return news;
}

const goneIn = ({ state }: Request): readonly SnapshotId[] | undefined =>
  state.status === "deleting" || state.status === "failed" ? state.gone : undefined;
