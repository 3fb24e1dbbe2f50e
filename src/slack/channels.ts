import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { type ChannelId, isDirect, UserId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { holdBack } from "./held-back.ts";
import { createKnowledgeOf } from "./knowledge-of.ts";
import { allPages, PAGE } from "./paged.ts";

const Info = z.object({
  channel: z.object({
    name: z.string(),
    is_private: z.boolean().nullish(),
    is_mpim: z.boolean().nullish(),
  }),
});

const Members = z.object({
  members: z.array(UserId),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

/** `group` are direct messages of several people. */
export type ChannelKind = "public" | "private" | "group" | "direct";

export type AboutChannel = { kind: "direct" } | { kind: Exclude<ChannelKind, "direct">; name: string };

/**
 * Channels, as far as the bot sees them: all public ones, and of the private ones those that it is in. A change counts
 * within 5 minutes: Slack tells of members only where the bot is one itself.
 */
export interface Channels {
  /** Undefined when Slack does not say. */
  about(channel: ChannelId): Promise<AboutChannel | undefined>;
  /** Whether somebody is a member; undefined when Slack does not say, and in direct messages, where it is not asked. */
  has(channel: ChannelId, user: UserId): Promise<boolean | undefined>;
  /** Why channels are not known, when that is for good; undefined otherwise, or when nobody has asked yet. */
  trouble(): string | undefined;
}

export function createChannels(client: WebClient, clock: Clock): Channels {
  const [sendInfo, sendMembers] = [holdBack(clock), holdBack(clock)];

  const infos = createKnowledgeOf(clock, async (channel: ChannelId) =>
    aboutIn(await sendInfo(() => client.conversations.info({ channel }))),
  );

  const members = createKnowledgeOf(clock, async (channel: ChannelId) => {
    const { items, isWhole } = await allPages(async (cursor) => {
      const answer = await sendMembers(() => client.conversations.members({ channel, limit: PAGE, ...cursor }));
      const page = Members.parse(answer);
      return { items: page.members, next: page.response_metadata?.next_cursor ?? undefined };
    });
    return { users: new Set(items), isWhole };
  });

  return {
    about: async (channel) => (isDirect(channel) ? { kind: "direct" } : infos.get(channel)),
    async has(channel, user) {
      if (isDirect(channel)) return undefined;
      const found = await members.get(channel);
      if (found?.users.has(user)) return true;
      return found?.isWhole ? false : undefined;
    },
    trouble() {
      const why = infos.trouble() ?? members.trouble();
      return why && `channels are not known: ${why}`;
    },
  };
}

function aboutIn(answer: unknown): AboutChannel {
  const { name, is_mpim, is_private } = Info.parse(answer).channel;
  return { kind: is_mpim ? "group" : is_private ? "private" : "public", name };
}
