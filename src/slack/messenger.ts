import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { ChannelId } from "../domain/ids.ts";
import type { CardDrawing, Messenger } from "../ports/slack.ts";
import { CARD_EVENT } from "../views/card.ts";
import { call } from "./web.ts";

const Posted = z.object({ channel: ChannelId, ts: z.string() });
const Opened = z.object({ channel: z.object({ id: ChannelId }) });
const Found = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ id: z.string() }).loose() }),
});
const Replied = z.object({ text: z.string(), bot_id: z.string() });

/** A day of a busy channel; a card is looked for right after its post got lost. */
const PAGES = 5;

/** Writes cards and threads with a client of its own, so that what it waits for holds up nobody else. */
export function createMessenger(client: WebClient): Messenger {
  const drawing = ({ text, blocks, metadata }: CardDrawing) => ({
    text,
    blocks: blocks as never,
    metadata: metadata as never,
  });

  return {
    async post(channel, card) {
      const quiet = { unfurl_links: false, unfurl_media: false };
      return Posted.parse(await call(() => client.chat.postMessage({ channel, ...drawing(card), ...quiet })));
    },
    async update({ channel, ts }, card) {
      await call(() => client.chat.update({ channel, ts, ...drawing(card) }));
    },
    async findCard(channel, request, since) {
      let cursor: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const answer = await call(() =>
          client.conversations.history({
            channel,
            oldest: String(since.getTime() / 1000),
            include_all_metadata: true,
            limit: 200,
            ...(cursor && { cursor }),
          }),
        );
        for (const message of answer.messages ?? []) {
          const { data } = Found.safeParse(message);
          if (data?.metadata.event_type === CARD_EVENT && data.metadata.event_payload.id === request) {
            return { channel, ts: data.ts };
          }
        }
        cursor = answer.response_metadata?.next_cursor || undefined;
        if (!cursor) return undefined;
      }
      return undefined;
    },
    async reply({ channel, ts }, text, blocks) {
      // `parse`: what looks like an address in somebody's name becomes no link.
      const quiet = { unfurl_links: false, unfurl_media: false, parse: "none" } as const;
      await call(() =>
        client.chat.postMessage({
          channel,
          thread_ts: ts,
          text,
          ...(blocks && { blocks: blocks as never }),
          ...quiet,
        }),
      );
    },
    async replies({ channel, ts }) {
      const answer = await call(() => client.conversations.replies({ channel, ts, limit: 200 }));
      return (answer.messages ?? []).flatMap((message) => Replied.safeParse(message).data?.text ?? []);
    },
    async directMessages(user) {
      return Opened.parse(await call(() => client.conversations.open({ users: user }))).channel.id;
    },
  };
}
