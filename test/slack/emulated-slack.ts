import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import { createEmulator } from "emulate";
import { type Bot, startBot } from "../../src/bot.ts";
import { systemClock } from "../../src/clock.ts";
import { readConfig } from "../../src/config.ts";
import type { DemoVm } from "../../src/demo/cloud/demo-vm.ts";
import { type DemoCloud, startDemoCloud } from "../../src/demo/cloud.ts";
import { type Call, type DoubleServer, type Reply, serveDouble } from "../../src/demo/server.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { SCOPES, SPEED } from "../rig.ts";

const SECRET = "signing-secret-of-the-second-opinion";
const BOT_TOKEN = "xoxb-second-opinion";
const ANNA_TOKEN = "xoxp-anna";

/** A message as Slack shows it to those who read the history with metadata. */
export interface Seen {
  ts: string;
  text: string;
  thread_ts?: string;
  blocks: { type: string; elements?: { action_id: string; value: string; confirm?: unknown }[] }[];
  metadata?: { event_type: string; event_payload: { id: string; status: string; percent?: number } };
}

export interface Emulated {
  bot: Bot;
  cloud: DemoCloud;
  /** In front of the emulator: keeps the journal and can fail. */
  front: DoubleServer;
  anna: string;
  botUser: string;
  team: string;
  /** Somebody else's Slack, as Anna: to look, to invite, to archive. */
  asAnna: WebClient;
  asBot: WebClient;
  channel(name: string): Promise<string>;
  /** What was sent to the addresses for answers. */
  responses: { text: string; blocks: unknown[]; response_type: string }[];
  messages(channel: string): Promise<Seen[]>;
  thread(channel: string, ts: string): Promise<Seen[]>;
  /** Waits, without asking the emulator, until the bot has drawn a card in this status; says where. */
  drawn(status: string): Promise<{ channel: string; ts: string }>;
  until<T>(look: () => T | undefined | false, what: string): Promise<T>;
  command(channel: string, text: string, more?: Record<string, string>): Promise<Response>;
  interaction(payload: object): Promise<Response>;
  press(channel: string, card: Seen, actionId: string): Promise<Response>;
  /** A trigger as the emulator knows them. */
  trigger(): Promise<string>;
  close(): Promise<void>;
}

/**
 * The real bot before a Slack that somebody else has written, `emulate`, with scopes enforced. Requests from Slack are
 * signed here, without any part of the demo Slack.
 */
export async function startEmulated(vms: DemoVm[], scopes: readonly string[] = SCOPES): Promise<Emulated> {
  const clock = systemClock(SPEED);
  const folder = mkdtempSync(join(tmpdir(), "shutter-emulate-"));
  const emulator = await createEmulator({
    service: "slack",
    port: 0,
    seed: {
      tokens: {
        [BOT_TOKEN]: { login: "shutter", scopes: [...scopes] },
        [ANNA_TOKEN]: {
          login: "anna",
          scopes: ["channels", "groups", "im", "mpim"].flatMap((kind) => [
            `${kind}:read`,
            `${kind}:write`,
            `${kind}:history`,
          ]),
        },
      },
      slack: {
        signing_secret: SECRET,
        strict_scopes: true,
        team: { name: "W", domain: "w" },
        users: [{ name: "anna", real_name: "Anna", email: "anna@x.io" }],
        channels: [{ name: "ops" }, { name: "secret", is_private: true }],
        oauth_apps: [
          {
            client_id: "1.2",
            client_secret: "s",
            app_id: "A000000001",
            name: "Shutter",
            redirect_uris: ["http://localhost/x"],
            scopes: [...scopes],
            bot_name: "shutter",
          },
        ],
      },
    },
  });

  const responses: Emulated["responses"] = [];
  async function answer(call: Call): Promise<Reply> {
    if (call.path.startsWith("/response/")) {
      responses.push(JSON.parse(call.body));
      return { status: 200, body: "ok" };
    }
    const { authorization = "", "content-type": type = "" } = call.headers;
    const response = await fetch(`${emulator.url}${call.path}`, {
      method: call.method,
      headers: { authorization, "content-type": type },
      body: call.body,
    });
    const headers = { "content-type": response.headers.get("content-type") ?? "text/plain" };
    return { status: response.status, headers, body: await response.text() };
  }
  const front = await serveDouble(answer);
  const client = (token: string) =>
    new WebClient(token, { slackApiUrl: `${emulator.url}/api/`, retryConfig: { retries: 0 } });
  const [asBot, asAnna] = [client(BOT_TOKEN), client(ANNA_TOKEN)];
  const [me, anna] = await Promise.all([asBot.auth.test(), asAnna.auth.test()]);

  const cloud = await startDemoCloud({ clock, vms });
  const config = readConfig({
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${front.url}/api/`,
    HOST: "127.0.0.1",
    PORT: "0",
    DATABASE_URL: `sqlite:${join(folder, "shutter.db")}`,
    CCLOUD_API_URL: cloud.url,
    CCLOUD_CLIENT_ID: cloud.clientId,
    CCLOUD_CLIENT_SECRET: cloud.clientSecret,
  });
  const silent = { info() {}, warn() {}, error() {} };
  const bot = await startBot(config, openSqlite(config.DATABASE_URL.sqlite), clock, silent);

  /** Signed as Slack documents it. */
  function send(fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams(fields).toString();
    const timestamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac("sha256", SECRET).update(`v0:${timestamp}:${body}`).digest("hex");
    return fetch(`http://127.0.0.1:${bot.port}/slack/events`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${mac}`,
        connection: "close",
      },
    });
  }

  let requests = 0;
  const team = String(me.team_id);
  const responseUrl = () => `${front.url}/response/${++requests}`;
  const common = { token: "verification_token", api_app_id: "A000000001", is_enterprise_install: false };
  const user = { id: String(anna.user_id), username: "anna", name: "anna", team_id: team };

  const emulated: Emulated = {
    bot,
    cloud,
    front,
    anna: user.id,
    botUser: String(me.user_id),
    team,
    asAnna,
    asBot,
    responses,
    async channel(name) {
      const { channels = [] } = await asAnna.conversations.list({ types: "public_channel,private_channel" });
      return channels.find((each) => each.name === name)!.id!;
    },
    async messages(channel) {
      const answered = await asAnna.conversations.history({ channel, include_all_metadata: true });
      return (answered.messages as unknown as Seen[]).toReversed();
    },
    async thread(channel, ts) {
      const answered = await asAnna.conversations.replies({ channel, ts });
      return (answered.messages as unknown as Seen[]).filter((message) => message.ts !== ts);
    },
    drawn: (status) =>
      emulated.until(() => {
        const drawings = front.journal.flatMap(({ call, reply }) => {
          if (!reply || !/chat\.(postMessage|update)$/.test(call.path)) return [];
          const { metadata } = Object.fromEntries(new URLSearchParams(call.body));
          const { ok, channel, ts } = JSON.parse(String(reply.body)) as { ok: boolean; channel: string; ts: string };
          return ok && metadata ? [{ channel, ts, status: JSON.parse(metadata).event_payload.status as string }] : [];
        });
        const last = drawings.at(-1);
        return last?.status === status && { channel: last.channel, ts: last.ts };
      }, `a card that shows ${status}`),
    until: (look, what) =>
      new Promise((resolve, reject) => {
        const again = () => {
          const found = look();
          if (found === undefined || found === false) return;
          stop();
          resolve(found);
        };
        const stopListening = front.onCall(again);
        const giveUp = systemClock().after(15_000, () => {
          stop();
          reject(new Error(`Waited for ${what}`));
        });
        const stop = () => {
          stopListening();
          giveUp();
        };
        again();
      }),
    command: (channel, text, more = {}) =>
      send({
        token: common.token,
        team_id: team,
        team_domain: "w",
        channel_id: channel,
        channel_name: "ops",
        user_id: user.id,
        user_name: "anna",
        command: "/snapshot",
        text,
        api_app_id: common.api_app_id,
        is_enterprise_install: "false",
        response_url: responseUrl(),
        trigger_id: "111.111.xxx",
        ...more,
      }),
    interaction: (payload) =>
      send({
        payload: JSON.stringify({ ...common, user, team: { id: team, domain: "w" }, enterprise: null, ...payload }),
      }),
    press(channel, card, actionId) {
      const button = card.blocks.flatMap(({ elements = [] }) => elements).find((each) => each.action_id === actionId);
      if (!button) throw new Error(`There is no ${actionId} on this card: ${JSON.stringify(card.blocks)}`);
      const { confirm: _, ...shown } = button;
      return emulated.interaction({
        type: "block_actions",
        container: { type: "message", message_ts: card.ts, channel_id: channel, is_ephemeral: false },
        trigger_id: "111.222.valid",
        channel: { id: channel, name: "ops" },
        message: { type: "message", user: emulated.botUser, bot_id: me.bot_id, team, ...card },
        state: { values: {} },
        response_url: responseUrl(),
        actions: [{ ...shown, type: "button", block_id: "b1", action_ts: "1700000001.000200" }],
      });
    },
    async trigger() {
      const answered = await asBot.apiCall("views.generateTriggerId", { user_id: user.id });
      return (answered as { trigger_id?: string }).trigger_id!;
    },
    async close() {
      await bot.stop();
      await Promise.all([cloud.close(), front.close(), emulator.close()]);
      rmSync(folder, { recursive: true });
    },
  };
  return emulated;
}
