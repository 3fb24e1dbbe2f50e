import type { Trouble } from "../cloud/demo-vm.ts";
import type { Surface } from "../slack/blocks.ts";
import type { Entered } from "../slack/types.ts";

/** What the demo server tells the page, and what the page tells the server. Both sides compile against this file. */

export type Blocks = readonly Record<string, unknown>[];

export interface ShownPerson {
  id: string;
  name: string;
  /** As the switch shows it: "requester, German". */
  role: string;
  locale: string;
  tz: string;
}

/** What the app's manifest says of it. */
export interface ShownApp {
  name: string;
  /** `/snapshot` */
  command: string;
  does: string;
  /** `create <vm> | list [vm] | …` */
  hint: string;
  shortcuts: readonly { name: string; callbackId: string }[];
}

export interface ShownChannel {
  id: string;
  name: string;
  kind: "channel" | "direct";
}

export interface ShownMessage {
  channel: string;
  ts: string;
  threadTs?: string;
  text: string;
  blocks: Blocks;
  files: readonly ShownFile[];
  edited: boolean;
}

/** Its content is at `/files/<id>`. */
export interface ShownFile {
  id: string;
  name: string;
  title: string;
}

/** "Only visible to you." */
export interface ShownPrivate {
  id: string;
  channel?: string;
  threadTs?: string;
  text: string;
  blocks: Blocks;
}

export interface ShownView {
  id: string;
  title: string;
  submit?: string;
  close?: string;
  blocks: Blocks;
  errors: Readonly<Record<string, string>>;
  /** By block_id and action_id. */
  state: Readonly<Record<string, Readonly<Record<string, Entered>>>>;
}

export interface ShownVm {
  name: string;
  power: "Running" | "Stopped";
  operation?: { type: string; percent: number | null };
  snapshots: readonly { id: number; name: string; createdAt: string; sizeGb: number; live: boolean }[];
  trouble: Trouble;
  /** The id of the snapshot that is on its disk since a restore. */
  restoredFrom?: number;
}

/** Something that Slack would have refused, with Slack's words. */
export interface Refused {
  n: number;
  at: string;
  surface: Surface;
  /** Where it would have stood, and who alone would have seen it, if that is known. */
  channel?: string;
  user?: string;
  method: string;
  error: string;
  details: readonly string[];
}

/** The whole workspace as one person sees it; sent whole after every change. */
export interface PageState {
  me: string;
  app: ShownApp;
  /** Milliseconds since 1970, by the workspace's clock. */
  now: number;
  speed: number;
  bot: "up" | "down" | "starting";
  people: readonly ShownPerson[];
  channels: readonly ShownChannel[];
  messages: readonly ShownMessage[];
  privates: readonly ShownPrivate[];
  view?: ShownView;
  home?: ShownView;
  refused: readonly Refused[];
  cloud: { vms: readonly ShownVm[]; isSlow: boolean };
  slack: { isDown: boolean; isLimiting: boolean };
}

/** One request between Slack, bot and cloud. */
export interface LogEntry {
  n: number;
  /** Milliseconds since 1970, by the workspace's clock. */
  at: number;
  from: "slack" | "bot" | "cloud";
  to: "slack" | "bot" | "cloud";
  /** `chat.update`, `POST /ccloud/servers/web-01/actions`, `block_actions`. */
  what: string;
  /** HTTP status; undefined when there was no answer. */
  status?: number;
  request: string;
  response: string;
}

/** Where a button or a field stands. */
export type Where =
  | { kind: "message"; channel: string; ts: string }
  | { kind: "private"; id: string }
  | { kind: "view" }
  | { kind: "home" };

/** A button or a field: the same action_id may stand in several blocks. */
export interface Aim {
  where: Where;
  blockId?: string;
  actionId: string;
}

/** What somebody does on the page. `as` is who does it. */
export type Deed =
  | { do: "command"; as: string; channel: string; text: string }
  | ({ do: "click"; as: string; value?: string } & Aim)
  | ({ do: "choose"; as: string; choice: string | readonly string[] } & Aim)
  | ({ do: "fill"; as: string; text: string } & Aim)
  | ({ do: "enter"; as: string; text: string } & Aim)
  | { do: "submit"; as: string }
  | { do: "close"; as: string }
  | { do: "shortcut"; as: string; callbackId: string }
  | { do: "openHome"; as: string }
  | { do: "trouble"; vm: string; trouble: Trouble }
  | { do: "expireTokens" }
  | { do: "slowCloud"; on: boolean }
  | { do: "slackDown"; on: boolean }
  | { do: "slackLimits"; on: boolean }
  | { do: "killBot" }
  | { do: "speed"; factor: number };

/** The answer to a deed; `error` is meant for the person at the page. */
export type Done = { ok: true } | { ok: false; error: string };
