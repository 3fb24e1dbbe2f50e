import { later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import { ChannelId, isDirect, type UserId } from "../domain/ids.ts";
import type { ChannelNamed } from "../policy/channel.ts";
import type { Rules } from "../policy/rules.ts";
import type { PeopleNamed } from "../policy/who.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { type Channel, type Directory, type Place, SlackRefusal } from "../ports/slack.ts";
import type { Notice, Store, Stored } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { whatIn } from "../views/card-approval.ts";
import { createBudget } from "./budget.ts";
import { approversOf, yetToAsk } from "./herald-whom.ts";
import { createRounds } from "./rounds.ts";

/** Tells people what they have to know although they have not asked: who may approve, and where emergencies are heard. */
export interface Herald {
  /** There may be somebody to tell. */
  nudge(): void;
  stop(): Promise<void>;
}

export interface HeraldDeps {
  clock: Clock;
  store: Store;
  directory: Directory;
  log: Log;
  rules: () => Rules;
  /** Never throws; whom Slack does not tell is left out. */
  peopleNamed: (who: readonly PeopleNamed[]) => Promise<readonly UserId[]>;
  /** Undefined when there is none that Shutter can see. Throws when Slack does not tell. */
  channelNamed: (name: string) => Promise<Channel | undefined>;
  /** Writes into a channel, or to somebody for themselves. Throws like a `Messenger`. */
  say: (to: ChannelId | UserId, text: string) => Promise<void>;
  linkTo: (place: Place) => string | undefined;
  retryAfterMs: (error: unknown) => number | undefined;
}

/** Slack allows several hundred chat.postMessage a minute and workspace, most of which the cards may need. */
const POSTS = { perMinute: 100, burst: 10 };
/** A new process does not know what the one before it has used up. */
const FIRST = 3;
/** Changes that come close together are looked at together. */
const GATHER_MS = 0.3 * SECOND_MS;
/** A card is posted soon, and Slack signed in to. */
const SOON_MS = SECOND_MS;
/** Who may approve changes, and Slack may not have said it. */
const AGAIN_MS = 30 * SECOND_MS;
/** Somebody, or a channel, of whom Slack does not tell is asked for again after this. */
const REST_MS = MINUTE_MS;
/** When an answer was lost, the next ones may be lost too: nobody is told anything for so long. */
const LOST_MS = 5 * SECOND_MS;

/**
 * Approvers are told once, also across restarts: it is written down before it is sent. What Slack refuses is not sent again
 * unless it was only too much at once; what may have arrived is not either, since the card is there for all to see. Of an
 * emergency rather twice than never: it is written down when Slack has it, and sent again until then.
 */
export function createHerald(deps: HeraldDeps): Herald {
  const { clock, store, log } = deps;
  const posts = createBudget(POSTS.perMinute, POSTS.burst, FIRST, clock.now());
  const notBefore = new Map<string, Date>();
  let isStopped = false;
  const rounds = createRounds(clock, round, (error) =>
    log.error("the herald could not read the database", { error: String(error) }),
  );

  /** Tells as many as may be told now; returns in how many milliseconds there may be more to do. */
  async function round(): Promise<number | undefined> {
    const agains: number[] = [];
    for (const stored of await store.emergencies()) agains.push(...(await tellEmergency(stored)));
    for (const stored of await store.awaiting()) agains.push(...(await tellApprovers(stored)));
    return agains.length === 0 ? undefined : Math.min(...agains);
  }

  /** Empty when nothing is left to do, else in how many milliseconds it is. */
  async function tellApprovers({ request, card }: Stored): Promise<[] | [number]> {
    const { message } = card;
    const link = message && deps.linkTo(message);
    if (!link) return [SOON_MS];
    const isHidden = isDirect(message.channel);
    const { state, vm, wish, id } = request;
    if (state.status !== "awaiting_approval") return [];
    const [named, told] = await Promise.all([
      deps.peopleNamed(approversOf(state.terms)),
      store.noticed(id, state.since),
    ]);
    for (const user of yetToAsk({ ...request, state }, named, told)) {
      if (isResting(user)) continue;
      const waitMs = posts.waitMs(clock.now());
      if (waitMs > 0) return [waitMs];
      const person = await deps.directory.person(user).catch(() => undefined);
      if (person?.kind !== "member") rest(user);
      else {
        const { approval } = textsIn(person.language);
        const asks = approval.asks(state.wantedBy, whatIn(wish, state.what, approval));
        const where = isHidden ? approval.atHome : approval.onCard(link);
        const text = approval.message(vm.name, asks, wish.reason, state.expiresAt, where);
        const notice = { request: id, round: state.since, reader: user };
        await tell(notice, user, text);
      }
    }
    return [AGAIN_MS];
  }

  async function tellEmergency({ request, card }: Stored): Promise<[] | [number]> {
    const { emergency, vm, language, id } = request;
    const place = deps.rules().breakGlass?.tell;
    if (!emergency || !place) return [];
    if (isResting(place.text)) return [AGAIN_MS];
    const waitMs = posts.waitMs(clock.now());
    if (waitMs > 0) return [waitMs];
    const to = await channelOf(place);
    if (!to) {
      rest(place.text);
      log.error("nobody could be told of an emergency: Slack shows no such channel", {
        request: id,
        channel: place.text,
      });
      return [REST_MS];
    }
    const link = card.message && !isDirect(card.message.channel) ? deps.linkTo(card.message) : undefined;
    const text = textsIn(language).approval.told(vm.name, emergency.by, emergency.reason, link);
    const now = clock.now();
    if (isStopped) return [];
    posts.take(now);
    try {
      await deps.say(to, text);
      await store.notice({ request: id, round: emergency.at, reader: "" }, now);
      return [];
    } catch (error) {
      log.error("an emergency has not been told, as far as is known", { request: id, error: String(error) });
      const retryAfterMs = deps.retryAfterMs(error);
      if (retryAfterMs === undefined) rest(place.text);
      else posts.blockUntil(later(clock.now(), retryAfterMs));
      return [retryAfterMs ?? REST_MS];
    }
  }

  async function channelOf(place: ChannelNamed): Promise<ChannelId | undefined> {
    if (place.kind === "id") return ChannelId.parse(place.id);
    if (place.kind === "direct") return undefined; // the policy takes none here
    const found = await deps.channelNamed(place.name).catch((error: unknown) => {
      log.warn("Slack did not say which channel that is", { channel: place.text, error: String(error) });
    });
    return found?.id;
  }

  async function tell(notice: Notice, to: ChannelId | UserId, text: string): Promise<void> {
    const now = clock.now();
    if (isStopped || !(await store.notice(notice, now))) return;
    posts.take(now);
    try {
      await deps.say(to, text);
    } catch (error) {
      await hold(notice, error);
    }
  }

  async function hold(notice: Notice, error: unknown): Promise<void> {
    const { request, reader } = notice;
    const values = { request, reader, error: String(error) };
    const retryAfterMs = deps.retryAfterMs(error);
    if (retryAfterMs !== undefined) {
      log.warn("Slack wants to be left alone before somebody is told", values);
      await store.forgetNotice(notice);
    } else log.warn("somebody may not have been told that their approval is asked for", values);
    const restMs = retryAfterMs ?? (error instanceof SlackRefusal ? 0 : LOST_MS);
    posts.blockUntil(later(clock.now(), restMs));
  }

  const isResting = (whom: string): boolean => (notBefore.get(whom) ?? clock.now()) > clock.now();
  const rest = (whom: string): void => void notBefore.set(whom, later(clock.now(), REST_MS));

  return {
    nudge: () => rounds.beginIn(GATHER_MS),
    async stop() {
      isStopped = true;
      await rounds.stop();
    },
  };
}
