import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { isOf, type Request, type RequestIn } from "../request.ts";
import { isListed } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, waitUntil } from "../step.ts";
import { asWished, factsOf } from "./queued.ts";
import { valueIn } from "./troubled.ts";

/** So soon the card shows what has changed of the VM; the longer nobody chooses, the less often it is looked at. */
const LOOK_MS = 5 * SECOND_MS;

/** Waits for a person; keeps what the card says true meanwhile, and asks no longer when nothing is left to choose. */
export function decideChoosing(request: RequestIn<"choosing">, seen: Seen, now: Date, settings: Settings): Step {
  const { since, expiresAt } = request.state;
  if (now >= expiresAt) return become(into(request, { status: "expired", at: now }), { code: "expired" });
  const power = valueIn(seen.power);
  if (isOf(request, "power") && power === "off" && !seen.ahead && !seen.watched) return asWished(request, power, now);
  const snapshots = valueIn(seen.snapshots);
  if (snapshots && isOf(request, "restore") && !isListed(request.wish.snapshot.id, snapshots))
    return leave(request, failed("snapshot_gone"), now);
  return (
    changedFacts(request, seen, now, settings) ??
    waitUntil(earlier(later(now, pauseMs(between(since, now))), expiresAt))
  );
}

/** What the card says of the VM is not so any more. */
export function changedFacts(request: Request, seen: Seen, now: Date, settings: Settings): Step | undefined {
  const snapshots = isOf(request, "power") ? [] : valueIn(seen.snapshots);
  if (!snapshots || valueIn(seen.power) === undefined) return undefined;
  const facts = factsOf(request, seen, snapshots, now, settings);
  const isChanged = facts.power !== request.facts?.power || facts.snapshotCount !== request.facts.snapshotCount;
  return isChanged ? become({ ...request, facts }) : undefined;
}

/** How long until the next look, for a card that has asked for so long. */
export const pauseMs = (askedMs: number): number => Math.min(5 * MINUTE_MS, Math.max(LOOK_MS, askedMs / 10));
