import { between, DAY_MS, HOUR_MS, later, SECOND_MS } from "../domain/durations.ts";
import { changedVms } from "../domain/home.ts";
import type { UserId } from "../domain/ids.ts";
import { workOf } from "../domain/progress.ts";
import { isOpen, type Request } from "../domain/request.ts";
import type { Rules } from "../policy/rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cloud } from "../ports/cloud.ts";
import type { Log } from "../ports/log.ts";
import type { Directory, Person, Place, Standings } from "../ports/slack.ts";
import type { Store, Stored } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { home } from "../views/home.ts";
import { createBudget } from "./budget.ts";
import { createCloudSights } from "./cloud-sights.ts";
import { dueInMs, rest, type Screen, unknownScreen } from "./home-screen.ts";
import { lookAround } from "./look-around.ts";
import { createRounds } from "./rounds.ts";

/** The App Homes of those who have opened theirs. */
export interface Homes {
  /** Somebody has done something at theirs: it is drawn at once. `isOpened`: also if it shows just that already. */
  draw(user: UserId, isOpened?: boolean): void;
  /** Something may have changed for everybody. */
  nudge(): void;
  stop(): Promise<void>;
}

export interface HomeDeps {
  clock: Clock;
  store: Store;
  cloud: Cloud;
  directory: Directory;
  log: Log;
  /** As they are configured now; who may act, and approve, decides which buttons there are. */
  rules: () => Rules;
  standings: Standings;
  publish: (user: UserId, view: object) => Promise<void>;
  linkTo: (place: Place) => string | undefined;
  /** How long Slack wants to be left alone after this error; undefined when it did not say so. */
  retryAfterMs: (error: unknown) => number | undefined;
}

/** Slack allows 100 views.publish a minute and workspace; 80 on average with bursts of 10 stay below that in any minute. */
const PUBLISHES = { perMinute: 80, burst: 10 };
/** A new process does not know what the one before it has used up. */
const FIRST = 3;
/** What changes of others may not use up, so that whoever opens theirs sees it at once. */
const RESERVE = 4;
const IN_FLIGHT = 4;
/** Whoever has not opened theirs for so long gets it drawn when they do. */
const FORGOTTEN_MS = 7 * DAY_MS;
/** After a start Homes are drawn one by one, so far apart. */
const SPREAD_MS = 2 * SECOND_MS;
/** Changes that come close together are drawn together. */
const GATHER_MS = 0.3 * SECOND_MS;
/** Among so many is every request that has come and ended since the last look. */
const ENDED = 50;
/** Who somebody is, is asked again when they open their Home; rights are asked at every press anyway. */
const PERSON_MS = HOUR_MS;

/**
 * Keeps them as they should be, within Slack's limits: whoever has just opened theirs first, then the others by when they
 * did. Only what differs from what was published last is published; a failure makes that one rest, never a card.
 */
export function createHomes(deps: HomeDeps): Homes {
  const { clock, store, log, rules, standings } = deps;
  const budget = createBudget(PUBLISHES.perMinute, PUBLISHES.burst, FIRST, clock.now());
  const cloud = createCloudSights(deps, nudge);
  const screens = new Map<UserId, Screen>();
  const people = new Map<UserId, { person: Person; at: Date }>();
  const inFlight = new Map<UserId, Promise<void>>();
  const startedAt = clock.now();
  let standing: readonly Request[] | undefined;
  let news = 0;
  let isStopped = false;
  const rounds = createRounds(clock, round, (error) =>
    log.error("Homes could not be read from the database", { error: String(error) }),
  );

  function nudge(): void {
    news += 1;
    rounds.beginIn(GATHER_MS);
  }

  /** Starts what can be drawn now; returns in how many milliseconds there is more to do. */
  async function round(): Promise<number | undefined> {
    const now = clock.now();
    const viewers = await store.homes(later(now, -FORGOTTEN_MS));
    if (viewers.length === 0) return undefined;
    const [open, recent] = await Promise.all([store.open(), store.recent(ENDED)]);
    noteChanges([...open, ...recent.filter(({ request }) => !isOpen(request))]);
    const isTicking = open.some(({ request }) => workOf(request) !== undefined);
    const due = viewers
      .map(({ user }, at) => ({ user, screen: screenOf(user, at) }))
      .sort((a, b) => Number(b.screen.isAwaited) - Number(a.screen.isAwaited));
    let soonest: number | undefined;
    for (const { user, screen } of due) {
      const ownMs = inFlight.has(user) ? undefined : dueInMs(screen, { news, isTicking }, now);
      if (ownMs === undefined) continue;
      const waitMs = Math.max(ownMs, budget.waitMs(now, screen.isAwaited ? 0 : RESERVE));
      if (waitMs > 0) soonest = Math.min(soonest ?? waitMs, Math.max(waitMs, 20));
      else if (inFlight.size < IN_FLIGHT) begin(user, screen, now);
    }
    return soonest;
  }

  /** What the cloud has said of a VM holds no longer when one of its requests has come, gone on or ended. */
  function noteChanges(stored: readonly Stored[]): void {
    const requests = stored.map(({ request }) => request);
    if (standing) for (const vm of changedVms(standing, requests)) cloud.outdate(vm);
    standing = requests;
  }

  function screenOf(user: UserId, at: number): Screen {
    const screen = screens.get(user) ?? unknownScreen(later(startedAt, at * SPREAD_MS));
    screens.set(user, screen);
    return screen;
  }

  function begin(user: UserId, screen: Screen, now: Date): void {
    const { isAwaited, againAt } = screen;
    Object.assign(screen, { news, isAwaited: false, againAt: undefined, lookedAt: now });
    const end = show(user, screen, isAwaited, againAt !== undefined)
      .catch((error: unknown) => hold(user, screen, isAwaited, error))
      .finally(() => {
        inFlight.delete(user);
        rounds.begin();
      });
    inFlight.set(user, end);
  }

  async function show(user: UserId, screen: Screen, isAwaited: boolean, hadGaps: boolean): Promise<void> {
    const person = await personOf(user, isAwaited);
    if (person.kind !== "member" && person.kind !== "guest") return;
    const choices = await store.preferences(user);
    const { sight, againInMs } = await lookAround(
      { clock, store, cloud, rules, standings },
      person,
      choices,
      isAwaited || hadGaps,
    );
    const tools = { limits: deps.cloud.limits, now: clock.now(), reader: user, linkTo: deps.linkTo };
    const view = home(sight, { ...tools, texts: textsIn(person.language) });
    const looks = JSON.stringify(view);
    if (looks !== screen.shows && !isStopped) {
      budget.take(clock.now());
      screen.shows = undefined;
      await deps.publish(user, view);
      Object.assign(screen, { shows: looks, publishedAt: clock.now() });
    }
    screen.tries = 0;
    if (againInMs !== undefined) screen.againAt = later(clock.now(), againInMs);
  }

  async function personOf(user: UserId, isAwaited: boolean): Promise<Person> {
    const now = clock.now();
    const known = people.get(user);
    if (known && !isAwaited && between(known.at, now) < PERSON_MS) return known.person;
    const person = await deps.directory.person(user);
    people.set(user, { person, at: now });
    return person;
  }

  /** It rests; a rate limit makes all of them rest. */
  function hold(user: UserId, screen: Screen, isAwaited: boolean, error: unknown): void {
    const now = clock.now();
    const retryAfterMs = deps.retryAfterMs(error);
    if (retryAfterMs !== undefined) budget.blockUntil(later(now, retryAfterMs));
    rest(screen, isAwaited, now);
    log.warn("a Home could not be drawn", { user, tries: screen.tries, error: String(error) });
  }

  return {
    draw(user, isOpened = false) {
      const screen = screenOf(user, 0);
      Object.assign(screen, { isAwaited: true, notBefore: undefined });
      if (isOpened) screen.shows = undefined;
      rounds.begin();
    },
    nudge,
    async stop() {
      isStopped = true;
      await rounds.stop(); // it may be about to begin something
      await Promise.all(inFlight.values());
    },
  };
}
