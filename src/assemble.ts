import { systemClock } from "./clock.ts";
import { ccloud } from "./cloud/ccloud/ccloud.ts";
import type { Config } from "./config.ts";
import { between, MINUTE_MS } from "./domain/durations.ts";
import { advance } from "./engine/advance.ts";
import { createAnchors } from "./engine/anchors.ts";
import { createDrawer } from "./engine/drawer.ts";
import { createHerald } from "./engine/herald.ts";
import { createHomes } from "./engine/homes.ts";
import { createRetention } from "./engine/retention.ts";
import { createRunner } from "./engine/runner.ts";
import type { Rules } from "./policy/rules.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";
import { createChannels } from "./slack/channels.ts";
import { withChosenLanguage } from "./slack/chosen-language.ts";
import type { Desk } from "./slack/desk.ts";
import { createDirectory } from "./slack/directory.ts";
import { createFiles } from "./slack/files.ts";
import { createGroups } from "./slack/groups.ts";
import { giveUp, handle } from "./slack/handle.ts";
import { publisherWith } from "./slack/home.ts";
import { createInbox } from "./slack/inbox.ts";
import { createMessenger } from "./slack/messenger.ts";
import { noticesWith } from "./slack/notices.ts";
import { openerWith } from "./slack/open-dialog.ts";
import { createSession } from "./slack/session.ts";
import { createSlackSide } from "./slack/slack.ts";
import { createStanding } from "./slack/standing.ts";
import { createTell } from "./slack/tell.ts";
import { retryAfterMs, webClient } from "./slack/web.ts";
import { textsIn } from "./texts/texts.ts";
import { createTimers } from "./wakeups/timers.ts";

/** Puts the bot's parts together; nothing is started yet. */
export async function assemble(
  config: Config,
  store: Store,
  clock: Clock,
  log: Log,
  rules: () => Rules,
  mustGoOn: () => Promise<boolean>,
) {
  const { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken } = config;
  // A client for each kind of work: one that Slack holds back must not hold up the others.
  const client = () => webClient(botToken, apiUrl);
  const session = createSession({ client: client(), clock, log, mustGoOn });
  const { identity, linkTo } = session;
  const messenger = createMessenger(client());
  const cloud = ccloud({
    baseUrl: config.CCLOUD_API_URL,
    clientId: config.CCLOUD_CLIENT_ID,
    clientSecret: config.CCLOUD_CLIENT_SECRET,
    snapshotApi: config.CCLOUD_SNAPSHOT_API,
    clock,
    log: (message, values) => log.warn(message, { ...values }),
  });
  const { limits } = cloud;
  const easel = {
    clock,
    store,
    messenger,
    limits,
    log,
    startedAt: clock.now(),
    shown: new Map(),
    linkTo,
    rules,
    retryAfterMs,
  };
  const drawer = createDrawer(easel, await hasJustDrawn(store, clock));
  const runner = createRunner({ clock, log, store, wakeups: () => wakeups, advance: (id) => advance(desk, id) });
  const wakeups = createTimers(clock, runner.wake);
  const {
    shutdown_timeout: shutdownTimeoutMs,
    choice_timeout: choiceTimeoutMs,
    safety_question: followUpMs,
    name,
  } = config.behaviour.snapshots;
  const team = () => identity()?.team;
  const directory = withChosenLanguage(createDirectory(client(), clock, team), store);
  const groups = createGroups(client(), clock);
  const channels = createChannels(client(), clock);
  const standings = createStanding({ client: client(), clock, directory, groups, channels });
  const herald = createHerald({
    clock,
    store,
    directory,
    log,
    rules,
    peopleNamed: standings.peopleNamed,
    channelNamed: standings.channelNamed,
    say: noticesWith(client()),
    linkTo,
    retryAfterMs,
  });
  const { language } = config.behaviour;
  const anchors = createAnchors({
    clock,
    store,
    log,
    place: config.behaviour.audit.anchor,
    channelNamed: standings.channelNamed,
    say: noticesWith(client()),
    texts: textsIn(language === "auto" ? "en" : language),
  });
  const retention = createRetention({ clock, store, log, keepMs: config.behaviour.audit.keep });
  const homes = createHomes({
    clock,
    store,
    cloud,
    directory,
    log,
    rules,
    standings,
    publish: publisherWith(client()),
    linkTo,
    retryAfterMs,
  });
  const desk: Desk = {
    clock,
    cloud,
    store,
    wakeups,
    log,
    settings: { shutdownTimeoutMs, choiceTimeoutMs, followUpMs, limits },
    redraw() {
      drawer.nudge();
      homes.nudge();
      herald.nudge();
    },
    rules,
    standings,
    team,
    directory,
    tell: createTell(client(), apiUrl, log),
    openDialog: openerWith(client(), log),
    directMessages: messenger.directMessages,
    files: createFiles(client()),
    linkTo,
    cardLanguage: language,
    nameTemplate: name,
    homes,
    forgetGroups() {
      groups.forget();
      herald.nudge();
    },
  };
  const inbox = createInbox({
    store,
    clock,
    log,
    handle: (sent, key) => handle(desk, sent, key),
    giveUp: (sent) => giveUp(desk, sent),
    retryAfterMs,
  });
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = config;
  // Slack signs with the machine's own time, whatever clock the rest goes by.
  const options = { botToken, signingSecret, appToken, apiUrl, clock: systemClock(), log, identity };
  const slack = createSlackSide(options, desk, inbox);
  return { anchors, cloud, drawer, herald, homes, inbox, retention, runner, session, slack, wakeups };
}

/** Whether the process before this one may have used up some of what Slack allows in a minute. */
async function hasJustDrawn(store: Store, clock: Clock): Promise<boolean> {
  const [last] = await store.recent(1);
  if (!last) return false;
  const { state } = last.request;
  return !("at" in state) || between(state.at, clock.now()) < MINUTE_MS || (await store.open()).length > 0;
}
