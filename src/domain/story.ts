import { z } from "zod";
import { ChannelId, RequestId, SnapshotId, Who } from "./ids.ts";
import { Failure } from "./request.ts";

/** What a call with an effect does; `Call` in `step.ts` says what with. */
const CallKind = z.enum(["shutdown", "power_off", "power_on", "snapshot", "restore", "delete", "rename"]);

const Dialog = z.enum(["create", "rename", "restore", "delete", "deny", "break_glass", "confirm"]);
export type Dialog = z.infer<typeof Dialog>;

/**
 * One line of a request's story: what is written to the audit with the row, and told in the card's thread. The words are
 * in `texts/`.
 */
export const Line = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("asked"),
    by: Who,
    kind: z.enum(["create", "restore", "delete", "rename", "power"]).optional(),
  }),
  z.object({ code: z.literal("queued_behind"), by: Who }),
  z.object({ code: z.literal("queued_cooldown"), until: z.coerce.date() }),
  z.object({ code: z.literal("queued_busy") }),
  z.object({ code: z.literal("queued_full") }),
  z.object({ code: z.literal("choose") }),
  z.object({ code: z.literal("chose_shutdown"), by: Who }),
  z.object({ code: z.literal("chose_live"), by: Who }),
  z.object({ code: z.literal("chose_restore"), by: Who }),
  z.object({ code: z.literal("chose_off"), by: Who }),
  z.object({ code: z.literal("shutdown_asked") }),
  z.object({ code: z.literal("stuck") }),
  z.object({ code: z.literal("waits_on"), by: Who }),
  z.object({ code: z.literal("chose_power_off"), by: Who }),
  z.object({ code: z.literal("power_off_asked") }),
  z.object({ code: z.literal("off") }),
  z.object({ code: z.literal("was_off") }),
  z.object({ code: z.literal("snapshot_asked"), name: z.string() }),
  z.object({ code: z.literal("snapshot_started") }),
  z.object({ code: z.literal("snapshot_made"), ms: z.number() }),
  z.object({ code: z.literal("snapshot_missed") }),
  z.object({ code: z.literal("restore_asked"), name: z.string() }),
  z.object({ code: z.literal("restore_started") }),
  z.object({ code: z.literal("restored"), ms: z.number() }),
  z.object({ code: z.literal("restore_missed") }),
  z.object({ code: z.literal("went_on") }),
  z.object({ code: z.literal("delete_asked"), name: z.string() }),
  z.object({ code: z.literal("deleted"), name: z.string() }),
  z.object({ code: z.literal("was_gone"), name: z.string() }),
  z.object({ code: z.literal("not_deleted"), name: z.string(), detail: z.string() }),
  z.object({ code: z.literal("rename_asked"), name: z.string() }),
  z.object({ code: z.literal("renamed"), from: z.string(), to: z.string() }),
  z.object({ code: z.literal("power_as_wished") }),
  z.object({ code: z.literal("follow_up"), name: z.string() }),
  z.object({ code: z.literal("kept"), by: Who }),
  z.object({ code: z.literal("power_on_asked") }),
  z.object({ code: z.literal("power_on_fails"), detail: z.string() }),
  z.object({ code: z.literal("power_on_pressed"), by: Who }),
  z.object({ code: z.literal("on"), offMs: z.number().optional() }),
  z.object({ code: z.literal("went_off_late") }),
  z.object({ code: z.literal("done") }),
  z.object({ code: z.literal("failed"), failure: Failure }),
  z.object({ code: z.literal("cancel_asked"), by: Who }),
  z.object({ code: z.literal("cancelled"), by: Who }),
  z.object({ code: z.literal("expired") }),
  z.object({ code: z.literal("approval_asked"), by: Who, count: z.number() }),
  z.object({ code: z.literal("approval_reminder"), until: z.coerce.date() }),
  z.object({ code: z.literal("approval_expired") }),
  z.object({ code: z.literal("approved"), by: Who, missing: z.number() }),
  z.object({ code: z.literal("denied"), by: Who, reason: z.string() }),
  z.object({ code: z.literal("emergency"), by: Who, reason: z.string() }),
  /** With a press, since the rules want a reason and the request had none. */
  z.object({ code: z.literal("reasoned"), by: Who, reason: z.string() }),
  z.object({ code: z.literal("retried"), by: Who, as: RequestId }),
  /**
   * A command was understood, or what stands for one was sent by a button or a dialog. Of what was typed only the name of a
   * VM is kept; `as` is the request that it may become.
   */
  z.object({
    code: z.literal("command"),
    by: Who,
    word: z.string(),
    vm: z.string().optional(),
    as: RequestId.optional(),
  }),
  /** A button was pressed that opens a dialog. What becomes of it is a row of its own. */
  z.object({ code: z.literal("opened"), by: Who, dialog: Dialog, vm: z.string().optional() }),
  /** What somebody has chosen for themselves. */
  z.object({
    code: z.literal("preferred"),
    by: Who,
    language: z.enum(["auto", "en", "de"]).optional(),
    notify: z.enum(["all", "decisions", "failures"]).optional(),
  }),
  /** Somebody wanted `what` and was refused; nothing was changed. `rule` is the policy's, from 1. */
  z.object({
    code: z.literal("refused"),
    by: Who,
    what: z.string(),
    why: z.string(),
    rule: z.union([z.number(), z.literal("none")]).optional(),
  }),
  z.object({
    code: z.literal("call"),
    call: CallKind,
    snapshot: SnapshotId.optional(),
    name: z.string().optional(),
  }),
  /** What a call brought. `unknown`: it may have had its effect all the same. */
  z.object({
    code: z.literal("answer"),
    call: CallKind,
    outcome: z.enum(["ok", "not_sent", "refused", "unknown"]),
    problem: z.string().optional(),
  }),
  /** Who may do what was read; `hash` is the same as long as the rules are. */
  z.object({ code: z.literal("policy_loaded"), rules: z.number(), hash: z.string() }),
  /** The audit's newest hash was posted where nobody can change it. */
  z.object({ code: z.literal("anchored"), head: z.number(), hash: z.string(), channel: ChannelId }),
  /** The rows up to this one, whose hash it was, were removed because they were older than is kept. */
  z.object({ code: z.literal("pruned"), upTo: z.number(), hash: z.string() }),
]);
export type Line = z.infer<typeof Line>;

/** For the audit alone: no thread tells them. */
const ONLY_AUDIT: ReadonlySet<Line["code"]> = new Set<Line["code"]>([
  "command",
  "refused",
  "call",
  "answer",
  "opened",
  "preferred",
  "policy_loaded",
  "anchored",
  "pruned",
]);

export const isOnlyAudit = ({ code }: Line): boolean => ONLY_AUDIT.has(code);

/** What stands in no history that people look at either: the calls behind the steps that it shows, and what led to them. */
export const OUT_OF_HISTORY: readonly Line["code"][] = ["call", "answer", "command", "opened"];
