import { SECOND_MS } from "./durations.ts";

/**
 * Milliseconds until the next look at something that has been going on for `waitedMs`. What a late look would cost
 * decides: while a VM is off for us a fiftieth of the time waited (0.5 to 5 s), else a tenth (1 to 30 s). Towards the
 * expected end the gap shrinks to a tenth of what is left.
 */
export function gap(waitedMs: number, offForUs: boolean, expectedMs?: number): number {
  const [share, least, most] = offForUs ? [50, 0.5 * SECOND_MS, 5 * SECOND_MS] : [10, SECOND_MS, 30 * SECOND_MS];
  const byAge = clamp(waitedMs / share, least, most);
  const byEnd = expectedMs === undefined ? Number.POSITIVE_INFINITY : Math.abs(expectedMs - waitedMs) / 10;
  return Math.max(least, Math.min(byAge, byEnd));
}

/**
 * Milliseconds until a VM that must be on is switched on again after a failed attempt: every few seconds in the first
 * minute, then less often, at least every 30 s for ever.
 */
export const powerOnGap = (tryingForMs: number): number => clamp(tryingForMs / 6, 3 * SECOND_MS, 30 * SECOND_MS);

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
