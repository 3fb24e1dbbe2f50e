import { between, earlier, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { isOf, type RequestIn } from "../request.ts";
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
  const isToBeOff = isOf(request, "power");
  if (isToBeOff && power === "off" && !seen.ahead) return asWished(request, power, now);
  const snapshots = isToBeOff ? [] : valueIn(seen.snapshots);
  if (snapshots && isOf(request, "restore") && !isListed(request.wish.snapshot.id, snapshots))
    return leave(request, failed("snapshot_gone"), now);
  if (power && snapshots) {
    const facts = factsOf(request, seen, snapshots, now, settings);
    const changed = facts.power !== request.facts?.power || facts.snapshotCount !== request.facts.snapshotCount;
    if (changed) return become({ ...request, facts });
  }
  const pauseMs = Math.min(5 * MINUTE_MS, Math.max(LOOK_MS, between(since, now) / 10));
  return waitUntil(earlier(later(now, pauseMs), expiresAt));
}
