import { between } from "../domain/durations.ts";
import { isOf, type Request, type RequestIn, type RequestOf, type WishOf } from "../domain/request.ts";
import type { Brush } from "./card.ts";
import { type Body, body } from "./card-body.ts";
import { deletionLines } from "./card-deletion.ts";
import { snapshotLines } from "./snapshot-lines.ts";

type Done = RequestIn<"done">;

/** What there is now, and what can be done with it. */
export function done(request: Done, brush: Brush): Body {
  const { wish } = request;
  const { card } = brush.texts;
  const list = listOf(request, brush);
  switch (wish.kind) {
    case "create":
      return { ...body(created(request, wish.name, brush), ...followUp(request, brush)), list };
    case "restore":
      return { ...body(restored(request, wish, brush), ...safety(request, brush)), list };
    case "delete":
      return { ...body(deleted(request, wish, brush)), list: list.length > 0 ? list : [card.noneLeft] };
    case "rename":
      return { ...body([card.renamed(wish.snapshot.name, wish.name)]), list };
    case "power":
      return body([card.isAsWished(wish.to === "on" ? "running" : "off"), ...asBefore(request, card)]);
  }
}

/** As the cloud had them at the end; what has been done since shows in newer cards. */
function listOf({ state }: Done, { texts, limits }: Brush): string[] {
  const { snapshots, at } = state;
  if (snapshots.length === 0) return [];
  return [texts.card.listTitle(snapshots.length, limits.snapshotsPerVm, at), ...snapshotLines(snapshots, texts)];
}

function created(request: Done, wished: string, { texts, fate }: Brush): string[] {
  const { state, times } = request;
  const { card } = texts;
  const took = times.snapshotStarted && times.snapshotEnded && between(times.snapshotStarted, times.snapshotEnded);
  const made = state.snapshot ? card.made(state.snapshot.name, state.snapshot.sizeGb, took) : card.madeUnlisted(wished);
  const renamed = state.snapshot && fate && fate.name !== state.snapshot.name ? [card.snapshotRenamed(fate.name)] : [];
  const rolledBack = fate?.restoredAt ? [card.snapshotRestored(fate.restoredAt)] : [];
  const gone = fate?.deleted ? [card.snapshotDeleted(fate.deleted.by, fate.deleted.at)] : [];
  return [made, ...renamed, ...rolledBack, ...gone, power(request, card)];
}

function power(request: Done, card: Brush["texts"]["card"]): string {
  if (request.times.off && request.times.on) return card.wasOff(between(request.times.off, request.times.on));
  return request.plan === "stays_off" ? card.staysOff : card.keptRunning;
}

/** The question that comes a day after a safety snapshot, and its answer. */
function followUp(request: Done, { texts: { card }, fate }: Brush): string[] {
  const { snapshot, keptBy } = request.state;
  if (!snapshot || fate?.deleted) return [];
  if (keptBy) return [card.kept(keptBy)];
  if (!request.followUp) return [];
  return [isAsked(request) ? card.followUp(fate?.name ?? snapshot.name) : card.followUpDue(request.followUp.due)];
}

/** The requester has been asked what shall become of the safety snapshot, and has not answered. */
export const isAsked = ({ followUp: asked }: Request): boolean => asked !== undefined && asked.asked > 0;

function restored(request: Done, { snapshot }: WishOf<"restore">, { texts: { card } }: Brush): string[] {
  const { restoreStarted, restoreEnded } = request.times;
  const took = restoreStarted && restoreEnded && between(restoreStarted, restoreEnded);
  const { power: seen } = request.state;
  const isOnAgain = request.plan === "stays_off" && seen !== undefined && seen !== "off";
  return [
    card.restored(snapshot.name, snapshot.createdAt, took),
    isOnAgain ? card.powerNow(seen) : power(request, card),
  ];
}

function safety(request: Done, { texts: { card }, fate }: Brush): string[] {
  const { snapshot, keptBy } = request.state;
  if (!snapshot) return isOf(request, "restore") && tookOne(request) ? [card.safetyUnlisted(request.wish.name)] : [];
  const name = fate?.name ?? snapshot.name;
  if (fate?.deleted) return [card.safetyGone(name, fate.deleted.by, fate.deleted.at)];
  const rolledBack = fate?.restoredAt ? [card.snapshotRestored(fate.restoredAt)] : [];
  return [[keptBy ? card.safetyKept(name, keptBy) : card.safetyThere(name), ...rolledBack].join(" ")];
}

const tookOne = ({ wish, times }: RequestOf<"restore">): boolean => wish.safety && times.snapshotEnded !== undefined;

function deleted(request: Done, { snapshots: [first, ...others] }: WishOf<"delete">, brush: Brush): string[] {
  const { card } = brush.texts;
  if (first && others.length === 0) return [card.oneDeleted(first.name)];
  return [card.allDeleted(1 + others.length), ...deletionLines(request, brush)];
}

const asBefore = ({ times }: Done, card: Brush["texts"]["card"]): string[] =>
  times.shutdownAsked || times.powerOnAsked ? [] : [card.nothingChanged];
