import type { CloudLimits } from "../domain/cloud.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Rules } from "../policy/rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Messenger, Place } from "../ports/slack.ts";
import type { Store } from "../ports/store.ts";

/** What drawing needs. */
export interface Easel {
  clock: Clock;
  store: Store;
  messenger: Messenger;
  limits: CloudLimits;
  log: Log;
  /** When this process began: what was to be told before may have been told. */
  startedAt: Date;
  /** What each open card shows, as far as this process has drawn it; the same is not sent twice. */
  shown: Map<RequestId, string>;
  /** The web address of a message; undefined while the workspace is not known. */
  linkTo: (place: Place) => string | undefined;
  /** Who may do what, as it is configured now. */
  rules: () => Rules;
  /** How long Slack wants to be left alone after this error; undefined when it did not say so. */
  retryAfterMs: (error: unknown) => number | undefined;
}

/** Slack's words for "you cannot write here"; the card then goes to the requester's direct messages. */
const CLOSED: ReadonlySet<string> = new Set([
  "not_in_channel",
  "channel_not_found",
  "is_archived",
  "is_inactive",
  "restricted_action",
  "restricted_action_read_only_channel",
  "restricted_action_thread_only_channel",
  "restricted_action_non_threadable_channel",
  "no_permission",
  "ekm_access_denied",
  "team_not_found",
  "not_allowed_token_type",
]);

export const isClosed = (code: string): boolean => CLOSED.has(code);

/** Slack's words for "that message cannot be edited any more"; the card is then posted anew. */
const LOST: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "thread_not_found",
]);

export const isLost = (code: string): boolean => LOST.has(code);

/** Slack's words for "this cannot be drawn". */
export const isUndrawable = (code: string): boolean => code === "invalid_blocks" || code === "msg_blocks_too_long";
