import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { type Bot, startBot } from "../src/bot.ts";
import { systemClock } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";
import { type DemoCloud, type DemoCloudOptions, startDemoCloud } from "../src/demo/cloud.ts";
import { type DemoSlack, type Message, startDemoSlack } from "../src/demo/slack.ts";
import type { Clock } from "../src/ports/clock.ts";
import type { Log } from "../src/ports/log.ts";
import { openSqlite } from "../src/store/sqlite.ts";

/**
 * The real bot in this process, between a demo Slack and a demo cloud, over real HTTP and on a real database file. Time
 * runs `SPEED` times as fast for all three; nothing sleeps, everything waits for what it is about.
 */
export const SPEED = 25;

/** The scopes of manifest.yml; the demo Slack refuses whatever needs another one. */
export const SCOPES: string[] = parse(readFileSync(new URL("../manifest.yml", import.meta.url), "utf8")).oauth_config
  .scopes.bot;

export const ANNA = "UANNA";
export const BORIS = "UBORIS";
export const CLARA = "UCLARA";
export const OPS = "COPS";

export interface RigOptions {
  vms: DemoCloudOptions["vms"];
  cloud?: Partial<DemoCloudOptions>;
  slack?: Partial<Parameters<typeof startDemoSlack>[0]>;
  env?: Record<string, string>;
  /** What stands in `shutter.yml`. */
  yaml?: string;
  speed?: number;
}

export interface Rig {
  clock: Clock;
  cloud: DemoCloud;
  slack: DemoSlack;
  bot: Bot;
  logs: { level: string; message: string; values: unknown }[];
  /** Where the bot's database is. */
  database: string;
  /** The one card, or the newest of a VM. */
  card(vm?: string): Message;
  /** Waits until the card of a VM shows a status, and returns it. */
  shows(status: string, vm?: string): Promise<Message>;
  /** Waits until the cloud or Slack has changed or been called, or the bot has logged, so that there is something. */
  until<T>(look: () => T | undefined | false, what: string): Promise<T>;
  /** Waits until somebody has had so many private answers, and returns the last one's text. */
  told(user: string, count?: number): Promise<string>;
  /** The card's thread, line by line. */
  thread(card: Message): string[];
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const statusOf = (message: Message | undefined): unknown => message?.metadata?.event_payload.status;

export async function startRig(options: RigOptions): Promise<Rig> {
  const clock = systemClock(options.speed ?? SPEED);
  const folder = mkdtempSync(join(tmpdir(), "shutter-"));
  const cloud = await startDemoCloud({ clock, ...options.cloud, vms: options.vms });
  const slack = await startDemoSlack({
    clock,
    triggerClock: systemClock(),
    signingSecret: "signing-secret-of-the-tests",
    scopes: SCOPES,
    users: [
      { id: ANNA, name: "anna", realName: "Anna", locale: "de-DE" },
      { id: BORIS, name: "boris", realName: "Boris", locale: "en-US" },
      { id: CLARA, name: "clara", realName: "Clara", locale: "en-GB", guest: true },
    ],
    channels: [{ id: OPS, name: "ops", members: [ANNA, BORIS, CLARA], botIsMember: true }],
    ...options.slack,
  });
  const logs: Rig["logs"] = [];
  const logListeners = new Set<() => void>();
  const yaml = join(folder, "shutter.yml");
  if (options.yaml) writeFileSync(yaml, options.yaml);
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    HOST: "127.0.0.1",
    PORT: "0",
    DATABASE_URL: `sqlite:${join(folder, "shutter.db")}`,
    CCLOUD_API_URL: cloud.url,
    CCLOUD_CLIENT_ID: cloud.clientId,
    CCLOUD_CLIENT_SECRET: cloud.clientSecret,
    ...(options.yaml && { SHUTTER_CONFIG: yaml }),
    ...options.env,
  });

  async function start(): Promise<Bot> {
    const bot = await startBot(config, openSqlite(config.DATABASE_URL.sqlite), clock, logInto(logs, logListeners));
    slack.requestUrl = `http://127.0.0.1:${bot.port}/slack/events`;
    return bot;
  }

  const find = (vm?: string) =>
    slack.cards().findLast((card) => vm === undefined || card.metadata?.event_payload.vm === vm);
  const rig: Rig = {
    clock,
    cloud,
    slack,
    logs,
    database: config.DATABASE_URL.sqlite,
    bot: await start(),
    card(vm) {
      const card = find(vm);
      if (!card) throw new Error(`There is no card${vm ? ` for ${vm}` : ""}`);
      return card;
    },
    shows: (status, vm) =>
      slack.waitFor(
        () => {
          const card = find(vm);
          return statusOf(card) === status && card;
        },
        `a card that shows ${status}`,
        20_000,
      ),
    until: (look, what) =>
      new Promise((resolve, reject) => {
        const again = () => {
          const found = look();
          if (found === undefined || found === false) return;
          stop();
          resolve(found);
        };
        const stops = [
          cloud.onChange(again),
          cloud.server.onCall(again),
          slack.server.onCall(again),
          slack.onChange(again),
          () => logListeners.delete(again),
          systemClock().after(20_000, () => {
            stop();
            reject(new Error(`Waited in vain for ${what}`));
          }),
        ];
        const stop = () => {
          for (const each of stops) each();
        };
        logListeners.add(again);
        again();
      }),
    async told(user, count = 1) {
      const answers = await slack.waitFor(
        () => slack.privateAnswers(user).length >= count && slack.privateAnswers(user),
        `${count} private answers for ${user}`,
      );
      return answers[count - 1]!.text;
    },
    thread: (card) =>
      slack
        .messages(card.channel)
        .filter((message) => message.threadTs === card.ts && message.ts !== card.ts)
        .flatMap((message) => message.text.split("\n")),
    async restart() {
      await rig.bot.stop();
      rig.bot = await start();
    },
    async stop() {
      await rig.bot.stop();
      await Promise.all([cloud.close(), slack.close()]);
      rmSync(folder, { recursive: true });
    },
  };
  return rig;
}

const logInto = (logs: Rig["logs"], listeners: ReadonlySet<() => void>): Log => {
  const write = (level: string) => (message: string, values?: unknown) => {
    logs.push({ level, message, values });
    for (const listener of [...listeners]) listener();
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
};
