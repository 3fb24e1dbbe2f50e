import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../clock.ts";
import { type AdjustableClock, adjustableClock, paceFrom } from "./adjustable-clock.ts";
import { type BotProcess, startBotProcess } from "./bot-process.ts";
import { type DemoCloud, startDemoCloud } from "./cloud.ts";
import type { ShownPerson } from "./page/state.ts";
import type { Interceptor } from "./server.ts";
import { type DemoSlack, startDemoSlack } from "./slack.ts";

export const ANNA = "U0ANNA";
export const BORIS = "U0BORIS";
export const CLARA = "U0CLARA";
export const OPS = "C0OPS";
export const DEPLOYS = "C0DEPLOYS";

/** Who can be tried out. */
export const PEOPLE: readonly ShownPerson[] = [
  { id: ANNA, name: "Anna", role: "requester, German", locale: "de-DE", tz: "Europe/Berlin" },
  { id: BORIS, name: "Boris", role: "approver, English", locale: "en-GB", tz: "Europe/London" },
  { id: CLARA, name: "Clara", role: "guest, English", locale: "en-US", tz: "America/New_York" },
];

/** Nothing of it concerns any VM but one: to be tried out beside those for which everybody may do everything. */
const SHUTTER_YML = `
policy:
  - when: { vm: "tag:critical", how: offline }
    allow: everyone
    approval: { by: [group:sre], remind: 30m }
  - when: { vm: "tag:critical", action: [restore, delete, shutdown, power_off] }
    allow: everyone
    approval: { by: [group:sre], remind: 30m, reason: required }
  - otherwise: { allow: everyone }
break_glass: { by: [${ANNA}], tell: "#ops" }
`;

const SRE = { id: "S0SRE", handle: "sre", users: [BORIS] };

const CHANNELS = [
  { id: OPS, name: "ops", members: [ANNA, BORIS, CLARA], botIsMember: true },
  { id: DEPLOYS, name: "deploys", members: [ANNA, BORIS], botIsMember: false },
];

/** A demo workspace and a demo cloud with the real bot, as a process of its own, between them. */
export interface Stage {
  readonly clock: AdjustableClock;
  readonly slack: DemoSlack;
  readonly cloud: DemoCloud;
  readonly bot: "up" | "down" | "starting";
  /** The bot is up for the first time. */
  readonly ready: Promise<void>;
  /** `kill -9`; it is started again after 3 seconds. */
  killBot(): Promise<void>;
  /** How many times as fast as real time, for all three. */
  setSpeed(factor: number): void;
  readonly isCloudSlow: boolean;
  readonly isSlackDown: boolean;
  readonly isSlackLimiting: boolean;
  /** Every answer of the cloud takes so many milliseconds; 0 is the usual. */
  makeCloudSlow(ms: number): void;
  takeSlackDown(isDown: boolean): void;
  /** Slack answers every drawing with "too many, come back in 5 s". */
  limitSlack(isLimiting: boolean): void;
  isMember(user: string, channel: string): boolean;
  /** Where somebody and the bot write to each other. */
  directChannel(user: string): string;
  /** The bot went up or down. */
  onBot(listener: () => void): () => void;
  close(): Promise<void>;
}

const BOT_ENTRY = fileURLToPath(new URL("bot.ts", import.meta.url));

/** So long a killed bot stays away, in real time. */
const AWAY_MS = 3000;

const timing = { shutdownMs: 4000, snapshotMs: 20_000, bootMs: 4000, restoreMs: 15_000 };

const limited: Interceptor = ({ path }) =>
  path.startsWith("/api/chat.")
    ? {
        kind: "answer",
        applied: false,
        reply: { status: 429, headers: { "retry-after": "5" }, body: { ok: false, error: "ratelimited" } },
      }
    : undefined;

/** Does not wait for the bot, which comes up meanwhile. Without one, `slack.requestUrl` is for whoever stands in for it. */
export async function openStage({ withBot = true } = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "shutter-demo-"));
  const clock = adjustableClock({ factor: 1, since: Date.now(), at: Date.now() });
  const cloud = await startDemoCloud({
    clock,
    vms: [
      { name: "web-01", diskGb: 40, snapshots: 2, tags: ["prod"], timing },
      { name: "web-02", diskGb: 40, tags: ["prod"], timing },
      { name: "db-01", diskGb: 160, snapshots: 9, tags: ["prod"], timing: { ...timing, snapshotMs: 60_000 } },
      { name: "mail-01", diskGb: 80, snapshots: 10, timing },
      { name: "build-01", diskGb: 20, power: "Stopped", timing },
      { name: "shop-01", diskGb: 60, snapshots: 3, tags: ["critical"], timing },
    ],
  });
  const slack = await startDemoSlack({
    clock,
    triggerClock: systemClock(),
    signingSecret: "only-for-the-demo",
    users: PEOPLE.map(({ id, name, locale, tz }) => ({ id, name, locale, tz, guest: id === CLARA })),
    channels: CHANNELS,
    groups: [SRE],
  });
  writeFileSync(join(folder, "shutter.yml"), SHUTTER_YML);
  const listeners = new Set<() => void>();
  const isNow = { slow: false, down: false, limiting: false };
  let bot: Stage["bot"] = "starting";
  let process_: BotProcess | undefined;
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  function become(state: Stage["bot"]): void {
    bot = state;
    for (const listener of listeners) listener();
  }

  async function start(): Promise<void> {
    become("starting");
    const pace = JSON.stringify(clock.pace);
    process_ = await startBotProcess({ slack, cloud, folder, entry: [BOT_ENTRY, pace], withChannel: true });
    process_.child.once("exit", () => {
      if (isClosed) return;
      become("down");
      startAgain();
    });
    process_.child.send(clock.pace); // it may have changed meanwhile
    become("up");
  }

  function startAgain(): void {
    again = setTimeout(() => {
      starting = start().catch(() => {
        become("down");
        if (!isClosed) startAgain();
      });
    }, AWAY_MS);
  }

  const ready = withBot ? start() : Promise.resolve(become("up"));
  ready.catch(() => become("down"));
  let starting = ready;
  return {
    clock,
    slack,
    cloud,
    ready,
    get bot() {
      return bot;
    },
    async killBot() {
      await process_?.stop("SIGKILL");
    },
    setSpeed(factor) {
      const pace = paceFrom(clock, factor);
      clock.setPace(pace);
      if (process_?.child.connected) process_.child.send(pace);
    },
    get isCloudSlow() {
      return isNow.slow;
    },
    get isSlackDown() {
      return isNow.down;
    },
    get isSlackLimiting() {
      return isNow.limiting;
    },
    makeCloudSlow(ms) {
      isNow.slow = ms > 0;
      cloud.slow(ms);
    },
    takeSlackDown(isDown) {
      isNow.down = isDown;
      slack.outage(isDown);
    },
    limitSlack(isLimiting) {
      isNow.limiting = isLimiting;
      slack.server.intercept(isLimiting ? limited : undefined);
    },
    isMember: (user, channel) => CHANNELS.some(({ id, members }) => id === channel && members.includes(user)),
    directChannel: (user) => slack.directChannel(user),
    onBot(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isClosed = true;
      clearTimeout(again);
      await starting.catch(() => {}); // whoever waits for `ready` has been told
      await process_?.stop();
      await Promise.all([cloud.close(), slack.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
