import { describe, expect, test } from "vitest";
import { BOT } from "../../src/demo/slack/workspace.ts";
import { ANNA, aBoltApp, aSlack, BEN, OPS, refusal, SECRET } from "./slack-rig.ts";

const SRE = { id: "S0SRE", handle: "sre", users: [ANNA, BEN] };
const OLD = { id: "S0OLD", handle: "old", users: [ANNA], disabled: true };
const groups = () => [SRE, OLD].map((group) => ({ ...group }));

describe("user groups", () => {
  test("are listed with who is in them, if that is asked for; those that are switched off are not", async () => {
    const { client } = await aSlack({ groups: groups() });
    const listed = await client.usergroups.list({ include_users: true });
    expect(listed.usergroups).toMatchObject([
      { id: "S0SRE", handle: "sre", date_delete: 0, users: [ANNA, BEN], user_count: 2 },
    ]);
    const [first, second] = (await client.usergroups.list({ include_disabled: true })).usergroups!;
    expect(first).not.toHaveProperty("users");
    expect(second).toMatchObject({ id: "S0OLD", date_delete: expect.any(Number) });
    expect(second!.date_delete).toBeGreaterThan(0);
  });

  test("are listed 20 times a minute", async () => {
    const { client } = await aSlack();
    for (let n = 0; n < 20; n++) await client.usergroups.list();
    expect(await refusal(client.usergroups.list())).toBe("slack_webapi_rate_limited_error");
  });

  test("are for those who may read them", async () => {
    const { client } = await aSlack({ scopes: ["users:read"] });
    expect(await refusal(client.usergroups.list())).toBe("missing_scope");
  });

  test("tell the bot who has come and gone, and that they are called otherwise", async () => {
    const { slack } = await aSlack({ groups: groups() });
    const app = await aBoltApp(slack);
    const told: unknown[] = [];
    app.event("subteam_members_changed", async ({ event }) => void told.push(event));
    app.event("subteam_updated", async ({ event }) => void told.push(event));
    expect(await slack.changeGroup("S0SRE", { users: [BEN, "U0CLEO"] })).toMatchObject({ status: 200 });
    await slack.changeGroup("S0SRE", { handle: "ops" });
    expect(await slack.changeGroup("S0SRE", { users: [] }, { lost: true })).toBeUndefined();
    expect(told).toMatchObject([
      { subteam_id: "S0SRE", added_users: ["U0CLEO"], removed_users: [ANNA], removed_users_count: "1" },
      { subteam: { id: "S0SRE", handle: "ops", users: [BEN, "U0CLEO"] } },
    ]);
  });

  test("tell nothing to a bot that may not read them", async () => {
    const { slack } = await aSlack({ groups: groups(), scopes: ["users:read"] });
    expect(await slack.changeGroup("S0SRE", { users: [] })).toBeUndefined();
  });
});

describe("people", () => {
  const users = [
    { id: ANNA, name: "anna", email: "anna@example.com" },
    { id: BEN, name: "ben", email: "ben@example.com", deleted: true },
  ];

  test.each([
    { scopes: ["users:read", "users:read.email"], email: "anna@example.com" },
    { scopes: ["users:read"], email: undefined },
  ])("have the address $email for a bot with $scopes", async ({ scopes, email }) => {
    const { client } = await aSlack({ users, scopes });
    expect((await client.users.info({ user: ANNA })).user!.profile!.email).toBe(email);
  });

  test("are found by their address, in any case, until they leave", async () => {
    const { client } = await aSlack({ users });
    expect((await client.users.lookupByEmail({ email: "Anna@example.com" })).user!.id).toBe(ANNA);
    expect(await refusal(client.users.lookupByEmail({ email: "ben@example.com" }))).toBe("users_not_found");
  });

  test("are listed by the page, those of other workspaces are not", async () => {
    const { client } = await aSlack();
    const first = await client.users.list({ limit: 2 });
    expect(first.members!.map(({ id }) => id)).toEqual([ANNA, BEN]);
    const cursor = first.response_metadata!.next_cursor!;
    const second = await client.users.list({ limit: 3, cursor });
    expect(second.members!.map(({ id }) => id)).toEqual(["U0GONE", "U0ROBOT", BOT.user]);
    expect(second.response_metadata!.next_cursor).toBe("");
    expect(await refusal(client.users.list({ cursor: "nonsense" }))).toBe("invalid_cursor");
  });
});

describe("channels", () => {
  test("tell their members by the page, also where the bot is not in", async () => {
    const { slack, client } = await aSlack();
    const first = await client.conversations.members({ channel: OPS, limit: 2 });
    expect(first.members).toEqual([ANNA, BEN]);
    const cursor = first.response_metadata!.next_cursor!;
    expect((await client.conversations.members({ channel: OPS, cursor })).members).toEqual([BOT.user]);
    expect((await client.conversations.members({ channel: "C0LOUNGE" })).members).toEqual([ANNA]);
    expect(await refusal(client.conversations.members({ channel: SECRET }))).toBe("channel_not_found");
    slack.changeChannel(OPS, { left: [BEN], joined: ["U0ROBOT"] });
    expect((await client.conversations.members({ channel: OPS })).members).toEqual([ANNA, BOT.user, "U0ROBOT"]);
  });

  test("are listed by their kind: all public ones, and the private ones where the bot is in", async () => {
    const { slack, client } = await aSlack();
    const names = async (types: string, exclude_archived = false) =>
      (await client.conversations.list({ types, exclude_archived })).channels!.map(({ name }) => name);
    expect(await names("public_channel")).toEqual(["ops", "lounge", "old"]);
    expect(await names("public_channel", true)).toEqual(["ops", "lounge"]);
    expect(await names("private_channel")).toEqual([]);
    slack.changeChannel(SECRET, { botIsMember: true, name: "vault" });
    expect(await names("public_channel,private_channel", true)).toEqual(["ops", "lounge", "vault"]);
    expect(await refusal(client.conversations.list({ types: "mystery" }))).toBe("invalid_types");
  });

  test("are for those who may read channels of that kind", async () => {
    const { client } = await aSlack({ scopes: ["channels:read"] });
    await client.conversations.list({ types: "public_channel" });
    expect(await refusal(client.conversations.list({ types: "public_channel,private_channel" }))).toBe("missing_scope");
  });
});
