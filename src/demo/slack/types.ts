import type { Answer } from "./answer.ts";
import type { Block, Surface } from "./blocks.ts";
import type { Delivery } from "./sender.ts";

/** A person, or a bot, of the demo workspace. */
export interface DemoUser {
  id: string;
  name: string;
  realName?: string;
  email?: string;
  /** As Slack writes it: `de-DE`. */
  locale?: string;
  tz?: string;
  guest?: boolean;
  /** Of another workspace, here through Slack Connect. */
  stranger?: boolean;
  bot?: boolean;
  deleted?: boolean;
}

export interface DemoChannel {
  id: string;
  name: string;
  private?: boolean;
  members: string[];
  /** The bot is in it unless this says no. */
  botIsMember?: boolean;
  archived?: boolean;
}

/** A user group. */
export interface DemoGroup {
  id: string;
  handle: string;
  users: string[];
  disabled?: boolean;
  /** Of another workspace, known here through a shared channel. */
  external?: boolean;
}

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

/** A file as everybody in the conversation can open it. */
export interface SharedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

interface Version {
  at: Date;
  text: string;
  blocks: Block[];
  metadata: Metadata | undefined;
}

/** A message of the bot in a channel, a thread or a direct message. The object lives: it shows the latest state. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  text: string;
  blocks: Block[];
  metadata?: Metadata;
  readonly files?: readonly SharedFile[];
  edited: boolean;
  /** Every state it had, oldest first; the last is the one it has. */
  readonly versions: Version[];
}

/** What only one person sees. */
export interface PrivateAnswer {
  readonly id: string;
  readonly user: string;
  readonly channel?: string;
  readonly threadTs?: string;
  text: string;
  blocks: Block[];
  readonly via: "ack" | "response_url" | "ephemeral";
}

/** What a person has entered into one element, as Slack reports it in `state.values`. */
export type Entered = { type: string } & Record<string, unknown>;

/** By block_id, then by action_id. */
export type Values = Record<string, Record<string, Entered>>;

/** A modal, or somebody's App Home. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: "modal" | "home";
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  title?: string;
  submit?: string;
  close?: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  blocks: Block[];
  hash: string;
  state: Values;
  /** By block_id: what stands at the fields. */
  errors: Record<string, string>;
}

/** What happened, for those who wait for it. */
export type Change =
  | { kind: "message"; message: Message }
  | { kind: "deleted"; message: Message }
  | { kind: "private"; answer: PrivateAnswer }
  | { kind: "view"; user: string; view: View | undefined }
  | { kind: "limited"; method: string }
  | {
      /** Something that Slack would not show: where it would have stood, as far as that is known. */
      kind: "refused";
      method: string;
      error: string;
      details: readonly string[];
      surface: Surface;
      user?: string;
      channel?: string;
    }
  | { kind: "link"; open: number }
  | { kind: "delivered"; delivery: Delivery; answer: Answer };
