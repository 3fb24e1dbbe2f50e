import { describe, expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { UserId } from "../../src/domain/ids.ts";
import { createGroups } from "../../src/slack/groups.ts";
import { webClient } from "../../src/slack/web.ts";
import { aBoltApp, aSlack } from "../demo/slack-rig.ts";

const ANNA = UserId.parse("U0ANNA");
const BEN = UserId.parse("U0BEN");
const SRE = { id: "S0SRE", handle: "sre" };
const ONCALL = { id: "S0ONCALL", handle: "oncall" };

async function someGroups(options: { scopes?: string[] } = {}) {
  const { slack, clock } = await aSlack({
    groups: [
      { ...SRE, users: [ANNA, BEN] },
      { ...ONCALL, users: [ANNA] },
      { id: "S0OLD", handle: "old", users: [ANNA], disabled: true },
      { id: "S0THEIRS", handle: "sre", users: [BEN], external: true },
    ],
    ...options,
  });
  const groups = createGroups(webClient(slack.botToken, slack.apiUrl), clock);
  const calls = () => slack.server.journal.filter(({ call }) => call.path === "/api/usergroups.list").length;
  const nextCall = () => new Promise<void>((resolve) => slack.server.onCall(() => resolve()));
  return { slack, clock, groups, calls, nextCall };
}

describe("the groups that somebody is in", () => {
  test("are those that are not switched off, nor another workspace's", async () => {
    const { groups } = await someGroups();
    expect(await groups.of(ANNA)).toEqual([SRE, ONCALL]);
    expect(await groups.of(BEN)).toEqual([SRE]);
    expect(await groups.of(UserId.parse("U0NOBODY"))).toEqual([]);
    expect(groups.trouble()).toBeUndefined();
  });

  test("are asked for once, however many want to know", async () => {
    const { groups, calls } = await someGroups();
    await Promise.all([groups.of(ANNA), groups.of(BEN), groups.all()]);
    await groups.of(ANNA);
    expect(calls()).toBe(1);
  });
});

describe("a member who was removed", () => {
  test("is out at once when Slack tells", async () => {
    const { slack, groups } = await someGroups();
    const app = await aBoltApp(slack);
    app.event("subteam_members_changed", async () => groups.forget());
    expect(await groups.of(BEN)).toEqual([SRE]);
    await slack.changeGroup("S0SRE", { users: [ANNA] });
    expect(await groups.of(BEN)).toEqual([]);
  });

  test("is out at once even while the groups are being read", async () => {
    const { slack, groups, calls } = await someGroups();
    const before = { ok: true, usergroups: [{ ...SRE, users: [BEN] }] };
    const under = Promise.withResolvers<void>();
    const over = Promise.withResolvers<void>();
    slack.server.intercept(async () => {
      slack.server.intercept(undefined);
      under.resolve();
      await over.promise;
      return { kind: "answer", applied: false, reply: { status: 200, body: before } };
    });
    const asked = groups.of(BEN);
    await under.promise;
    await slack.changeGroup("S0SRE", { users: [ANNA] }, { lost: true });
    groups.forget();
    const askedAfterwards = groups.of(BEN);
    over.resolve();
    expect(await Promise.all([asked, askedAfterwards])).toEqual([[], []]);
    expect(calls()).toBe(2);
  });

  test("is out within five minutes when Slack does not tell", async () => {
    const { slack, clock, groups, calls } = await someGroups();
    await groups.of(BEN);
    await slack.changeGroup("S0SRE", { users: [ANNA] }, { lost: true });
    clock.advance(4 * MINUTE_MS - 1);
    expect(await groups.of(BEN)).toEqual([SRE]);
    expect(calls()).toBe(1);
    clock.advance(MINUTE_MS + 1);
    expect(await groups.of(BEN)).toEqual([]);
    expect(calls()).toBe(2);
  });

  test("is looked for in the background when the answer is four minutes old", async () => {
    const { slack, clock, groups, calls, nextCall } = await someGroups();
    await groups.of(BEN);
    await slack.changeGroup("S0SRE", { users: [ANNA] }, { lost: true });
    clock.advance(4 * MINUTE_MS);
    const called = nextCall();
    expect(await groups.of(BEN)).toEqual([SRE]);
    await called;
    clock.advance(MINUTE_MS);
    expect(await groups.of(BEN)).toEqual([]);
    expect(calls()).toBe(2);
  });
});

describe("when Slack does not answer", () => {
  test("what is known counts for five minutes after it was read, and no longer", async () => {
    const { slack, clock, groups } = await someGroups();
    await groups.of(BEN);
    slack.outage(true);
    clock.advance(5 * MINUTE_MS - 1);
    expect(await groups.of(BEN)).toEqual([SRE]);
    clock.advance(1);
    expect(await groups.of(BEN)).toBe("unknown");
    expect(await groups.all()).toBe("unknown");
    expect(groups.trouble()).toBeUndefined();
  });

  test("what was true before a change counts no more", async () => {
    const { slack, groups } = await someGroups();
    await groups.of(BEN);
    slack.outage(true);
    groups.forget();
    expect(await groups.of(BEN)).toBe("unknown");
  });

  test("it is left alone for a moment, and then asked again", async () => {
    const { slack, clock, groups, calls } = await someGroups();
    slack.outage(true);
    expect(await groups.of(BEN)).toBe("unknown");
    slack.outage(false);
    expect(await groups.of(BEN)).toBe("unknown");
    expect(calls()).toBe(1);
    clock.advance(5 * SECOND_MS);
    expect(await groups.of(BEN)).toEqual([SRE]);
  });

  test.each([
    { what: "an answer of another form", body: { ok: true, usergroups: "none" } },
    { what: "an error of its own", body: { ok: false, error: "internal_error" } },
  ])("nor says anything else than $what, nobody is in any group", async ({ body }) => {
    const { slack, groups } = await someGroups();
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply: { status: 200, body } }));
    expect(await groups.of(ANNA)).toBe("unknown");
  });

  test("because it was asked too often, it is asked again when it said so", async () => {
    const { slack, clock, groups, calls } = await someGroups();
    const reply = { status: 429, headers: { "retry-after": "30" }, body: { ok: false, error: "ratelimited" } };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply }));
    expect(await groups.of(ANNA)).toBe("unknown");
    slack.server.intercept(undefined);
    clock.advance(30 * SECOND_MS - 1);
    expect(await groups.of(ANNA)).toBe("unknown");
    expect(calls()).toBe(1);
    clock.advance(1);
    expect(await groups.of(ANNA)).toEqual([SRE, ONCALL]);
  });
});

describe("without the right to read user groups", () => {
  test("it says so, and is not asked again for five minutes", async () => {
    const { clock, groups, calls } = await someGroups({ scopes: ["users:read"] });
    expect(groups.trouble()).toBeUndefined();
    expect(await groups.of(ANNA)).toBe("unknown");
    expect(groups.trouble()).toBe("user groups are not known: the bot token lacks the scope usergroups:read");
    clock.advance(5 * MINUTE_MS - 1);
    expect(await groups.of(ANNA)).toBe("unknown");
    expect(calls()).toBe(1);
    clock.advance(1);
    await groups.of(ANNA);
    expect(calls()).toBe(2);
  });

  test("it is found out when the right was given", async () => {
    const { slack, clock, groups } = await someGroups();
    const body = { ok: false, error: "plan_upgrade_required" };
    slack.server.intercept(() => ({ kind: "answer", applied: false, reply: { status: 200, body } }));
    await groups.of(ANNA);
    expect(groups.trouble()).toBe("user groups are not known: the workspace's plan does not have it");
    slack.server.intercept(undefined);
    clock.advance(5 * MINUTE_MS);
    expect(await groups.of(ANNA)).toEqual([SRE, ONCALL]);
    expect(groups.trouble()).toBeUndefined();
  });
});
