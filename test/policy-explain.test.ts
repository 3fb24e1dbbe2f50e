import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { type DemoCloud, startDemoCloud } from "../src/demo/cloud.ts";
import { type DemoSlack, startDemoSlack } from "../src/demo/slack.ts";
import { SCOPES } from "./rig.ts";

let cloud: DemoCloud;
let slack: DemoSlack;

beforeAll(async () => {
  const clock = systemClock();
  cloud = await startDemoCloud({ clock, vms: [{ name: "web-01", tags: ["prod"] }, { name: "db-01" }] });
  slack = await startDemoSlack({
    clock,
    signingSecret: "s",
    scopes: SCOPES,
    users: [
      { id: "U0ANNA", name: "anna", realName: "Anna", email: "anna@example.com" },
      { id: "U0BEN", name: "ben" },
      { id: "U0CLARA", name: "clara", guest: true },
      { id: "U0TWIN", name: "twin1", realName: "Twin" },
    ],
    groups: [{ id: "S0SRE", handle: "sre", users: ["U0ANNA"] }],
    channels: [{ id: "C0OPS", name: "ops", members: ["U0ANNA"] }],
  });
});
afterAll(() => Promise.all([cloud.close(), slack.close()]));

const POLICY = `
timezone: UTC
policy:
  - when: { action: create, how: offline }
    deny: true
  - when: { action: [restore, delete, power_off], vm: "tag:prod" }
    allow: [group:sre]
    approval: { by: [group:sre, boss@example.com], count: 2, reason: required }
    confirm: typed
  - when: { channel: "#ops" }
    allow: members
  - otherwise: deny
`;

async function policy(
  args: string[],
  { yaml = POLICY, env = {} }: { yaml?: string; env?: Record<string, string> } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "shutter-policy-"));
  writeFileSync(join(folder, "shutter.yml"), yaml);
  const child = spawn(process.execPath, [resolve("src/policy-explain.ts"), ...args], {
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
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  for (const secret of [slack.botToken, cloud.clientSecret]) expect(out + err).not.toContain(secret);
  return { code, lines: out.trimEnd().split("\n"), err };
}

test("every rule up to the one that decides, and why it did or did not fit; nothing is changed", async () => {
  const { code, lines, err } = await policy(["explain", "@anna", "restore", "web-01", "#ops"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(lines.filter((line) => !line.startsWith("time "))).toEqual([
    "person   anna (U0ANNA, member, anna@example.com, group:sre)",
    "vm       web-01 (web-01, tag:prod)",
    "channel  #ops (C0OPS)",
    "",
    "restore:",
    "  rule 1 does not fit",
    "    ✗ action wants create; it is restore",
    "    ✗ how wants offline; it is nothing",
    "  rule 2 fits",
    "    ✓ action wants restore, delete, power_off; it is restore",
    "    ✓ vm wants tag:prod; it is web-01, tag:prod",
    "  rule 2 allows group:sre (yes)",
    "  → allowed by rule 2; after 2 yes from group:sre, boss@example.com, not the requester, within 4 h; a reason is required; the VM's name is typed to confirm",
  ]);
  const calls = cloud.server.journal.map(({ call }) => `${call.method} ${call.path}`);
  expect(calls.filter((call) => !call.startsWith("GET ") && !call.endsWith("/oauth/token"))).toEqual([]);
  const methods = slack.server.journal.map(({ call }) => call.path);
  expect(methods.filter((path) => /chat\.|views\.|conversations\.open|files\./.test(path))).toEqual([]);
});

test("without a channel it is asked at Home, as it is when the shell has taken an unquoted one for a comment", async () => {
  const { lines } = await policy(["explain", "@anna", "restore", "web-01"]);
  expect(lines).toContain("channel  none: as if asked at Home ('#ops' needs quotes in a shell)");
});

test("a snapshot of which nobody says how is explained in both ways", async () => {
  const { code, lines } = await policy(["explain", "anna@example.com", "create", "db-01", "C0OPS"]);
  expect(lines.filter((line) => /^create|→/.test(line))).toEqual([
    "create, offline:",
    "  → denied: The policy forbids this here.",
    "create, live:",
    "  → allowed by rule 3",
  ]);
  expect(code).toBe(0);
});

describe("denied is exit 1", () => {
  test.each([
    { who: "somebody whom the rule does not name", args: ["U0BEN", "power_off", "web-01"], end: /others/ },
    { who: "whoever is not in the channel", args: ["@ben", "create", "db-01", "#ops", "--live"], end: /others/ },
    { who: "everybody where no rule fits", args: ["@anna", "rename", "db-01", "direct"], end: /forbids/ },
    { who: "a guest", args: ["@clara", "rename", "db-01", "#ops"], end: /full members/ },
    { who: "one way of a snapshot", args: ["@anna", "create", "db-01", "#ops", "--off"], end: /forbids/ },
  ])("for $who", async ({ args, end }) => {
    const { code, lines } = await policy(["explain", ...args]);
    expect(lines.at(-1)).toMatch(/→ denied: /);
    expect(lines.at(-1)).toMatch(end);
    expect(code).toBe(1);
  });
});

test("without a policy every full member may", async () => {
  const { code, lines } = await policy(["explain", "@ben", "off", "db-01"], { yaml: "" });
  expect(lines.at(-1)).toBe("  → allowed: no policy is configured, so every full member may");
  expect(code).toBe(0);
});

test("which limits count; how much of them is left is said in Slack", async () => {
  const yaml = `
limits:
  - { requests_per_hour: 20, running: 3 }
  - { channel: "#ops", action: restore, requests_per_hour: 60 }
  - { channel: "#ops", who: "group:sre", running: 1 }
`;
  const ask = async (...args: string[]) => (await policy(["explain", "@anna", ...args], { yaml })).lines;
  const told = await ask("restore", "db-01", "#ops");
  expect(told.slice(told.indexOf("limits:"))).toEqual([
    "limits:",
    "  limit 1: 20 requests an hour and 3 at once, of each person, wherever it is asked for",
    "  limit 2: 60 requests an hour (restore), of all together in the channel",
    "  limit 3: 1 at once, of each person in the channel",
  ]);
  const elsewhere = await ask("rename", "db-01");
  expect(elsewhere.slice(elsewhere.indexOf("limits:"))).toHaveLength(2);
  const none = await policy(["explain", "@anna", "off", "db-01"], {
    yaml: 'limits: [{ channel: "#ops", running: 1 }]',
  });
  expect(none.lines.slice(-2)).toEqual(["limits:", "  none counts for this"]);
});

test("mistakes in the configuration are exit 78, with line and column", async () => {
  const { code, err } = await policy(["explain", "@ben", "off", "db-01"], { yaml: "policy: [{ alow: everyone }]" });
  expect(code).toBe(78);
  expect(err).toContain("shutter.yml:1:12: unknown key alow; did you mean allow?");
  const revoked = await policy(["explain", "@ben", "off", "db-01"], { env: { SLACK_BOT_TOKEN: "xoxb-revoked" } });
  expect(revoked).toMatchObject({ code: 78, err: "Slack answered invalid_auth\n" });
});

describe("what cannot be asked is exit 64, and says what is wrong", () => {
  test.each([
    { args: [], says: /^Usage: npm run policy -- explain/ },
    { args: ["explain", "@anna", "restore"], says: /^Usage: / },
    { args: ["explain", "@anna", "dance", "web-01"], says: /^dance is no action/ },
    { args: ["explain", "@nobody", "restore", "web-01"], says: /^Slack knows nobody called @nobody/ },
    { args: ["explain", "@anna", "restore", "web-09"], says: /^The cloud has no VM web-09\. Did you mean web-01/ },
    { args: ["explain", "@anna", "restore", "web-01", "#nowhere"], says: /^Slack shows no channel called #nowhere/ },
    { args: ["explain", "@anna", "create", "web-01", "--live", "--off"], says: /^--live and --off exclude/ },
    { args: ["explain", "@anna", "create", "web-01", "--loud"], says: /--loud/ },
  ])("$args", async ({ args, says }) => {
    const { code, err } = await policy(args);
    expect(err).toMatch(says);
    expect(code).toBe(64);
  });
});

test("a Slack or a cloud that does not answer is exit 69", async () => {
  const env = { CCLOUD_API_URL: "http://127.0.0.1:9" };
  const { code, err } = await policy(["explain", "@anna", "restore", "web-01"], { env });
  expect(code).toBe(69);
  expect(err).not.toBe("");
});
