import { createHash } from "node:crypto";
import { z } from "zod";
import { Snapshot } from "../domain/cloud.ts";
import { ChannelId, RequestId, UserId, VmId } from "../domain/ids.ts";
import { Press } from "../domain/press.ts";
import { How } from "../domain/request.ts";
import type { DialogView } from "../views/create-dialog.ts";

/** Who sent it, from where, and how to answer them. */
export const Sender = z.object({
  user: UserId,
  /** Every workspace that the payload names for them. */
  teams: z.array(z.string()).default([]),
  /** Absent for a global shortcut. */
  channel: ChannelId.optional(),
  responseUrl: z.string().optional(),
  /** Opens one dialog within 3 s of the click; kept no longer than what was sent. */
  trigger: z.string().optional(),
});
export type Sender = z.infer<typeof Sender>;

const Message = z.object({ channel: ChannelId, ts: z.string() });

/** The VM's name was typed for it. */
const isTyped = z.boolean().optional();

/** What a person wants done, as it is stored before Slack is told that it has arrived. */
export const Sent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("command"), from: Sender, text: z.string(), isTyped }),
  z.object({
    kind: z.literal("press"),
    from: Sender,
    press: Press,
    request: RequestId,
    isTyped,
    /** Why, where the request did not say. */
    reason: z.string().optional(),
    /** The message whose button it was. */
    message: Message.optional(),
  }),
  z.object({
    kind: z.literal("wish"),
    from: Sender,
    vm: VmId,
    name: z.string().optional(),
    how: How,
    reason: z.string().optional(),
  }),
  z.object({
    kind: z.literal("managing"),
    from: Sender,
    vm: VmId,
    wanted: z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("restore"),
        snapshot: Snapshot,
        safety: z.boolean(),
        confirmedAt: z.coerce.date(),
        isTyped,
        reason: z.string().optional(),
      }),
      z.object({
        kind: z.literal("delete"),
        snapshots: z.array(Snapshot).min(1),
        isTyped,
        reason: z.string().optional(),
      }),
      z.object({
        kind: z.literal("rename"),
        snapshot: Snapshot,
        name: z.string(),
        isTyped,
        reason: z.string().optional(),
      }),
    ]),
  }),
  z.object({
    kind: z.literal("switching"),
    from: Sender,
    /** The request on whose card the button is; on lists and at Home the VM. */
    target: z.string().min(1),
    to: z.enum(["on", "off", "hard_off"]),
    at: z.coerce.date(),
    isTyped,
    reason: z.string().optional(),
    message: Message.optional(),
  }),
  z.object({
    kind: z.literal("decision"),
    from: Sender,
    decision: z.enum(["approve", "deny", "break_glass"]),
    request: RequestId,
    reason: z.string().optional(),
    /** The card whose button it was; absent where it was pressed at Home. */
    message: Message.optional(),
    atHome: z.boolean().optional(),
    /** Since when the approval that was drawn there had been asked for. */
    askedAt: z.coerce.date().optional(),
  }),
  z.object({
    kind: z.literal("history_file"),
    from: Sender,
    vm: VmId.optional(),
    who: UserId.optional(),
    since: z.coerce.date().optional(),
    until: z.coerce.date().optional(),
  }),
  /** A choice of one's own, made at Home. */
  z.object({
    kind: z.literal("preference"),
    from: Sender,
    language: z.enum(["auto", "en", "de"]).optional(),
    notify: z.enum(["all", "decisions", "failures"]).optional(),
  }),
]);
export type Sent = z.infer<typeof Sent>;

/** The id of the request that a delivery makes: the same, however often it is handled. */
export const requestIdOf = (deliveryKey: string): RequestId =>
  RequestId.parse(`r${createHash("sha256").update(deliveryKey).digest("hex").slice(0, 16)}`);

/** The key of a dialog that was sent: sent again as it was, because no answer had come, it is the same delivery. */
export const dialogKey = (user: string, { id, state }: DialogView): string =>
  createHash("sha256")
    .update(JSON.stringify([user, id, state.values]))
    .digest("hex");
