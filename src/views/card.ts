import type { CloudLimits } from "../domain/cloud.ts";
import { between, MINUTE_MS } from "../domain/durations.ts";
import { expectedEnd, isOverdue, progressOf, workOf } from "../domain/progress.ts";
import { REASON_LENGTH, type Request } from "../domain/request.ts";
import type { Fate } from "../domain/step.ts";
import type { CardDrawing } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import { person, plain, said, sentence } from "../texts/format.ts";
import { context, header, quoted, section, topLevelOf } from "./blocks.ts";
import { type Body, bodyOf } from "./card-body.ts";
import { buttonsOf } from "./card-buttons.ts";
import { candidateLines, candidates } from "./card-candidates.ts";
import { headlineOf, titleOf } from "./headline.ts";

/** What a card is drawn with beside the request itself. */
export interface Brush {
  texts: Texts;
  limits: CloudLimits;
  now: Date;
  /** Where another request's card can be opened; undefined when it has none yet. */
  linkTo?: (request: string) => string | undefined;
  /** What later requests have done to the snapshot that this one made. */
  fate?: Fate | undefined;
  /** Somebody may go on without approval in an emergency. */
  mayBreakGlass?: boolean;
  /** The card is in the requester's direct messages because Shutter cannot write where it was asked. */
  isMoved?: boolean;
}

/** The whole card, in any status, from nothing. */
export function card(request: Request, brush: Brush): CardDrawing {
  const { texts } = brush;
  const body = bodyOf(request, brush);
  const buttons = buttonsOf(request, brush);
  const blocks = [
    header(titleOf(request, plain(request.vm.name, 100), texts)),
    ...emergencyOf(request, texts).map((text) => section(text)),
    section(`*${headlineOf(request, texts)}*`, ...body.main),
    ...body.more.map((text) => section(text)),
    ...(body.list.length > 0 ? [section(...body.list)] : []),
    ...candidates(request, brush),
    ...(request.watch ? [section(watchLine(request.watch, texts))] : []),
    ...(request.trouble ? [section(texts.card.trouble(request.trouble.since, request.trouble.problem.detail))] : []),
    ...(buttons ? [buttons] : []),
    context(...small(request, brush)),
    ...(request.wish.reason ? [quoted(texts.card.reason(plain(request.wish.reason, REASON_LENGTH)))] : []),
  ];
  return {
    text: topLevelOf(textOf(request, brush, body)),
    blocks,
    metadata: metadataOf(request, brush.now),
  };
}

/** It stays with the card, whatever comes of it. */
const emergencyOf = ({ emergency }: Request, { approval: words }: Texts): string[] =>
  emergency ? [words.emergency(emergency.by, emergency.reason)] : [];

const watchLine = ({ until, askedAt }: NonNullable<Request["watch"]>, { card: words }: Texts): string =>
  askedAt ? words.wentOffLate : words.watched(until);

function small(request: Request, { texts, isMoved }: Brush): string[] {
  return [
    texts.card.asked(request.requestedBy, request.requestedAt),
    ...decidedBy(request, texts),
    ...(request.approved ? [texts.approval.approvedBy(request.approved.by.map(person), request.approved.at)] : []),
    ...(request.retryOf ? [texts.card.retryOf] : []),
    ...(isMoved ? [texts.card.inDirectMessage(request.channel)] : []),
  ];
}

/** Somebody else than who asked, unless it is said already that they approved it. */
function decidedBy({ decided, approved, requestedBy }: Request, texts: Texts): string[] {
  const hasApproved = approved && Number(approved.at) === Number(decided?.at);
  return decided && decided.by.id !== requestedBy.id && !hasApproved ? [texts.decidedBy(decided.by, decided.at)] : [];
}

/**
 * Everything that matters in words, what matters most first, since the last pieces are left out where there is no room;
 * what is only drawn (bar, marks) is left out.
 */
function textOf(request: Request, brush: Brush, body: Body): string[] {
  const { texts, now } = brush;
  const progress = progressOf(request, now);
  const spoken = (lines: readonly string[]) =>
    lines.flatMap((text) => text.split("\n")).map((line) => sentence(inWords(line)));
  return [
    `${titleOf(request, said(request.vm.name), texts)}: ${sentence(headlineOf(request, texts))}`,
    ...(progress ? [`${texts.bar(progress.percent, progress.estimated)}.`] : []),
    ...(request.trouble ? [texts.card.troubleText] : []),
    ...spoken(emergencyOf(request, texts)),
    ...spoken([...body.main, ...body.more]),
    ...(request.watch ? [inWords(watchLine(request.watch, texts))] : []),
    ...small(request, brush).map(sentence),
    ...(request.wish.reason ? [`${texts.card.reason(said(request.wish.reason, 200))}.`] : []),
    ...spoken([...body.list, ...candidateLines(request, texts)]),
  ];
}

/** Without the marks that only the blocks need; what stands between backticks is data and stays as it is. */
const inWords = (line: string): string =>
  line
    .split("`")
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/:[a-z_]+: ?|\*|[▓░✓✗▸○•]+ ?/gu, "")))
    .join("")
    .replaceAll("\n", " ");

function metadataOf(request: Request, now: Date): CardDrawing["metadata"] {
  // The safety snapshot before a restore is not what was asked for: its percent would fall when the restore begins.
  const isAside = request.wish.kind === "restore" && request.state.status === "snapshotting";
  const progress = isAside ? undefined : progressOf(request, now);
  const payload = { id: request.id, kind: request.wish.kind, vm: request.vm.name, status: request.state.status };
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
  const work = workOf(request);
  const minutes = work ? Math.floor(between(work.started, now) / MINUTE_MS) : 0;
  const end = expectedEnd(request, now);
  return [progress?.percent, minutes, end !== undefined, isOverdue(request, now)].join("/");
}
