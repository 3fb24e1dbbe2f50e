import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { startBot } from "../src/bot.ts";
import { systemClock } from "../src/clock.ts";
import { readConfig } from "../src/config.ts";
import { startDemoCloud } from "../src/demo/cloud.ts";
import { startDemoSlack } from "../src/demo/slack.ts";
import { serve } from "../src/http-server.ts";
import { openSqlite } from "../src/store/sqlite.ts";
import { ANNA, OPS, type Rig, startRig } from "./rig.ts";

const MEBIBYTE = 1024 * 1024;
const OK = { status: 200, body: { status: "ok", slack: "ok", database: "ok" } };

async function get(port: number, path: string, method = "GET") {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: "close" } });
  return { status: response.status, body: await response.text() };
}

async function health(port: number) {
  const { status, body } = await get(port, "/healthz");
  return { status, body: JSON.parse(body) as unknown };
}

/** Says these bytes to a server and listens until it hangs up. */
async function say(port: number, ...bytes: (string | Buffer)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  for (const part of bytes) socket.write(part);
  const heard = await text(socket);
  socket.destroy();
  return heard;
}

const head = (...headers: string[]) => `${["POST /slack/events HTTP/1.1", "host: x", ...headers].join("\r\n")}\r\n\r\n`;

describe("the bot's HTTP server", () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig({ vms: [{ name: "web-01" }] });
  });
  afterEach(() => rig.stop());

  /** Signed, so that only what is in it can be wrong. */
  async function sendBytes(body: Buffer, headers: Record<string, string> = {}) {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const mac = createHmac("sha256", rig.slack.signingSecret).update(`v0:${timestamp}:`).update(body).digest("hex");
    const response = await fetch(`http://127.0.0.1:${rig.bot.port}/slack/events`, {
      method: "POST",
      body: new Uint8Array(body),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": `v0=${mac}`,
        connection: "close",
        ...headers,
      },
    });
    return { status: response.status, body: await response.text() };
  }

  /** A good command still goes through. */
  async function works() {
    expect(await rig.slack.command(ANNA, OPS, "status")).toMatchObject({ status: 200, body: "" });
    await rig.told(ANNA);
    expect(await health(rig.bot.port)).toEqual(OK);
  }

  describe("/healthz", () => {
    test("says that all is well, as JSON, whatever stands behind the question mark", async () => {
      const response = await fetch(`http://127.0.0.1:${rig.bot.port}/healthz?from=probe`);
      expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(await response.json()).toEqual(OK.body);
    });

    test("says 503 while Slack has not let the bot sign in, and 200 as soon as it has", async () => {
      rig.slack.outage(true);
      await rig.restart();
      const reason = "not signed in to Slack";
      expect(await health(rig.bot.port)).toEqual({
        status: 503,
        body: { status: "unavailable", reason, slack: reason, database: "ok" },
      });
      const before = rig.logs.length;
      rig.slack.outage(false);
      await rig.until(
        () => rig.logs.slice(before).some(({ message }) => message === "signed in to Slack"),
        "the sign-in",
      );
      expect(await health(rig.bot.port)).toEqual(OK);
    });
  });

  test.each([
    "/",
    "/healthz/",
    "//healthz",
    "/HEALTHZ",
    "/slack",
    "/slack/events/",
    "/__proto__",
    "/constructor",
    "/.env",
    "/..%2f..%2fetc/passwd",
    "/%",
  ])("GET %s is 404 and says nothing", async (path) => {
    expect(await get(rig.bot.port, path)).toEqual({ status: 404, body: "" });
  });

  test.each([
    ["POST", "/healthz"],
    ["DELETE", "/healthz"],
    ["GET", "/slack/events"],
    ["PUT", "/slack/events"],
    ["HEAD", "/slack/events"],
    ["OPTIONS", "/slack/events"],
  ])("%s %s is 404", async (method, path) => {
    expect(await get(rig.bot.port, path, method)).toEqual({ status: 404, body: "" });
  });

  describe("a body", () => {
    test("of more than a mebibyte is refused, signed or not", async () => {
      const tooMuch = Buffer.alloc(MEBIBYTE + 1, "x");
      expect((await sendBytes(tooMuch)).status).toBe(413);
      expect((await sendBytes(Buffer.alloc(16 * MEBIBYTE, "x"), { "x-slack-signature": "v0=" })).status).toBe(413);
      await works();
    });

    test("of a mebibyte is looked at", async () => {
      expect((await sendBytes(Buffer.alloc(MEBIBYTE, "x"))).status).toBe(400);
      expect((await sendBytes(Buffer.alloc(MEBIBYTE, "x"), { "x-slack-signature": "v0=" })).status).toBe(401);
      await works();
    });

    test.each([
      { what: "nothing", body: "" },
      { what: "a payload that is null", body: "payload=null" },
      { what: "a payload that is a list", body: "payload=%5B%5D" },
      { what: "a payload that is no JSON", body: "payload=%7B" },
      { what: "two payloads", body: "payload=%7B%7D&payload=%7B%7D" },
      { what: "a payload of nothing", body: "payload=%7B%7D" },
      { what: "a click without anything", body: `payload=${encodeURIComponent('{"type":"block_actions"}')}` },
      {
        what: "a click on nothing",
        body: `payload=${encodeURIComponent('{"type":"block_actions","actions":[null],"user":{"id":"UANNA"}}')}`,
      },
      {
        what: "a click by nobody",
        body: `payload=${encodeURIComponent('{"type":"block_actions","actions":[{"action_id":"request.live"}],"user":null}')}`,
      },
      {
        what: "a dialog without fields",
        body: `payload=${encodeURIComponent('{"type":"view_submission","view":{"callback_id":"create"},"user":{"id":"UANNA"}}')}`,
      },
      {
        what: "a shortcut without a trigger",
        body: `payload=${encodeURIComponent('{"type":"shortcut","callback_id":"create"}')}`,
      },
      { what: "a command by nobody", body: "command=%2Fsnapshot&text=list" },
      {
        what: "a command with two texts",
        body: "command=%2Fsnapshot&text=list&text=status&user_id=UANNA&channel_id=COPS",
      },
      {
        what: "a command far too long",
        body: `command=%2Fsnapshot&user_id=UANNA&channel_id=COPS&text=${"x".repeat(40_001)}`,
      },
      { what: "prototypes", body: "__proto__=x&constructor=y" },
      { what: "bytes that are no UTF-8", body: Buffer.from([0x70, 0x3d, 0xff, 0xfe]) },
      {
        what: "very deep JSON",
        body: `payload=${encodeURIComponent(`{"type":"block_actions","actions":${"[".repeat(50_000)}${"]".repeat(50_000)}}`)}`,
      },
    ])("of $what is refused, and the bot goes on", async ({ body }) => {
      const answer = await sendBytes(Buffer.from(body as string));
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.body).toBe("");
      await works();
      expect(rig.slack.messages()).toEqual([]);
    });

    test("with Slack's challenge is answered with it", async () => {
      const json = Buffer.from('{"type":"url_verification","token":"t","challenge":"3eZbrw1a"}');
      const answer = await sendBytes(json, { "content-type": "application/json" });
      expect(answer).toEqual({ status: 200, body: '{"challenge":"3eZbrw1a"}' });
    });

    test("of Slack's own certificate check is answered with nothing", async () => {
      expect(await sendBytes(Buffer.from("ssl_check=1&token=t"))).toEqual({ status: 200, body: "" });
    });
  });

  test.each([
    { what: "no HTTP", bytes: "HELLO\r\n\r\n", says: "400" },
    {
      what: "a length and chunks at once",
      bytes: head("content-length: 3", "transfer-encoding: chunked"),
      says: "400",
    },
    { what: "two lengths", bytes: head("content-length: 3", "content-length: 4"), says: "400" },
    { what: "a length below zero", bytes: head("content-length: -1"), says: "400" },
    { what: "very long headers", bytes: head(`x: ${"y".repeat(17_000)}`), says: "431" },
    { what: "a name across two lines", bytes: head("x-slack-signature: a\r\n b", "connection: close"), says: "4" },
    {
      what: "two signatures",
      bytes: head("x-slack-signature: v0=1", "x-slack-signature: v0=2", "connection: close", "content-length: 0"),
      says: "401",
    },
  ])("refuses $what", async ({ bytes, says }) => {
    expect(await say(rig.bot.port, bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${says}`));
    await works();
  });

  test("lets those who hang up in the middle go", async () => {
    const socket = connect(rig.bot.port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.write(`${head("content-length: 1000")}x`, () => resolve()));
    socket.destroy();
    await works();
  });

  test("serves others while somebody is slow", async () => {
    const slow = [1, 2, 3].map(() => connect(rig.bot.port, "127.0.0.1"));
    for (const socket of slow) socket.write(`${head("content-length: 1000")}x`);
    await works();
    for (const socket of slow) socket.destroy();
  });
});

test("whoever sends too slowly is turned away", async () => {
  const server = await serve(
    "127.0.0.1",
    0,
    {
      "POST /slack/events": async (request, response) => {
        await text(request);
        response.end();
      },
    },
    100,
  );
  onTestFinished(() => server.close());
  const [head_, body] = await Promise.all([
    say(server.port, "POST /slack/events HTTP/1.1\r\nhost:"),
    say(server.port, `${head("content-length: 1000")}x`),
  ]);
  expect(head_).toMatch(/^HTTP\/1\.1 408/);
  expect(body).toMatch(/^HTTP\/1\.1 408/);
});

test("an error inside is a 500 that says nothing", async () => {
  const server = await serve("127.0.0.1", 0, { "GET /": async () => Promise.reject(new Error("the secret")) });
  onTestFinished(() => server.close());
  expect(await get(server.port, "/")).toEqual({ status: 500, body: "" });
});

test("/healthz says 503 when the database is gone, and the bot takes nothing in any more", async () => {
  const folder = mkdtempSync(join(tmpdir(), "shutter-http-"));
  const clock = systemClock();
  const cloud = await startDemoCloud({ clock, vms: [] });
  const slack = await startDemoSlack({
    clock,
    signingSecret: "s",
    users: [{ id: ANNA, name: "anna" }],
    channels: [{ id: OPS, name: "ops", members: [ANNA] }],
  });
  const store = openSqlite(join(folder, "shutter.db"));
  const config = readConfig({
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    HOST: "127.0.0.1",
    PORT: "0",
    CCLOUD_API_URL: cloud.url,
    CCLOUD_CLIENT_ID: cloud.clientId,
    CCLOUD_CLIENT_SECRET: cloud.clientSecret,
  });
  const bot = await startBot(config, store, clock, { info() {}, warn() {}, error() {} });
  onTestFinished(async () => {
    await bot.stop().catch(() => {}); // it cannot close its database a second time
    await Promise.all([cloud.close(), slack.close()]);
    rmSync(folder, { recursive: true });
  });
  slack.requestUrl = `http://127.0.0.1:${bot.port}/slack/events`;
  expect(await health(bot.port)).toEqual(OK);

  await store.close();
  const reason = "the database cannot be written to";
  expect(await health(bot.port)).toEqual({
    status: 503,
    body: { status: "unavailable", reason, slack: "ok", database: reason },
  });
  expect((await slack.command(ANNA, OPS, "create web-01")).status).toBe(500);
  expect(cloud.server.journal).toEqual([]);
});
