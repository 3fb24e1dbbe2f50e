import { describe, expect, onTestFinished, test } from "vitest";
import { type DemoSlack, startDemoSlack } from "../../src/demo/slack.ts";
import { SECOND_MS } from "../../src/domain/durations.ts";
import { ChannelId, UserId } from "../../src/domain/ids.ts";
import { type CardDrawing, SlackRefusal } from "../../src/ports/slack.ts";
import { createMessenger } from "../../src/slack/messenger.ts";
import { retryAfterMs, webClient } from "../../src/slack/web.ts";
import { manualClock } from "../manual-clock.ts";
import { SCOPES } from "../rig.ts";

const ANNA = UserId.parse("U0ANNA");
const OPS = ChannelId.parse("C0OPS");
const SECRET = ChannelId.parse("C0SECRET");

async function aMessenger() {
  const clock = manualClock();
  const slack = await startDemoSlack({
    clock,
    signingSecret: "s",
    scopes: SCOPES,
    rateLimits: false,
    users: [{ id: ANNA, name: "anna" }],
    channels: [
      { id: OPS, name: "ops", members: [ANNA] },
      { id: SECRET, name: "secret", private: true, members: [ANNA] },
    ],
  });
  onTestFinished(() => slack.close());
  return { slack, clock, messenger: createMessenger(webClient(slack.botToken, slack.apiUrl)) };
}

const drawing = (id: string, status = "choosing"): CardDrawing => ({
  text: `The card of ${id}`,
  blocks: [{ type: "section", text: { type: "mrkdwn", text: `*${id}*` } }],
  metadata: { event_type: "snapshot_request", event_payload: { id, kind: "create", vm: "web-01", status } },
});

const calls = (slack: DemoSlack, method: string) =>
  slack.server.journal.filter(({ call }) => call.path === `/api/${method}`);

describe("a card", () => {
  test("is posted, changed and found again, with its metadata, wherever the bot is", async () => {
    const { slack, clock, messenger } = await aMessenger();
    const before = clock.now();
    clock.advance(SECOND_MS);
    const channels = [OPS, SECRET, await messenger.directMessages(ANNA)];
    for (const channel of channels) {
      const place = await messenger.post(channel, drawing("r1"));
      await messenger.update(place, drawing("r1", "done"));
      expect(await messenger.findCard(channel, "r1", before)).toEqual(place);
      expect(slack.messages(channel)).toMatchObject([
        { text: "The card of r1", metadata: drawing("r1", "done").metadata },
      ]);
    }
  });

  test("is found behind hundreds of other messages", async () => {
    const { clock, messenger } = await aMessenger();
    const before = clock.now();
    clock.advance(SECOND_MS);
    await messenger.post(OPS, drawing("other"));
    const place = await messenger.post(OPS, drawing("r1"));
    clock.advance(SECOND_MS);
    await Promise.all(Array.from({ length: 410 }, (_, n) => messenger.post(OPS, drawing(`noise-${n}`))));
    expect(await messenger.findCard(OPS, "r1", before)).toEqual(place);
    expect(await messenger.findCard(OPS, "r2", before)).toBeUndefined();
  });

  test("is not looked for before it can have been posted", async () => {
    const { clock, messenger } = await aMessenger();
    await messenger.post(OPS, drawing("r1"));
    clock.advance(SECOND_MS);
    expect(await messenger.findCard(OPS, "r1", clock.now())).toBeUndefined();
  });

  test("is no message of another kind that has the same id in it", async () => {
    const { clock, messenger } = await aMessenger();
    const since = clock.now();
    await messenger.post(OPS, { ...drawing("r1"), metadata: { event_type: "something", event_payload: { id: "r1" } } });
    await messenger.post(OPS, drawing("r11"));
    const place = await messenger.post(OPS, drawing("r2"));
    await messenger.reply(place, "r1");
    expect(await messenger.findCard(OPS, "r1", since)).toBeUndefined();
  });

  test("is given up after five pages, however many Slack has", async () => {
    const { slack, clock, messenger } = await aMessenger();
    const body = { ok: true, messages: [], has_more: true, response_metadata: { next_cursor: "bmV4dA==" } };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply: { status: 200, body } }));
    expect(await messenger.findCard(OPS, "r1", clock.now())).toBeUndefined();
    expect(calls(slack, "conversations.history")).toHaveLength(5);
  });

  test.each([
    { what: "no messages", body: { ok: true } },
    { what: "messages of no known shape", body: { ok: true, messages: [null, 5, {}, { ts: 1, metadata: "x" }] } },
  ])("is not found in $what, which ends nothing", async ({ body }) => {
    const { slack, clock, messenger } = await aMessenger();
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply: { status: 200, body } }));
    expect(await messenger.findCard(OPS, "r1", clock.now())).toBeUndefined();
  });
});

describe("a thread", () => {
  test("is told, and read back", async () => {
    const { slack, messenger } = await aMessenger();
    const place = await messenger.post(OPS, drawing("r1"));
    await messenger.reply(place, "One & <two>\nthree");
    expect(await messenger.replies(place)).toContain("One & <two>\nthree");
    expect(slack.messages(OPS)[1]).toMatchObject({ threadTs: place.ts });
    expect(slack.messages(OPS)[1]!.metadata).toBeUndefined();
  });
});

describe("Slack's no", () => {
  test("is a refusal with Slack's word, and is not repeated", async () => {
    const { slack, messenger } = await aMessenger();
    slack.changeChannel(OPS, { botIsMember: false });
    await expect(messenger.post(OPS, drawing("r1"))).rejects.toEqual(new SlackRefusal("not_in_channel"));
    expect(calls(slack, "chat.postMessage")).toHaveLength(1);
  });

  test("for now says how long", async () => {
    const { slack, messenger } = await aMessenger();
    const reply = { status: 429, headers: { "retry-after": "7" }, body: { ok: false, error: "ratelimited" } };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply }));
    const error = await messenger.post(OPS, drawing("r1")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SlackRefusal);
    expect(retryAfterMs(error)).toBe(7000);
    expect(calls(slack, "chat.postMessage")).toHaveLength(1);
  });

  test.each([
    { what: "a reset", fault: { kind: "reset", applied: true } as const },
    {
      what: "a 500",
      fault: { kind: "answer", applied: true, reply: { status: 500, body: "oops" } } as const,
    },
    {
      what: "a 429 that does not say how long",
      fault: { kind: "answer", applied: false, reply: { status: 429, body: "" } } as const,
    },
    {
      what: "an error inside Slack",
      fault: {
        kind: "answer",
        applied: true,
        reply: { status: 200, body: { ok: false, error: "internal_error" } },
      } as const,
    },
    {
      what: "HTML",
      fault: { kind: "answer", applied: true, reply: { status: 200, body: "<html>Sorry</html>" } } as const,
    },
  ])("$what is none: what became of the call is unknown, and it is not repeated", async ({ fault }) => {
    const { slack, messenger } = await aMessenger();
    slack.server.intercept(() => fault);
    const error = await messenger.post(OPS, drawing("r1")).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(SlackRefusal);
    expect(calls(slack, "chat.postMessage")).toHaveLength(1);
  });
});
