import type { ChannelId, UserId } from "../domain/ids.ts";
import type { Language } from "../domain/request.ts";

/** What Slack shows: the text says everything in words, the blocks draw it. */
export interface Drawing {
  text: string;
  blocks: readonly object[];
}

export interface CardDrawing extends Drawing {
  metadata: { event_type: string; event_payload: Record<string, string | number> };
}

export interface Place {
  channel: ChannelId;
  ts: string;
}

/**
 * Writing to Slack in the background. Methods throw a `SlackRefusal` when Slack said no, and anything else when the
 * outcome is unknown.
 */
export interface Messenger {
  post(channel: ChannelId, card: CardDrawing): Promise<Place>;
  update(place: Place, card: CardDrawing): Promise<void>;
  /** Looks for the card of a request among what was posted since; undefined when it is not there. */
  findCard(channel: ChannelId, request: string, since: Date): Promise<Place | undefined>;
  /** `blocks` draw what the text says, with buttons. */
  reply(place: Place, text: string, blocks?: readonly object[]): Promise<void>;
  /** The texts of our own replies in a thread. */
  replies(place: Place): Promise<readonly string[]>;
  directMessages(user: UserId): Promise<ChannelId>;
}

/** Files for one person. Throws like a `Messenger`. */
export interface Files {
  /**
   * Writes a line and puts the file into its thread. Doing it again with the same key, after an attempt that began later
   * than `since`, does neither twice.
   */
  share(
    channel: ChannelId,
    line: string,
    file: { name: string; content: string },
    key: string,
    since: Date,
  ): Promise<Place>;
}

/** Slack answered no. `code` is Slack's own word. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly retryAfterMs: number | undefined;

  constructor(code: string, retryAfterMs?: number, options?: ErrorOptions) {
    super(`Slack answered ${code}`, options);
    this.name = "SlackRefusal";
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export interface Person {
  id: UserId;
  /** What people call them. */
  name: string;
  /** Only members of this workspace may act. */
  kind: "member" | "guest" | "stranger" | "bot" | "deactivated";
  language: Language | undefined;
  /** Absent when Slack does not tell, for which the bot needs a right of its own. */
  email?: string | undefined;
}

/** A user group. */
export interface UserGroup {
  id: string;
  handle: string;
}

export interface Channel {
  id: ChannelId;
  /** Without the `#`. */
  name: string | undefined;
  isDirect: boolean;
}

/** Somebody where they act, as the rules see them. What was not asked, and what Slack did not say, is not known. */
export interface Standing {
  person: Person & { groups: readonly UserGroup[] | "unknown"; isInChannel: boolean | undefined };
  /** Absent outside of conversations, such as on the App Home. */
  channel: Channel | undefined;
}

/** What the rules have to be told beyond who somebody is. */
export interface StandingNeeds {
  groups: boolean;
  channelNames: boolean;
  channelMembers: boolean;
}

/** Never throws: what Slack does not say is not known, which the rules take for a no. */
export interface Standings {
  standingOf(person: Person, channel: ChannelId | undefined, needs: StandingNeeds): Promise<Standing>;
}

/** Who people are. Throws when Slack does not tell; nobody may act on a guess. */
export interface Directory {
  person(user: UserId): Promise<Person>;
}
