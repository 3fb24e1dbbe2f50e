import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import type { Who } from "../domain/ids.ts";

/** Characters that hide or turn text around, and line breaks: nothing that a name or a reason needs. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** What somebody typed, or the cloud said, fit for a plain text: one line, no longer than `length` characters. */
export function plain(data: string, length = 150): string {
  const clean = data.replace(INVISIBLE, " ").replace(/ {2,}/g, " ").trim();
  const characters = [...clean];
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : clean;
}

/** The only three characters that Slack wants escaped; without them no mention and no link comes to life. */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Data inside mrkdwn, as code: neither formatting nor mentions nor links in it mean anything. */
export const code = (data: string, length = 100): string =>
  `\`${escapeMrkdwn(plain(data, length).replaceAll("`", "'")) || " "}\``;

/** Data inside the top-level text, which notifications and screen readers read: one line, escaped. */
export const said = (data: string, length = 150): string => escapeMrkdwn(plain(data, length));

/** A moment, drawn by Slack in the reader's own zone and language. */
export function moment(date: Date, format = "{date_short_pretty}, {time}"): string {
  const fallback = `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return `<!date^${Math.floor(date.getTime() / 1000)}^${format}|${fallback}>`;
}

export const timeOfDay = (date: Date): string => moment(date, "{time}");

/** Somebody, with a ping: only where they have to decide, or something failed. */
export const mention = (who: Who): string => `<@${who.id}>`;

/** Somebody by name, without a ping. Whose name has been erased is drawn by Slack, as they are called now. */
export const person = (who: Who): string =>
  who.name === "" ? mention(who) : said(who.name.replace(/[*_~`]/g, " "), 80) || who.id;

/** A duration in short, the same in both languages: `42 s`, `12 min`, `1 h 20 min`, `2 d 4 h`. */
export function short(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  if (ms < 10 * MINUTE_MS && Math.round(ms / SECOND_MS) % 60 !== 0) {
    return `${Math.floor(ms / MINUTE_MS)} min ${Math.round((ms % MINUTE_MS) / SECOND_MS) % 60} s`;
  }
  if (ms < 2 * HOUR_MS - MINUTE_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return withRest(Math.floor(ms / HOUR_MS), "h", Math.floor((ms % HOUR_MS) / MINUTE_MS), "min");
  return withRest(Math.floor(ms / DAY_MS), "d", Math.floor((ms % DAY_MS) / HOUR_MS), "h");
}

const withRest = (whole: number, unit: string, rest: number, restUnit: string): string =>
  rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${restUnit}`;

/** Gigabytes with at most one decimal, in the language's own notation. */
export const gigabytes = (gb: number, language: string): string =>
  `${new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(gb)} GB`;

/** With a full stop, unless it ends as a sentence already. */
export const sentence = (words: string): string => (/[.?…]$/.test(words) ? words : `${words}.`);
