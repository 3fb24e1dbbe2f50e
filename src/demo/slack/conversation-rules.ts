import { Refused, type Slack } from "./method.ts";
import type { DemoUser } from "./types.ts";
import { BOT, type Conversation } from "./workspace.ts";

/** Which conversations the bot can see and write to; each ends the call in Slack's words when it cannot. */

/** A private channel without the bot does not exist for it. */
export function seen({ workspace }: Slack, id: string): Conversation {
  const conversation = workspace.conversations.get(id);
  if (!conversation || (conversation.kind !== "public" && !conversation.members.has(BOT.user))) {
    throw new Refused("channel_not_found");
  }
  return conversation;
}

export function read(slack: Slack, id: string): Conversation {
  const conversation = seen(slack, id);
  if (!conversation.members.has(BOT.user)) throw new Refused("not_in_channel");
  return conversation;
}

/** Takes a channel's id, or a person's: then it is the bot's direct messages with them. */
export function writable(slack: Slack, id: string): Conversation {
  const conversation = slack.workspace.users.has(id) ? reachable(slack, id) : seen(slack, id);
  if (conversation.archived) throw new Refused("is_archived");
  const guestOfHouse = conversation.kind === "public" && (!slack.scopes || slack.scopes.has("chat:write.public"));
  if (!conversation.members.has(BOT.user) && !guestOfHouse) throw new Refused("not_in_channel");
  return conversation;
}

/** The bot's direct messages with somebody who can have some. */
export function reachable(slack: Slack, id: string): Conversation {
  const user = person(slack, id);
  if (user.bot) throw new Refused("cannot_dm_bot");
  if (user.deleted) throw new Refused("user_disabled");
  return slack.workspace.directMessages(id);
}

export function person({ workspace }: Slack, id: string): DemoUser {
  const user = workspace.users.get(id);
  if (!user) throw new Refused("user_not_found");
  return user;
}
