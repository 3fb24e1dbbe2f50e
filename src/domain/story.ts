import { z } from "zod";
import { RequestId, Who } from "./ids.ts";
import { Failure } from "./request.ts";

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
  z.object({ code: z.literal("retried"), by: Who, as: RequestId }),
]);
export type Line = z.infer<typeof Line>;
