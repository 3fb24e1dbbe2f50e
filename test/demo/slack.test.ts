import { describe, expect, test } from "vitest";
import { ANNA, aSlack, BEN, button, clientOf, OPS, refusal, SECRET, section } from "./slack-rig.ts";

const CARD = { event_type: "snapshot_request", event_payload: { id: "r1", status: "queued" } };

describe("who calls", () => {
  test("is told who the token is, and what it may do", async () => {
    const { slack, client } = await aSlack({ scopes: ["chat:write", "commands"] });
    const who = await client.auth.test();
    expect(who).toMatchObject({ ok: true, user_id: slack.botUserId, team_id: slack.teamId });
    expect(who.response_metadata?.scopes).toEqual(["chat:write", "commands"]);
  });

  test.each([
    { token: "xoxb-other", error: "invalid_auth" },
    { token: undefined, error: "not_authed" },
    { token: "xapp-demo", error: "not_allowed_token_type" },
  ])("with the token $token is refused: $error", async ({ token, error }) => {
    const { slack } = await aSlack({ appToken: "xapp-demo" });
    expect(await refusal(clientOf(slack, token ?? "").auth.test())).toBe(error);
  });

  test("hears which scope is missing", async () => {
    const { client } = await aSlack({ scopes: ["chat:write"] });
    await expect(client.users.info({ user: ANNA })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "users:read", provided: "chat:write" },
    });
    expect(await refusal(client.conversations.history({ channel: OPS }))).toBe("missing_scope");
  });

  test("is reset during an outage, and served after it", async () => {
    const { slack, client } = await aSlack();
    slack.outage(true);
    expect(await refusal(client.auth.test())).toBe("slack_webapi_request_error");
    slack.outage(false);
    expect(await client.auth.test()).toMatchObject({ ok: true });
  });
});

describe("a message", () => {
  test("keeps every state it had", async () => {
    const { slack, client, clock } = await aSlack();
    const { ts } = await client.chat.postMessage({
      channel: OPS,
      text: "one",
      blocks: [section("one")],
      metadata: CARD,
    });
    const at = clock.now();
    clock.advance(60_000);
    await client.chat.update({ channel: OPS, ts: ts!, text: "two", blocks: [section("two")] });

    const [message] = slack.cards();
    expect(message).toMatchObject({ channel: OPS, ts, text: "two", edited: true, metadata: CARD });
    expect(message?.versions.map(({ at, text }) => ({ at, text }))).toEqual([
      { at, text: "one" },
      { at: clock.now(), text: "two" },
    ]);
  });

  test("loses its blocks when only text is given, and its metadata when it is empty", async () => {
    const { slack, client } = await aSlack();
    const { ts } = await client.chat.postMessage({
      channel: OPS,
      text: "one",
      blocks: [section("one")],
      metadata: CARD,
    });
    await client.chat.update({ channel: OPS, ts: ts!, text: "two", metadata: {} as typeof CARD });
    expect(slack.messages(OPS)).toMatchObject([{ text: "two", blocks: [] }]);
    expect(slack.cards()).toEqual([]);
  });

  test("is kept as Slack keeps it: with ids for blocks and elements that came without", async () => {
    const { slack, client } = await aSlack();
    const { action_id, ...nameless } = button("x");
    await client.chat.postMessage({ channel: OPS, text: "t", blocks: [{ type: "actions", elements: [nameless] }] });
    expect(slack.messages()[0]?.blocks).toEqual([
      {
        type: "actions",
        block_id: expect.any(String),
        elements: [{ ...nameless, action_id: expect.any(String), text: { ...nameless.text, emoji: true } }],
      },
    ]);
  });

  test("is refused with all that is wrong with its blocks", async () => {
    const { client } = await aSlack();
    const call = client.chat.postMessage({ channel: OPS, text: "t", blocks: [section("x".repeat(3001))] });
    const errors = ["must be no more than 3000 characters [json-pointer:/blocks/0/text/text]"];
    await expect(call).rejects.toMatchObject({ data: { error: "invalid_blocks", errors } });
  });

  test("without a text is taken, but remembered as such", async () => {
    const { slack, client } = await aSlack();
    await client.chat.postMessage({ channel: OPS, text: "t", blocks: [section("s")] });
    expect(slack.withoutText()).toEqual([]);
    await client.apiCall("chat.postMessage", { channel: OPS, blocks: [section("silent")] });
    expect(slack.withoutText()).toMatchObject([{ blocks: [{ text: { text: "silent" } }] }]);
  });

  test.each([
    { what: "neither text nor blocks", with: {}, error: "no_text" },
    { what: "a text that is too long", with: { text: "x".repeat(40_001) }, error: "msg_too_long" },
    { what: "blocks that are no list", with: { text: "t", blocks: "{" }, error: "invalid_blocks_format" },
    { what: "metadata without a type", with: { text: "t", metadata: { a: 1 } }, error: "invalid_metadata_format" },
  ])("with $what is refused: $error", async ({ with: content, error }) => {
    const { client } = await aSlack();
    expect(await refusal(client.apiCall("chat.postMessage", { channel: OPS, ...content }))).toBe(error);
  });

  test("can be changed and deleted, but only where it is", async () => {
    const { slack, client } = await aSlack();
    const { ts } = await client.chat.postMessage({ channel: ANNA, text: "psst" });
    expect(slack.directMessages(ANNA)).toMatchObject([{ channel: `D${ANNA}`, text: "psst" }]);
    expect(await refusal(client.chat.update({ channel: ANNA, ts: ts!, text: "x" }))).toBe("channel_not_found");
    expect(await refusal(client.chat.update({ channel: OPS, ts: ts!, text: "x" }))).toBe("message_not_found");
    expect(await refusal(client.chat.update({ channel: `D${ANNA}`, ts: ts!, text: "x".repeat(4001) }))).toBe(
      "msg_too_long",
    );
    await client.chat.delete({ channel: `D${ANNA}`, ts: ts! });
    expect(slack.directMessages(ANNA)).toEqual([]);
  });

  test.each([
    { where: "nowhere", channel: "C0NONE", error: "channel_not_found" },
    { where: "in a private channel without the bot", channel: SECRET, error: "channel_not_found" },
    { where: "in an archived channel", channel: "C0OLD", error: "is_archived" },
    { where: "to another bot", channel: "U0ROBOT", error: "cannot_dm_bot" },
  ])("cannot be posted $where: $error", async ({ channel, error }) => {
    const { client } = await aSlack();
    expect(await refusal(client.chat.postMessage({ channel, text: "t" }))).toBe(error);
  });

  test("needs a scope of its own for public channels without the bot", async () => {
    const without = await aSlack({ scopes: ["chat:write"] });
    const post = { channel: "C0LOUNGE", text: "t" };
    expect(await refusal(without.client.chat.postMessage(post))).toBe("not_in_channel");
    const withIt = await aSlack({ scopes: ["chat:write", "chat:write.public"] });
    expect(await withIt.client.chat.postMessage(post)).toMatchObject({ ok: true });
  });

  test("cannot be changed any more when its channel has been archived", async () => {
    const { slack, client } = await aSlack();
    const { ts } = await client.chat.postMessage({ channel: OPS, text: "t" });
    slack.changeChannel(OPS, { archived: true });
    expect(await refusal(client.chat.update({ channel: OPS, ts: ts!, text: "x" }))).toBe("is_inactive");
  });

  test("for one person reaches only that person", async () => {
    const { slack, client } = await aSlack();
    await client.chat.postEphemeral({ channel: OPS, user: BEN, text: "only you" });
    expect(slack.messages()).toEqual([]);
    expect(slack.privateAnswers(ANNA)).toEqual([]);
    expect(slack.privateAnswers(BEN)).toMatchObject([{ channel: OPS, text: "only you", via: "ephemeral" }]);
    const stranger = client.chat.postEphemeral({ channel: OPS, user: "U0STRANGE", text: "x" });
    expect(await refusal(stranger)).toBe("user_not_in_channel");
  });

  test("has a link", async () => {
    const { client } = await aSlack();
    const { ts } = await client.chat.postMessage({ channel: OPS, text: "t" });
    const { permalink } = await client.chat.getPermalink({ channel: OPS, message_ts: ts! });
    expect(permalink).toBe(`https://demo.slack.com/archives/${OPS}/p${ts!.replace(".", "")}`);
  });
});

describe("the history", () => {
  async function aStory() {
    const { slack, client } = await aSlack({ rateLimits: false });
    const ts: string[] = [];
    for (const text of ["one", "two", "three"]) {
      ts.push((await client.chat.postMessage({ channel: OPS, text, metadata: CARD })).ts!);
    }
    await client.chat.postMessage({ channel: OPS, text: "reply", thread_ts: ts[0]! });
    return { slack, client, ts };
  }
  const texts = (answer: { messages?: { text?: string }[] }) => answer.messages?.map(({ text }) => text);

  test("has the newest first, page by page, without the replies", async () => {
    const { client } = await aStory();
    const first = await client.conversations.history({ channel: OPS, limit: 2 });
    expect(texts(first)).toEqual(["three", "two"]);
    expect(first.has_more).toBe(true);
    const cursor = first.response_metadata?.next_cursor ?? "";
    const second = await client.conversations.history({ channel: OPS, limit: 2, cursor });
    expect(texts(second)).toEqual(["one"]);
    expect(second).toMatchObject({ has_more: false, messages: [{ reply_count: 1 }] });
  });

  test("tells metadata only to those who ask for it", async () => {
    const { client } = await aStory();
    const [silent] = (await client.conversations.history({ channel: OPS, limit: 1 })).messages ?? [];
    const asked = await client.conversations.history({ channel: OPS, limit: 1, include_all_metadata: true });
    expect(silent?.metadata).toBeUndefined();
    expect(asked.messages?.[0]?.metadata).toEqual(CARD);
  });

  test("keeps to its bounds", async () => {
    const { client, ts } = await aStory();
    const bounds = { channel: OPS, oldest: ts[0]!, latest: ts[1]! };
    expect(texts(await client.conversations.history(bounds))).toEqual([]);
    expect(texts(await client.conversations.history({ ...bounds, inclusive: true }))).toEqual(["two", "one"]);
  });

  test("of a thread begins with its first message", async () => {
    const { client, ts } = await aStory();
    expect(texts(await client.conversations.replies({ channel: OPS, ts: ts[0]! }))).toEqual(["one", "reply"]);
    expect(await refusal(client.conversations.replies({ channel: OPS, ts: "1.2" }))).toBe("thread_not_found");
  });

  test("is only for members", async () => {
    const { client } = await aStory();
    expect(await refusal(client.conversations.history({ channel: "C0LOUNGE" }))).toBe("not_in_channel");
    expect(await refusal(client.conversations.history({ channel: SECRET }))).toBe("channel_not_found");
  });
});

describe("people and places", () => {
  test("a person's locale is told only to those who ask for it", async () => {
    const { client } = await aSlack();
    expect((await client.users.info({ user: ANNA })).user).not.toHaveProperty("locale");
    const { user } = await client.users.info({ user: ANNA, include_locale: true });
    expect(user).toMatchObject({ locale: "de-DE", tz: "Europe/Berlin", real_name: "Anna Adam", is_restricted: false });
  });

  test.each([
    { who: "a guest", id: BEN, is: { is_restricted: true } },
    { who: "somebody of another workspace", id: "U0STRANGE", is: { is_stranger: true, team_id: "T0STRANGER" } },
    { who: "somebody who is gone", id: "U0GONE", is: { deleted: true } },
    { who: "a bot", id: "U0ROBOT", is: { is_bot: true } },
  ])("$who is told as such", async ({ id, is }) => {
    const { client } = await aSlack();
    expect((await client.users.info({ user: id })).user).toMatchObject(is);
  });

  test("a channel is told with whether the bot is in it", async () => {
    const { slack, client } = await aSlack();
    expect((await client.conversations.info({ channel: OPS })).channel).toMatchObject({ name: "ops", is_member: true });
    slack.changeChannel(OPS, { botIsMember: false });
    expect((await client.conversations.info({ channel: OPS })).channel).toMatchObject({ is_member: false });
  });

  test("direct messages are opened with a person", async () => {
    const { client } = await aSlack();
    expect((await client.conversations.open({ users: ANNA })).channel).toEqual({ id: `D${ANNA}` });
    expect(await refusal(client.conversations.open({ users: "U0GONE" }))).toBe("user_disabled");
  });
});

describe("waiting", () => {
  test("ends with the change that is looked for", async () => {
    const { slack, client } = await aSlack();
    const posted = slack.waitFor(() => slack.messages(OPS).find(({ text }) => text === "two"), "the second message");
    await client.chat.postMessage({ channel: OPS, text: "one" });
    await client.chat.postMessage({ channel: OPS, text: "two" });
    expect(await posted).toMatchObject({ text: "two" });
  });

  test("in vain says what for, and shows the cards", async () => {
    const { slack, client } = await aSlack();
    await client.chat.postMessage({ channel: OPS, text: "Snapshot of web-01", metadata: CARD });
    await expect(slack.waitFor(() => false, "a green card", 1)).rejects.toThrow(/a green card.*Snapshot of web-01/s);
  });
});
