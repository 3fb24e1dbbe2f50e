import type { AddressInfo } from "node:net";
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from "@slack/bolt";
import { type ErrorCode, type Logger, WebClient } from "@slack/web-api";
import { onTestFinished } from "vitest";
import { type DemoSlack, type DemoSlackOptions, startDemoSlack } from "../../src/demo/slack.ts";
import { manualClock } from "../manual-clock.ts";

export const ANNA = "U0ANNA";
export const BEN = "U0BEN";
export const OPS = "C0OPS";
export const SECRET = "C0SECRET";

/** A small workspace: Anna and Ben in #ops, where the bot is, and a few stranger corners. */
export async function aSlack(options: Partial<DemoSlackOptions> = {}) {
  const clock = manualClock();
  const slack = await startDemoSlack({
    clock,
    signingSecret: "shh",
    users: [
      { id: ANNA, name: "anna", realName: "Anna Adam", locale: "de-DE", tz: "Europe/Berlin" },
      { id: BEN, name: "ben", guest: true },
      { id: "U0STRANGE", name: "sam", stranger: true },
      { id: "U0GONE", name: "gus", deleted: true },
      { id: "U0ROBOT", name: "robot", bot: true },
    ],
    channels: [
      { id: OPS, name: "ops", members: [ANNA, BEN] },
      { id: "C0LOUNGE", name: "lounge", members: [ANNA], botIsMember: false },
      { id: SECRET, name: "secret", private: true, members: [ANNA], botIsMember: false },
      { id: "C0OLD", name: "old", members: [ANNA], archived: true },
    ],
    ...options,
  });
  onTestFinished(() => slack.close());
  const client = clientOf(slack);
  return { slack, clock, client };
}

/** Tells a refusal or a 429 at once instead of waiting and trying again. */
export function clientOf(slack: DemoSlack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR as ReturnType<Logger["getLevel"]>,
  setName() {},
};

/** What the Web API answered when it said no; fails when it said yes. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { data, code } = error as { data?: { error: string }; code: ErrorCode };
    return data?.error ?? code;
  }
  throw new Error("This was not refused");
}

/** A real Bolt app that the demo Slack tells things over signed HTTP. */
export async function aBoltApp(slack: DemoSlack, signingSecret = slack.signingSecret): Promise<App> {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({ ...common(slack), receiver });
  await app.init();
  const server = await app.start(0);
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  onTestFinished(async () => void (await app.stop()));
  return app;
}

/** A real Bolt app with a Socket Mode link. */
export async function aSocketApp(slack: DemoSlack, clientPingTimeout = 1000): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken ?? "",
    clientPingTimeout,
    logLevel: LogLevel.ERROR,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({ ...common(slack), receiver });
  await app.init();
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return app;
}

const common = (slack: DemoSlack) => ({
  token: slack.botToken,
  clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  deferInitialization: true,
  convoStore: false as const,
  logLevel: LogLevel.ERROR,
});

export const section = (text: string) => ({ type: "section" as const, text: { type: "mrkdwn" as const, text } });
export const plain = (text: string) => ({ type: "plain_text" as const, text });
export const button = (action_id: string, more: Record<string, unknown> = {}) => ({
  type: "button" as const,
  action_id,
  text: plain(action_id),
  ...more,
});
