import { between, later, MINUTE_MS } from "../durations.ts";
import type { Request, RequestIn } from "../request.ts";
import { become, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import { problemIn, valueIn } from "./troubled.ts";

/** A safety snapshot that nobody has decided about stays; its requester is asked so often. */
const MOST_QUESTIONS = 2;
const LOOK_AGAIN_MS = 5 * MINUTE_MS;
const GONE_MS = 10 * MINUTE_MS;

/** Its requester is still to be asked, at least once more. */
export const isFollowedUp = (request: Request): request is Request & { followUp: NonNullable<Request["followUp"]> } =>
  request.followUp !== undefined && request.followUp.asked < MOST_QUESTIONS;

/** Asks the requester of a safety snapshot what shall become of it, unless that has shown itself already. */
export function decideFollowUp(
  request: RequestIn<"done">,
  followUp: NonNullable<RequestIn<"done">["followUp"]>,
  seen: Seen,
  now: Date,
  settings: Settings,
): Step {
  const { followUp: _, ...over } = request;
  const { snapshot } = request.state;
  if (!snapshot || seen.fate?.deleted || seen.fate?.restoredAt) return become(over);
  if (now < followUp.due) return waitUntil(followUp.due);
  // A VM that stays away is gone, and its snapshots with it.
  if (problemIn(seen.snapshots)?.kind === "not_found" && between(followUp.due, now) >= GONE_MS) return become(over);
  const listed = valueIn(seen.snapshots);
  if (!listed) return wait(now, LOOK_AGAIN_MS);
  const there = listed.find(({ id }) => id === snapshot.id);
  if (!there) return become(over);
  const next = { due: later(now, settings.followUpMs), asked: followUp.asked + 1 };
  return become({ ...request, followUp: next }, { code: "follow_up", name: there.name });
}
