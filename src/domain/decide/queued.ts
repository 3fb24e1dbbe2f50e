import type { Snapshot } from "../cloud.ts";
import { between, later, SECOND_MS } from "../durations.ts";
import { failed, leave } from "../endings.ts";
import { gap } from "../gap.ts";
import type { Facts, InStatus, Request, RequestIn } from "../request.ts";
import { cooldownUntil, expectedDuration, isBusy, isFull } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import type { Line } from "../story.ts";
import { valueIn } from "./troubled.ts";

type Why = InStatus<"queued">["why"];

/** Waits for its turn and for the cloud's rules; then a person chooses, or it begins when nothing is left to choose. */
export function decideQueued(request: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step {
  const { why, since } = request.state;
  if (seen.ahead) {
    const next: Why = { kind: "behind", ...seen.ahead };
    if (why.kind === "behind" && why.request === seen.ahead.request) return wait(now, 30 * SECOND_MS);
    return become(into(request, { status: "queued", since, why: next }), { code: "queued_behind", by: seen.ahead.by });
  }
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  if (isBusy(operations)) {
    if (why.kind === "busy") return wait(now, gap(between(since, now), false));
    return become(into(request, { status: "queued", since: now, why: { kind: "busy" } }), { code: "queued_busy" });
  }
  if (isFull(snapshots, settings.limits)) return leave(request, failed("quota"), now);
  const seenUntil = cooldownUntil(snapshots, operations, settings.limits, now);
  const toldUntil = why.kind === "cooldown" && why.until > now ? why.until : undefined;
  const until = seenUntil && toldUntil ? laterOf(seenUntil, toldUntil) : (seenUntil ?? toldUntil);
  if (until) {
    if (why.kind === "cooldown" && Number(why.until) === Number(until)) return waitUntil(until);
    const next: Why = { kind: "cooldown", until };
    return become(into(request, { status: "queued", since, why: next }), { code: "queued_cooldown", until });
  }
  return begin({ ...request, facts: factsOf(request, seen, snapshots, now, settings) }, now, settings);
}

/** The cloud may know of a start that it does not list: of a snapshot that was deleted, or an attempt that failed. */
const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);

function begin(request: Request, now: Date, settings: Settings): Step {
  const straightTo = (plan: Request["plan"], ...story: Line[]) =>
    become(into({ ...request, plan }, { status: "snapshotting", since: now }), ...story);
  if (request.facts?.power === "off") return straightTo("stays_off", { code: "was_off" });
  if (request.wish.how === "live") return straightTo("live", { code: "chose_live", by: request.requestedBy });
  const expiresAt = later(now, settings.choiceTimeoutMs);
  return become(into(request, { status: "choosing", since: now, expiresAt }), { code: "choose" });
}

/** What the card tells before anything is done. */
export function factsOf(
  request: Request,
  seen: Seen,
  snapshots: readonly Snapshot[],
  now: Date,
  settings: Settings,
): Facts {
  const expected = expectedDuration(seen.past ?? [], request.vm.diskGb, settings.limits);
  return {
    power: valueIn(seen.power) ?? "unknown",
    ...(request.vm.diskGb !== undefined && { diskGb: request.vm.diskGb }),
    snapshotCount: snapshots.length,
    ...(expected && { expected }),
    seenAt: now,
  };
}
