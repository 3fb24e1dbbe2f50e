import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { type Behaviour, rulesIn } from "./behaviour.ts";
import { folded } from "./domain/likeness.ts";
import type { ChannelNamed } from "./policy/channel.ts";
import type { Rules } from "./policy/rules.ts";
import type { PeopleNamed } from "./policy/who.ts";
import type { Clock } from "./ports/clock.ts";
import { channelNamed } from "./slack/channels-named.ts";
import { createGroups } from "./slack/groups.ts";
import { call } from "./slack/web.ts";

const Info = z.object({ channel: z.object({ is_member: z.boolean().optional() }) });

/** What `shutter.yml` names and Slack does not know: groups that nobody is in, and channels where nobody would be told. */
export async function unknownNames(client: WebClient, clock: Clock, behaviour: Behaviour): Promise<string[]> {
  const rules = rulesIn(behaviour);
  const places = [
    ["break_glass.tell", rules.breakGlass?.tell],
    ["audit.anchor", behaviour.audit.anchor],
  ] as const;
  const each = await Promise.all([
    unknownGroups(client, clock, rules),
    ...places.map(([key, place]) => (place ? unheard(client, key, place) : [])),
  ]);
  return each.flat();
}

async function unknownGroups(client: WebClient, clock: Clock, rules: Rules): Promise<string[]> {
  if (!rules.needs.groups) return [];
  const groups = await createGroups(client, clock).all();
  if (groups === "unknown") return []; // the scope that is missing has been told
  const isKnown = (who: PeopleNamed) =>
    groups.some(({ id, handle }) =>
      who.kind === "group" ? folded(handle) === who.handle : who.kind === "group_id" ? id === who.id : false,
    );
  const isGroup = ({ kind }: PeopleNamed) => kind === "group" || kind === "group_id";
  const unknown = everybodyIn(rules).filter((who) => isGroup(who) && !isKnown(who));
  return [...new Set(unknown.map(({ text }) => `${text}: Slack knows no such user group, so it names nobody.`))];
}

const everybodyIn = ({ policy = [], breakGlass, limits }: Rules): PeopleNamed[] => [
  ...policy.flatMap(({ outcome }) =>
    outcome.kind === "allow" ? [...outcome.who, ...(outcome.approval?.by ?? [])] : [],
  ),
  ...(breakGlass?.by ?? []),
  ...limits.flatMap(({ who }) => who ?? []),
];

/** Why nobody would hear it there; nothing when they would, or Slack does not say. */
async function unheard(client: WebClient, key: string, place: ChannelNamed): Promise<string[]> {
  try {
    const channel =
      place.kind === "id" ? place.id : place.kind === "name" && (await channelNamed(client, place.name))?.id;
    if (!channel) return [`${key}: Slack shows no channel ${place.text}. If it is private, invite Shutter to it.`];
    const info = Info.parse(await call(() => client.conversations.info({ channel })));
    return info.channel.is_member === false ? [`${key}: Shutter is not in ${place.text}. Invite it there.`] : [];
  } catch {
    return []; // the scope that is missing has been told
  }
}
