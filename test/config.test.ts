import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseBehaviour, rereadBehaviour, rulesIn } from "../src/behaviour.ts";
import { ConfigError, readConfig } from "../src/config.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../src/domain/durations.ts";

const GOOD = {
  SLACK_BOT_TOKEN: "xoxb-secret-1",
  SLACK_SIGNING_SECRET: "secret-2",
  CCLOUD_CLIENT_ID: "client-id",
  CCLOUD_CLIENT_SECRET: "secret-3",
};

/** What is wrong with an environment; fails when nothing is. */
function findings(env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.findings;
    throw error;
  }
  throw new Error("This is a good configuration");
}

function aFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "shutter-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "shutter.yml");
  writeFileSync(path, text);
  return path;
}

describe("the environment", () => {
  test("needs four values; everything else has a default", () => {
    expect(readConfig(GOOD)).toEqual({
      ...GOOD,
      SLACK_API_URL: "https://slack.com/api/",
      HOST: "0.0.0.0",
      PORT: 3000,
      DATABASE_URL: { sqlite: "data/shutter.db" },
      CLOUD: "ccloud",
      CCLOUD_API_URL: "https://ccenter.internet1.de/api/v1",
      CCLOUD_SNAPSHOT_API: "actions",
      LOG_LEVEL: "info",
      behaviour: {
        language: "auto",
        timezone: "Europe/Berlin",
        audit: {},
        snapshots: {
          name: "{vm}-{unix}",
          shutdown_timeout: 3 * MINUTE_MS,
          choice_timeout: HOUR_MS,
          safety_question: 24 * HOUR_MS,
        },
      },
    });
  });

  test("in Socket Mode needs no signing secret", () => {
    const { SLACK_SIGNING_SECRET: _, ...rest } = GOOD;
    expect(readConfig({ ...rest, SLACK_APP_TOKEN: "xapp-1" })).toMatchObject({ SLACK_APP_TOKEN: "xapp-1" });
  });

  test.each([
    { name: "SLACK_BOT_TOKEN", value: undefined, says: "SLACK_BOT_TOKEN is missing: the bot token" },
    { name: "SLACK_BOT_TOKEN", value: "xoxp-secret-9", says: "SLACK_BOT_TOKEN must begin with xoxb-" },
    { name: "SLACK_BOT_TOKEN", value: " xoxb-secret-9", says: "SLACK_BOT_TOKEN must begin with xoxb-" },
    { name: "SLACK_SIGNING_SECRET", value: undefined, says: "SLACK_SIGNING_SECRET is missing: the signing secret" },
    { name: "SLACK_APP_TOKEN", value: "xoxb-secret-9", says: "SLACK_APP_TOKEN must begin with xapp-" },
    { name: "SLACK_API_URL", value: "slack.com", says: "SLACK_API_URL must be an http(s) address" },
    { name: "SLACK_API_URL", value: "file:///etc/passwd", says: "SLACK_API_URL must be an http(s) address" },
    { name: "PORT", value: "http", says: "PORT must be a port number from 0 to 65535" },
    { name: "PORT", value: "65536", says: "PORT must be a port number from 0 to 65535" },
    { name: "PORT", value: "-1", says: "PORT must be a port number from 0 to 65535" },
    { name: "PORT", value: "3e3", says: "PORT must be a port number from 0 to 65535" },
    { name: "DATABASE_URL", value: "data/shutter.db", says: "DATABASE_URL must be sqlite: and a path" },
    { name: "DATABASE_URL", value: "sqlite:", says: "DATABASE_URL must be sqlite: and a path" },
    { name: "DATABASE_URL", value: "postgres://u:secret-9@db/x", says: "DATABASE_URL must be sqlite: and a path" },
    { name: "CLOUD", value: "hetzner", says: "CLOUD must be ccloud" },
    { name: "CCLOUD_API_URL", value: "ccenter", says: "CCLOUD_API_URL must be an http(s) address" },
    { name: "CCLOUD_CLIENT_ID", value: undefined, says: "CCLOUD_CLIENT_ID is missing: the client id" },
    { name: "CCLOUD_CLIENT_SECRET", value: undefined, says: "CCLOUD_CLIENT_SECRET is missing: the client secret" },
    { name: "CCLOUD_SNAPSHOT_API", value: "jobs", says: "CCLOUD_SNAPSHOT_API must be actions or snapshots" },
    { name: "SHUTTER_CONFIG", value: "nowhere.yml", says: "SHUTTER_CONFIG names nowhere.yml, which is not there" },
    { name: "LOG_LEVEL", value: "loud", says: "LOG_LEVEL must be one of trace, debug, info" },
  ])("$name=$value names itself and tells no secret", ({ name, value, says }) => {
    const found = findings({ ...GOOD, [name]: value });
    expect(found).toEqual([expect.stringContaining(says)]);
    expect(found.join()).not.toContain("secret-");
  });

  test("may be given empty, which is the same as not at all", () => {
    const names = ["SLACK_APP_TOKEN", "SLACK_API_URL", "HOST", "PORT", "DATABASE_URL", "CLOUD", "CCLOUD_API_URL"];
    const empty = Object.fromEntries([...names, "SHUTTER_CONFIG", "LOG_LEVEL"].map((name) => [name, ""]));
    expect(readConfig({ ...GOOD, ...empty })).toEqual(readConfig(GOOD));
    expect(findings(Object.fromEntries(Object.keys(GOOD).map((name) => [name, ""])))).toHaveLength(4);
  });

  test("tells all mistakes at once, also those of the file", () => {
    const found = findings({ PORT: "x", LOG_LEVEL: "loud", SHUTTER_CONFIG: aFile("languag: de\n") });
    expect(found.map((finding) => finding.replace(/^\/.*\//, "").split(/[ :]/)[0])).toEqual([
      "SLACK_BOT_TOKEN",
      "PORT",
      "CCLOUD_CLIENT_ID",
      "CCLOUD_CLIENT_SECRET",
      "LOG_LEVEL",
      "SLACK_SIGNING_SECRET",
      "shutter.yml",
    ]);
  });

  test("takes addresses with and without a slash at the end", () => {
    const urls = { SLACK_API_URL: "http://127.0.0.1:1/api", CCLOUD_API_URL: "http://127.0.0.1:2/v1//" };
    expect(readConfig({ ...GOOD, ...urls })).toMatchObject({
      SLACK_API_URL: "http://127.0.0.1:1/api/",
      CCLOUD_API_URL: "http://127.0.0.1:2/v1",
    });
  });
});

describe("shutter.yml", () => {
  const mistakes = (text: string) => parseBehaviour(text, "shutter.yml").mistakes;

  test("may be empty, or all comments", () => {
    for (const text of ["", "\n", "# nothing\n", "---\n", "{}"]) {
      expect(parseBehaviour(text, "shutter.yml")).toMatchObject({ mistakes: [], behaviour: { language: "auto" } });
    }
  });

  test("may not be missing, empty or all comments while the bot runs", () => {
    const path = aFile("");
    for (const text of ["", " \n", "# policy:\n", "---\n...\n", "~"]) {
      writeFileSync(path, text);
      expect(rereadBehaviour(path), text).toEqual({ mistakes: [`${path} is empty`] });
    }
    writeFileSync(path, "{}");
    expect(rereadBehaviour(path)).toMatchObject({ mistakes: [], behaviour: { language: "auto" } });
    rmSync(path);
    expect(rereadBehaviour(path)).toEqual({ mistakes: [`${path} is not there`] });
  });

  test("is read from where SHUTTER_CONFIG says", () => {
    const path = aFile("language: de\ntimezone: UTC\nsnapshots:\n  name: '{vm}'\n  shutdown_timeout: 90s\n");
    expect(readConfig({ ...GOOD, SHUTTER_CONFIG: path }).behaviour).toEqual({
      language: "de",
      timezone: "UTC",
      audit: {},
      snapshots: { name: "{vm}", shutdown_timeout: 90_000, choice_timeout: HOUR_MS, safety_question: 24 * HOUR_MS },
    });
  });

  test.each([
    { text: "langage: de", says: "shutter.yml:1:1: unknown key langage; did you mean language?" },
    {
      text: "# x\nsnapshots:\n  shutdown_time: 3m",
      says: "shutter.yml:3:3: unknown key shutdown_time; did you mean shutdown_timeout?",
    },
    {
      text: "snapshots:\n  quux: 1",
      says: "shutter.yml:2:3: unknown key quux; known are name, shutdown_timeout, choice_timeout, safety_question",
    },
    { text: "language: fr", says: "shutter.yml:1:1: language must be auto, en or de" },
    { text: "language:", says: "shutter.yml:1:1: language must be auto, en or de" },
    { text: "\ntimezone: Mars/Olympus", says: "shutter.yml:2:1: timezone must be a time zone such as Europe/Berlin" },
    { text: "timezone: 7", says: "shutter.yml:1:1: timezone must be a time zone such as Europe/Berlin" },
    { text: "snapshots: { name: '' }", says: "shutter.yml:1:14: snapshots.name must not be empty" },
    { text: "snapshots: { name: 5 }", says: "shutter.yml:1:14: snapshots.name must be a text" },
    { text: "snapshots: 5", says: "shutter.yml:1:1: snapshots must be keys with values" },
    { text: "snapshots:", says: "shutter.yml:1:1: snapshots must be keys with values" },
    { text: "- a\n- b", says: "shutter.yml:1:1: must be keys with values" },
    { text: "hello", says: "shutter.yml:1:1: must be keys with values" },
    {
      text: `snapshots: { name: ${"x".repeat(256)} }`,
      says: "shutter.yml:1:14: snapshots.name must not be longer than 255 characters",
    },
    { text: "language: de\nlanguage: en", says: "shutter.yml:2:1: Map keys must be unique" },
    { text: "a: [1", says: "shutter.yml:1:6: Flow sequence in block collection must be sufficiently indented" },
    { text: "a: b: c", says: "shutter.yml:1:4: Nested mappings are not allowed in compact mappings" },
    {
      text: "a: 1\n---\nb: 2",
      says: "shutter.yml:2:1: must be one document; a line that begins with --- begins another",
    },
  ])("$text", ({ text, says }) => {
    expect(mistakes(text)).toEqual(expect.arrayContaining([expect.stringContaining(says)]));
  });

  test("has an example that holds the defaults, and can be read with everything in it", () => {
    const example = readFileSync("shutter.example.yml", "utf8");
    expect(parseBehaviour(example, "example")).toEqual(parseBehaviour("", "example"));
    const whole = parseBehaviour(example.replace(/^#(?=\w| {2})/gm, ""), "example");
    expect(whole.mistakes).toEqual([]);
    expect(whole.behaviour!.policy?.map(({ outcome }) => outcome.kind)).toEqual(["allow", "allow", "allow", "deny"]);
    expect(whole.behaviour).toMatchObject({ break_glass: { reason: "required" }, limits: [{ running: 3 }, {}] });
  });

  test("is shown in the README with the same example", () => {
    const [, block] = /```yaml\n(policy:[^`]*)```/.exec(readFileSync("README.md", "utf8"))!;
    const example = readFileSync("shutter.example.yml", "utf8").replace(/^#(?=\w| {2})/gm, "");
    const [shown, whole] = [block!, example].map((text) => rulesIn(parseBehaviour(text, "").behaviour!));
    expect(shown).toEqual(whole);
  });

  test("without a policy has none", () => {
    expect(rulesIn(parseBehaviour("", "").behaviour!)).toMatchObject({
      policy: undefined,
      limits: [],
      zone: "Europe/Berlin",
    });
  });

  test.each([
    { text: "polcy: []", says: "1:1: unknown key polcy; did you mean policy?" },
    { text: "policy: everyone", says: "1:1: policy must be a list of rules" },
    { text: "policy: []", says: "1:1: policy must hold a rule; without the key policy: every full member may ask" },
    {
      text: "policy:\n  - when: { acton: create }\n    allow: everyone",
      says: "2:13: unknown key acton; did you mean action?",
    },
    {
      text: "policy:\n  - when: { action: restor }\n    allow: everyone",
      says: '2:13: policy rule 1: when.action holds "restor", which is no action; did you mean restore?',
    },
    {
      text: 'policy:\n  - allow: [group:sre, "@sre"]',
      says: '2:24: policy rule 1: allow entry 2 holds "@sre", which names nobody; did you mean group:sre?',
    },
    {
      text: "policy:\n  - allow: everyone\n    approval:\n      by: group:sre\n      exipres: 4h",
      says: "5:7: unknown key exipres; did you mean expires?",
    },
    {
      text: "policy:\n  - allow: everyone\n    approval: { by: U0ANNA, count: 2 }",
      says: "3:29: policy rule 1: approval.count is 2, but only 1 can say yes",
    },
    {
      text: "policy:\n  - when: { channel: ops }\n    allow: everyone",
      says: '2:13: policy rule 1: when.channel holds "ops", which is no channel; did you mean "#ops"?',
    },
    {
      text: 'policy:\n  - when: { outside: "mon-fri 20:00" }\n    allow: everyone',
      says: '2:13: policy rule 1: when.outside holds "mon-fri 20:00", which is no time',
    },
    {
      text: "policy:\n  - otherwise: deny\n  - allow: everyone",
      says: "2:5: policy rule 1: always fits, so no rule after it is ever asked",
    },
    { text: "policy:\n  - otherwise: { alow: everyone }", says: "2:18: unknown key alow; did you mean allow?" },
    { text: 'break_glass: { by: group:sre, tel: "#a" }', says: "1:31: unknown key tel; did you mean tell?" },
    { text: "break_glass: { by: group:sre, tell: direct }", says: "1:31: break_glass.tell must be one channel" },
    {
      text: "limits:\n  - { request_per_hour: 3 }",
      says: "2:7: unknown key request_per_hour; did you mean requests_per_hour?",
    },
    { text: "limits:\n  - { who: everyone }", says: "2:5: limit 1: must hold requests_per_hour or running" },
    {
      text: "limits:\n  - running: 3\n  - { action: [create, explode], running: 1 }",
      says: '3:24: limit 2: action entry 2 holds "explode"',
    },
    { text: "break_glass: { by: [group:sre, ser], tell: '#a' }", says: '1:32: break_glass.by entry 2 holds "ser"' },
  ])("$text is a mistake at its line and column", ({ text, says }) => {
    expect(mistakes(text)).toContainEqual(expect.stringContaining(`shutter.yml:${says}`));
    expect(findings({ ...GOOD, SHUTTER_CONFIG: aFile(text) })).toContainEqual(expect.stringContaining(says));
  });

  test.each(["3", "3 minutes", "-3m", "0s", "3M", "1h30m", "", "~", "true", "'3m '", "∞"])(
    "refuses the duration %s",
    (duration) => {
      const says = "shutter.yml:2:3: snapshots.shutdown_timeout must be a duration such as 90s, 3m, 2h or 30d";
      const found = mistakes(`snapshots:\n  shutdown_timeout: ${duration}\n`);
      // Blanks around it do no harm.
      expect(found).toEqual(duration === "'3m '" ? [] : [says]);
    },
  );

  test("says how long the audit is kept, which is for ever otherwise", () => {
    const keepOf = (text: string) => parseBehaviour(text, "shutter.yml").behaviour?.audit.keep;
    expect(keepOf("audit: { keep: 400d }")).toBe(400 * DAY_MS);
    expect(keepOf("audit: {}")).toBeUndefined();
  });

  test.each(["12m", "0s", "90s", "1y", "a year", "400"])(
    "does not keep the audit for %s, and says what it would be kept for",
    (keep) => {
      const says = "audit.keep must be a duration of a day at least, such as 30d or 400d";
      expect(mistakes(`audit: { keep: ${keep} }`)).toEqual([`shutter.yml:1:10: ${says}`]);
      for (const [example] of says.matchAll(/\b\d+d\b/g)) expect(mistakes(`audit: { keep: ${example} }`)).toEqual([]);
    },
  );

  describe("a word that lacks its quotes is told at its place", () => {
    const needs = (place: string, word: string) =>
      `shutter.yml:${place}: "#", "@" and "*" at the beginning of a word need quotes: "${word}"`;

    test.each([
      {
        what: "a channel, which is a comment to YAML",
        text: "policy:\n  - when: { channel: #ops }\n    allow: members\n  - otherwise: deny\n",
        says: [needs("2:22", "#ops")],
      },
      {
        what: "a channel at the end of the file",
        text: "break_glass: { by: group:sre, tell: #security }\n",
        says: [needs("1:37", "#security")],
      },
      {
        what: "each of a list",
        text: "policy:\n  - when: { channel: [#ops, #dev] }\n    allow: everyone\n",
        says: [needs("2:23", "#ops"), needs("2:29", "#dev")],
      },
      { what: "a pattern", text: 'policy:\n  - { when: { vm: *web }, allow: "U0A" }', says: [needs("2:19", "*web")] },
      { what: "any VM", text: "policy:\n  - when: { vm: * }\n    allow: everyone", says: [needs("2:17", "*")] },
      { what: "a person", text: "policy:\n  - allow: @anna\n", says: [needs("2:12", "@anna")] },
      { what: "an entry of its own line", text: "policy:\n  - allow:\n      - @anna\n", says: [needs("3:9", "@anna")] },
      {
        what: "after a comment and a quote",
        text: "# a: #b\nx: '#y' # z: #w\nlanguage: @de",
        says: [needs("3:11", "@de")],
      },
      {
        what: "beside another mistake",
        text: "language: @de\nsnapshots: { name: 'x' }\n\ttimezone: UTC\n",
        says: [needs("1:11", "@de"), expect.stringMatching(/^shutter\.yml:3:\d+: .*[Tt]ab/)],
      },
    ])("$what", ({ text, says }) => {
      expect(mistakes(text)).toEqual(says);
    });

    test("a comment that is one is no such word, even beside one that is none", () => {
      const text = "language: #auto\n  de\nsnapshots: #short\n  name: x\nlimits: [{ channel: #ops, running: 1 }]\n";
      expect(mistakes(text)).toEqual([needs("5:21", "#ops")]);
    });

    test("and no other is: comments, anchors with their aliases, and mistakes of other kinds", () => {
      const text = "language: de #nice\nsnapshots: {}\nsnapshots: {}\n";
      expect(mistakes(text)).toEqual(["shutter.yml:3:1: Map keys must be unique"]);
      const shared = "limits:\n  - { who: &us [U0A], running: 1 }\n  - { who: *us, running: 2, channel: #ops }\n";
      expect(mistakes(shared)).toEqual([needs("3:38", "#ops")]);
    });
  });

  test("tells every mistake", () => {
    expect(mistakes("langage: de\ntimezone: x\nsnapshots: { a: 1, b: 2, name: '' }")).toHaveLength(5);
  });

  test("is not a folder", () => {
    const folder = join(aFile(""), "..");
    expect(findings({ ...GOOD, SHUTTER_CONFIG: folder })).toEqual([
      expect.stringContaining(`${folder} cannot be read`),
    ]);
  });

  test("cannot be blown up with aliases", () => {
    const bomb = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (let n = 1; n < 9; n++) {
      const [to, from] = [String.fromCharCode(97 + n), String.fromCharCode(96 + n)];
      bomb.push(`${to}: &${to} [${Array(10).fill(`*${from}`).join(",")}]`);
    }
    expect(findings({ ...GOOD, SHUTTER_CONFIG: aFile(bomb.join("\n")) })).not.toEqual([]);
  });
});
