import type { Power, Snapshot } from "../cloud.ts";
import { between, DAY_MS, later, MINUTE_MS, SECOND_MS } from "../durations.ts";
import { failed, leave, payThen } from "../endings.ts";
import { gap } from "../gap.ts";
import { type Facts, type InStatus, isOf, type Request, type RequestIn, type WishOf } from "../request.ts";
import { cooldownUntil, expectedDuration, expectedRestore, isBusy, isFull, isListed, withMakers } from "../rules.ts";
import { become, into, type Seen, type Settings, type Step, wait, waitUntil } from "../step.ts";
import type { Line } from "../story.ts";
import { afterLateOff, afterOff } from "./after-off.ts";
import { decideRename } from "./renaming.ts";
import { valueIn } from "./troubled.ts";
import { watchFrom } from "./watching.ts";

type Why = InStatus<"queued">["why"];

/** Waits for its turn and for the cloud's rules; then a person chooses, or it begins when nothing is left to choose. */
export function decideQueued(request: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step {
  const { why, since } = request.state;
  const { wish } = request;
  if (seen.ahead) {
    const next: Why = { kind: "behind", ...seen.ahead };
    if (why.kind === "behind" && why.request === seen.ahead.request) return wait(now, 30 * SECOND_MS);
    return become(into(request, { status: "queued", since, why: next }), { code: "queued_behind", by: seen.ahead.by });
  }
  if (wish.kind === "rename") return decideRename(request, seen, now, settings);
  if (request.watch && now < request.watch.until && valueIn(seen.power) === "off") return payLate(request, now);
  if (isBusy(valueIn(seen.operations) ?? []) || isComingOn(request, seen, now)) {
    if (why.kind === "busy") return wait(now, gap(between(since, now), false));
    return become(into(request, { status: "queued", since: now, why: { kind: "busy" } }), { code: "queued_busy" });
  }
  switch (wish.kind) {
    case "create":
      return waitForRoom(request, seen, now, settings) ?? begin(request, seen, now, settings);
    case "restore":
      if (!isListed(wish.snapshot.id, valueIn(seen.snapshots) ?? []))
        return leave(request, failed("snapshot_gone"), now);
      return (
        (wish.safety && !request.times.snapshotEnded ? waitForRoom(request, seen, now, settings) : undefined) ??
        beginRestore(request, seen, now, settings)
      );
    case "delete":
      return become(into(request, { status: "deleting", since: now, gone: [], kept: [] }));
    case "power":
      return beginPower(request, wish, seen, now, settings);
  }
}

/** A guest has obeyed late, and the watch over its VM is about to switch it on; for so long that is waited for. */
const COMING_ON_MS = MINUTE_MS;

const isLateOff = (seen: Seen): boolean => seen.watched === true && valueIn(seen.power) === "off";

const isComingOn = ({ wish, state: { why, since } }: RequestIn<"queued">, seen: Seen, now: Date): boolean =>
  wish.kind !== "power" && isLateOff(seen) && !(why.kind === "busy" && between(since, now) >= COMING_ON_MS);

/** A guest that was asked in vain has obeyed after all, while the request waits to begin anew: the VM comes on first. */
function payLate({ watch: _, ...request }: RequestIn<"queued">, now: Date): Step {
  const { why } = request.state;
  const until = why.kind === "cooldown" ? why.until : now;
  const owing = { ...request, debt: { since: now, graceUntil: now } };
  return payThen(owing, { status: "queued", until }, now, { code: "went_off_late" });
}

const withFacts = (request: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Request => ({
  ...request,
  facts: factsOf(request, seen, valueIn(seen.snapshots) ?? [], now, settings),
});

/** Where another snapshot would be the eleventh, or come too soon, it waits, and goes on by itself. */
function waitForRoom(request: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step | undefined {
  const { why, since } = request.state;
  const operations = valueIn(seen.operations) ?? [];
  const snapshots = valueIn(seen.snapshots) ?? [];
  if (isFull(snapshots, settings.limits)) return waitForOneLess(request, snapshots, seen, now);
  const seenUntil = cooldownUntil(snapshots, operations, settings.limits, now);
  const toldUntil = why.kind === "cooldown" && why.until > now ? why.until : undefined;
  const until = seenUntil && toldUntil ? laterOf(seenUntil, toldUntil) : (seenUntil ?? toldUntil);
  if (!until) return undefined;
  if (why.kind === "cooldown" && Number(why.until) === Number(until)) return waitUntil(until);
  const next: Why = { kind: "cooldown", until };
  return become(into(request, { status: "queued", since, why: next }), { code: "queued_cooldown", until });
}

/** The card shows what could be deleted; somebody who deletes elsewhere is noticed too. */
function waitForOneLess(request: RequestIn<"queued">, snapshots: readonly Snapshot[], seen: Seen, now: Date): Step {
  const { why, since } = request.state;
  const oldestFirst = withMakers(snapshots, seen.makers ?? new Map()).reverse();
  const isShown =
    why.kind === "full" &&
    why.snapshots.length === oldestFirst.length &&
    why.snapshots.every(({ id, name }, at) => id === oldestFirst[at]?.id && name === oldestFirst[at].name);
  if (isShown) {
    if (between(since, now) >= ROOM_MS)
      return become(into(request, { status: "expired", at: now }), { code: "expired" });
    return wait(now, Math.min(MINUTE_MS, gap(between(since, now), false)));
  }
  const isNew = why.kind !== "full";
  const next = into(request, {
    status: "queued",
    since: isNew ? now : since,
    why: { kind: "full", snapshots: oldestFirst },
  });
  return become(next, ...(isNew ? [{ code: "queued_full" } as const] : []));
}

/** So long a request waits for somebody to make room. */
const ROOM_MS = DAY_MS;

/** The cloud may know of a start that it does not list: of a snapshot that was deleted, or an attempt that failed. */
const laterOf = (a: Date, b: Date): Date => (a > b ? a : b);

/** A yes to what cannot be undone is good for so long; after it a person is asked anew. */
const YES_MS = 10 * MINUTE_MS;

const isConfirmed = (confirmedAt: Date | undefined, now: Date): boolean =>
  confirmedAt !== undefined && between(confirmedAt, now) < YES_MS;

/** Asks for a yes (once more) on the card. */
export function askToChoose(request: Request, now: Date, settings: Settings, ...story: Line[]): Step {
  const expiresAt = later(now, settings.choiceTimeoutMs);
  const asking = into(request, { status: "choosing", since: now, expiresAt });
  return become(asking, ...story, { code: "choose" });
}

const shutDown = (request: Request, mode: "graceful" | "hard", now: Date, settings: Settings): Step =>
  become(
    into(request, {
      status: "shutting_down",
      since: now,
      by: request.requestedBy,
      mode,
      asked: "no",
      until: later(now, settings.shutdownTimeoutMs),
    }),
  );

function beginRestore(queued: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step {
  const request = withFacts(queued, seen, now, settings);
  const { wish } = request;
  if (wish.kind !== "restore" || !isConfirmed(wish.confirmedAt, now)) return askToChoose(request, now, settings);
  if (isLateOff(seen)) return afterLateOff(request, now);
  return request.facts?.power === "off" ? afterOff(request, now) : shutDown(request, "graceful", now, settings);
}

/** A VM that is as it was wished is left alone; to switch on needs no yes, and owes the VM its power like everything else. */
function beginPower(
  request: RequestIn<"queued">,
  { to, confirmedAt }: WishOf<"power">,
  seen: Seen,
  now: Date,
  settings: Settings,
): Step {
  const power = valueIn(seen.power);
  const isAboutToComeOn = to !== "on" && isLateOff(seen);
  if (power === (to === "on" ? "running" : "off") && !isAboutToComeOn)
    return asWished(to === "on" && seen.mayStillObey ? { ...request, watch: watchFrom(now) } : request, power, now);
  if (to === "on") {
    const owing = { ...request, debt: { since: now, graceUntil: now } };
    return payThen(owing, { status: "done" }, now);
  }
  const known: Request = withFacts(request, seen, now, settings);
  if (!isConfirmed(confirmedAt, now)) return askToChoose(known, now, settings);
  return shutDown(known, to === "off" ? "graceful" : "hard", now, settings);
}

/** Nothing is left to do: the VM is as somebody wants it. */
export function asWished({ trouble: _, ...calm }: Request, power: Power, now: Date): Step {
  const done = into(calm, { status: "done", at: now, snapshots: [], power });
  return become(done, { code: "power_as_wished" }, { code: "done" });
}

function begin(queued: RequestIn<"queued">, seen: Seen, now: Date, settings: Settings): Step {
  const request = withFacts(queued, seen, now, settings);
  if (isLateOff(seen)) return afterLateOff(request, now);
  const straightTo = (plan: Request["plan"], ...story: Line[]) =>
    become(into({ ...request, plan }, { status: "snapshotting", since: now }), ...story);
  if (request.facts?.power === "off") return straightTo("stays_off", { code: "was_off" });
  if (isOf(request, "create") && request.wish.how === "live")
    return straightTo("live", { code: "chose_live", by: request.requestedBy });
  return askToChoose(request, now, settings);
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
  const restore = isOf(request, "restore")
    ? expectedRestore(request.wish.snapshot, request.vm.diskGb, settings.limits)
    : undefined;
  return {
    power: valueIn(seen.power) ?? "unknown",
    ...(request.vm.diskGb !== undefined && { diskGb: request.vm.diskGb }),
    snapshotCount: snapshots.length,
    ...(expected && { expected }),
    ...(restore && { restore }),
    seenAt: now,
  };
}
