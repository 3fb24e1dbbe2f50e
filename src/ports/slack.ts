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
  reply(place: Place, text: string): Promise<void>;
  /** The texts of our own replies in a thread. */
  replies(place: Place): Promise<readonly string[]>;
  directMessages(user: UserId): Promise<ChannelId>;
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
}

/** Who people are. Throws when Slack does not tell; nobody may act on a guess. */
export interface Directory {
  person(user: UserId): Promise<Person>;
}
