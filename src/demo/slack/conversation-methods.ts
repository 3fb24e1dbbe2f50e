import { z } from "zod";
import { reachable, read, seen } from "./conversation-rules.ts";
import { messageAsSent } from "./messages-as-sent.ts";
import { arg, method, Refused, required, type Slack } from "./method.ts";
import { tier3 } from "./rate-limits.ts";
import type { Message } from "./types.ts";
import { BOT, type Conversation, TEAM } from "./workspace.ts";

const page = z.object({
  channel: arg.string,
  oldest: z.coerce.string().optional(),
  latest: z.coerce.string().optional(),
  inclusive: arg.flag,
  limit: arg.count,
  cursor: z.string().optional(),
  include_all_metadata: arg.flag,
});

/** The family of scopes that goes with each kind of conversation: `channels:read`, `im:history`, … */
export const families = { public: "channels", private: "groups", im: "im" } as const;

export const conversationMethods = {
  "conversations.history": method({ limits: tier3, args: page }, (slack, args) => {
    const conversation = read(slack, args.channel);
    required(slack, `${families[conversation.kind]}:history`);
    // Replies are told only to those who ask for the thread. The newest comes first.
    const messages = slack.workspace.messages.filter(
      ({ channel, threadTs }) => channel === conversation.id && threadTs === undefined,
    );
    return paged(slack, messages.reverse(), args);
  }),

  "conversations.replies": method({ limits: tier3, args: page.extend({ ts: arg.string }) }, (slack, args) => {
    const conversation = read(slack, args.channel);
    required(slack, `${families[conversation.kind]}:history`);
    const asked = slack.workspace.message(conversation.id, args.ts);
    if (!asked) throw new Refused("thread_not_found");
    const root = asked.threadTs ?? asked.ts;
    const messages = slack.workspace.messages.filter(
      ({ channel, ts, threadTs }) => channel === conversation.id && (ts === root || threadTs === root),
    );
    return paged(slack, messages, args);
  }),

  "conversations.info": method({ limits: tier3, args: z.object({ channel: arg.string }) }, (slack, { channel }) => {
    const conversation = seen(slack, channel);
    required(slack, `${families[conversation.kind]}:read`);
    return { channel: conversationAsSent(conversation) };
  }),

  "conversations.open": method(
    { limits: tier3, scope: "im:write", args: z.object({ users: arg.string, return_im: arg.flag }) },
    (slack, { users, return_im }) => {
      // One person only: group conversations are none of this bot's business.
      if (users.includes(",")) throw new Refused("method_not_supported_for_channel_type");
      const conversation = reachable(slack, users);
      return { channel: return_im ? conversationAsSent(conversation) : { id: conversation.id } };
    },
  ),
};

function paged(slack: Slack, messages: readonly Message[], args: z.infer<typeof page>): Record<string, unknown> {
  const within = ({ ts }: Message) =>
    (args.oldest === undefined || before(args.oldest, ts) || (args.inclusive === true && args.oldest === ts)) &&
    (args.latest === undefined || before(ts, args.latest) || (args.inclusive === true && args.latest === ts));
  const found = messages.filter(within);
  const start = args.cursor ? found.findIndex(({ ts }) => ts === fromCursor(args.cursor!)) : 0;
  if (start < 0) throw new Refused("invalid_cursor");
  const end = start + (args.limit ?? 100);
  const next = found[end];
  return {
    messages: found.slice(start, end).map((each) => messageAsSent(slack.workspace, each, args.include_all_metadata)),
    has_more: next !== undefined,
    response_metadata: { next_cursor: next ? Buffer.from(`next_ts:${next.ts}`).toString("base64") : "" },
  };
}

/** Timestamps may come without their fraction. */
function before(one: string, other: string): boolean {
  return Number(one) < Number(other);
}

function fromCursor(cursor: string): string {
  return Buffer.from(cursor, "base64").toString("utf8").replace("next_ts:", "");
}

export function conversationAsSent({ id, name, kind, members, archived }: Conversation): Record<string, unknown> {
  return {
    id,
    ...(kind === "im" ? { user: [...members].find((member) => member !== BOT.user) } : { name, name_normalized: name }),
    is_channel: kind === "public",
    is_group: kind === "private",
    is_im: kind === "im",
    is_mpim: false,
    is_private: kind !== "public",
    is_archived: archived,
    is_member: members.has(BOT.user),
    context_team_id: TEAM.id,
  };
}
