import { between } from "../domain/durations.ts";
import { expectedEnd, isOverdue, progressOf, workOf } from "../domain/progress.ts";
import type { Request, RequestIn } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import type { Brush } from "./card.ts";
import { awaiting, denied } from "./card-approval.ts";
import { deletionLines } from "./card-deletion.ts";
import { done } from "./card-done.ts";
import { cancelled, expired, failed } from "./card-missed.ts";
import { choosing, stuck } from "./card-questions.ts";
import { stepLines } from "./card-steps.ts";
import { queued } from "./card-waiting.ts";
import { heldUp } from "./held-up.ts";

/** The card's middle: `main` stands under the headline, each of `more` in a paragraph of its own, `list` in the last. */
export interface Body {
  main: readonly string[];
  more: readonly string[];
  list: readonly string[];
}

export const body = (main: readonly string[], ...more: string[]): Body => ({ main, more, list: [] });

export function bodyOf(request: Request, brush: Brush): Body {
  const drawn = middleOf(request, brush);
  return { ...drawn, main: [...subject(request, brush.texts), ...drawn.main] };
}

/** Which snapshot it is about, where neither the title nor the rest says it. */
function subject({ wish, state }: Request, { card }: Texts): string[] {
  if (state.status === "done") return [];
  if (wish.kind === "restore") return [card.restoreFrom(wish.snapshot)];
  if (wish.kind !== "rename") return [];
  const isOver = state.status === "failed" || state.status === "cancelled";
  return [(isOver ? card.notRenamed : card.renaming)(wish.snapshot.name, wish.name)];
}

function middleOf(request: Request, brush: Brush): Body {
  const { state } = request;
  switch (state.status) {
    case "queued":
      return queued({ ...request, state }, brush);
    case "choosing":
      return choosing({ ...request, state }, brush);
    case "awaiting_approval":
      return awaiting({ ...request, state }, brush);
    case "denied":
      return denied({ ...request, state }, brush);
    case "shutting_down":
      return body(stepLines(request, brush), ...heldUp(request, brush.texts));
    case "shutdown_stuck":
      return stuck({ ...request, state }, brush);
    case "snapshotting":
    case "restoring":
      return working({ ...request, state }, brush);
    case "deleting":
      return body(deletionLines(request, brush), ...heldUp(request, brush.texts));
    case "powering_on":
      return poweringOn({ ...request, state }, brush);
    case "done":
      return done({ ...request, state }, brush);
    case "failed":
      return failed({ ...request, state }, brush);
    case "cancelled":
      return cancelled({ ...request, state }, brush);
    case "expired":
      return expired({ ...request, state }, brush);
  }
}

const BAR_CELLS = 10;

/** A bar of ten cells and the same in words; undefined when nothing is known of how far it is. */
export function bar(request: Request, texts: Texts, now: Date): string | undefined {
  const progress = progressOf(request, now);
  return progress && `${cells(progress.percent)} ${texts.bar(progress.percent, progress.estimated)}`;
}

function cells(percent: number): string {
  const full = Math.floor((percent / 100) * BAR_CELLS);
  return "▓".repeat(full) + "░".repeat(BAR_CELLS - full);
}

/** A snapshot or a restore under way. */
function working(request: RequestIn<"snapshotting" | "restoring">, brush: Brush): Body {
  const { texts, now } = brush;
  const shown = bar(request, texts, now);
  const work = workOf(request);
  const end = expectedEnd(request, now);
  const times = [
    ...(work && !work.ended ? [texts.card.elapsed(between(work.started, now))] : []),
    ...(end ? [texts.card.end(end)] : []),
  ].join(" · ");
  return body(
    [...stepLines(request, brush), ...(shown ? [shown] : []), ...(times ? [times] : [])],
    ...heldUp(request, texts),
    ...(isOverdue(request, now) ? [texts.card.overdue] : []),
    ...(work ? [cannotBeStopped(request, texts)] : []),
  );
}

/** And what comes after it. */
function cannotBeStopped({ state, wish, debt }: RequestIn<"snapshotting" | "restoring">, { card }: Texts): string {
  if (state.status === "restoring") return debt ? card.noCancelRestore : card.noCancelRestoreOff;
  if (wish.kind === "restore") return card.noCancelSafety;
  return debt ? card.noCancel : card.noCancelLive;
}

function poweringOn(request: RequestIn<"powering_on">, brush: Brush): Body {
  const { card } = brush.texts;
  const { state, times } = request;
  const isPending = state.ending.status === "cancelled" && times.off === undefined;
  return body(
    [...whyOn(request, brush.texts), ...(isPending ? [card.cancelPending] : stepLines(request, brush))],
    ...(state.problem?.detail
      ? [card.powerOnProblem(state.problem.detail)]
      : state.problem || state.loud
        ? [card.powerOnSlow]
        : []),
  );
}

/** What has come in between, where it is not the goal for which the VM is switched on. */
function whyOn({ state: { ending } }: RequestIn<"powering_on">, { card }: Texts): string[] {
  switch (ending.status) {
    case "done":
      return [];
    case "failed":
      return [card.whatHappened(ending.failure)];
    case "cancelled":
      return [card.cancelledBy(ending.by)];
    case "queued":
      return [card.tooSoon(ending.until)];
  }
}
