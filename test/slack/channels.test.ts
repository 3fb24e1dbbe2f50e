import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { ChannelId, UserId } from "../../src/domain/ids.ts";
import { createChannels } from "../../src/slack/channels.ts";
import { channelNamed } from "../../src/slack/channels-named.ts";
import { webClient } from "../../src/slack/web.ts";
import { aSlack } from "../demo/slack-rig.ts";

const ANNA = UserId.parse("U0ANNA");
const BEN = UserId.parse("U0BEN");
const CLEO = UserId.parse("U0CLEO");
const [OPS, SECRET, VAULT, DIRECT] = ["C0OPS", "C0SECRET", "C0VAULT", "D0ANNA"].map((id) => ChannelId.parse(id));

async function someChannels(options: { scopes?: string[] } = {}, many: readonly string[] = []) {
  const { slack, clock } = await aSlack({
    channels: [
      { id: OPS!, name: "ops", members: [...many, ANNA, BEN] },
      { id: SECRET!, name: "secret", private: true, members: [ANNA], botIsMember: false },
      { id: VAULT!, name: "vault", private: true, members: [ANNA] },
      { id: "C0OLD", name: "old", members: [ANNA], archived: true },
    ],
    ...options,
  });
  const client = webClient(slack.botToken, slack.apiUrl);
  const channels = createChannels(client, clock);
  const calls = () => slack.server.journal.map(({ call }) => call.path.replace("/api/conversations.", ""));
  return { slack, clock, client, channels, calls };
}

describe("a channel", () => {
  test("has a name and is public or private", async () => {
    const { channels } = await someChannels();
    expect(await channels.about(OPS!)).toEqual({ kind: "public", name: "ops" });
    expect(await channels.about(VAULT!)).toEqual({ kind: "private", name: "vault" });
  });

  test("may be a group's direct messages", async () => {
    const { slack, channels } = await someChannels();
    const channel = { name: "mpdm-anna--ben-1", is_private: true, is_mpim: true };
    const reply = { status: 200, body: { ok: true, channel } };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply }));
    expect(await channels.about(OPS!)).toEqual({ kind: "group", name: "mpdm-anna--ben-1" });
  });

  test("has members", async () => {
    const { channels } = await someChannels();
    expect(await channels.has(OPS!, BEN)).toBe(true);
    expect(await channels.has(OPS!, CLEO)).toBe(false);
    expect(await channels.has(VAULT!, BEN)).toBe(false);
  });

  test("is asked for once, however many want to know", async () => {
    const { channels, calls } = await someChannels();
    await Promise.all([ANNA, BEN, CLEO].flatMap((user) => [channels.has(OPS!, user), channels.about(OPS!)]));
    await channels.about(OPS!);
    expect(calls().toSorted()).toEqual(["info", "members"]);
  });

  test("that the bot does not see is not known", async () => {
    const { channels } = await someChannels();
    expect(await channels.about(SECRET!)).toBeUndefined();
    expect(await channels.has(SECRET!, ANNA)).toBeUndefined();
    expect(channels.trouble()).toBeUndefined();
  });

  test("of direct messages is known by its id", async () => {
    const { channels, calls } = await someChannels();
    expect(await channels.about(DIRECT!)).toEqual({ kind: "direct" });
    expect(await channels.has(DIRECT!, ANNA)).toBeUndefined();
    expect(calls()).toEqual([]);
  });
});

describe("what changes", () => {
  test("counts within five minutes", async () => {
    const { slack, clock, channels } = await someChannels();
    await Promise.all([channels.about(OPS!), channels.has(OPS!, BEN)]);
    slack.changeChannel(OPS!, { name: "operations", left: [BEN] });
    clock.advance(5 * MINUTE_MS);
    expect(await channels.about(OPS!)).toMatchObject({ name: "operations" });
    expect(await channels.has(OPS!, BEN)).toBe(false);
  });
});

describe("when Slack does not answer", () => {
  test("what is known counts for five minutes after it was read, and no longer", async () => {
    const { slack, clock, channels } = await someChannels();
    await Promise.all([channels.about(OPS!), channels.has(OPS!, BEN)]);
    slack.outage(true);
    clock.advance(5 * MINUTE_MS - 1);
    expect(await channels.about(OPS!)).toMatchObject({ name: "ops" });
    expect(await channels.has(OPS!, BEN)).toBe(true);
    clock.advance(1);
    expect(await channels.about(OPS!)).toBeUndefined();
    expect(await channels.has(OPS!, BEN)).toBeUndefined();
  });

  test("because it was asked too often, it is not asked about other channels either", async () => {
    const { slack, clock, channels, calls } = await someChannels();
    const reply = { status: 429, headers: { "retry-after": "30" }, body: { ok: false, error: "ratelimited" } };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply }));
    expect(await channels.about(OPS!)).toBeUndefined();
    slack.server.intercept(undefined);
    expect(await channels.about(VAULT!)).toBeUndefined();
    expect(calls()).toEqual(["info"]);
    clock.advance(30 * SECOND_MS);
    expect(await channels.about(VAULT!)).toMatchObject({ name: "vault" });
  });
});

test("without the right to see private channels the public ones are known, and it says so", async () => {
  const { clock, channels, calls } = await someChannels({ scopes: ["channels:read"] });
  expect(await channels.about(OPS!)).toMatchObject({ name: "ops" });
  expect(channels.trouble()).toBeUndefined();
  expect(await channels.about(VAULT!)).toBeUndefined();
  expect(channels.trouble()).toBe("channels are not known: the bot token lacks the scope groups:read");
  clock.advance(4 * MINUTE_MS);
  await channels.about(VAULT!);
  expect(calls()).toEqual(["info", "info"]);
});

describe("a channel with many members", () => {
  const people = (count: number) => Array.from({ length: count }, (_, n) => `U0P${n}`);

  test("is read by the page", async () => {
    const { channels, calls } = await someChannels({}, people(1100));
    expect(await channels.has(OPS!, BEN)).toBe(true);
    expect(await channels.has(OPS!, CLEO)).toBe(false);
    expect(calls()).toEqual(["members", "members", "members"]);
  });

  test("is read up to a limit; whether those behind it are members is not known", async () => {
    const { channels, calls } = await someChannels({}, people(10_000));
    expect(await channels.has(OPS!, UserId.parse("U0P9999"))).toBe(true);
    expect(await channels.has(OPS!, BEN)).toBeUndefined();
    expect(calls()).toHaveLength(20);
  });
});

describe("a channel's name", () => {
  test.each([
    { name: "#ops", channel: { id: OPS, name: "ops", isDirect: false } },
    { name: "Ops", channel: { id: OPS, name: "ops", isDirect: false } },
    { name: "#vault", channel: { id: VAULT, name: "vault", isDirect: false } },
    { name: "#secret", channel: undefined },
    { name: "#old", channel: undefined },
  ])("$name leads to the channel that has it now, if the bot sees it", async ({ name, channel }) => {
    const { client } = await someChannels();
    expect(await channelNamed(client, name)).toEqual(channel);
  });

  test("is looked for among public channels where private ones may not be seen", async () => {
    const { client } = await someChannels({ scopes: ["channels:read"] });
    expect(await channelNamed(client, "#ops")).toMatchObject({ id: OPS });
    expect(await channelNamed(client, "#vault")).toBeUndefined();
  });

  test("leads nowhere for sure only when Slack answers", async () => {
    const { slack, client } = await someChannels({ scopes: ["groups:read"] });
    await expect(channelNamed(client, "#ops")).rejects.toMatchObject({ code: "missing_scope" });
    slack.outage(true);
    await expect(channelNamed(client, "#ops")).rejects.toThrow();
  });
});
