import { MINUTE_MS } from "../domain/durations.ts";
import { expectedEnd, isOverdue } from "../domain/progress.ts";
import { REASON_LENGTH, type Request } from "../domain/request.ts";
import type { Stored } from "../ports/store.ts";
import { code, moment, person, plain } from "../texts/format.ts";
import { askedBlock } from "./asked-block.ts";
import { actions, context, header, quoted, section } from "./blocks.ts";
import { awaiting, decisions } from "./card-approval.ts";
import { bar } from "./card-body.ts";
import { buttonsOf, questionButtons } from "./card-buttons.ts";
import { cardLink } from "./card-link.ts";
import type { HomeBrush } from "./home.ts";
import type { Waiting } from "./home-sight.ts";
import { snapshotBlock } from "./snapshot-buttons.ts";

/** So many of each fit into one view beside everything else. */
const MOST_DECISIONS = 8;
const MOST_RUNNING = 15;

/** What waits for this person: what it is, and the buttons that its card has for it. */
export function decisionBlocks(waiting: readonly Waiting[], brush: HomeBrush): object[] {
  const { home, answers } = brush.texts;
  if (waiting.length === 0) return [header(home.decisionsTitle), context(home.noDecisions)];
  const more = waiting.length - MOST_DECISIONS;
  return [
    header(home.decisionsTitle),
    ...waiting.slice(0, MOST_DECISIONS).flatMap((stored, n) => decision(stored, n, brush)),
    ...(more > 0 ? [context(answers.more(more))] : []),
  ];
}

function decision(stored: Waiting, n: number, brush: HomeBrush): object[] {
  const { request } = stored;
  const { texts, limits, now } = brush;
  const cardsBrush = { texts, limits, now };
  const { state } = request;
  const body = state.status === "awaiting_approval" ? awaiting({ ...request, state }, cardsBrush) : undefined;
  const buttons = body
    ? actions(...decisions(request, texts, stored.may ?? { approve: true, breakGlass: false }))
    : (questionButtons(request, texts) ?? buttonsOf(request, cardsBrush));
  return [
    section(subject(stored, brush), ...questionOf(request, brush), ...(body ? [...body.main, ...body.more] : [])),
    ...(body && request.wish.reason ? [quoted(texts.card.reason(plain(request.wish.reason, REASON_LENGTH)))] : []),
    ...(buttons ? [{ ...buttons, block_id: blockIdOf(request, n) }] : []),
  ];
}

/** What the card has, told apart from that of the others here. */
const blockIdOf = ({ vm, state }: Request, n: number): string =>
  state.status === "awaiting_approval" ? askedBlock(n, state.since) : snapshotBlock(n, vm.id);

/** What has to be decided, as far as the headline does not say it. */
function questionOf({ state }: Request, { texts: { home, card } }: HomeBrush): string[] {
  if (state.status === "queued") return [home.noRoom];
  if (state.status === "choosing") return [card.expiresAt(state.expiresAt)];
  if (state.status === "shutdown_stuck") return [home.anyMember];
  return state.status === "done" && state.snapshot ? [card.followUp(state.snapshot.name)] : [];
}

/** Every open request: how it stands, how far it is, when it will be over. */
export function runningBlocks(running: readonly Stored[], brush: HomeBrush): object[] {
  const { home, answers } = brush.texts;
  if (running.length === 0) return [header(home.runningTitle), section(answers.nothingRuns)];
  const more = running.length - MOST_RUNNING;
  return [
    header(home.runningTitle),
    ...running
      .slice(0, MOST_RUNNING)
      .map((stored) => section(subject(stored, brush), ...progress(stored, brush), ...troubles(stored, brush))),
    ...(more > 0 ? [context(answers.more(more))] : []),
  ];
}

function progress({ request }: Stored, { texts, now }: HomeBrush): string[] {
  const end = expectedEnd(request, now);
  const parts = [bar(request, texts, now) ?? [], end ? texts.card.end(toTheMinute(end)) : []].flat();
  return parts.length > 0 ? [parts.join(" · ")] : [];
}

/** What somebody should know who does not open the card. */
function troubles({ request }: Stored, { texts: { card }, now }: HomeBrush): string[] {
  const { state, trouble } = request;
  const isOff = state.status === "powering_on" && (state.loud || state.problem);
  return [
    ...(isOff ? [state.problem?.detail ? card.powerOnProblem(state.problem.detail) : card.powerOnSlow] : []),
    ...(isOverdue(request, now) ? [card.overdue] : []),
    ...(trouble ? [card.troubleText] : []),
  ];
}

/** So that an expectation which moves by seconds is drawn as the same. */
const toTheMinute = (moment: Date): Date => new Date(Math.round(moment.getTime() / MINUTE_MS) * MINUTE_MS);

export function recentBlocks(recent: readonly Stored[], brush: HomeBrush): object[] {
  const { home } = brush.texts;
  if (recent.length === 0) return brush.mayAct ? [header(home.recentTitle), section(home.noRecent)] : [];
  const lines = recent.map((stored) => `${headline(stored, brush)} · ${moment(stored.request.requestedAt)}`);
  return [header(home.recentTitle), ...lines.map((line) => context(line))];
}

/** What it is and how it stands, who asked for it, and where its card is. */
function subject(stored: Stored, brush: HomeBrush): string {
  const { request } = stored;
  return [headline(stored, brush), person(request.requestedBy), moment(request.requestedAt)].join(" · ");
}

/** What it is, how it stands, and where its card is, if they can see that. */
export function headline(stored: Stored, { texts, reader, linkTo }: HomeBrush): string {
  const { wish, vm, state } = stored.request;
  const link = cardLink(stored, reader, linkTo);
  const words = `${texts.card.title[wish.kind](code(vm.name))}: ${texts.card.headline[wish.kind][state.status]}`;
  return link ? `${words} · <${link}|${texts.answers.card}>` : words;
}
