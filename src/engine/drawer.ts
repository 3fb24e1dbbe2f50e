import { setImmediate } from "node:timers/promises";
import { between, later, SECOND_MS } from "../domain/durations.ts";
import type { ChannelId, RequestId } from "../domain/ids.ts";
import { progressOf, workOf } from "../domain/progress.ts";
import { isOpen } from "../domain/request.ts";
import type { Stored, Untold } from "../ports/store.ts";
import { tickOf } from "../views/card.ts";
import { createBudget, createSpacing } from "./budget.ts";
import type { Easel } from "./easel.ts";
import { drawCard, tellThread } from "./paint.ts";

export interface Drawer {
  /** Something may have to be drawn. */
  nudge(): void;
  stop(): Promise<void>;
}

/** Slack allows 50 chat.update a minute and workspace; 38 on average with bursts of 10 stay below that in any minute. */
const UPDATES = { perMinute: 38, burst: 10 };
/** So many a new process may send at once when the one before it may have used up its minute. */
const AFTER_ANOTHER = 2;
/** Slack allows several hundred chat.postMessage a minute and workspace. */
const POSTS = { perMinute: 200, burst: 20 };
/** Slack allows one message a second and channel. */
const POST_GAP_MS = 1.1 * SECOND_MS;
/** What progress may not use up, so that decisions and ends are drawn at once. */
const RESERVE = 3;
const TICK_GAP_MS = 2 * SECOND_MS;
const IN_FLIGHT = 4;
/** Lines that come close together are told in one message. */
const GATHER_MS = 1.5 * SECOND_MS;

/** A card without a message waits so long for the first look at its VM, to appear in its right state at once. */
const FIRST_LOOK_MS = 2 * SECOND_MS;

/**
 * Brings cards and their threads up to date, within Slack's limits: what needs a decision or has ended first, then what is
 * shown most wrongly. Always the latest state; what came in between is skipped, an end never is. `isFollowing`: a
 * process before this one may have drawn within the last minute.
 */
export function createDrawer(easel: Easel, isFollowing: boolean): Drawer {
  const { clock, store, log } = easel;
  const updates = createBudget(
    UPDATES.perMinute,
    UPDATES.burst,
    isFollowing ? AFTER_ANOTHER : UPDATES.burst,
    clock.now(),
  );
  const posts = createBudget(POSTS.perMinute, POSTS.burst, POSTS.burst, clock.now());
  const channels = createSpacing(POST_GAP_MS);
  const inFlight = new Map<RequestId, Promise<void>>();
  const notBefore = new Map<RequestId, { at: Date; tries: number }>();
  /** Whose thread may have been told more than is noted, since an answer was lost. */
  const lostTellings = new Set<RequestId>();
  const ticks = new Map<RequestId, { tick: string; percent: number; at: Date }>();
  let isStopped = false;
  let isRunning = false;
  let running = Promise.resolve();
  let isNudged = false;
  let cancelTimer = () => {};

  function nudge(): void {
    isNudged = true;
    if (!isRunning && !isStopped) running = run();
  }

  async function run(): Promise<void> {
    isRunning = true;
    let againInMs: number | undefined;
    try {
      do {
        await setImmediate(); // whatever else happens in this turn is drawn in the same round: each reads all open requests
        isNudged = false;
        if (!isStopped) againInMs = await round();
      } while (isNudged && !isStopped);
    } catch (error) {
      log.error("the drawer could not read the database", { error: String(error) });
      againInMs = 5 * SECOND_MS;
    }
    isRunning = false;
    cancelTimer();
    if (againInMs !== undefined && !isStopped) cancelTimer = clock.after(againInMs, nudge);
  }

  /** Starts what can be drawn now; returns in how many milliseconds there may be more to do. */
  async function round(): Promise<number | undefined> {
    const now = clock.now();
    let soonest = Number.POSITIVE_INFINITY;
    const waits = (ms: number): boolean => {
      if (ms > 0) soonest = Math.min(soonest, Math.max(ms, 20));
      return ms > 0 || inFlight.size >= IN_FLIGHT;
    };

    const stale = (await store.stale()).filter(({ request }) => !inFlight.has(request.id)).sort(byUrgency);
    for (const stored of stale) {
      if (waits(restMs(stored, now)) || waits(waitMs(stored, now, 0))) continue;
      begin(stored, now);
    }

    for (const { stored } of await ticking(now)) {
      if (waits(waitMs(stored, now, RESERVE))) continue;
      begin(stored, now);
    }

    const postsWaiting = new Set(
      stale.filter((stored) => !stored.card.message).map((stored) => stored.request.channel),
    );
    for (const stored of await store.withUntold()) {
      const channel = stored.card.message!.channel;
      if (inFlight.has(stored.request.id) || postsWaiting.has(channel)) continue;
      if (waits(restMs(stored, now)) || waits(Math.max(posts.waitMs(now), channels.waitMs(channel, now)))) continue;
      const lines = await store.untold(stored.request.id);
      if (waits(GATHER_MS - between(lines[0]?.at ?? now, now))) continue;
      posts.take(now);
      start(stored, channel, () => tell(stored, lines));
    }
    return Number.isFinite(soonest) ? soonest : undefined;
  }

  async function tell(stored: Stored, lines: readonly Untold[]): Promise<void> {
    const { id } = stored.request;
    const isRetry = lostTellings.has(id);
    lostTellings.add(id);
    await tellThread(easel, stored, lines, isRetry);
    lostTellings.delete(id);
  }

  /** How long this one card has to be left alone: after a failure, or because its VM is just being looked at. */
  function restMs({ request, card }: Stored, now: Date): number {
    const isNew = !card.message && request.state.status === "queued" && request.state.why.kind === "new";
    const firstLook = isNew ? FIRST_LOOK_MS - between(request.requestedAt, now) : 0;
    return Math.max(firstLook, between(now, notBefore.get(request.id)?.at ?? now));
  }

  /** How long Slack's limits make this drawing wait. */
  function waitMs({ request, card }: Stored, now: Date, reserve: number): number {
    if (card.message) return updates.waitMs(now, reserve);
    return Math.max(posts.waitMs(now), channels.waitMs(card.posting?.channel ?? request.channel, now));
  }

  function begin(stored: Stored, now: Date): void {
    const { request, card } = stored;
    (card.message ? updates : posts).take(now);
    ticks.set(request.id, { tick: tickOf(request, now), percent: progressOf(request, now)?.percent ?? 0, at: now });
    const postsTo = card.message ? undefined : (card.posting?.channel ?? request.channel);
    start(stored, postsTo, () => drawCard(easel, stored));
  }

  function start({ request }: Stored, postsTo: ChannelId | undefined, drawing: () => Promise<void>): void {
    if (postsTo) channels.begin(postsTo);
    const end = drawing()
      .then(
        () => {
          notBefore.delete(request.id);
          if (!isOpen(request)) ticks.delete(request.id);
        },
        (error: unknown) => hold(request.id, postsTo === undefined, error),
      )
      .finally(() => {
        inFlight.delete(request.id);
        if (postsTo) channels.end(postsTo, clock.now());
        nudge();
      });
    inFlight.set(request.id, end);
  }

  /** Slack did not take it: this card rests, longer each time; a rate limit makes all of them rest. */
  function hold(id: RequestId, isUpdate: boolean, error: unknown): void {
    const now = clock.now();
    const retryAfterMs = easel.retryAfterMs(error);
    if (retryAfterMs !== undefined) (isUpdate ? updates : posts).blockUntil(later(now, retryAfterMs));
    const tries = (notBefore.get(id)?.tries ?? 0) + 1;
    const restMs = Math.max(retryAfterMs ?? 0, Math.min(30 * SECOND_MS, SECOND_MS * 2 ** (tries - 1)));
    notBefore.set(id, { at: later(now, restMs), tries });
    log.warn("Slack did not take a drawing", { request: id, tries, error: String(error) });
  }

  /** Running cards that show something else than they should by now, the most wrong ones first. */
  async function ticking(now: Date): Promise<{ stored: Stored; error: number }[]> {
    const open = await store.open();
    const due = open.flatMap((stored) => {
      const { request, card } = stored;
      if (!card.message || inFlight.has(request.id) || !workOf(request)) return [];
      const last = ticks.get(request.id);
      if (last && (last.tick === tickOf(request, now) || between(last.at, now) < TICK_GAP_MS)) return [];
      if (restMs(stored, now) > 0) return [];
      return [{ stored, error: Math.abs((progressOf(request, now)?.percent ?? 0) - (last?.percent ?? -1)) }];
    });
    return due.sort((a, b) => b.error - a.error);
  }

  const clockwork = () => {
    nudge();
    if (!isStopped) cancelClockwork = clock.after(SECOND_MS, clockwork);
  };
  let cancelClockwork = clock.after(SECOND_MS, clockwork);

  return {
    nudge,
    async stop() {
      isStopped = true;
      cancelTimer();
      cancelClockwork();
      await running; // it may be about to begin something
      await Promise.all(inFlight.values());
    },
  };
}

/** New cards, then decisions and ends, then the rest; the oldest first. */
function byUrgency(a: Stored, b: Stored): number {
  return urgency(a) - urgency(b) || Number(a.request.requestedAt) - Number(b.request.requestedAt);
}

function urgency({ request, card }: Stored): number {
  if (!card.message) return 0;
  const { status } = request.state;
  if (!isOpen(request) || status === "choosing" || status === "shutdown_stuck") return 1;
  if (status === "queued") return request.state.why.kind === "full" ? 1 : 2;
  return status === "powering_on" && request.state.loud ? 1 : 2;
}
