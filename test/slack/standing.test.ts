import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { ChannelId, UserId, VmId } from "../../src/domain/ids.ts";
import { evaluate } from "../../src/policy/evaluate.ts";
import { PolicySchema } from "../../src/policy/policy.ts";
import { slackNeeds } from "../../src/policy/slack-needs.ts";
import { WhoSchema } from "../../src/policy/who.ts";
import type { Person } from "../../src/ports/slack.ts";
import { createChannels } from "../../src/slack/channels.ts";
import { createDirectory } from "../../src/slack/directory.ts";
import { createGroups } from "../../src/slack/groups.ts";
import { createStanding } from "../../src/slack/standing.ts";
import { webClient } from "../../src/slack/web.ts";
import { aSlack } from "../demo/slack-rig.ts";

const [ANNA, BEN, GUEST, SAM, GUS] = ["U0ANNA", "U0BEN", "U0GUEST", "U0SAM", "U0GUS"].map((id) => UserId.parse(id));
const OPS = ChannelId.parse("C0OPS");
const DIRECT = ChannelId.parse("D0ANNA");
const SRE = { id: "S0SRE", handle: "SRE" };
const EVERYTHING = { groups: true, emails: true, channelNames: true, channelMembers: true };
const NOTHING = { groups: false, emails: false, channelNames: false, channelMembers: false };

async function aStanding(options: { scopes?: string[]; groupUsers?: string[] } = {}) {
  const { slack, clock } = await aSlack({
    users: [
      { id: ANNA!, name: "anna", email: "anna@example.com" },
      { id: BEN!, name: "ben" },
      { id: GUEST!, name: "gast", guest: true },
      { id: SAM!, name: "sam", stranger: true },
      { id: GUS!, name: "gus", deleted: true },
    ],
    channels: [{ id: OPS, name: "ops", members: [ANNA!] }],
    groups: [{ ...SRE, users: options.groupUsers ?? [ANNA!] }],
    ...(options.scopes && { scopes: options.scopes }),
  });
  const client = webClient(slack.botToken, slack.apiUrl);
  const directory = createDirectory(client, clock, () => slack.teamId);
  const groups = createGroups(client, clock);
  const channels = createChannels(client, clock);
  const standing = createStanding({ client, clock, directory, groups, channels });
  const calls = () => slack.server.journal.map(({ call }) => call.path.slice("/api/".length));
  return { slack, clock, directory, groups, standing, calls };
}

const aPerson = (kind: Person["kind"] = "member"): Person => ({ id: ANNA!, name: "anna", kind, language: "de" });

describe("where somebody stands", () => {
  test("is told by Slack: their groups, the channel's name, and whether they are a member", async () => {
    const { standing, calls } = await aStanding();
    expect(await standing.standingOf(aPerson(), OPS, EVERYTHING)).toEqual({
      person: { ...aPerson(), groups: [SRE], isInChannel: true },
      channel: { id: OPS, name: "ops", isDirect: false },
    });
    expect(calls().toSorted()).toEqual(["conversations.info", "conversations.members", "usergroups.list"]);
  });

  test.each([
    { what: "groups", needs: { ...NOTHING, groups: true }, asked: ["usergroups.list"] },
    { what: "channel names", needs: { ...NOTHING, channelNames: true }, asked: ["conversations.info"] },
    { what: "members", needs: { ...NOTHING, channelMembers: true }, asked: ["conversations.members"] },
    { what: "nothing", needs: NOTHING, asked: [] },
  ])("is asked for no more than the rules need: $what", async ({ needs, asked }) => {
    const { standing, calls } = await aStanding();
    await standing.standingOf(aPerson(), OPS, needs);
    expect(calls()).toEqual(asked);
  });

  test.each(["stranger", "bot", "deactivated"] as const)("is not asked for a %s", async (kind) => {
    const { standing, calls } = await aStanding();
    expect(await standing.standingOf(aPerson(kind), OPS, EVERYTHING)).toEqual({
      person: { ...aPerson(kind), groups: "unknown", isInChannel: undefined },
      channel: { id: OPS, name: undefined, isDirect: false },
    });
    expect(calls()).toEqual([]);
  });

  test("is, for a guest, only the channel", async () => {
    const { standing, calls } = await aStanding();
    const { channel } = await standing.standingOf(aPerson("guest"), OPS, EVERYTHING);
    expect(channel).toEqual({ id: OPS, name: "ops", isDirect: false });
    expect(calls()).toEqual(["conversations.info"]);
  });

  test("in direct messages is asked for their groups only", async () => {
    const { standing, calls } = await aStanding();
    expect(await standing.standingOf(aPerson(), DIRECT, EVERYTHING)).toMatchObject({
      person: { groups: [SRE], isInChannel: undefined },
      channel: { id: DIRECT, name: undefined, isDirect: true },
    });
    expect(calls()).toEqual(["usergroups.list"]);
  });

  test("outside of conversations is asked for their groups only", async () => {
    const { standing, calls } = await aStanding();
    expect(await standing.standingOf(aPerson(), undefined, EVERYTHING)).toMatchObject({
      person: { groups: [SRE], isInChannel: undefined },
      channel: undefined,
    });
    expect(calls()).toEqual(["usergroups.list"]);
  });

  test("is not known when Slack does not say", async () => {
    const { slack, standing } = await aStanding();
    slack.outage(true);
    expect(await standing.standingOf(aPerson(), OPS, EVERYTHING)).toEqual({
      person: { ...aPerson(), groups: "unknown", isInChannel: undefined },
      channel: { id: OPS, name: undefined, isDirect: false },
    });
  });
});

describe("the policy", () => {
  const rules = (allow: string, channel?: string) =>
    PolicySchema.parse([{ when: { action: "restore", ...(channel && { channel }) }, allow }]);

  async function decided(policy: ReturnType<typeof rules>, rig: Awaited<ReturnType<typeof aStanding>>, id = ANNA!) {
    const needs = slackNeeds({ policy });
    const stands = await rig.standing.standingOf(await rig.directory.person(id), OPS, needs);
    const vm = { id: VmId.parse("web-01"), name: "web-01", tags: [] };
    return evaluate(policy, { ...stands, vm, action: "restore", at: rig.clock.now(), zone: "Europe/Berlin" });
  }

  test.each([
    { what: "a group", allow: "group:sre" },
    { what: "a group's id", allow: "S0SRE" },
    { what: "an address", allow: "Anna@example.com" },
    { what: "the channel's members", allow: "members" },
  ])("knows whom $what names", async ({ allow }) => {
    const rig = await aStanding();
    expect(await decided(rules(allow), rig)).toMatchObject({ kind: "allowed" });
    expect(await decided(rules(allow), rig, BEN!)).toMatchObject({ kind: "denied", why: "not_named" });
  });

  test("knows where a channel's name is", async () => {
    const rig = await aStanding();
    expect(await decided(rules("everyone", "#ops"), rig)).toMatchObject({ kind: "allowed" });
    expect(await decided(rules("everyone", "#sales"), rig)).toMatchObject({ kind: "denied", why: "no_rule" });
  });

  test("refuses when Slack does not say who is in a group, and goes on when it does", async () => {
    const rig = await aStanding();
    await rig.directory.person(ANNA!);
    rig.slack.outage(true);
    expect(await decided(rules("group:sre"), rig)).toMatchObject({ kind: "denied", why: "directory_silent" });
    expect(await decided(rules("everyone", "#ops"), rig)).toMatchObject({ kind: "denied", why: "channel_unknown" });
    rig.slack.outage(false);
    rig.clock.advance(MINUTE_MS);
    expect(await decided(rules("group:sre"), rig)).toMatchObject({ kind: "allowed" });
    expect(await decided(rules("everyone", "#ops"), rig)).toMatchObject({ kind: "allowed" });
  });

  test("names nobody by an address that the bot may not know", async () => {
    const rig = await aStanding({ scopes: ["users:read"] });
    expect(await decided(rules("anna@example.com"), rig)).toMatchObject({ kind: "denied", why: "not_named" });
  });

  test("refuses whoever was taken out of the group, at once when Slack tells", async () => {
    const rig = await aStanding();
    expect(await decided(rules("group:sre"), rig)).toMatchObject({ kind: "allowed" });
    await rig.slack.changeGroup("S0SRE", { users: [] }, { lost: true });
    rig.groups.forget();
    expect(await decided(rules("group:sre"), rig)).toMatchObject({ kind: "denied", why: "not_named" });
  });
});

describe("somebody written down", () => {
  test.each([
    { word: "@anna", names: ["anna"] },
    { word: "@ANNA", names: ["anna"] },
    { word: "anna@example.com", names: ["anna"] },
    { word: "U0BEN", names: ["ben"] },
    { word: "@gus", names: ["gus"] },
    { word: "@nobody", names: [] },
    { word: "nobody@example.com", names: [] },
    { word: "U0NOBODY", names: [] },
  ])("as $word is $names", async ({ word, names }) => {
    const { standing } = await aStanding();
    expect((await standing.whoIs(word)).map(({ name }) => name)).toEqual(names);
  });

  test("is a person with all that is known of them", async () => {
    const { standing } = await aStanding();
    expect(await standing.whoIs("@anna")).toEqual([
      { id: ANNA, name: "anna", kind: "member", language: "en", email: "anna@example.com" },
    ]);
  });

  test("may be several who call themselves the same, unless it is somebody's user name", async () => {
    const { slack, standing } = await aStanding();
    const called = (id: string, name: string, display_name: string) => ({ id, name, profile: { display_name } });
    const list = (...members: object[]) => {
      const reply = { status: 200, body: { ok: true, members } };
      slack.server.intercept(({ path }) =>
        path.endsWith("users.list") ? { kind: "answer", applied: false, reply } : undefined,
      );
    };
    list(called(ANNA!, "anna", "Sunny"), called(BEN!, "ben", "sunny"), { id: GUS!, deleted: true });
    expect((await standing.whoIs("@Sunny")).map(({ id }) => id)).toEqual([ANNA, BEN]);
    list(called(ANNA!, "anna", "ben"), called(BEN!, "ben", "Benny"));
    expect((await standing.whoIs("@ben")).map(({ id }) => id)).toEqual([BEN]);
  });

  test("is not found out when Slack does not answer, or may not tell", async () => {
    const { slack, standing } = await aStanding({ scopes: ["users:read"] });
    await expect(standing.whoIs("anna@example.com")).rejects.toMatchObject({ code: "missing_scope" });
    slack.outage(true);
    await expect(standing.whoIs("@anna")).rejects.toThrow();
  });
});

describe("those who can be told", () => {
  const who = (...written: string[]) => WhoSchema.parse(written);

  test("are named by their id, their address or their group, each of them once", async () => {
    const { standing } = await aStanding({ groupUsers: [BEN!, GUS!, ANNA!] });
    expect(await standing.peopleNamed(who("anna@example.com", "group:sre", "S0SRE", "U0OTHER"))).toEqual([
      ANNA,
      BEN,
      GUS,
      "U0OTHER",
    ]);
  });

  test("are nobody where everybody is meant", async () => {
    const { standing, calls } = await aStanding();
    expect(await standing.peopleNamed(who("everyone", "members", "guests"))).toEqual([]);
    expect(calls()).toEqual([]);
  });

  test("are not those whom nobody knows", async () => {
    const { standing } = await aStanding();
    expect(await standing.peopleNamed(who("nobody@example.com", "group:nobody", "S0NOBODY"))).toEqual([]);
  });

  test("are at most fifty", async () => {
    const groupUsers = Array.from({ length: 80 }, (_, n) => `U0P${n}`);
    const { standing } = await aStanding({ groupUsers });
    expect(await standing.peopleNamed(who("U0ANNA", "group:sre"))).toEqual([ANNA, ...groupUsers.slice(0, 49)]);
  });

  test("are, when Slack does not answer, those whom it need not tell", async () => {
    const { slack, standing } = await aStanding();
    slack.outage(true);
    expect(await standing.peopleNamed(who("anna@example.com", "group:sre", "U0BEN"))).toEqual([BEN]);
  });

  test("are looked up by their address once within five minutes", async () => {
    const { clock, standing, calls } = await aStanding();
    const told = () => standing.peopleNamed(who("anna@example.com", "nobody@example.com"));
    await told();
    await told();
    expect(calls()).toHaveLength(2);
    clock.advance(5 * MINUTE_MS);
    expect(await told()).toEqual([ANNA]);
    expect(calls()).toHaveLength(4);
  });
});
