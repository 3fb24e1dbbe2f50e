import { expect } from "vitest";
import { formOf } from "../../src/demo/slack/sender.ts";
import { journey, QUICK } from "../journey.ts";
import { BORIS, OPS, type Rig, statusOf } from "../rig.ts";
import { auditOf, refusedIn } from "./audit-rows.ts";

const isWell = async (rig: Rig) => {
  const answer = await fetch(`http://127.0.0.1:${rig.bot.port}/healthz`);
  return (await answer.json()) as { status: string };
};

journey.concurrent(
  "a command that is delivered twice has one effect, also after a restart and after its end",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
    const answer = await rig.slack.command(BORIS, OPS, "create web-01 --live");
    expect(await answer.replay()).toMatchObject({ status: 200, body: "" });
    await rig.shows("done");
    expect(await answer.replay()).toMatchObject({ status: 200, body: "" });
    await rig.restart();
    rig.slack.requestUrl = `http://127.0.0.1:${rig.bot.port}/slack/events`;
    await rig.slack.command(BORIS, OPS, "status");
    expect(await rig.told(BORIS)).toContain("Nothing is running.");
    expect(rig.slack.cards()).toHaveLength(1);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
    expect(rig.slack.privateAnswers()).toHaveLength(1);
    expect(refusedIn(rig)).toEqual([`${BORIS} command: replayed`]);
  },
);

journey.concurrent("a click that is delivered twice at once has one effect and no second answer", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01");
  const answer = await rig.slack.click(BORIS, await rig.shows("choosing"), "request.shutdown");
  const replays = await Promise.all(Array.from({ length: 10 }, () => answer.replay()));
  for (const replay of replays) expect(replay).toMatchObject({ status: 200, body: "" });
  await rig.shows("done");
  expect(rig.slack.privateAnswers()).toEqual([]);
  expect(rig.cloud.vm("web-01").operations.map(({ type }) => type)).toEqual(["power_on", "snapshot", "shutdown"]);
  const about = rig.card().metadata?.event_payload.id;
  expect(auditOf(rig).filter(({ said }) => said.code === "refused")).toMatchObject([
    { who: BORIS, request: about, said: { what: "shutdown", why: "replayed" } },
  ]);
});

journey.concurrent("a cancel that is delivered again later does not touch what came after it", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01", timing: QUICK }] });
  await rig.slack.command(BORIS, OPS, "create web-01 one");
  await rig.shows("choosing");
  const cancel = await rig.slack.command(BORIS, OPS, "cancel web-01");
  await rig.shows("cancelled");
  await rig.slack.command(BORIS, OPS, "create web-01 two");
  const second = await rig.slack.waitFor(() => rig.slack.cards()[1], "the second card");
  await rig.slack.waitFor(() => statusOf(second) === "choosing", "its question");
  expect(await cancel.replay()).toMatchObject({ status: 200, body: "" });
  await rig.slack.command(BORIS, OPS, "status");
  await rig.told(BORIS, 2);
  expect(statusOf(second)).toBe("choosing");
});

journey.concurrent("requests that Slack did not sign, or not now, are refused and do nothing", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  const form = {
    user_id: BORIS,
    team_id: rig.slack.teamId,
    channel_id: OPS,
    command: "/snapshot",
    text: "create web-01",
  };
  const cases = [
    { timestampOffsetSeconds: 360 },
    { timestampOffsetSeconds: -360 },
    { signature: `v0=${"0".repeat(64)}` },
    { signature: "" },
    { signature: "v0=H=x" },
    { headers: { "x-slack-request-timestamp": "0x66" } },
    { headers: { "x-slack-request-timestamp": "1e9" } },
    { headers: { "x-slack-request-timestamp": "" } },
    { headers: { "x-slack-request-timestamp": "9".repeat(400) } },
  ];
  for (const more of cases) expect((await rig.slack.send(form, more)).status, JSON.stringify(more)).toBe(401);
  expect((await rig.slack.send(form, { timestampOffsetSeconds: 240 })).status).toBe(200);
  expect((await rig.slack.send(form, { timestampOffsetSeconds: -240 })).status).toBe(200);
  await rig.shows("choosing");
  expect(rig.slack.cards()).toHaveLength(1);
});

const press = { type: "block_actions", user: { id: BORIS }, actions: [{ action_id: "request.live", value: "r1" }] };
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const json = { contentType: "application/json" };

const HOSTILE: Record<string, { body: string; contentType?: string }> = {
  "payload=null": { body: "payload=null" },
  "an array as payload": { body: "payload=[]" },
  "a number as payload": { body: "payload=7" },
  "a text as payload": { body: 'payload="x"' },
  "no JSON as payload": { body: "payload={" },
  "an empty payload": { body: "payload=" },
  "two payloads": { body: `payload=${encodeURIComponent(JSON.stringify(press))}&payload=null` },
  "duplicated fields": {
    body: `${formOf({ user_id: BORIS, channel_id: OPS, command: "/snapshot", text: "status" })}&user_id=UANNA`,
  },
  "an empty body": { body: "" },
  "JSON null": { body: "null", ...json },
  "a JSON array": { body: "[]", ...json },
  "no JSON": { body: "{", ...json },
  "deep nesting": { body: nested(50_000), ...json },
  "deep nesting in a payload": { body: `payload=${nested(50_000)}` },
  "an object without anything": { body: "{}", ...json },
  "an unknown type": { body: JSON.stringify({ type: "no_such" }), ...json },
  "two megabytes": { body: `text=${"x".repeat(2 * 1024 * 1024)}` },
  "a press without actions": { body: formOf({ payload: { ...press, actions: [] } }) },
  "a press without a user": { body: formOf({ payload: { ...press, user: null } }) },
  "a press by an object": { body: formOf({ payload: { ...press, user: { id: { toString: "x" } } } }) },
  "actions that are none": { body: formOf({ payload: { ...press, actions: "x" } }) },
  "a submission without a view": { body: formOf({ payload: { type: "view_submission", user: { id: BORIS } } }) },
  "a submission of an unknown dialog": {
    body: formOf({
      payload: {
        type: "view_submission",
        user: { id: BORIS },
        view: { id: "V", callback_id: "x", state: { values: {} } },
      },
    }),
  },
  "a suggestion of nobody": { body: formOf({ payload: { type: "block_suggestion", action_id: "create.vm" } }) },
  "a command of nobody": { body: formOf({ command: "/snapshot", text: "create web-01" }) },
  "a command with a very long text": {
    body: formOf({ user_id: BORIS, channel_id: OPS, command: "/snapshot", text: "x".repeat(41_000) }),
  },
  "a command with a prototype": {
    body: formOf({
      user_id: BORIS,
      channel_id: OPS,
      command: "/snapshot",
      text: "status",
      __proto__x: "y",
      constructor: "z",
      toString: "w",
    }),
  },
};

journey.concurrent(
  "signed nonsense is answered, never with 200 for what was not understood, and the process lives",
  async ({ begin }) => {
    const rig = await begin({ vms: [{ name: "web-01" }] }, ["error logged"]);
    const answers: Record<string, number> = {};
    for (const [what, { body, contentType }] of Object.entries(HOSTILE)) {
      answers[what] = (await rig.slack.send(body, { ...(contentType && { contentType }) })).status;
      expect(await isWell(rig), what).toMatchObject({ status: "ok" });
    }
    const understood = ["a command with a prototype"];
    // Bolt itself trips over these; Slack sends nothing of the kind.
    const tripping = [
      "a press without a user",
      "actions that are none",
      "a submission without a view",
      "a suggestion of nobody",
    ];
    const strange = Object.entries(answers).filter(([what, status]) => {
      if (understood.includes(what)) return status !== 200;
      return status < 400 || status > (tripping.includes(what) ? 500 : 499);
    });
    expect(Object.fromEntries(strange)).toEqual({});
    expect(rig.slack.messages()).toEqual([]);
  },
);

journey.concurrent("bytes that are not UTF-8, and a body that is cut off", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  const answer = await fetch(rig.slack.requestUrl!, { method: "POST", body: new Uint8Array([0xff, 0xfe, 0x00]) });
  expect(answer.status).toBe(401);
  expect(await isWell(rig)).toMatchObject({ status: "ok" });
});

journey.concurrent("other paths and methods are 404, and Slack's url_verification is answered", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  const base = `http://127.0.0.1:${rig.bot.port}`;
  for (const path of ["/", "/slack/events", "/slack", "/__proto__", "/healthz/../slack/events"]) {
    expect((await fetch(base + path)).status, path).toBe(404);
  }
  expect((await fetch(`${base}/healthz`, { method: "POST" })).status).toBe(404);
  const answer = await rig.slack.send('{"type":"url_verification","challenge":"abc"}', json);
  expect(answer.json()).toEqual({ challenge: "abc" });
});

journey.concurrent("an answer goes to Slack only, wherever the response_url points", async ({ begin }) => {
  const rig = await begin({ vms: [{ name: "web-01" }] });
  const form = { user_id: BORIS, team_id: rig.slack.teamId, channel_id: OPS, command: "/snapshot", text: "status" };
  for (const response_url of [
    "http://10.0.0.1/x",
    "https://example.com/x",
    "file:///etc/passwd",
    "not a url",
    "gopher://127.0.0.1/",
  ]) {
    expect((await rig.slack.send({ ...form, response_url })).status).toBe(200);
  }
  await rig.told(BORIS, 5);
  expect(rig.slack.privateAnswers(BORIS).map(({ via }) => via)).toEqual(Array(5).fill("ephemeral"));
});
