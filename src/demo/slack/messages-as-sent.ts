import type { Message, SharedFile } from "./types.ts";
import { APP_ID, BOT, TEAM, type Workspace } from "./workspace.ts";

/** A message as Slack puts it into answers and payloads. Its metadata only for those who ask for it. */
export function messageAsSent(workspace: Workspace, message: Message, withMetadata = false): Record<string, unknown> {
  const replies = workspace.messages.filter(
    ({ channel, threadTs }) => channel === message.channel && threadTs === message.ts,
  );
  return {
    type: "message",
    user: BOT.user,
    bot_id: BOT.id,
    app_id: APP_ID,
    team: TEAM.id,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.threadTs !== undefined && { thread_ts: message.threadTs, parent_user_id: BOT.user }),
    ...(replies.length > 0 && {
      thread_ts: message.ts,
      reply_count: replies.length,
      reply_users: [BOT.user],
      reply_users_count: 1,
      latest_reply: replies.at(-1)?.ts,
    }),
    ...(message.files && { files: message.files.map(fileAsSent), upload: true }),
    ...(message.edited && { edited: { user: BOT.user, ts: message.ts } }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  };
}

function fileAsSent({ id, name, title, text }: SharedFile): Record<string, unknown> {
  const filetype = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "text";
  return { id, name, title, filetype, size: Buffer.byteLength(text), mode: "hosted", user: BOT.user };
}
