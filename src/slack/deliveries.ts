import { createHash } from "node:crypto";
import { z } from "zod";
import { ChannelId, RequestId, UserId, VmId } from "../domain/ids.ts";
import { Press } from "../domain/press.ts";
import { How } from "../domain/request.ts";

/** Who sent it, from where, and how to answer them. */
export const Sender = z.object({
  user: UserId,
  /** Every workspace that the payload names for them. */
  teams: z.array(z.string()).default([]),
  /** Absent for a global shortcut. */
  channel: ChannelId.optional(),
  responseUrl: z.string().optional(),
});
export type Sender = z.infer<typeof Sender>;

/** What a person wants done, as it is stored before Slack is told that it has arrived. */
export const Sent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("command"), from: Sender, text: z.string() }),
  z.object({
    kind: z.literal("press"),
    from: Sender,
    press: Press,
    request: RequestId,
    /** The message whose button it was. */
    message: z.object({ channel: ChannelId, ts: z.string() }).optional(),
  }),
  z.object({
    kind: z.literal("wish"),
    from: Sender,
    vm: VmId,
    name: z.string().optional(),
    how: How,
    reason: z.string().optional(),
  }),
]);
export type Sent = z.infer<typeof Sent>;

/** The id of the request that a delivery makes: the same, however often it is handled. */
export const requestIdOf = (deliveryKey: string): RequestId =>
  RequestId.parse(`r${createHash("sha256").update(deliveryKey).digest("hex").slice(0, 16)}`);
