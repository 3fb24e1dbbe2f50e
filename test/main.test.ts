import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { startDemoCloud } from "../src/demo/cloud.ts";
import { startDemoSlack } from "../src/demo/slack.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const SECRETS = ["xoxb-secret-1", "secret-2", "secret-3", "xapp-secret-4", "secret-5"];
const GOOD = {
  SLACK_BOT_TOKEN: "xoxb-secret-1",
  SLACK_SIGNING_SECRET: "secret-2",
  SLACK_API_URL: "http://127.0.0.1:1/api/",
  HOST: "127.0.0.1",
  PORT: "0",
  DATABASE_URL: "sqlite:shutter.db",
  CCLOUD_API_URL: "http://127.0.0.1:1/api/v1",
  CCLOUD_CLIENT_ID: "client",
  CCLOUD_CLIENT_SECRET: "secret-3",
};

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shutter-main-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** What `npm start` does, in a folder of its own, until it ends by itself. */
async function start(env: Record<string, string>, folder = aFolder()) {
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[code], out, err] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  for (const secret of SECRETS) expect(out + err).not.toContain(secret);
  return { code, out, err, folder };
}

async function aSlack(botToken: string) {
  const slack = await startDemoSlack({
    clock: systemClock(),
    signingSecret: "secret-2",
    botToken,
    appToken: "xapp-right",
    users: [],
    channels: [],
  });
  onTestFinished(() => slack.close());
  return slack.apiUrl;
}

describe("the start stops with 78 and says why", () => {
  test("without any configuration, before anything is made or called", async () => {
    const { code, out, err, folder } = await start({});
    expect(code).toBe(78);
    expect(out).toBe("");
    for (const name of ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "CCLOUD_CLIENT_ID", "CCLOUD_CLIENT_SECRET"]) {
      expect(err).toContain(`${name} is missing`);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test("when a value is wrong, without repeating it", async () => {
    const { code, err } = await start({ ...GOOD, SLACK_BOT_TOKEN: "xoxp-secret-5", PORT: "x" });
    expect({ code, err }).toEqual({
      code: 78,
      err: "SLACK_BOT_TOKEN must begin with xoxb-\nPORT must be a port number from 0 to 65535\n",
    });
  });

  test("when a value in .env is wrong; what the environment says wins", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, ".env"), "PORT=x\nLOG_LEVEL=loud\n");
    const { code, err } = await start(GOOD, folder);
    expect({ code, err }).toEqual({ code: 78, err: expect.stringMatching(/^LOG_LEVEL must be one of .*\n$/) });
  });

  test("when shutter.yml beside it is wrong", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, "shutter.yml"), "snapshots:\n  shutdown_timeout: soon\n");
    const { code, err } = await start(GOOD, folder);
    expect({ code, err }).toEqual({
      code: 78,
      err: expect.stringContaining("shutter.yml:2:3: snapshots.shutdown_timeout"),
    });
  });

  test("when SHUTTER_CONFIG is not there", async () => {
    const { code, err } = await start({ ...GOOD, SHUTTER_CONFIG: "mine.yml" });
    expect({ code, err }).toEqual({ code: 78, err: "SHUTTER_CONFIG names mine.yml, which is not there\n" });
  });

  test("when Slack refuses the bot token", async () => {
    const { code, err } = await start({ ...GOOD, SLACK_API_URL: await aSlack("xoxb-right") });
    expect({ code, err }).toEqual({
      code: 78,
      err: expect.stringMatching(/^SLACK_BOT_TOKEN is refused by Slack \(.*invalid_auth\)/),
    });
  });

  test("when Slack refuses the app token", async () => {
    const SLACK_API_URL = await aSlack("xoxb-secret-1");
    const { code, err } = await start({ ...GOOD, SLACK_API_URL, SLACK_APP_TOKEN: "xapp-secret-4" });
    expect({ code, err }).toEqual({ code: 78, err: expect.stringContaining("SLACK_APP_TOKEN") });
  });

  test.each(["no.such.host.invalid", "192.0.2.1"])("when this machine is not HOST %s", async (HOST) => {
    const SLACK_API_URL = await aSlack("xoxb-secret-1");
    const { code, err } = await start({ ...GOOD, SLACK_API_URL, HOST });
    expect({ code, err }).toEqual({ code: 78, err: expect.stringMatching(/^HOST does not work here: /) });
  });

  test.each(["/dev/null/shutter.db", "."])("when there can be no database at sqlite:%s", async (path) => {
    const { code, err } = await start({ ...GOOD, DATABASE_URL: `sqlite:${path}` });
    expect({ code, err }).toEqual({ code: 78, err: expect.stringMatching(/^DATABASE_URL does not work here: /) });
  });
});

describe("SIGHUP", () => {
  const may = (who: string) => `policy: [{ allow: ${who} }]\n`;

  /** The bot, beside a Slack in which Anna can ask it, and a cloud. */
  async function running(yaml: string) {
    const folder = aFolder();
    const file = (text: string) => writeFileSync(join(folder, "shutter.yml"), text);
    file(yaml);
    const clock = systemClock();
    const users = [{ id: "U0ANNA", name: "anna", locale: "en-US" }];
    const channels = [{ id: "C0OPS", name: "ops", members: ["U0ANNA"] }];
    const slack = await startDemoSlack({ clock, signingSecret: "secret-2", users, channels });
    const cloud = await startDemoCloud({ clock, vms: [{ name: "web-01" }] });
    const child = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env: {
        PATH: process.env.PATH ?? "",
        ...GOOD,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_API_URL: slack.apiUrl,
        CCLOUD_API_URL: cloud.url,
        CCLOUD_CLIENT_ID: cloud.clientId,
        CCLOUD_CLIENT_SECRET: cloud.clientSecret,
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    async function logged(message: string): Promise<Record<string, unknown>> {
      for (;;) {
        const { value, done } = await lines.next();
        if (done) throw new Error(`It ended before it said: ${message}`);
        if (value.includes(message)) return JSON.parse(value);
      }
    }
    onTestFinished(async () => {
      child.kill("SIGKILL");
      await Promise.all([slack.close(), cloud.close()]);
    });
    const { port, pid } = await logged("ready");
    slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
    return {
      file,
      remove: () => rmSync(join(folder, "shutter.yml")),
      logged,
      /** As somebody does who has the log only. */
      reload: () => process.kill(Number(pid), "SIGHUP"),
      async answer() {
        const count = slack.privateAnswers("U0ANNA").length;
        await slack.command("U0ANNA", "C0OPS", "may off web-01");
        return slack.waitFor(() => slack.privateAnswers("U0ANNA")[count]?.text, "an answer");
      },
    };
  }

  test("brings the new policy; a broken file keeps the old one, and the log says so with the mistake", async () => {
    const bot = await running(may("everyone"));
    expect(await bot.answer()).toContain("*Yes:*");
    bot.file(may("U0BEN"));
    bot.reload();
    expect(await bot.logged("the policy was read anew")).toMatchObject({
      level: "info",
      rules: 1,
      pid: expect.any(Number),
    });
    expect(await bot.answer()).toContain("*No:*");
    bot.file("policy: [{ alow: everyone }]");
    bot.reload();
    expect(await bot.logged("the policy was not read anew")).toMatchObject({
      level: "error",
      mistakes: expect.arrayContaining(["shutter.yml:1:12: unknown key alow; did you mean allow?"]),
    });
    expect(await bot.answer()).toContain("*No:*");
    bot.file("language: en\n");
    bot.reload();
    expect(await bot.logged("from now on every full member may act")).toMatchObject({ level: "error" });
    await bot.logged("the policy was read anew");
    expect(await bot.answer()).toContain("No policy is configured");
    bot.file(may("U0BEN"));
    bot.reload();
    await bot.logged("the policy was read anew");
    expect(await bot.answer()).toContain("*No:*");
  });

  test("opens nothing when the file is missing or empty for a moment: the old policy stays, which is an error", async () => {
    const bot = await running(may("U0BEN"));
    const takes = [
      { away: bot.remove, mistake: "shutter.yml is not there" },
      { away: () => bot.file(""), mistake: "shutter.yml is empty" },
      { away: () => bot.file("# policy: [{ allow: everyone }]\n---\n"), mistake: "shutter.yml is empty" },
    ];
    for (const { away, mistake } of takes) {
      away();
      bot.reload();
      const said = await bot.logged("the policy was not read anew");
      expect(said).toMatchObject({ level: "error", mistakes: [mistake] });
      expect(await bot.answer()).toContain("*No:*");
    }
    bot.file(may("everyone"));
    bot.reload();
    await bot.logged("the policy was read anew");
    expect(await bot.answer()).toContain("*Yes:*");
  });
});

test("a port that somebody else has is no mistake that stays: the start may be tried again", async () => {
  const SLACK_API_URL = await aSlack("xoxb-secret-1");
  const { code, err } = await start({ ...GOOD, SLACK_API_URL, PORT: new URL(SLACK_API_URL).port });
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("EADDRINUSE") });
});
