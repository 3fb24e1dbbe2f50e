import { z } from "zod";

/** Ids that look alike and must never be mixed up. */
export const RequestId = z.string().min(1).brand<"RequestId">();
export type RequestId = z.infer<typeof RequestId>;

/** What the cloud calls the VM by; for ccloud³ its hostname. */
export const VmId = z.string().min(1).brand<"VmId">();
export type VmId = z.infer<typeof VmId>;

export const SnapshotId = z.string().min(1).brand<"SnapshotId">();
export type SnapshotId = z.infer<typeof SnapshotId>;

export const OperationId = z.string().min(1).brand<"OperationId">();
export type OperationId = z.infer<typeof OperationId>;

/** Slack's ids. */
export const UserId = z.string().min(1).brand<"UserId">();
export type UserId = z.infer<typeof UserId>;

export const ChannelId = z.string().min(1).brand<"ChannelId">();
export type ChannelId = z.infer<typeof ChannelId>;

/** Between two people, or one and Shutter: nobody else sees it. */
export const isDirect = (channel: ChannelId): boolean => channel.startsWith("D");

/** Somebody who did something. The id is who they are, the name is what the card calls them without pinging them. */
export const Who = z.object({ id: UserId, name: z.string() });
export type Who = z.infer<typeof Who>;
