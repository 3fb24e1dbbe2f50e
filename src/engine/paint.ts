import { later, MINUTE_MS } from "../domain/durations.ts";
import { ChannelId } from "../domain/ids.ts";
import { isOpen, isRetriable } from "../domain/request.ts";
import { type CardDrawing, type Place, SlackRefusal } from "../ports/slack.ts";
import type { Stored, Untold } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { section } from "../views/blocks.ts";
import { card } from "../views/card.ts";
import { questionButtons } from "../views/card-buttons.ts";
import { storyLine, withoutMention } from "../views/story.ts";
import { type Easel, isClosed, isLost, isUndrawable } from "./easel.ts";

/** Clocks differ; a card is looked for from a little before it was posted. */
const SKEW_MS = MINUTE_MS;

/** Brings one card up to date: posts it if it is not there, else redraws it. Throws when it should be tried again later. */
export async function drawCard(easel: Easel, stored: Stored): Promise<void> {
  const { message } = stored.card;
  if (!message) return postCard(easel, stored);
  try {
    await drawn(easel, stored, message.channel, async (drawing) => {
      const looks = JSON.stringify(drawing);
      if (easel.shown.get(stored.request.id) === looks) return;
      await easel.messenger.update(message, drawing);
      if (isOpen(stored.request)) easel.shown.set(stored.request.id, looks);
      else easel.shown.delete(stored.request.id);
    });
    await easel.store.drawn(stored.request.id, stored.card.face, message, true);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    if (!isLost(error.code) && !isClosed(error.code)) throw error;
    easel.log.warn("a card cannot be edited any more; it is posted anew", {
      request: stored.request.id,
      code: error.code,
    });
    await easel.store.redraw(stored.request.id, true);
    if (isClosed(error.code)) await moveToDirectMessages(easel, stored, message.channel, error);
  }
}

/** Posts the card, but first looks whether an earlier post, whose answer was lost, has brought it there. */
async function postCard(easel: Easel, stored: Stored): Promise<void> {
  const { request, card } = stored;
  const earlier = card.posting && (await findCard(easel, stored, card.posting));
  if (earlier) return placed(easel, stored, 0, earlier);
  const channel = card.posting?.channel ?? request.channel;
  if (!card.posting) await easel.store.posting(request.id, { channel, since: easel.clock.now() });
  try {
    const place = await drawn(easel, stored, channel, (drawing) => easel.messenger.post(channel, drawing));
    await placed(easel, stored, card.face, place);
  } catch (error) {
    if (!(error instanceof SlackRefusal) || !isClosed(error.code) || channel !== request.channel) throw error;
    await moveToDirectMessages(easel, stored, channel, error);
  }
}

/** The card is there, so that the card of the request that this one tries again can link to it. */
async function placed({ store }: Easel, { request }: Stored, face: number, place: Place): Promise<void> {
  await store.drawn(request.id, face, place, false);
  if (request.retryOf) await store.redraw(request.retryOf, false);
}

async function findCard(
  { messenger, log }: Easel,
  { request }: Stored,
  posting: { channel: ChannelId; since: Date },
): Promise<Place | undefined> {
  try {
    return await messenger.findCard(posting.channel, request.id, later(posting.since, -SKEW_MS));
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.retryAfterMs !== undefined) throw error;
    log.warn("a card whose post got no answer cannot be looked for", { request: request.id, code: error.code });
    return undefined;
  }
}

/** The next round posts it there, with a line that says why. Throws the refusal when that is where it came from. */
async function moveToDirectMessages(
  { messenger, store, clock }: Easel,
  { request }: Stored,
  from: ChannelId,
  refusal: SlackRefusal,
): Promise<void> {
  const channel = await messenger.directMessages(request.requestedBy.id).catch((error: unknown) => {
    if (!(error instanceof SlackRefusal) || error.retryAfterMs !== undefined) throw error;
    return ChannelId.parse(request.requestedBy.id); // Slack opens the conversation by itself for a person's id
  });
  if (channel === from) throw refusal;
  await store.posting(request.id, { channel, since: clock.now() });
}

/** Draws and sends; what Slack cannot draw is sent again in plain words with its buttons, and reported. */
async function drawn<T>(
  easel: Easel,
  { request }: Stored,
  channel: ChannelId,
  send: (drawing: CardDrawing) => Promise<T>,
): Promise<T> {
  const drawing = await draw(easel, request, channel);
  try {
    return await send(drawing);
  } catch (error) {
    if (!(error instanceof SlackRefusal) || !isUndrawable(error.code)) throw error;
    easel.log.error("Slack could not draw a card", {
      request: request.id,
      status: request.state.status,
      code: error.code,
    });
    const buttons = drawing.blocks.filter((block) => "type" in block && block.type === "actions");
    return send({ ...drawing, blocks: [section(drawing.text), ...buttons] });
  }
}

async function draw(easel: Easel, request: Stored["request"], channel: ChannelId): Promise<CardDrawing> {
  const { state } = request;
  const made = state.status === "done" ? state.snapshot : undefined;
  const fate = made && (await easel.store.fate(request.vm.id, made.id));
  const other = isRetriable(state) && state.retriedAs ? await easel.store.load(state.retriedAs) : undefined;
  const link = other?.card.message && easel.linkTo(other.card.message);
  return card(request, {
    texts: textsIn(request.language),
    limits: easel.limits,
    now: easel.clock.now(),
    linkTo: () => link,
    fate,
    mayBreakGlass: easel.rules().breakGlass !== undefined,
    isMoved: channel !== request.channel,
  });
}

/**
 * Tells the thread what it does not know yet, in one message. Lines that an earlier process, or a try whose answer was
 * lost, may have told already are looked for first.
 */
export async function tellThread(
  easel: Easel,
  { request, card }: Stored,
  untold: readonly Untold[],
  isRetry: boolean,
): Promise<void> {
  const place = card.message!;
  const texts = textsIn(request.language);
  const { notify } = await easel.store.preferences(request.requestedBy.id);
  const lines = untold.flatMap(({ line, at }) => storyLine(line, at, request, texts, notify) ?? []);
  const mayBeTold = isRetry || untold.some((line) => line.at < easel.startedAt);
  try {
    const unnoted = mayBeTold && lines.length > 0 ? await toldUnnoted(easel, request, place) : [];
    const news = lines.filter((line) => !takeFrom(unnoted, withoutMention(line)));
    const asks = untold.some(({ line }) => line.code === "follow_up");
    const question = asks ? questionButtons(request, texts) : undefined;
    const text = news.join("\n");
    if (news.length > 0) await easel.messenger.reply(place, text, question && [section(text), question]);
  } catch (error) {
    if (!(error instanceof SlackRefusal) || !(isClosed(error.code) || isLost(error.code))) throw error;
    easel.log.warn("a thread cannot be told any more", { request: request.id, code: error.code });
  }
  await easel.store.told(request.id, untold.at(-1)!.id);
}

/** What the thread has beyond the lines that are noted as told: the same words may be told several times. */
async function toldUnnoted({ messenger, store }: Easel, request: Stored["request"], place: Place): Promise<string[]> {
  const [replies, noted] = await Promise.all([messenger.replies(place), store.alreadyTold(request.id)]);
  const there = replies.flatMap((text) => text.split("\n").map(withoutMention));
  for (const { line, at } of noted) {
    const words = storyLine(line, at, request, textsIn(request.language));
    if (words !== undefined) takeFrom(there, withoutMention(words));
  }
  return there;
}

/** Takes one of its kind away; false when there is none. */
function takeFrom(lines: string[], line: string): boolean {
  const at = lines.indexOf(line);
  if (at >= 0) lines.splice(at, 1);
  return at >= 0;
}
