import { between, MINUTE_MS } from "../domain/durations.ts";
import type { Request } from "../domain/request.ts";
import { isOnlyAudit, type Line } from "../domain/story.ts";
import type { Notify } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { mention } from "../texts/format.ts";

type Code = Line["code"];

/** Written to the audit, but the card says it already, or the next line does. */
const UNTOLD: ReadonlySet<Code> = new Set<Code>([
  "asked",
  "choose",
  "snapshot_asked",
  "restore_asked",
  "delete_asked",
  "rename_asked",
]);

/** Somebody has to decide, or others have decided: whoever asked may ask again, or go another way. */
const DECISIONS: ReadonlySet<Code> = new Set<Code>(["stuck", "follow_up", "denied", "approval_expired"]);
/** These too, where they come so late that whoever asked has gone on to something else. */
const LATE_DECISIONS: ReadonlySet<Code> = new Set<Code>(["choose", "queued_full"]);
const FAILURES: ReadonlySet<Code> = new Set<Code>(["power_on_fails", "went_off_late", "failed"]);
const ENDS: ReadonlySet<Code> = new Set<Code>(["done", "cancelled", "expired"]);

/** A choice that comes up so long after the wish needs its requester back. */
const AWAY_MS = MINUTE_MS;

/** Whether such a line mentions its requester, who has chosen what they are mentioned about. */
export function isMentioned(code: Code, isLate: boolean, notify: Notify): boolean {
  if (FAILURES.has(code)) return true;
  if (ENDS.has(code)) return notify === "all";
  return notify !== "failures" && (DECISIONS.has(code) || (isLate && LATE_DECISIONS.has(code)));
}

/** One line of the card's thread, or undefined when there is nothing to tell. */
export function storyLine(
  line: Line,
  at: Date,
  request: Request,
  texts: Texts,
  notify: Notify = "decisions",
): string | undefined {
  if (isOnlyAudit(line)) return undefined;
  const isLate = between(request.requestedAt, at) >= AWAY_MS;
  if (UNTOLD.has(line.code) && !(isLate && LATE_DECISIONS.has(line.code))) return undefined;
  const words = texts.story(line);
  return isMentioned(line.code, isLate, notify) ? `${mention(request.requestedBy)} ${words}` : words;
}

/** The same line, whoever it mentions. */
export const withoutMention = (line: string): string => line.replace(/^<@\w+> /, "");
