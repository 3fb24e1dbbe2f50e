import { z } from "zod";
import { checkedContent, contentArgs } from "./content.ts";
import { person, seen, writable } from "./conversation-rules.ts";
import { messageAsSent } from "./messages-as-sent.ts";
import { arg, method, Refused, type Slack } from "./method.ts";
import { generous, posting, tier3, tier4 } from "./rate-limits.ts";
import type { Message } from "./types.ts";
import { TEAM } from "./workspace.ts";

const LONGEST_POSTED = 40_000;
const LONGEST_UPDATED = 4_000;

const posted = z.object({ channel: arg.string, thread_ts: arg.string.optional(), ...contentArgs });
const one = z.object({ channel: arg.string, ts: arg.string });

export const chatMethods = {
  "chat.postMessage": method({ limits: posting, scope: "chat:write", args: posted }, (slack, args) => {
    const { id } = writable(slack, args.channel);
    const { text, blocks = [], metadata } = checkedContent(args, LONGEST_POSTED, slack.workspace.unknownBlocks);
    const kept = metadata?.event_type ? metadata : undefined;
    const message = slack.workspace.post(id, { text, blocks, metadata: kept }, args.thread_ts);
    return { channel: id, ts: message.ts, message: messageAsSent(slack.workspace, message, true) };
  }),

  "chat.update": method(
    { limits: tier3, scope: "chat:write", args: one.extend(contentArgs) },
    (slack, { channel, ts, ...content }) => {
      const message = own(slack, channel, ts);
      if (seen(slack, channel).archived) throw new Refused("is_inactive");
      // Text without blocks takes the blocks away; blocks without text leave the text as it is.
      const { unknownBlocks } = slack.workspace;
      const { text, blocks = [], metadata } = checkedContent(content, LONGEST_UPDATED, unknownBlocks);
      slack.workspace.edit(message, { text: content.text === undefined ? message.text : text, blocks, metadata });
      return { channel, ts, text: message.text, message: messageAsSent(slack.workspace, message, true) };
    },
  ),

  "chat.delete": method({ limits: tier3, scope: "chat:write", args: one }, (slack, { channel, ts }) => {
    slack.workspace.remove(own(slack, channel, ts));
    return { channel, ts };
  }),

  "chat.postEphemeral": method(
    { limits: tier4, scope: "chat:write", args: posted.extend({ user: arg.string }) },
    (slack, args) => {
      const conversation = writable(slack, args.channel);
      const user = person(slack, args.user);
      if (user.deleted || !conversation.members.has(user.id)) throw new Refused("user_not_in_channel");
      const { text, blocks = [] } = checkedContent(args, LONGEST_POSTED, slack.workspace.unknownBlocks);
      const whom = { user: user.id, channel: conversation.id, via: "ephemeral" } as const;
      const answer = slack.workspace.tell(
        { ...whom, ...(args.thread_ts !== undefined && { threadTs: args.thread_ts }) },
        { text, blocks },
      );
      return { message_ts: answer.id };
    },
  ),

  "chat.getPermalink": method(
    { limits: generous, args: z.object({ channel: arg.string, message_ts: arg.string }) },
    (slack, { channel, message_ts }) => {
      const message = slack.workspace.message(seen(slack, channel).id, message_ts);
      if (!message) throw new Refused("message_not_found");
      const thread = message.threadTs === undefined ? "" : `?thread_ts=${message.threadTs}&cid=${channel}`;
      const path = `archives/${channel}/p${message_ts.replace(".", "")}${thread}`;
      return { channel, permalink: `https://${TEAM.domain}.slack.com/${path}` };
    },
  ),
};

/** Takes a conversation's id only: a person's, which posting takes, is not found here. */
function own(slack: Slack, channel: string, ts: string): Message {
  const message = slack.workspace.message(seen(slack, channel).id, ts);
  if (!message) throw new Refused("message_not_found");
  return message;
}
