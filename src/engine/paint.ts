import { later, MINUTE_MS } from "../domain/durations.ts";
import { ChannelId } from "../domain/ids.ts";
import { isOpen } from "../domain/request.ts";
import { type CardDrawing, type Place, SlackRefusal } from "../ports/slack.ts";
import type { Stored, Untold } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { section } from "../views/blocks.ts";
import { card } from "../views/card.ts";
import { storyLine } from "../views/story.ts";
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
  const other = state.status === "failed" && state.retriedAs ? await easel.store.load(state.retriedAs) : undefined;
  const link = other?.card.message && easel.linkTo(other.card.message);
  return card(request, {
    texts: textsIn(request.language),
    limits: easel.limits,
    now: easel.clock.now(),
    linkTo: () => link,
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
  const lines = untold.flatMap(({ line, at }) => storyLine(line, at, request, texts) ?? []);
  const mayBeTold = isRetry || untold.some((line) => line.at < easel.startedAt);
  try {
    const told = mayBeTold && lines.length > 0 ? await easel.messenger.replies(place) : [];
    const news = lines.filter((line) => !told.some((text) => text.split("\n").includes(line)));
    if (news.length > 0) await easel.messenger.reply(place, news.join("\n"));
  } catch (error) {
    if (!(error instanceof SlackRefusal) || !(isClosed(error.code) || isLost(error.code))) throw error;
    easel.log.warn("a thread cannot be told any more", { request: request.id, code: error.code });
  }
  await easel.store.told(request.id, untold.at(-1)!.id);
}
