import type { z } from "zod";

/** What stands in a button's value, when it is what it should be. */
export function readJson<T extends z.ZodType>(schema: T, value: string | undefined): z.output<T> | undefined {
  try {
    return schema.safeParse(JSON.parse(value ?? "")).data;
  } catch {
    return undefined; // somebody has written the value themselves
  }
}
