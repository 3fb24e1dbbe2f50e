export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNITS: Readonly<Record<string, number>> = { s: SECOND_MS, m: MINUTE_MS, h: HOUR_MS, d: DAY_MS };

/** Reads `90s`, `3m`, `2h`, `30d` (decimals allowed) as milliseconds; anything else is undefined. */
export function readDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,6}(?:\.\d{1,3})?)([smhd])$/.exec(text.trim()) ?? [];
  return amount === undefined || unit === undefined ? undefined : Number(amount) * UNITS[unit]!;
}

/** The moment so many milliseconds after another. */
export const later = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

export const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** Milliseconds from one moment to another; negative when `to` lies before. */
export const between = (from: Date, to: Date): number => to.getTime() - from.getTime();
