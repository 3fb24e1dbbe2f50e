import type { WebClient } from "@slack/web-api";
import { type ChannelId, isDirect } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Channel, Directory, Person, Standings } from "../ports/slack.ts";
import type { Channels } from "./channels.ts";
import { channelNamed } from "./channels-named.ts";
import type { Groups } from "./groups.ts";
import { createPeopleNamed, type WhoCanBeTold } from "./standing-people-named.ts";
import { whoIs } from "./standing-who-is.ts";

/** Finding those whom somebody has written down. */
export interface Lookups {
  /** Whoever is meant by `@anna`, `anna@example.com` or `U0123ABC`: none, one or several. Throws when Slack does not tell. */
  whoIs(word: string): Promise<readonly Person[]>;
  /** The channel that is called so now; undefined when the bot sees none. Throws when Slack does not tell. */
  channelNamed(name: string): Promise<Channel | undefined>;
  /**
   * Who of these can be told something each for themselves, at most 50: `everyone`, `members` and `guests` are nobody, and
   * whom Slack does not tell is left out. Whether they may do anything is asked when they do it. Never throws.
   */
  peopleNamed: WhoCanBeTold;
}

export function createStanding(deps: {
  client: WebClient;
  clock: Clock;
  directory: Directory;
  groups: Groups;
  channels: Channels;
}): Standings & Lookups {
  const { client, clock, directory, groups, channels } = deps;

  async function nameOf(channel: ChannelId): Promise<string | undefined> {
    const about = await channels.about(channel);
    return about && "name" in about ? about.name : undefined;
  }

  return {
    async standingOf(person, channel, needs) {
      const isMember = person.kind === "member";
      const mayAct = isMember || person.kind === "guest";
      const [inGroups, name, isInChannel] = await Promise.all([
        isMember && needs.groups ? groups.of(person.id) : ("unknown" as const),
        mayAct && needs.channelNames && channel ? nameOf(channel) : undefined,
        isMember && needs.channelMembers && channel ? channels.has(channel, person.id) : undefined,
      ]);
      return {
        person: { ...person, groups: inGroups, isInChannel },
        channel: channel && { id: channel, name, isDirect: isDirect(channel) },
      };
    },
    whoIs: (word) => whoIs(client, directory, word),
    channelNamed: (name) => channelNamed(client, name),
    peopleNamed: createPeopleNamed(client, clock, groups),
  };
}
