import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { type Behaviour, rulesIn } from "./behaviour.ts";
import { type Finding, ill, note } from "./finding.ts";
import type { ChannelNamed } from "./policy/channel.ts";
import { type Channel, SlackRefusal } from "./ports/slack.ts";
import { channelsNamed } from "./slack/channels-named.ts";
import { call } from "./slack/web.ts";

const Info = z.object({ channel: z.object({ is_member: z.boolean().optional() }) });

type ByName = ReadonlyMap<string, Channel>;

/** Channels that rules and limits are about and Slack does not show, and those where nobody would be told anything. */
export async function checkChannels(client: WebClient, behaviour: Behaviour): Promise<readonly Finding[]> {
  const { policy = [], limits, breakGlass } = rulesIn(behaviour);
  const places = [
    ["break_glass.tell", breakGlass?.tell],
    ["audit.anchor", behaviour.audit.anchor],
  ] as const;
  const asked = [
    ...policy.flatMap(({ when }) => when.channel ?? []),
    ...limits.flatMap(({ channel }) => channel ?? []),
  ];
  const about = [...new Map(asked.map((channel) => [channel.text, channel])).values()];
  const all = [...about, ...places.flatMap(([, place]) => place ?? [])];
  const names = all.flatMap((channel) => (channel.kind === "name" ? [channel.name] : []));
  try {
    const byName = await channelsNamed(client, [...new Set(names)]);
    const unseen = about.map((channel) => unshown(client, channel, byName));
    const unheardOf = places.map(([key, place]) => (place ? unheard(client, key, place, byName) : []));
    return (await Promise.all([...unseen, ...unheardOf])).flat();
  } catch (error) {
    if (error instanceof SlackRefusal && error.code === "missing_scope") return []; // that has been told
    return [note(`shutter.yml: Slack did not say which channels there are (${(error as Error).message}).`)];
  }
}

/** A rule by name needs to be told the name; one by id fits all the same in a private channel that Shutter is not in. */
async function unshown(client: WebClient, channel: ChannelNamed, byName: ByName): Promise<Finding[]> {
  const { kind, text } = channel;
  if (kind === "direct" || (kind === "name" && byName.has(channel.name))) return [];
  if (kind === "id") {
    const isShown = (await info(client, channel.id)) !== undefined;
    return isShown ? [] : [note(`shutter.yml: ${text}: Slack shows no such channel. It may be a private one.`)];
  }
  const says = "Slack shows no such channel, so nothing about it ever fits. If it is private, invite Shutter to it.";
  return [ill(`shutter.yml: ${text}: ${says}`)];
}

/** Why nobody would hear it there; nothing when they would. */
async function unheard(client: WebClient, key: string, place: ChannelNamed, byName: ByName): Promise<Finding[]> {
  const id = place.kind === "id" ? place.id : place.kind === "name" ? byName.get(place.name)?.id : undefined;
  const found = id === undefined ? undefined : await info(client, id);
  if (!found)
    return [ill(`shutter.yml: ${key}: Slack shows no channel ${place.text}. If it is private, invite Shutter to it.`)];
  if (found.is_member !== false) return [];
  return [ill(`shutter.yml: ${key}: Shutter is not in ${place.text}. Invite it there.`)];
}

/** Undefined when Slack shows no such channel. */
async function info(client: WebClient, channel: string) {
  try {
    return Info.parse(await call(() => client.conversations.info({ channel }))).channel;
  } catch (error) {
    if (error instanceof SlackRefusal && error.code === "channel_not_found") return undefined;
    throw error;
  }
}
