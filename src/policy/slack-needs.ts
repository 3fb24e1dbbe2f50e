import type { BreakGlass } from "./break-glass.ts";
import type { ChannelNamed } from "./channel.ts";
import type { Limit } from "./limits.ts";
import type { Policy } from "./policy.ts";
import type { PeopleNamed } from "./who.ts";

interface Rules {
  policy?: Policy | undefined;
  breakGlass?: BreakGlass | undefined;
  limits?: readonly Limit[] | undefined;
}

/** What these rules can only be told by Slack, beyond who is a full member. What is not needed need not be asked for. */
export interface SlackNeeds {
  groups: boolean;
  emails: boolean;
  channelNames: boolean;
  channelMembers: boolean;
}

export function slackNeeds({ policy = [], breakGlass, limits = [] }: Rules): SlackNeeds {
  const who: PeopleNamed[] = [...(breakGlass?.by ?? []), ...limits.flatMap((limit) => limit.who ?? [])];
  const channels: ChannelNamed[] = [
    ...(breakGlass ? [breakGlass.tell] : []),
    ...limits.flatMap((limit) => limit.channel ?? []),
  ];
  for (const { when, outcome } of policy) {
    channels.push(...(when.channel ?? []));
    if (outcome.kind === "allow") who.push(...outcome.who, ...(outcome.approval?.by ?? []));
  }
  const kinds = new Set(who.map(({ kind }) => kind));
  return {
    groups: kinds.has("group") || kinds.has("group_id"),
    emails: kinds.has("email"),
    channelNames: channels.some(({ kind }) => kind === "name"),
    channelMembers: kinds.has("members"),
  };
}
