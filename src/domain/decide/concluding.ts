import { between, later, MINUTE_MS } from "../durations.ts";
import { gap } from "../gap.ts";
import { isOf, type Request } from "../request.ts";
import { withMakers } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, wait } from "../step.ts";
import type { Line } from "../story.ts";
import { problemIn, valueIn } from "./troubled.ts";

/** So long a finished snapshot may be missing from the cloud's list. */
const LISTED_LATE_MS = MINUTE_MS;

/** So long the end waits for a list that the cloud does not give at all. */
const UNLISTED_MS = 10 * MINUTE_MS;

/** The goal is reached and nothing is owed: the end with its list, as soon as the cloud lists what was made. */
export function conclude(request: Request, seen: Seen, now: Date, settings: Settings, ...story: Line[]): Step {
  const { wish } = request;
  const listed = valueIn(seen.snapshots) ?? [];
  const name = madeBy(request);
  const snapshot = name === undefined ? undefined : listed.find((candidate) => candidate.name === name);
  const waited = between(request.times.restoreEnded ?? request.times.snapshotEnded ?? now, now);
  const patience = seen.snapshots?.ok ? LISTED_LATE_MS : UNLISTED_MS;
  const isMissing = name !== undefined ? !snapshot : seen.snapshots !== undefined && !seen.snapshots.ok;
  if (isMissing && waited < patience) {
    return wait(now, Math.max(gap(waited, false), problemIn(seen.snapshots)?.retryAfterMs ?? 0));
  }
  const makers = new Map(seen.makers);
  if (snapshot) makers.set(snapshot.id, { by: request.requestedBy, reason: wish.reason });
  const { trouble: _, ...calm } = request;
  const power = valueIn(seen.power);
  const done = {
    status: "done",
    at: now,
    ...(snapshot && { snapshot }),
    snapshots: withMakers(listed, makers),
    ...(power && { power }),
  } as const;
  const isSafety = isOf(request, "create") && request.wish.safety && snapshot;
  const followUp = isSafety && { followUp: { due: later(now, settings.followUpMs), asked: 0 } };
  return become(into({ ...calm, ...followUp }, done), ...story, { code: "done" });
}

/** The name of the snapshot that this request has taken, if it was to take one. */
function madeBy({ wish, times }: Request): string | undefined {
  if (wish.kind === "create") return wish.name;
  return wish.kind === "restore" && wish.safety && times.snapshotEnded ? wish.name : undefined;
}
