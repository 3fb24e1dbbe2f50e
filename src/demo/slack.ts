import { type Call, type Interceptor, type Reply, serveDouble } from "./server.ts";
import { Answer } from "./slack/answer.ts";
import type { DemoSlack, DemoSlackOptions } from "./slack/demo-slack.ts";
import { Files } from "./slack/files.ts";
import { Forms } from "./slack/forms.ts";
import { changeGroup } from "./slack/group-events.ts";
import { Inputs } from "./slack/inputs.ts";
import { Links } from "./slack/links.ts";
import { Payloads } from "./slack/payloads.ts";
import { People } from "./slack/people.ts";
import { RateLimits } from "./slack/rate-limits.ts";
import { ResponseUrls } from "./slack/response-urls.ts";
import { Screens } from "./slack/screens.ts";
import { asRequest, type Delivery, formOf, postSigned } from "./slack/sender.ts";
import { Suggestions } from "./slack/suggestions.ts";
import { Triggers } from "./slack/triggers.ts";
import { Views } from "./slack/views.ts";
import { waitFor } from "./slack/wait-for.ts";
import { answerApiCall } from "./slack/web-api.ts";
import { BOT, TEAM, Workspace } from "./slack/workspace.ts";

export type { DemoSlack, DemoSlackOptions } from "./slack/demo-slack.ts";
export { draw } from "./slack/draw.ts";
export type { Message, View } from "./slack/types.ts";

/** Slack as far as the bot meets it: keeps state, checks what it is sent, and tells the bot what people do. */
export async function startDemoSlack(options: DemoSlackOptions): Promise<DemoSlack> {
  const { clock, signingSecret, appToken, botToken = "xoxb-demo" } = options;
  const workspace = new Workspace(clock, options.users, options.channels, options.groups);
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
    hasHome: options.homeTab ?? true,
    files: new Files(workspace),
    newLink: () => links.newUrl(),
  };

  function answer(call: Call): Reply | Promise<Reply> {
    if (call.path.startsWith("/api/")) {
      return answerApiCall(slack, { bot: botToken, app: appToken }, limits, onLimited, call);
    }
    if (call.path.startsWith("/response/")) return responseUrls.use(call);
    if (call.path.startsWith("/upload/")) return slack.files.receive(call);
    return { status: 404, body: "not found" };
  }

  let down = false;
  let interceptor: Interceptor | undefined;
  inner.intercept((call) => (down ? { kind: "reset", applied: false } : interceptor?.(call)));

  async function deliver(delivery: Delivery): Promise<Answer> {
    const answer = await send(delivery);
    workspace.changed({ kind: "delivered", delivery, answer });
    return answer;
  }

  async function send(delivery: Delivery): Promise<Answer> {
    if (links.open > 0) return links.deliver(delivery);
    if (demo.requestUrl) return postSigned(signingSecret, demo.requestUrl, asRequest(delivery));
    if (appToken) return new Answer(0, "dispatch_failed", () => deliver(delivery));
    throw new Error("The demo Slack knows no bot: give it a requestUrl, or an appToken for Socket Mode");
  }

  const payloads = new Payloads(workspace, views, options.escapeCommands ?? true);
  const stage = { ...slack, responseUrls, payloads, screens: new Screens(workspace), deliver };
  const people = new People(stage);
  const inputs = new Inputs(stage, people, new Suggestions(stage));
  const forms = new Forms(stage);

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
    directChannel: (user) => workspace.directMessages(user).id,
    directMessages: (user) => demo.messages(workspace.directMessages(user).id),
    privateAnswers: (user) => workspace.answers.filter((each) => !user || each.user === user),
    withoutText: () => [
      ...workspace.messages.filter(({ files, versions }) => !files && versions.some(({ text }) => text === "")),
      ...workspace.answers.filter(({ text }) => text === ""),
    ],
    view: (user) => views.top(user),
    home: (user) => views.home(user),

    command: (user, channel, text, more) => people.command(user, channel, text, more?.command),
    click: async (user, where, actionId, press) => people.click(user, where, actionId, press),
    clickPrivate: async (user, each, actionId, press) => people.click(user, each, actionId, press),
    choose: (user, where, actionId, choice, which) => inputs.choose(user, where, actionId, choice, which),
    suggest: (user, actionId, query, which) => inputs.suggest(user, actionId, query, which),
    fill: (user, actionId, text, which) => inputs.fill(user, actionId, text, which),
    enter: (user, actionId, text, which) => inputs.enter(user, actionId, text, which),
    submit: (user) => forms.submit(user),
    closeView: (user) => forms.closeView(user),
    shortcut: (user, callbackId) => people.shortcut(user, callbackId),
    openHome: async (user) => people.openHome(user),
    async send(form, more) {
      if (!demo.requestUrl) throw new Error("There is no requestUrl to send to");
      const body = typeof form === "string" ? form : formOf(form);
      return postSigned(signingSecret, demo.requestUrl, { body, ...more });
    },

    changeChannel: (id, change) => workspace.changeChannel(id, change),
    changeUser: (id, change) => workspace.changeUser(id, change),
    async changeGroup(id, change, { lost = false } = {}) {
      const event = changeGroup(slack, id, change);
      return event && !lost ? deliver(event) : undefined;
    },
    refuseBlocks(...types) {
      workspace.unknownBlocks.clear();
      for (const type of types) workspace.unknownBlocks.add(type);
    },
    outage: (isDown) => {
      down = isDown;
    },
    recycleLinks: (reason) => links.recycle(reason),
    onChange: (listener) => workspace.onChange(listener),
    waitFor: (look, what, timeoutMs) => waitFor(demo, () => clock.now(), look, what, timeoutMs),
    async close() {
      links.close();
      await inner.close();
    },
  };
  return demo;
}
