/** What a clock on a wall shows: the day of the week from 0 (Monday) to 6, and the minutes since midnight. */
export interface WallClock {
  day: number;
  minute: number;
}

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** Making one takes longer than using it a hundred times; there are only as many as zones in the configuration. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  formats.set(zone, format);
  return format;
}

export function isZone(zone: string): boolean {
  try {
    return formatIn(zone) !== undefined;
  } catch {
    return false; // unknown to this machine
  }
}

/** What the clocks of a zone show at a moment, summer time and all. Throws for a zone that there is not. */
export function wallClock(at: Date, zone: string): WallClock {
  const parts = formatIn(zone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)!.value;
  return {
    day: DAYS.indexOf(part("weekday").toLowerCase() as Day),
    minute: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

/** `tue 14:32` */
export function clockText({ day, minute }: WallClock): string {
  const digits = (number: number): string => String(number).padStart(2, "0");
  return `${DAYS[day]} ${digits(Math.floor(minute / 60))}:${digits(minute % 60)}`;
}
