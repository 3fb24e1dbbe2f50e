/** How a text is shown to one reader. */
export interface Reader {
  now: Date;
  tz: string;
  locale: string;
  /** What stands for an id of a person, channel or group; the id itself when it knows none. */
  names: (id: string) => string | undefined;
}

/** Slack's marked-up text as that reader sees it in a terminal: dates in their zone, names for ids, links spelled out. */
export function plainOf(mrkdwn: string, reader: Reader): string {
  return unescaped(mrkdwn.replace(/<([^<>]+)>/g, (_, inside: string) => reference(inside, reader)));
}

function reference(inside: string, reader: Reader): string {
  const [target = "", label] = splitOnce(inside, "|");
  if (target.startsWith("!date^")) return date(target, label, reader);
  if (target.startsWith("@")) return `@${reader.names(target.slice(1)) ?? label ?? target.slice(1)}`;
  if (target.startsWith("#")) return `#${reader.names(target.slice(1)) ?? (label || target.slice(1))}`;
  if (target.startsWith("!subteam^")) return label ?? `@${reader.names(target.slice(9)) ?? target.slice(9)}`;
  if (target.startsWith("!")) return `@${label ?? target.slice(1)}`;
  return label === undefined ? target : `${label} (${target})`;
}

/** `!date^1700000000^{date_short_pretty} at {time}^https://link` */
function date(target: string, fallback: string | undefined, reader: Reader): string {
  const [, seconds, format] = target.split("^");
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime()) || format === undefined) return fallback ?? "";
  return dateText(at, format, reader);
}

/** The tokens of Slack's date formats; an unknown one stays as it is, as in Slack. */
export function dateText(at: Date, format: string, reader: Reader): string {
  return format.replace(/\{(\w+)\}/g, (token, name: string) =>
    Object.hasOwn(tokens, name) ? tokens[name]!(at, reader) : token,
  );
}

type Token = (at: Date, reader: Reader) => string;

const inWords =
  (options: Intl.DateTimeFormatOptions): Token =>
  (at, { locale, tz }) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: tz }).format(at);

const dateShort = inWords({ day: "numeric", month: "short", year: "numeric" });
const dateMiddle = inWords({ day: "numeric", month: "long", year: "numeric" });
const dateLong = inWords({ weekday: "long", day: "numeric", month: "long", year: "numeric" });

const tokens: Record<string, Token> = {
  date_num: (at, { tz }) => new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: tz }).format(at),
  date_slash: inWords({ day: "2-digit", month: "2-digit", year: "numeric" }),
  date: dateMiddle,
  date_short: dateShort,
  date_long: dateLong,
  date_pretty: pretty(dateMiddle),
  date_short_pretty: pretty(dateShort),
  date_long_pretty: pretty(dateLong),
  time: inWords({ timeStyle: "short" }),
  time_secs: inWords({ timeStyle: "medium" }),
  ago,
};

/** "yesterday", "today" and "tomorrow" where they fit. */
function pretty(otherwise: Token): Token {
  return (at, reader) => {
    const days = Math.round((dayOf(at, reader) - dayOf(reader.now, reader)) / 86_400_000);
    if (Math.abs(days) > 1) return otherwise(at, reader);
    return new Intl.RelativeTimeFormat(reader.locale, { numeric: "auto" }).format(days, "day");
  };
}

function dayOf(at: Date, { tz }: Reader): number {
  return Date.parse(new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeZone: tz }).format(at));
}

function ago(at: Date, { now, locale }: Reader): string {
  const seconds = Math.round((at.getTime() - now.getTime()) / 1000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(seconds) < 60) return relative.format(seconds, "second");
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86_400) return relative.format(Math.round(seconds / 3600), "hour");
  return relative.format(Math.round(seconds / 86_400), "day");
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function splitOnce(text: string, at: string): [string, string | undefined] {
  const index = text.indexOf(at);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
