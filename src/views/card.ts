import type { CloudLimits } from "../domain/cloud.ts";
import { between, MINUTE_MS } from "../domain/durations.ts";
import { expectedEnd, isOverdue, progressOf } from "../domain/progress.ts";
import { REASON_LENGTH, type Request } from "../domain/request.ts";
import type { CardDrawing } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { plain, said, sentence } from "../texts/format.ts";
import { context, header, quoted, section, topLevel } from "./blocks.ts";
import { bodyOf } from "./card-body.ts";
import { buttonsOf } from "./card-buttons.ts";

/** What a card is drawn with beside the request itself. */
export interface Brush {
  texts: Texts;
  limits: CloudLimits;
  now: Date;
  /** Where another request's card can be opened; undefined when it has none yet. */
  linkTo?: (request: string) => string | undefined;
  /** The card is in the requester's direct messages because Shutter cannot write where it was asked. */
  isMoved?: boolean;
}

/** The whole card, in any status, from nothing. */
export function card(request: Request, brush: Brush): CardDrawing {
  const { texts } = brush;
  const body = bodyOf(request, brush);
  const buttons = buttonsOf(request, texts);
  const blocks = [
    header(texts.card.title(plain(request.vm.name, 100))),
    section(`*${texts.card.headline[request.state.status]}*`, ...body.main),
    ...body.more.map((text) => section(text)),
    ...(request.watch ? [section(watchLine(request.watch, texts))] : []),
    ...(request.trouble ? [section(texts.card.trouble(request.trouble.since, request.trouble.problem.detail))] : []),
    ...(buttons ? [buttons] : []),
    context(...small(request, brush)),
    ...(request.wish.reason ? [quoted(texts.card.reason(plain(request.wish.reason, REASON_LENGTH)))] : []),
  ];
  return {
    text: topLevel(textOf(request, brush, [...body.main, ...body.more])),
    blocks,
    metadata: metadataOf(request, brush.now),
  };
}

const watchLine = ({ until, askedAt }: NonNullable<Request["watch"]>, { card: words }: Texts): string =>
  askedAt ? words.wentOffLate : words.watched(until);

function small(request: Request, { texts, isMoved }: Brush): string[] {
  return [
    texts.card.asked(request.requestedBy, request.requestedAt),
    ...(request.decided && request.decided.by.id !== request.requestedBy.id
      ? [texts.decidedBy(request.decided.by, request.decided.at)]
      : []),
    ...(request.retryOf ? [texts.card.retryOf] : []),
    ...(isMoved ? [texts.card.inDirectMessage(request.channel)] : []),
  ];
}

/** Everything that matters in words; what is only drawn (bar, marks) is left out. */
function textOf(request: Request, { texts, now, isMoved }: Brush, body: readonly string[]): string {
  const progress = progressOf(request, now);
  const rest = [
    ...(progress ? [`${texts.bar(progress.percent, progress.estimated)}.`] : []),
    ...body.flatMap((text) => text.split("\n")).map((line) => sentence(inWords(line))),
    ...(request.watch ? [inWords(watchLine(request.watch, texts))] : []),
    ...(request.trouble ? [texts.card.troubleText] : []),
    `${texts.card.asked(request.requestedBy, request.requestedAt)}.`,
    ...(request.wish.reason ? [`${texts.card.reason(said(request.wish.reason, 200))}.`] : []),
    ...(isMoved ? [texts.card.inDirectMessage(request.channel)] : []),
  ];
  return texts.text(request.vm.name, texts.card.headline[request.state.status], rest);
}

/** Without the marks that only the blocks need; what stands between backticks is data and stays as it is. */
const inWords = (line: string): string =>
  line
    .split("`")
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/:[a-z_]+: ?|\*|[▓░✓▸○]+ ?/gu, "")))
    .join("")
    .replaceAll("\n", " ");

function metadataOf(request: Request, now: Date): CardDrawing["metadata"] {
  const progress = progressOf(request, now);
  const payload = { id: request.id, kind: request.kind, vm: request.vm.name, status: request.state.status };
  return { event_type: CARD_EVENT, event_payload: { ...payload, ...(progress && { percent: progress.percent }) } };
}

/** Only cards carry metadata of this type. */
export const CARD_EVENT = "snapshot_request";

/**
 * What of a running card changes with time alone. Two looks with the same answer draw the same card, so that nothing is
 * sent to Slack that nobody would see.
 */
export function tickOf(request: Request, now: Date): string {
  const progress = progressOf(request, now);
  const started = request.times.snapshotStarted;
  const isTicking = started && request.state.status === "snapshotting";
  const minutes = isTicking ? Math.floor(between(started, now) / MINUTE_MS) : 0;
  const end = expectedEnd(request, now);
  return [progress?.percent, minutes, end !== undefined, isOverdue(request, now)].join("/");
}
