import { describe, expect, onTestFinished, test } from "vitest";
import { serveDouble } from "../../src/demo/server.ts";
import { startDemoSlack } from "../../src/demo/slack.ts";
import { HOUR_MS } from "../../src/domain/durations.ts";
import { ChannelId, UserId } from "../../src/domain/ids.ts";
import type { Sender } from "../../src/slack/deliveries.ts";
import { createTell, isSlacks } from "../../src/slack/tell.ts";
import { webClient } from "../../src/slack/web.ts";
import { section } from "../../src/views/blocks.ts";
import { manualClock } from "../manual-clock.ts";

const ANNA = UserId.parse("U0ANNA");
const GUS = UserId.parse("U0GUS");
const OPS = ChannelId.parse("C0OPS");
const LOUNGE = ChannelId.parse("C0LOUNGE");

describe("an address to answer to", () => {
  const real = "https://slack.com/api/";
  test.each([
    { url: "https://hooks.slack.com/commands/T1/1/x", api: real, is: true },
    { url: "https://HOOKS.slack.com/actions/T1/1/x", api: real, is: true },
    { url: "http://hooks.slack.com/commands/T1/1/x", api: real, is: false },
    { url: "https://hooks.slack.com.evil.example/x", api: real, is: false },
    { url: "https://evil.example/hooks.slack.com", api: real, is: false },
    { url: "https://hooks.slack.com@evil.example/x", api: real, is: false },
    { url: "https://evil.example#hooks.slack.com", api: real, is: false },
    { url: "https://evil.example\\@hooks.slack.com/x", api: real, is: false },
    { url: "https://hooks.slack.com\u3002evil.example/", api: real, is: false },
    { url: "https://slack.com/api/chat.postMessage", api: real, is: false },
    { url: "https://files.slack.com/x", api: real, is: false },
    { url: "https://127.0.0.1/x", api: real, is: false },
    { url: "https://169.254.169.254/latest/meta-data", api: real, is: false },
    { url: "https://[::1]/x", api: real, is: false },
    { url: "https://0x7f000001/", api: real, is: false },
    { url: "file:///etc/passwd", api: real, is: false },
    { url: "data:text/plain,x", api: real, is: false },
    { url: "gopher://hooks.slack.com/x", api: real, is: false },
    { url: "ftp://hooks.slack.com/x", api: real, is: false },
    { url: "//hooks.slack.com/x", api: real, is: false },
    { url: "", api: real, is: false },
    { url: "x", api: real, is: false },
    { url: "http://127.0.0.1:4000/response/1", api: "http://127.0.0.1:4000/api/", is: true },
    { url: "http://169.254.169.254/latest", api: "http://127.0.0.1:4000/api/", is: false },
    { url: "http://localhost:4000/response/1", api: "http://127.0.0.1:4000/api/", is: true },
    { url: "http://127.0.0.1:4000/response/1", api: "http://slack.test/api/", is: false },
    { url: "http://localhost.:4000/response/1", api: "http://127.0.0.1:4000/api/", is: false },
    { url: "https://hooks.slack.com/x", api: "http://127.0.0.1:4000/api/", is: false },
    { url: "http://slack.test/response/1", api: "https://slack.test/api/", is: false },
    { url: "file://127.0.0.1/etc/passwd", api: "http://127.0.0.1:4000/api/", is: false },
  ])("$url is Slack's own, with $api: $is", ({ url, api, is }) => {
    expect(isSlacks(url, api)).toBe(is);
  });
});

/** A demo Slack with somebody who has typed a command, and the address to which the bot may answer. */
async function aTell() {
  const clock = manualClock();
  const slack = await startDemoSlack({
    clock,
    signingSecret: "s",
    scopes: ["chat:write", "commands"],
    users: [
      { id: ANNA, name: "anna" },
      { id: GUS, name: "gus", deleted: true },
    ],
    channels: [
      { id: OPS, name: "ops", members: [ANNA] },
      { id: LOUNGE, name: "lounge", members: [ANNA], botIsMember: false },
    ],
  });
  const bot = await serveDouble(() => ({ status: 200, body: "" }));
  onTestFinished(async () => void (await Promise.all([slack.close(), bot.close()])));
  slack.requestUrl = bot.url;
  await slack.command(ANNA, OPS, "list");
  const responseUrl = new URLSearchParams(bot.journal[0]!.call.body).get("response_url")!;
  const warnings: unknown[] = [];
  const log = {
    info() {},
    error() {},
    warn: (message: string, values?: unknown) => void warnings.push([message, values]),
  };
  const tell = createTell(webClient(slack.botToken, slack.apiUrl), slack.apiUrl, log);
  const from = (more: Partial<Sender> = {}): Sender => ({ user: ANNA, teams: [], channel: OPS, ...more });
  return { slack, clock, bot, tell, from, responseUrl, warnings };
}

describe("a private answer", () => {
  test("goes to where Slack wants it", async () => {
    const { slack, tell, from, responseUrl } = await aTell();
    await tell(from({ responseUrl }), "*Hello*", [{ type: "divider" }, section("there")]);
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "*Hello*\nthere", channel: OPS, via: "response_url" }]);
    expect(slack.privateAnswers(ANNA)[0]!.blocks.map(({ type }) => type)).toEqual(["section", "divider", "section"]);
    expect(slack.messages()).toEqual([]);
  });

  test("goes to the channel, for this person only, when that address is used up", async () => {
    const { slack, tell, from, responseUrl } = await aTell();
    for (let n = 1; n <= 6; n++) await tell(from({ responseUrl }), `${n}`);
    expect(slack.privateAnswers(ANNA).map(({ text, via }) => `${text} ${via}`)).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => `${n} response_url`),
      "6 ephemeral",
    ]);
  });

  test("goes to the channel when that address is too old, does not answer, or is missing", async () => {
    const { slack, clock, tell, from, responseUrl } = await aTell();
    slack.server.intercept(({ path }) =>
      path.startsWith("/response/") ? { kind: "reset", applied: false } : undefined,
    );
    await tell(from({ responseUrl }), "reset");
    slack.server.intercept(undefined);
    clock.advance(HOUR_MS);
    await tell(from({ responseUrl }), "old");
    await tell(from(), "missing");
    expect(slack.privateAnswers(ANNA).map(({ text, via }) => `${text} ${via}`)).toEqual([
      "reset ephemeral",
      "old ephemeral",
      "missing ephemeral",
    ]);
  });

  test("goes to the direct messages where the bot is in no channel with them", async () => {
    const { slack, tell, from } = await aTell();
    await tell(from({ channel: LOUNGE }), "no member");
    await tell({ user: ANNA, teams: [] }, "no channel");
    expect(slack.directMessages(ANNA).map(({ text }) => text)).toEqual(["no member", "no channel"]);
    expect(slack.privateAnswers()).toEqual([]);
  });

  test("never calls an address that is not Slack's, nor follows one there", async () => {
    const { slack, bot, tell, from, responseUrl } = await aTell();
    const elsewhere = `${bot.url.replace("127.0.0.1", "localhost.")}/secret`;
    await tell(from({ responseUrl: elsewhere }), "elsewhere");
    const redirect = { status: 307, headers: { location: elsewhere } };
    slack.server.intercept(({ path }) =>
      path.startsWith("/response/") ? { kind: "answer", applied: false, reply: redirect } : undefined,
    );
    await tell(from({ responseUrl }), "redirected");
    expect(bot.journal.filter(({ call }) => call.path === "/secret")).toEqual([]);
    expect(slack.privateAnswers(ANNA).map(({ via }) => via)).toEqual(["ephemeral", "ephemeral"]);
  });

  test("that reaches nobody is logged and ends nothing", async () => {
    const { slack, tell, from, responseUrl, warnings } = await aTell();
    await tell({ user: GUS, teams: [], channel: OPS }, "gone");
    slack.outage(true);
    await tell(from({ responseUrl }), "down");
    expect(warnings).toEqual([
      [expect.any(String), { user: GUS, error: expect.stringContaining("user_disabled") }],
      [expect.any(String), { user: ANNA, error: expect.any(String) }],
    ]);
    expect(slack.privateAnswers()).toEqual([]);
  });

  const RICH = [{ type: "divider" }, section("rich")];
  const PLAIN = [section("plain")];

  test.each([
    { way: "where Slack wants it", from: {}, via: "response_url" },
    { way: "in the channel", from: { responseUrl: undefined }, via: "ephemeral" },
  ])("$way is sent plainer when Slack does not know its blocks", async ({ from: changes, via }) => {
    const { slack, tell, from, responseUrl, warnings } = await aTell();
    slack.refuseBlocks("divider");
    await tell(from({ responseUrl, ...changes }), "*Hello*", RICH, { plainer: PLAIN });
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "*Hello*\nplain", via }]);
    expect(slack.privateAnswers(ANNA)[0]!.blocks.map(({ type }) => type)).toEqual(["section", "section"]);
    expect(warnings).toEqual([]);
  });

  test("in direct messages is sent plainer too; without a plainer form it is logged", async () => {
    const { slack, tell, warnings } = await aTell();
    slack.refuseBlocks("divider");
    await tell({ user: ANNA, teams: [] }, "*Hello*", RICH, { plainer: PLAIN });
    await tell({ user: ANNA, teams: [] }, "*Hello*", RICH);
    expect(slack.directMessages(ANNA).map(({ text }) => text)).toEqual(["*Hello*\nplain"]);
    expect(warnings).toEqual([["Slack cannot show a private answer", { user: ANNA }]]);
  });

  test("is as rich as it may be, and says the words that it was given", async () => {
    const { slack, tell, from, responseUrl } = await aTell();
    await tell(from({ responseUrl }), "*Hello*", RICH, { plainer: PLAIN, words: ["in words"] });
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "*Hello*\nin words" }]);
    expect(slack.privateAnswers(ANNA)[0]!.blocks.map(({ type }) => type)).toEqual(["section", "divider", "section"]);
  });

  test("of any length is within Slack's limits", async () => {
    const { slack, tell, from, responseUrl } = await aTell();
    await tell(from({ responseUrl }), "Tell me more.\n".repeat(5000));
    const [answer] = slack.privateAnswers(ANNA);
    expect(answer!.via).toBe("response_url");
    expect(answer!.text.length).toBeLessThanOrEqual(4000);
  });
});
