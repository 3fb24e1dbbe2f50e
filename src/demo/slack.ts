import { systemClock } from "../clock.ts";
import type { Clock } from "../ports/clock.ts";
import { type Call, type DoubleServer, type Interceptor, type Reply, serveDouble } from "./server.ts";
import { Answer } from "./slack/answer.ts";
import { draw } from "./slack/draw.ts";
import { Forms } from "./slack/forms.ts";
import { Links } from "./slack/links.ts";
import { Payloads } from "./slack/payloads.ts";
import { People, type Press, type Where } from "./slack/people.ts";
import { RateLimits } from "./slack/rate-limits.ts";
import { ResponseUrls } from "./slack/response-urls.ts";
import { asRequest, type Delivery, formOf, postSigned, type RawRequest } from "./slack/sender.ts";
import { Triggers } from "./slack/triggers.ts";
import type { Change, DemoChannel, DemoUser, Message, PrivateAnswer, View } from "./slack/types.ts";
import { Views } from "./slack/views.ts";
import { answerApiCall } from "./slack/web-api.ts";
import { BOT, TEAM, Workspace } from "./slack/workspace.ts";

export { Answer } from "./slack/answer.ts";
export type { Block } from "./slack/blocks.ts";
export { draw } from "./slack/draw.ts";
export type { Press, Where } from "./slack/people.ts";
export type { Change, DemoChannel, DemoUser, Message, PrivateAnswer, View } from "./slack/types.ts";

export interface DemoSlackOptions {
  clock: Clock;
  signingSecret: string;
  botToken?: string;
  appToken?: string;
  users: DemoUser[];
  channels: DemoChannel[];
  /** Of the bot token. When given, `missing_scope` is enforced. */
  scopes?: string[];
  /** As real ones, in the clock's time; `true` unless this says no. */
  rateLimits?: boolean;
  port?: number;
  /** The bot's `POST /slack/events`; without one the bot is told over Socket Mode. */
  requestUrl?: string;
  /** What the three seconds of a trigger id are counted in, where `clock` runs too fast for a bot in real time. */
  triggerClock?: Clock;
}

export interface DemoSlack {
  /** What `SLACK_API_URL` takes. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly server: DoubleServer;
  requestUrl: string | undefined;

  /** Not the private ones; threads included. Oldest first. */
  messages(channel?: string): readonly Message[];
  /** The messages that carry a snapshot request. */
  cards(): readonly Message[];
  directMessages(user: string): readonly Message[];
  privateAnswers(user?: string): readonly PrivateAnswer[];
  /** Slack takes blocks without a `text`, and screen readers and notifications then say nothing: these are such. */
  withoutText(): readonly (Message | PrivateAnswer)[];
  /** The modal on top. */
  view(user: string): View | undefined;
  home(user: string): View | undefined;
  /** Every call that got a 429. */
  readonly rateLimited: readonly { method: string; at: Date }[];

  command(user: string, channel: string, text: string, more?: { command?: string }): Promise<Answer>;
  /** Presses a button and says yes to its confirm dialog. */
  click(user: string, where: Where, actionId: string, press?: Press): Promise<Answer>;
  clickPrivate(user: string, answer: PrivateAnswer, actionId: string, press?: Press): Promise<Answer>;
  /** By the option's value or text; for people, channels, dates and times by what Slack reports. */
  choose(user: string, where: Where, actionId: string, choice: string): Promise<Answer>;
  /** What the external select in the open dialog (or else the App Home) offers for these letters. */
  suggest(user: string, actionId: string, query: string): Promise<{ text: string; value: string }[]>;
  fill(user: string, actionId: string, text: string): void;
  /** Sends the open dialog and does with it what the answer says. */
  submit(user: string): Promise<Answer>;
  closeView(user: string): Promise<Answer>;
  shortcut(user: string, callbackId: string): Promise<Answer>;
  openHome(user: string): Promise<Answer>;
  /** A signed request with any body: a string as it is, an object as a form. Always over HTTP. */
  send(form: string | Record<string, unknown>, more?: Omit<RawRequest, "body">): Promise<Answer>;

  /** What changes in the workspace while the bot runs. */
  changeChannel(id: string, change: { archived?: boolean; botIsMember?: boolean }): void;
  changeUser(id: string, change: Partial<Omit<DemoUser, "id">>): void;
  /** Slack is down: every call to it is reset, until it is called with `false`. */
  outage(down: boolean): void;
  /** Asks the bot to connect anew, as Slack does with every Socket Mode link every few hours. */
  recycleLinks(reason?: "warning" | "refresh_requested" | "link_disabled"): void;

  onChange(listener: (change: Change) => void): () => void;
  /**
   * Looks now and after every change until there is something. Rejects after so many real milliseconds, with what it
   * waited for and the cards as they stand.
   */
  waitFor<T>(look: () => T | undefined | false, what?: string, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}

/** Slack as far as the bot meets it: keeps state, checks what it is sent, and tells the bot what people do. */
export async function startDemoSlack(options: DemoSlackOptions): Promise<DemoSlack> {
  const { clock, signingSecret, appToken, botToken = "xoxb-demo" } = options;
  const workspace = new Workspace(clock, options.users, options.channels);
  const views = new Views(workspace);
  const triggers = new Triggers(options.triggerClock ?? clock);
  const limits = options.rateLimits === false ? undefined : new RateLimits(clock);
  const rateLimited: { method: string; at: Date }[] = [];
  const onLimited = (method: string) => {
    rateLimited.push({ method, at: clock.now() });
    workspace.changed({ kind: "limited", method });
  };

  const inner = await serveDouble(answer, options.port);
  const responseUrls = new ResponseUrls(workspace, inner.url);
  const links = new Links(inner, (open) => workspace.changed({ kind: "link", open }));
  const slack = {
    workspace,
    views,
    triggers,
    url: inner.url,
    scopes: options.scopes && new Set(options.scopes),
    newLink: () => links.newUrl(),
  };

  function answer(call: Call): Reply {
    if (call.path.startsWith("/api/")) {
      return answerApiCall(slack, { bot: botToken, app: appToken }, limits, onLimited, call);
    }
    if (call.path.startsWith("/response/")) return responseUrls.use(call);
    return { status: 404, body: "not found" };
  }

  let down = false;
  let interceptor: Interceptor | undefined;
  inner.intercept((call) => (down ? { kind: "reset", applied: false } : interceptor?.(call)));

  async function deliver(delivery: Delivery): Promise<Answer> {
    if (links.open > 0) return links.deliver(delivery);
    if (demo.requestUrl) return postSigned(signingSecret, demo.requestUrl, asRequest(delivery));
    if (appToken) return new Answer(0, "dispatch_failed", () => deliver(delivery));
    throw new Error("The demo Slack knows no bot: give it a requestUrl, or an appToken for Socket Mode");
  }

  const stage = { workspace, views, triggers, responseUrls, payloads: new Payloads(workspace, views), deliver };
  const people = new People(stage);
  const forms = new Forms(stage, people);

  const demo: DemoSlack = {
    apiUrl: `${inner.url}/api/`,
    botToken,
    ...(appToken && { appToken }),
    signingSecret,
    teamId: TEAM.id,
    botUserId: BOT.user,
    server: {
      ...inner,
      intercept(next) {
        interceptor = next;
      },
    },
    requestUrl: options.requestUrl,
    rateLimited,

    messages: (channel) => workspace.messages.filter((message) => !channel || message.channel === channel),
    cards: () => workspace.messages.filter(({ metadata }) => metadata?.event_type === "snapshot_request"),
    directMessages: (user) => demo.messages(workspace.directMessages(user).id),
    privateAnswers: (user) => workspace.answers.filter((each) => !user || each.user === user),
    withoutText: () => [
      ...workspace.messages.filter(({ versions }) => versions.some(({ text }) => text === "")),
      ...workspace.answers.filter(({ text }) => text === ""),
    ],
    view: (user) => views.top(user),
    home: (user) => views.home(user),

    command: (user, channel, text, more) => people.command(user, channel, text, more?.command),
    click: async (user, where, actionId, press) => people.click(user, where, actionId, press),
    clickPrivate: async (user, each, actionId, press) => people.clickPrivate(user, each, actionId, press),
    choose: (user, where, actionId, choice) => forms.choose(user, where, actionId, choice),
    suggest: (user, actionId, query) => forms.suggest(user, actionId, query),
    fill: (user, actionId, text) => forms.fill(user, actionId, text),
    submit: (user) => forms.submit(user),
    closeView: (user) => forms.closeView(user),
    shortcut: (user, callbackId) => people.shortcut(user, callbackId),
    openHome: (user) => people.openHome(user),
    async send(form, more) {
      if (!demo.requestUrl) throw new Error("There is no requestUrl to send to");
      const body = typeof form === "string" ? form : formOf(form);
      return postSigned(signingSecret, demo.requestUrl, { body, ...more });
    },

    changeChannel: (id, change) => workspace.changeChannel(id, change),
    changeUser: (id, change) => workspace.changeUser(id, change),
    outage: (isDown) => {
      down = isDown;
    },
    recycleLinks: (reason) => links.recycle(reason),
    onChange: (listener) => workspace.onChange(listener),
    waitFor: (look, what, timeoutMs) => waitFor(demo, look, what, timeoutMs),
    async close() {
      links.close();
      await inner.close();
    },
  };
  return demo;
}

function waitFor<T>(
  slack: DemoSlack,
  look: () => T | undefined | false,
  what = "something",
  timeoutMs = 10_000,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      stopListening();
      cancel();
    };
    const again = () => {
      try {
        const found = look();
        if (found === undefined || found === false) return;
        stop();
        resolve(found);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const stopListening = slack.onChange(again);
    const cancel = systemClock().after(timeoutMs, () => {
      stop();
      const cards = slack.cards().map((card) => draw(card));
      reject(new Error(`Waited ${timeoutMs} ms for ${what}. The cards:\n${cards.join("\n\n") || "(none)"}`));
    });
    again();
  });
}
