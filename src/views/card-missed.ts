import { between } from "../domain/durations.ts";
import { type Failure, isOf, type Kind, type Request, type RequestIn } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import type { Brush } from "./card.ts";
import { type Body, body } from "./card-body.ts";
import { deletionLines } from "./card-deletion.ts";

/** The ends that are not the goal: what happened, whether anything changed, how the VM is, what to do next. */

type Failed = RequestIn<"failed">;

export function failed(request: Failed, brush: Brush): Body {
  const { card } = brush.texts;
  const { state } = request;
  const next = state.retriedAs ? card.retriedAs(brush.linkTo?.(state.retriedAs)) : tryAgain(request, card);
  return body(
    [
      card.whatHappened(state.failure),
      ...changes(request, card),
      ...safetyTaken(request, card),
      ...powerAfter(request, card),
    ],
    ...paragraph(deletionLines(request, brush)),
    ...(next ? [next] : []),
  );
}

const paragraph = (lines: readonly string[]): string[] => (lines.length > 0 ? [lines.join("\n")] : []);

function tryAgain({ state, wish }: Failed, card: Texts["card"]): string | undefined {
  if (isInVain(state.failure)) return undefined;
  return wish.kind === "delete" && (state.gone ?? []).length > 0 ? card.tryAgainRest : card.tryAgain;
}

/** What is gone does not come back: the same wish can only fail again. */
export const isInVain = ({ code }: Failure): boolean => code === "snapshot_gone";

/** What can be said for sure of what has, or has not, become of the wish. */
function changes(request: Failed, card: Texts["card"]): string[] {
  const { wish, times, state } = request;
  const { code } = state.failure;
  if (isUntouched(request)) return [card.nothingChanged];
  if (wish.kind === "create") return times.snapshotStarted || UNSURE.create.has(code) ? [] : [card.notDone.create];
  if (wish.kind !== "restore" || UNSURE.restore.has(code)) return [];
  if (!times.restoreStarted) return [card.notDone.restore];
  return times.restoreEnded ? [] : [card.restoreUnsure];
}

type Codes = ReadonlySet<Failure["code"]>;
const codes = (...of: Failure["code"][]): Codes => new Set(of);

/** After these nobody can say that nothing came of it, or the words for them say it already. */
const UNSURE: { readonly [K in Kind]: Codes } = {
  create: codes("lost", "protocol", "snapshot_failed"),
  restore: codes("restore_failed", "restore_lost"),
  delete: codes("not_deleted", "protocol"),
  rename: codes("protocol", "unavailable", "auth"),
  power: codes("protocol"),
};

/** Neither the VM nor a snapshot has been touched. */
function isUntouched({ wish, state, times }: Failed): boolean {
  const isUnsure = UNSURE[wish.kind].has(state.failure.code) || UNSURE.create.has(state.failure.code);
  return !isUnsure && isBlank(times) && state.gone === undefined;
}

const isBlank = (times: Request["times"]): boolean => Object.values(times).every((time) => time === undefined);

const safetyTaken = (request: Request, card: Texts["card"]): string[] =>
  request.times.snapshotEnded && isOf(request, "restore") ? [card.safetyTaken(request.wish.name)] : [];

function powerAfter({ state, times, plan }: RequestIn<"failed" | "cancelled">, card: Texts["card"]): string[] {
  if (times.off && times.on) return [card.wasOff(between(times.off, times.on))];
  if (state.power) return [card.powerNow(state.power)];
  const isKnown = state.status === "failed" && state.failure.code !== "vm_gone";
  return plan === "stays_off" && isKnown ? [card.staysOff] : [];
}

export function cancelled(request: RequestIn<"cancelled">, brush: Brush): Body {
  const { card } = brush.texts;
  const { wish, times, state } = request;
  const isSwitched = wish.kind === "power" && !isBlank(times);
  const line = [card.cancelledBy(state.by), ...(isSwitched ? [] : [card.notDone[wish.kind]])].join(" ");
  return body(
    [line, ...safetyTaken(request, card), ...powerAfter(request, card)],
    ...paragraph(deletionLines(request, brush)),
  );
}

/** Nobody approved, nobody chose, or nobody made room; which of the last two, tells whether it had come to a choice. */
export function expired(request: RequestIn<"expired">, { texts: { approval, card }, linkTo }: Brush): Body {
  const { isUnapproved, retriedAs } = request.state;
  const why = isUnapproved ? approval.expired : request.facts ? card.expired : card.expiredFull;
  const taken = safetyTaken(request, card);
  const what = taken.length > 0 ? card.notDone[request.wish.kind] : card.nothingChanged;
  return body([`${why} ${what} ${retriedAs ? card.retriedAs(linkTo?.(retriedAs)) : card.askAgain}`, ...taken]);
}
