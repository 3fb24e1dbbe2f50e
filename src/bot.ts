import { systemClock } from "./clock.ts";
import { ccloud } from "./cloud/ccloud/ccloud.ts";
import { type Config, ConfigError } from "./config.ts";
import { between, MINUTE_MS, SECOND_MS } from "./domain/durations.ts";
import type { RequestId } from "./domain/ids.ts";
import { advance } from "./engine/advance.ts";
import { createDrawer } from "./engine/drawer.ts";
import { createRunner } from "./engine/runner.ts";
import { healthRoute } from "./health.ts";
import { serve } from "./http-server.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { Place } from "./ports/slack.ts";
import type { Store } from "./ports/store.ts";
import type { Desk } from "./slack/desk.ts";
import { createDirectory } from "./slack/directory.ts";
import { giveUp, handle } from "./slack/handle.ts";
import { type Identity, isTokenRefused, signIn } from "./slack/identity.ts";
import { createInbox } from "./slack/inbox.ts";
import { createMessenger } from "./slack/messenger.ts";
import { createSlackSide } from "./slack/slack.ts";
import { createTell } from "./slack/tell.ts";
import { retryAfterMs, webClient } from "./slack/web.ts";
import { createTimers } from "./wakeups/timers.ts";

export interface Bot {
  readonly port: number;
  /** Stops taking in, lets what is under way come to its next stored point, and closes the database. */
  stop(): Promise<void>;
}

const SIGN_IN_AGAIN_MS = 5 * SECOND_MS;

/** A VM that is off for us is not left alone because of a token. */
const owesAnything = async (store: Store): Promise<boolean> => (await store.open()).some(({ request }) => request.debt);

const refused = (name: string, what: string, error: unknown): ConfigError =>
  new ConfigError([
    `${name} is refused by Slack (${String((error as Error).message)}). Take ${what} of the installed app.`,
  ]);

/** Whether the process before this one may have used up some of what Slack allows in a minute. */
async function hasJustDrawn(store: Store, clock: Clock): Promise<boolean> {
  const [last] = await store.recent(1);
  if (!last) return false;
  const { state } = last.request;
  return !("at" in state) || between(state.at, clock.now()) < MINUTE_MS || (await store.open()).length > 0;
}

/**
 * Puts the bot together and starts it. VM work begins at once and does not wait for Slack: a VM that is off for us comes
 * back also while Slack is down. Throws a `ConfigError` when Slack refuses a token and no VM waits for us.
 */
export async function startBot(config: Config, store: Store, clock: Clock, log: Log): Promise<Bot> {
  const apiUrl = config.SLACK_API_URL;
  const client = () => webClient(config.SLACK_BOT_TOKEN, apiUrl);
  const background = client();
  const directoryClient = client();
  let identity: Identity | undefined;
  let cancelSignIn = () => {};

  const cloud = ccloud({
    baseUrl: config.CCLOUD_API_URL,
    clientId: config.CCLOUD_CLIENT_ID,
    clientSecret: config.CCLOUD_CLIENT_SECRET,
    snapshotApi: config.CCLOUD_SNAPSHOT_API,
    clock,
    log: (message, values) => log.warn(message, { ...values }),
  });
  const linkTo = ({ channel, ts }: Place) =>
    identity && `${identity.workspace}archives/${channel}/p${ts.replace(".", "")}`;
  const messenger = createMessenger(background);
  const easel = {
    clock,
    store,
    messenger,
    limits: cloud.limits,
    log,
    startedAt: clock.now(),
    linkTo,
    retryAfterMs,
  };
  const drawer = createDrawer(easel, await hasJustDrawn(store, clock));
  const runner = createRunner({
    clock,
    log,
    store,
    wakeups: () => wakeups,
    advance: (id: RequestId) => advance(desk, id),
  });
  const wakeups = createTimers(clock, runner.wake);
  const { shutdown_timeout, choice_timeout, name } = config.behaviour.snapshots;
  const desk: Desk = {
    clock,
    cloud,
    store,
    wakeups,
    log,
    settings: { shutdownTimeoutMs: shutdown_timeout, choiceTimeoutMs: choice_timeout, limits: cloud.limits },
    redraw: drawer.nudge,
    team: () => identity?.team,
    directory: createDirectory(directoryClient, clock, () => identity?.team),
    tell: createTell(client(), apiUrl, log),
    directMessages: messenger.directMessages,
    linkTo,
    cardLanguage: config.behaviour.language,
    nameTemplate: name,
  };
  const inbox = createInbox({
    store,
    clock,
    log,
    handle: (sent, key) => handle(desk, sent, key),
    giveUp: (sent) => giveUp(desk, sent),
  });
  const slack = createSlackSide(
    {
      botToken: config.SLACK_BOT_TOKEN,
      signingSecret: config.SLACK_SIGNING_SECRET,
      appToken: config.SLACK_APP_TOKEN,
      apiUrl,
      clock: systemClock(),
      log,
      identity: () => identity,
    },
    desk,
    inbox,
  );

  async function whoAmI(): Promise<void> {
    try {
      identity = await signIn(background);
      log.info("signed in to Slack", { team: identity.team });
    } catch (error) {
      if (isTokenRefused(error) && !(await owesAnything(store)))
        throw refused("SLACK_BOT_TOKEN", "the Bot User OAuth Token", error);
      log.warn("could not sign in to Slack; trying again", { error: String(error) });
      cancelSignIn = clock.after(SIGN_IN_AGAIN_MS, () => void whoAmI().catch(() => {}));
    }
  }

  await runner.start();
  await whoAmI();
  const health = healthRoute({
    slack: async () => (identity ? slack.trouble() : "not signed in to Slack"),
    database: () =>
      store.check().then(
        () => undefined,
        () => "the database cannot be written to",
      ),
  });
  const events = slack.handle;
  const server = await serve(config.HOST, config.PORT, {
    "GET /healthz": health,
    ...(events && { "POST /slack/events": events }),
  });
  try {
    await slack.start();
  } catch (error) {
    if (!(await owesAnything(store)))
      throw isTokenRefused(error)
        ? refused("SLACK_APP_TOKEN", "an app-level token with connections:write", error)
        : error;
    log.error("Slack's socket could not be opened; VMs that are off for us are still being looked after", {
      error: String(error),
    });
  }
  await inbox.start();
  drawer.nudge();
  log.info("ready", { port: server.port, mode: events ? "http" : "socket" });

  return {
    port: server.port,
    async stop() {
      cancelSignIn();
      await Promise.all([server.close(), slack.stop()]);
      await inbox.stop();
      wakeups.close();
      await runner.stop();
      await drawer.stop();
      await cloud.close();
      await store.close();
    },
  };
}
