import { DAY_MS, HOUR_MS, MINUTE_MS } from "../domain/durations.ts";
import { ChannelId } from "../domain/ids.ts";
import type { Line } from "../domain/story.ts";
import type { ChannelNamed } from "../policy/channel.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Channel } from "../ports/slack.ts";
import type { AuditHead, Store } from "../ports/store.ts";
import type { Texts } from "../texts/en.ts";
import { createRounds } from "./rounds.ts";

/** Posts the audit's newest hash once a day where whoever can change the database cannot change it. */
export interface Anchors {
  start(): void;
  stop(): Promise<void>;
}

export interface AnchorDeps {
  clock: Clock;
  store: Pick<Store, "auditHead" | "anchored" | "check" | "note">;
  log: Log;
  /** Undefined when nothing is to be posted. */
  place: ChannelNamed | undefined;
  /** Undefined when there is none that Shutter can see. Throws when Slack does not tell. */
  channelNamed: (name: string) => Promise<Channel | undefined>;
  /** Throws when Slack did not take it. */
  say: (to: ChannelId, text: string) => Promise<void>;
  texts: Texts;
}

/** Cards come first after a start. */
const START_MS = MINUTE_MS;
/** After Slack did not take it, or showed no such channel. */
const AGAIN_MS = 10 * MINUTE_MS;

/**
 * The day, in UTC, is read off the audit itself, so that a restart posts nothing twice; a day without a new row has no
 * anchor. When it is not known whether Slack took it, it is posted once more: an anchor too many does no harm.
 */
export function createAnchors({ clock, store, log, place, channelNamed, say, texts }: AnchorDeps): Anchors {
  const rounds = createRounds(clock, round, (error) =>
    log.error("the audit could not be read", { error: String(error) }),
  );

  async function round(): Promise<number> {
    const now = clock.now();
    const [head, last] = [await store.auditHead(), await store.anchored()];
    const isDue = head !== undefined && head.id !== last?.id && !(last && dayOf(last.at) === dayOf(now));
    if (!isDue) return Math.min(HOUR_MS, DAY_MS - (now.getTime() % DAY_MS));
    await store.check(); // writes durably, and with it all rows before: what is posted cannot be lost any more
    const line = await post(head).catch((error: unknown) => {
      log.error("the audit could not be anchored", { channel: place?.text, error: String(error) });
    });
    if (line) await store.note(clock.now(), line, {});
    return line ? HOUR_MS : AGAIN_MS;
  }

  async function post({ id, hash }: AuditHead): Promise<Line> {
    const channel = place && (await channelOf(place));
    if (!channel) throw new Error("Slack shows no such channel");
    const line: Line = { code: "anchored", head: id, hash, channel };
    await say(channel, texts.story(line));
    return line;
  }

  async function channelOf(named: ChannelNamed): Promise<ChannelId | undefined> {
    if (named.kind === "id") return ChannelId.parse(named.id);
    return named.kind === "name" ? (await channelNamed(named.name))?.id : undefined;
  }

  return {
    start() {
      if (place) rounds.beginIn(START_MS);
    },
    stop: () => rounds.stop(),
  };
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
