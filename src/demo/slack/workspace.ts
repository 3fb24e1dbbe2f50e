import type { Clock } from "../../ports/clock.ts";
import type { Block } from "./blocks.ts";
import { kept } from "./check.ts";
import type {
  Change,
  DemoChannel,
  DemoGroup,
  DemoUser,
  Message,
  Metadata,
  PrivateAnswer,
  SharedFile,
} from "./types.ts";

export interface Conversation {
  readonly id: string;
  name: string;
  readonly kind: "public" | "private" | "im";
  readonly members: Set<string>;
  archived: boolean;
}

export interface ChannelChange {
  archived?: boolean;
  botIsMember?: boolean;
  name?: string;
  joined?: readonly string[];
  left?: readonly string[];
}

export interface Content {
  text: string;
  blocks: readonly unknown[];
  metadata?: Metadata | undefined;
  files?: readonly SharedFile[] | undefined;
}

export const TEAM = { id: "T0DEMO", domain: "demo", name: "Demo" } as const;
export const STRANGE_TEAM = "T0STRANGER";
export const APP_ID = "A0DEMO";
export const BOT = { user: "U0BOT", id: "B0BOT", name: "shutter" } as const;

/** Who is here, where they talk, and every message there is. Knows nothing of HTTP, rights or limits. */
export class Workspace {
  readonly users = new Map<string, DemoUser>();
  readonly conversations = new Map<string, Conversation>();
  readonly groups = new Map<string, DemoGroup>();
  readonly messages: Message[] = [];
  /** Deleted messages: somebody may still have one on the screen. */
  readonly deleted: Message[] = [];
  readonly answers: PrivateAnswer[] = [];
  /** Types of blocks that this Slack is too old for. */
  readonly unknownBlocks = new Set<string>();
  readonly clock: Clock;
  readonly #listeners = new Set<(change: Change) => void>();
  #ids = 0;
  #lastMicroseconds = 0;

  constructor(
    clock: Clock,
    users: readonly DemoUser[],
    channels: readonly DemoChannel[],
    groups: readonly DemoGroup[] = [],
  ) {
    this.clock = clock;
    for (const user of users) this.users.set(user.id, { ...user });
    this.users.set(BOT.user, { id: BOT.user, name: BOT.name, bot: true });
    for (const group of groups) this.groups.set(group.id, { ...group });
    for (const channel of channels) {
      this.conversations.set(channel.id, {
        id: channel.id,
        name: channel.name,
        kind: channel.private ? "private" : "public",
        members: new Set([...channel.members, ...(channel.botIsMember === false ? [] : [BOT.user])]),
        archived: channel.archived ?? false,
      });
    }
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /** Never the same twice. */
  newId(prefix: string): string {
    this.#ids += 1;
    return `${prefix}${this.#ids.toString(36).toUpperCase().padStart(6, "0")}`;
  }

  /** The time as Slack writes it, never the same twice: it is what identifies a message. */
  newTs(): string {
    this.#lastMicroseconds = Math.max(this.clock.now().getTime() * 1000, this.#lastMicroseconds + 1);
    const digits = String(this.#lastMicroseconds);
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  /** The bot's direct messages with this person; made when there are none yet. */
  directMessages(user: string): Conversation {
    const id = `D${user}`;
    const there = this.conversations.get(id);
    if (there) return there;
    const made: Conversation = { id, name: "", kind: "im", members: new Set([user, BOT.user]), archived: false };
    this.conversations.set(id, made);
    return made;
  }

  changeChannel(id: string, change: ChannelChange): void {
    const conversation = this.conversations.get(id);
    if (!conversation) throw new Error(`There is no channel ${id}`);
    conversation.archived = change.archived ?? conversation.archived;
    conversation.name = change.name ?? conversation.name;
    for (const member of change.joined ?? []) conversation.members.add(member);
    for (const member of change.left ?? []) conversation.members.delete(member);
    if (change.botIsMember === true) conversation.members.add(BOT.user);
    if (change.botIsMember === false) conversation.members.delete(BOT.user);
  }

  changeUser(id: string, change: Partial<Omit<DemoUser, "id">>): void {
    const user = this.users.get(id);
    if (!user) throw new Error(`Nobody here has the id ${id}`);
    Object.assign(user, change);
  }

  message(channel: string, ts: string): Message | undefined {
    return this.messages.find((message) => message.channel === channel && message.ts === ts);
  }

  post(channel: string, content: Content, thread?: string): Message {
    const parent = thread === undefined ? undefined : this.message(channel, thread);
    const message: Message = {
      channel,
      ts: this.newTs(),
      ...(thread !== undefined && { threadTs: parent?.threadTs ?? thread }),
      ...this.#stored(content),
      ...(content.files && { files: content.files }),
      edited: false,
      versions: [],
    };
    this.#remember(message);
    this.messages.push(message);
    this.changed({ kind: "message", message });
    return message;
  }

  /** Without metadata in the content the message keeps the metadata it has; empty metadata takes it away. */
  edit(message: Message, content: Content): void {
    const { text, blocks, metadata } = this.#stored(content);
    Object.assign(message, { text, blocks, edited: true });
    if (metadata?.event_type) message.metadata = metadata;
    else if (metadata) delete message.metadata;
    this.#remember(message);
    this.changed({ kind: "message", message });
  }

  remove(message: Message): void {
    const at = this.messages.indexOf(message);
    if (at < 0) return; // somebody else was faster
    this.messages.splice(at, 1);
    this.deleted.push(message);
    this.changed({ kind: "deleted", message });
  }

  tell(whom: Pick<PrivateAnswer, "user" | "channel" | "threadTs" | "via">, content: Content): PrivateAnswer {
    const { text, blocks } = this.#stored(content);
    const answer: PrivateAnswer = { id: this.newTs(), ...whom, text, blocks };
    this.answers.push(answer);
    this.changed({ kind: "private", answer });
    return answer;
  }

  retell(answer: PrivateAnswer, content: Content): void {
    if (!this.answers.includes(answer)) return; // it has been taken away
    const { text, blocks } = this.#stored(content);
    Object.assign(answer, { text, blocks });
    this.changed({ kind: "private", answer });
  }

  untell(answer: PrivateAnswer): void {
    const at = this.answers.indexOf(answer);
    if (at < 0) return;
    this.answers.splice(at, 1);
    this.changed({ kind: "private", answer });
  }

  keep(blocks: readonly unknown[]): Block[] {
    return kept(blocks, () => this.newId("b"));
  }

  #stored(content: Content): { text: string; blocks: Block[]; metadata?: Metadata } {
    const { text, metadata } = content;
    return { text, blocks: this.keep(content.blocks), ...(metadata && { metadata: structuredClone(metadata) }) };
  }

  #remember({ versions, text, blocks, metadata }: Message): void {
    versions.push({ at: this.clock.now(), text, blocks, metadata });
  }
}
