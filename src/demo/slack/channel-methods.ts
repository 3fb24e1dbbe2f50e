import { z } from "zod";
import { conversationAsSent, families } from "./conversation-methods.ts";
import { seen } from "./conversation-rules.ts";
import { arg, method, Refused, required } from "./method.ts";
import { pageArgs, pageOf } from "./paging.ts";
import { tier2, tier4 } from "./rate-limits.ts";
import { BOT } from "./workspace.ts";

const KINDS = new Map([
  ["public_channel", "public"],
  ["private_channel", "private"],
  ["im", "im"],
] as const);
type Kind = typeof KINDS extends ReadonlyMap<infer K, unknown> ? K : never;

export const channelMethods = {
  "conversations.list": method(
    {
      limits: tier2,
      args: z.object({ ...pageArgs, types: z.string().default("public_channel"), exclude_archived: arg.flag }),
    },
    (slack, args) => {
      const kinds = args.types.split(",").map((type) => {
        const kind = KINDS.get(type.trim() as Kind);
        if (!kind) throw new Refused("invalid_types");
        return kind;
      });
      for (const kind of kinds) required(slack, `${families[kind]}:read`);
      const listed = [...slack.workspace.conversations.values()].filter(
        ({ kind, members, archived }) =>
          kinds.includes(kind) && (kind === "public" || members.has(BOT.user)) && !(args.exclude_archived && archived),
      );
      const { items, ...rest } = pageOf(listed, args);
      return { channels: items.map(conversationAsSent), ...rest };
    },
  ),

  "conversations.members": method(
    { limits: tier4, args: z.object({ channel: arg.string, ...pageArgs }) },
    (slack, args) => {
      const conversation = seen(slack, args.channel);
      required(slack, `${families[conversation.kind]}:read`);
      const { items, ...rest } = pageOf([...conversation.members], args);
      return { members: items, ...rest };
    },
  ),
};
