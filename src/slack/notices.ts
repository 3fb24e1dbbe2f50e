import type { WebClient } from "@slack/web-api";
import type { ChannelId, UserId } from "../domain/ids.ts";
import { call } from "./web.ts";

/** Writes a message into a channel, or to somebody for themselves, with a client of its own. */
export const noticesWith =
  (client: WebClient) =>
  async (to: ChannelId | UserId, text: string): Promise<void> => {
    // `parse`: what looks like an address in somebody's name becomes no link; and the card's is not repeated below.
    const quiet = { unfurl_links: false, unfurl_media: false, parse: "none" } as const;
    await call(() => client.chat.postMessage({ channel: to, text, ...quiet }));
  };
