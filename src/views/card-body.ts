import { between } from "../domain/durations.ts";
import { expectedEnd, isOverdue, progressOf } from "../domain/progress.ts";
import type { InStatus, Request, RequestIn } from "../domain/request.ts";
import { short } from "../texts/format.ts";
import type { Brush } from "./card.ts";
import { stepLines } from "./card-steps.ts";
import { snapshotLines } from "./snapshot-lines.ts";

/** The card's middle: `main` stands under the headline, each of `more` in a paragraph of its own. */
export interface Body {
  main: string[];
  more: string[];
}

const body = (main: string[], ...more: string[]): Body => ({ main, more });

export function bodyOf(request: Request, brush: Brush): Body {
  const { state } = request;
  switch (state.status) {
    case "queued":
      return body([queued(state, brush)]);
    case "choosing":
      return choosing({ ...request, state }, brush);
    case "shutting_down":
      return body(stepLines(request, brush));
    case "shutdown_stuck":
      return stuck({ ...request, state }, brush);
    case "snapshotting":
      return snapshotting(request, brush);
    case "powering_on":
      return poweringOn({ ...request, state }, brush);
    case "done":
      return done({ ...request, state }, brush);
    case "failed":
      return failed({ ...request, state }, brush);
    case "cancelled":
      return body([brush.texts.card.cancelledBy(state.by), ...powerNow(state, brush)]);
    case "expired":
      return body([brush.texts.card.expired]);
  }
}

function queued({ why }: InStatus<"queued">, { texts: { card } }: Brush): string {
  switch (why.kind) {
    case "new":
      return card.queuedNew;
    case "behind":
      return card.queuedBehind(why.by);
    case "cooldown":
      return card.queuedCooldown(why.until);
    case "busy":
      return card.queuedBusy;
  }
}

function choosing(request: RequestIn<"choosing">, { texts: { card }, limits }: Brush): Body {
  const { facts } = request;
  if (!facts) return body([]);
  const head = card.facts(facts.power, facts.diskGb, facts.snapshotCount, limits.snapshotsPerVm);
  const expires = card.expiresAt(request.state.expiresAt);
  if (facts.power === "off") return body([head], card.isOffNow, expires);
  const live = request.wish.how === "off" ? [] : [card.liveOption];
  const ways = [card.shutdownOption(facts.expected, facts.diskGb), ...live].join("\n");
  return body([head], ways, card.databases, expires);
}

function stuck(request: RequestIn<"shutdown_stuck">, brush: Brush): Body {
  const { card } = brush.texts;
  const asked = request.times.shutdownAsked ?? request.state.since;
  return body([card.stuck(short(between(asked, request.state.since)))], card.stuckOptions);
}

const BAR_CELLS = 10;

function snapshotting(request: Request, brush: Brush): Body {
  const { texts, now } = brush;
  const progress = progressOf(request, now);
  const bar = progress ? [`${cells(progress.percent)} ${texts.bar(progress.percent, progress.estimated)}`] : [];
  const started = request.times.snapshotStarted;
  const end = expectedEnd(request, now);
  const times = [
    ...(started && !request.times.snapshotEnded ? [texts.card.elapsed(between(started, now))] : []),
    ...(end ? [texts.card.end(end)] : []),
  ].join(" · ");
  const note = request.debt ? texts.card.noCancel : texts.card.noCancelLive;
  return body(
    [...stepLines(request, brush), ...bar, ...(times ? [times] : [])],
    ...(isOverdue(request, now) ? [texts.card.overdue] : []),
    ...(started ? [note] : []),
  );
}

function cells(percent: number): string {
  const full = Math.floor((percent / 100) * BAR_CELLS);
  return "▓".repeat(full) + "░".repeat(BAR_CELLS - full);
}

function poweringOn(request: RequestIn<"powering_on">, brush: Brush): Body {
  const { card } = brush.texts;
  const { state } = request;
  const why = { done: [], queued: [], failed: [card.failPending], cancelled: [] }[state.ending.status];
  const isPending = state.ending.status === "cancelled" && request.times.off === undefined;
  return body(
    [...why, ...(isPending ? [card.cancelPending] : stepLines(request, brush))],
    ...(state.problem?.detail
      ? [card.powerOnProblem(state.problem.detail)]
      : state.problem || state.loud
        ? [card.powerOnSlow]
        : []),
  );
}

function done(request: RequestIn<"done">, brush: Brush): Body {
  const { texts, limits } = brush;
  const { state, times } = request;
  const took = times.snapshotStarted && times.snapshotEnded && between(times.snapshotStarted, times.snapshotEnded);
  const made = state.snapshot
    ? texts.card.made(state.snapshot.name, state.snapshot.sizeGb, took)
    : texts.card.madeUnlisted(request.wish.name);
  const list = [
    texts.card.listTitle(state.snapshots.length, limits.snapshotsPerVm),
    ...snapshotLines(state.snapshots, texts),
  ];
  return body([made, power(request, brush)], ...(state.snapshots.length > 0 ? [list.join("\n")] : []));
}

function power(request: Request, { texts: { card } }: Brush): string {
  if (request.times.off && request.times.on) return card.wasOff(between(request.times.off, request.times.on));
  return request.plan === "stays_off" ? card.staysOff : card.keptRunning;
}

function failed(request: RequestIn<"failed">, brush: Brush): Body {
  const { card } = brush.texts;
  const { state, times } = request;
  const wasOff = times.off && times.on ? [card.wasOff(between(times.off, times.on))] : powerNow(state, brush);
  const isUnsure = state.failure.code === "lost" || state.failure.code === "protocol";
  const nothingDone = !isUnsure && times.shutdownAsked === undefined && times.snapshotStarted === undefined;
  const next = state.retriedAs ? card.retriedAs(brush.linkTo?.(state.retriedAs)) : card.tryAgain;
  return body([card.whatHappened(state.failure), ...(nothingDone ? [card.nothingChanged] : []), ...wasOff], next);
}

const powerNow = (state: InStatus<"failed" | "cancelled">, { texts }: Brush): string[] =>
  state.power ? [texts.card.powerNow(state.power)] : [];
