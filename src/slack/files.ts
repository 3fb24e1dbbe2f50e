import type { WebClient } from "@slack/web-api";
import { fetch } from "undici";
import { z } from "zod";
import { ChannelId } from "../domain/ids.ts";
import { type Files, type Place, SlackRefusal } from "../ports/slack.ts";
import { call, SLACK_DEADLINE_MS } from "./web.ts";

const Upload = z.object({ upload_url: z.url({ protocol: /^https?$/ }), file_id: z.string() });
const Posted = z.object({ channel: ChannelId, ts: z.string() });
const Line = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ id: z.string() }).loose() }),
});
const Reply = z.object({ files: z.array(z.unknown()).min(1) });

/** What marks a line under which a file is, so that it is found again. It is none of a card's. */
const FILE_EVENT = "shutter_file";

/** With a client of its own, so that a file holds up nobody. */
export function createFiles(client: WebClient): Files {
  async function findLine(channel: ChannelId, key: string, since: Date): Promise<Place | undefined> {
    const oldest = String(since.getTime() / 1000);
    const answer = await call(() =>
      client.conversations.history({ channel, oldest, include_all_metadata: true, limit: 200 }),
    );
    const lines = (answer.messages ?? []).flatMap((message) => Line.safeParse(message).data ?? []);
    const ours = lines.find(
      ({ metadata: { event_type, event_payload } }) => event_type === FILE_EVENT && event_payload.id === key,
    );
    return ours && { channel, ts: ours.ts };
  }

  async function hasFile({ channel, ts }: Place): Promise<boolean> {
    const answer = await call(() => client.conversations.replies({ channel, ts, limit: 200 }));
    return (answer.messages ?? []).some((message) => Reply.safeParse(message).success);
  }

  /** The bytes, which nobody sees before they are shared. */
  async function upload(name: string, content: string): Promise<string> {
    const bytes = new TextEncoder().encode(content);
    const place = Upload.parse(
      await call(() => client.files.getUploadURLExternal({ filename: name, length: bytes.length })),
    );
    const signal = AbortSignal.timeout(SLACK_DEADLINE_MS);
    const response = await fetch(place.upload_url, { method: "POST", body: bytes, redirect: "error", signal });
    await response.body?.cancel();
    if (response.status >= 400 && response.status < 500) throw new SlackRefusal(`upload_refused_${response.status}`);
    if (!response.ok) throw new Error(`The upload was answered ${response.status}`);
    return place.file_id;
  }

  async function post(channel: ChannelId, text: string, key: string): Promise<Place> {
    const metadata = { event_type: FILE_EVENT, event_payload: { id: key } };
    const quiet = { unfurl_links: false, unfurl_media: false, parse: "none" } as const;
    return Posted.parse(await call(() => client.chat.postMessage({ channel, text, metadata, ...quiet })));
  }

  return {
    async share(channel, line, { name, content }, key, since) {
      const before = await findLine(channel, key, since);
      if (before && (await hasFile(before))) return before;
      const id = await upload(name, content);
      const place = before ?? (await post(channel, line, key));
      await call(() =>
        client.files.completeUploadExternal({
          files: [{ id, title: name }],
          channel_id: place.channel,
          thread_ts: place.ts,
        }),
      );
      return place;
    },
  };
}
