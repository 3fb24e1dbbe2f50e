import { between, MINUTE_MS } from "../domain/durations.ts";
import type { Request } from "../domain/request.ts";
import type { Line } from "../domain/story.ts";
import type { Texts } from "../texts/en.ts";
import { mention } from "../texts/format.ts";

/** Written to the audit, but the card says it already. */
const UNTOLD: ReadonlySet<Line["code"]> = new Set<Line["code"]>(["asked", "choose", "snapshot_asked"]);

/** Somebody has to decide or look; they are mentioned. */
const CALLS: ReadonlySet<Line["code"]> = new Set<Line["code"]>(["stuck", "power_on_fails", "went_off_late", "failed"]);

/** A choice that comes up so long after the wish needs its requester back. */
const AWAY_MS = MINUTE_MS;

/** One line of the card's thread, or undefined when there is nothing to tell. */
export function storyLine(line: Line, at: Date, request: Request, texts: Texts): string | undefined {
  const isLateChoice = line.code === "choose" && between(request.requestedAt, at) >= AWAY_MS;
  if (UNTOLD.has(line.code) && !isLateChoice) return undefined;
  const words = texts.story(line);
  return CALLS.has(line.code) || isLateChoice ? `${mention(request.requestedBy)} ${words}` : words;
}
