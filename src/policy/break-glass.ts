import type { z } from "zod";
import type { Somebody } from "./asked.ts";
import { PublicPlaceSchema } from "./channel.ts";
import { named, WhoSchema } from "./who.ts";
import { keys, word } from "./written.ts";

/** The emergency: who may go on without waiting for approval, and where that is told. */
export const BreakGlassSchema = keys({
  by: WhoSchema,
  reason: word("required").default("required"),
  tell: PublicPlaceSchema,
});
export type BreakGlass = z.infer<typeof BreakGlassSchema>;

export const BREAK_GLASS_KEYS: readonly string[] = Object.keys(BreakGlassSchema.shape);

/** Whether this person may declare an emergency; without the key nobody may. */
export function mayBreakGlass(
  breakGlass: BreakGlass | undefined,
  person: Somebody,
): "yes" | "not_named" | "directory_silent" | "guest" {
  const is = breakGlass ? named(breakGlass.by, person) : "no";
  return ({ yes: "yes", no: "not_named", silent: "directory_silent", guest: "guest" } as const)[is];
}
