import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { type DemoCloud, startDemoCloud } from "../src/demo/cloud.ts";
import { type DemoSlack, startDemoSlack } from "../src/demo/slack.ts";
import { SCOPES } from "./rig.ts";

let cloud: DemoCloud;
let slack: DemoSlack;

const startSlack = (scopes: string[]) =>
  startDemoSlack({
    clock: systemClock(),
    signingSecret: "s",
    scopes,
    appToken: "xapp-1",
    users: [
      { id: "U0ANNA", name: "anna", email: "anna@example.com" },
      { id: "U0BEN", name: "ben" },
      { id: "U0CLARA", name: "clara", guest: true },
      { id: "U0GONE", name: "gone", deleted: true },
    ],
    channels: [
      { id: "C0OPS", name: "ops", members: [] },
      { id: "C0ELSE", name: "elsewhere", members: [], botIsMember: false },
    ],
    groups: [
      { id: "S0SRE", handle: "sre", users: ["U0ANNA", "U0BEN"] },
      { id: "S0CALL", handle: "oncall", users: ["U0ANNA"] },
    ],
  });

beforeAll(async () => {
  cloud = await startDemoCloud({ clock: systemClock(), vms: [{ name: "web-01", snapshots: 3 }, { name: "db-01" }] });
  slack = await startSlack(SCOPES);
});
beforeEach(() => {
  cloud.server.intercept(undefined);
});
afterAll(() => Promise.all([cloud.close(), slack.close()]));

async function check(env: Record<string, string> = {}, yaml?: string) {
  const folder = mkdtempSync(join(tmpdir(), "shutter-check-"));
  if (yaml !== undefined) writeFileSync(join(folder, "shutter.yml"), yaml);
  const child = spawn(process.execPath, [resolve("src/check.ts")], {
    cwd: folder,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: "s",
      SLACK_API_URL: slack.apiUrl,
      CCLOUD_API_URL: cloud.url,
      CCLOUD_CLIENT_ID: cloud.clientId,
      CCLOUD_CLIENT_SECRET: cloud.clientSecret,
      ...env,
    },
  });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, lines: output.trim().split("\n"), errors };
}

test("a set-up that works: a line for each part, nothing changed at the cloud, exit 0", async () => {
  const before = cloud.server.journal.length;
  const { code, lines, errors } = await check();
  expect(errors).toBe("");
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([]);
  expect(lines.join("\n")).toMatch(
    /signed in to .*\n.*all 13 scopes.*\n.*ccloud³.*2 VMs.*\n.*»running«.*\n.*snapshots of web-01: 3/,
  );
  expect(code).toBe(0);
  const calls = cloud.server.journal.slice(before).map(({ call }) => `${call.method} ${call.path}`);
  expect(calls.filter((call) => !call.startsWith("GET ") && !call.endsWith("/oauth/token"))).toEqual([]);
});

test("Socket Mode is tried", async () => {
  const { code, lines } = await check({ SLACK_APP_TOKEN: "xapp-1", SLACK_SIGNING_SECRET: "" });
  expect(lines).toContainEqual(expect.stringContaining("Socket Mode can connect"));
  expect(code).toBe(0);
});

test("a wrong environment names every variable and what is expected", async () => {
  const { code, lines } = await check({ SLACK_BOT_TOKEN: "xoxp-1", PORT: "many", CCLOUD_CLIENT_ID: "" });
  expect(lines).toEqual([
    "wrong SLACK_BOT_TOKEN must begin with xoxb-",
    "wrong PORT must be a port number from 0 to 65535",
    "wrong CCLOUD_CLIENT_ID is missing: the client id of a ccloud³ API account",
  ]);
  expect(code).toBe(78);
});

test("a missing scope is named with what to do", async () => {
  const poor = await startSlack(SCOPES.filter((scope) => scope !== "users:read"));
  const { code, lines } = await check({ SLACK_API_URL: poor.apiUrl, SLACK_BOT_TOKEN: poor.botToken });
  await poor.close();
  expect(lines).toContainEqual(expect.stringMatching(/^wrong Slack: the token lacks users:read\. Add/));
  expect(code).toBe(78);
});

describe("a scope that a feature needs", () => {
  const RULES = {
    "usergroups:read": 'policy: [{ allow: "group:sre" }]',
    "users:read.email": 'policy: [{ allow: "anna@example.com" }]',
    "channels:read": 'policy: [{ when: { channel: "#ops" }, allow: everyone }]',
    "groups:read": "policy: [{ allow: members }]",
    "files:write": undefined,
  };

  test.each(Object.entries(RULES))("%s", async (scope, yaml) => {
    const poor = await startSlack(SCOPES.filter((each) => each !== scope));
    const env = { SLACK_API_URL: poor.apiUrl, SLACK_BOT_TOKEN: poor.botToken };
    const plain = await check(env);
    const configured = yaml === undefined ? undefined : await check(env, yaml);
    await poor.close();
    expect(plain.lines.filter((line) => line.includes(scope))).toEqual([
      expect.stringMatching(/^ok {4}Slack: off, for want of /),
    ]);
    expect(plain.code).toBe(0);
    if (!configured) return;
    expect(configured.lines.filter((line) => line.includes(scope))).toEqual([
      expect.stringMatching(/^wrong Slack: the token lacks .*, needed for .*\. Add it under OAuth & Permissions/),
    ]);
    expect(configured.code).toBe(78);
  });
});

test("a name that Slack does not know is a finding, and a channel where nobody would be told", async () => {
  const yaml = `
policy: [{ allow: [group:sre, group:ser, S0NONE], approval: { by: group:ser } }]
break_glass: { by: group:sre, tell: "#security" }
audit: { anchor: C0ELSE }
`;
  const { code, lines } = await check({}, yaml);
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([
    "wrong shutter.yml: group:ser: Slack knows no such user group, so it names nobody.",
    "wrong shutter.yml: S0NONE: Slack knows no such user group, so it names nobody.",
    "wrong shutter.yml: break_glass.tell: Slack shows no channel #security. If it is private, invite Shutter to it.",
    "wrong shutter.yml: audit.anchor: Shutter is not in C0ELSE. Invite it there.",
  ]);
  expect(code).toBe(78);
});

test("people and channels that rules and limits name are looked up", async () => {
  const yaml = `
policy:
  - when: { channel: ["#ops", "#opps", C0NONE, C0ELSE, direct] }
    allow: [U0ANNA, U0NOBODY, anna@example.com, ana@example.com, U0CLARA, U0GONE]
  - otherwise: deny
limits: [{ channel: "#dev", running: 1 }]
`;
  const { code, lines } = await check({}, yaml);
  const unseen = "Slack shows no such channel, so nothing about it ever fits. If it is private, invite Shutter to it.";
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([
    "wrong shutter.yml: U0NOBODY: Slack knows nobody like this, so it names nobody.",
    "wrong shutter.yml: ana@example.com: Slack knows nobody like this, so it names nobody.",
    "wrong shutter.yml: U0CLARA: is a guest, whom only the word guests names.",
    "wrong shutter.yml: U0GONE: has left, so it names nobody.",
    `wrong shutter.yml: #opps: ${unseen}`,
    "note  shutter.yml: C0NONE: Slack shows no such channel. It may be a private one.",
    `wrong shutter.yml: #dev: ${unseen}`,
  ]);
  expect(code).toBe(78);
});

test("a VM or tag that nothing has now is a note, and no mistake", async () => {
  const yaml = `
policy:
  - when: { vm: ["web-*", "tag:prdo", "mail-?"], project: p1 }
    allow: everyone
  - when: { vm: "tag:prdo" }
    allow: everyone
`;
  const { code, lines } = await check({}, yaml);
  expect(lines.filter((line) => !line.startsWith("ok "))).toEqual([
    "note  shutter.yml: vm tag:prdo: no VM of the account fits now.",
    "note  shutter.yml: vm mail-?: no VM of the account fits now.",
    "note  shutter.yml: project p1: no VM of the account fits now.",
  ]);
  expect(code).toBe(0);
});

describe("an approval for which the groups have too few people", () => {
  const told = async (rule: string) => {
    const { code, lines } = await check({}, `policy: [{ ${rule} }]`);
    return { code, told: lines.filter((line) => !line.startsWith("ok ")) };
  };
  const wrong = (says: string) => ({
    code: 78,
    told: [`wrong shutter.yml: policy rule 1: approval needs ${says}, so nothing can be approved.`],
  });

  test.each([
    {
      rule: "allow: group:sre, approval: { by: group:sre, count: 2 }",
      is: wrong("2 yes from group:sre, not the requester's own, and at most 1 can say yes"),
    },
    {
      rule: "allow: [S0SRE, U0BEN], approval: { by: [group:oncall, anna@example.com, U0BEN], count: 2 }",
      is: wrong("2 yes from group:oncall, anna@example.com, U0BEN, not the requester's own, and at most 1 can say yes"),
    },
    {
      rule: "allow: everyone, approval: { by: group:sre, count: 3, not: nobody }",
      is: wrong("3 yes from group:sre, and at most 2 can say yes"),
    },
    { rule: "allow: everyone, approval: { by: group:sre, count: 2 }", is: { code: 0, told: [] } },
    { rule: "allow: group:sre, approval: { by: group:sre, count: 1 }", is: { code: 0, told: [] } },
    { rule: "allow: group:sre, approval: { by: group:sre, count: 2, not: nobody }", is: { code: 0, told: [] } },
    { rule: "allow: group:sre, approval: { by: [group:oncall], count: 1 }", is: { code: 0, told: [] } },
    { rule: "allow: group:sre, approval: { by: [group:sre, members], count: 5 }", is: { code: 0, told: [] } },
  ])("$rule", async ({ rule, is }) => {
    expect(await told(rule)).toEqual(is);
  });
});

test("a policy with a mistake is a finding with its line and column", async () => {
  const { code, lines } = await check({}, "policy:\n  - when: { acton: create }\n    allow: everyone\n");
  expect(lines).toEqual(["wrong shutter.yml:2:13: unknown key acton; did you mean action?"]);
  expect(code).toBe(78);
});

test.each([
  {
    what: "a refused bot token",
    env: { SLACK_BOT_TOKEN: "xoxb-revoked" },
    line: /^wrong SLACK_BOT_TOKEN: Slack answered invalid_auth/,
  },
  {
    what: "a refused app token",
    env: { SLACK_APP_TOKEN: "xapp-2" },
    line: /^wrong SLACK_APP_TOKEN: .*connections:write/,
  },
  {
    what: "a Slack that is not there",
    env: { SLACK_API_URL: "http://127.0.0.1:9/api/" },
    line: /^wrong Slack: no answer/,
  },
  {
    what: "a refused cloud account",
    env: { CCLOUD_CLIENT_SECRET: "hunter2" },
    line: /^wrong ccloud³ .*CCLOUD_CLIENT_SECRET/,
  },
  {
    what: "a cloud that is not there",
    env: { CCLOUD_API_URL: "http://127.0.0.1:9" },
    line: /^wrong ccloud³ .*reachable/,
  },
])("$what is a finding, and no secret is in it", async ({ env, line }) => {
  const { code, lines, errors } = await check(env);
  expect(lines).toContainEqual(expect.stringMatching(line));
  expect(code).toBe(78);
  for (const secret of [slack.botToken, cloud.clientSecret, "hunter2"])
    expect(lines.join() + errors).not.toContain(secret);
});

test("a live API that differs is a finding that says which read did not fit", async () => {
  cloud.server.intercept((call) =>
    call.path.endsWith("/state") || call.path.endsWith("/servers/web-01") || call.path.endsWith("/servers/db-01")
      ? { kind: "answer", applied: false, reply: { status: 200, body: { data: { hostname: "x" } } } }
      : undefined,
  );
  const { code, lines } = await check();
  expect(lines).toContainEqual(expect.stringMatching(/^wrong ccloud³: power state of .*differs/));
  expect(code).toBe(78);
});
