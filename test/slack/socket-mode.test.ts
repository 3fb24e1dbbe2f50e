import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { ANNA, BORIS, CLARA, OPS, type Rig, type RigOptions, startRig } from "../rig.ts";

const APP_TOKEN = "xapp-demo";
const NO_SOCKET = "the Slack socket is not open";

let rig: Rig;
afterEach(() => rig.stop());

const PEOPLE = [ANNA, BORIS, CLARA].map((id) => ({ id, name: id.slice(1).toLowerCase(), locale: "en-US" }));

/** The rig's bot with no way in but the socket. */
async function aSocketRig(env: Record<string, string> = {}, more: Partial<RigOptions> = {}): Promise<void> {
  rig = await startRig({
    vms: [
      { name: "web-01", timing: { shutdownMs: 5000, snapshotMs: 20_000, bootMs: 5000 } },
      { name: "db-01" },
      { name: "full-01", snapshots: 10 },
    ],
    slack: { appToken: APP_TOKEN },
    ...more,
    env: { SLACK_APP_TOKEN: APP_TOKEN, SLACK_SIGNING_SECRET: "", ...env },
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function health(port = rig.bot.port) {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  return { status: response.status, body: await response.json() };
}

/** Keeps the bot from opening a socket until it is let; `asked` is when it wants to. */
function gate() {
  const asked = Promise.withResolvers<void>();
  const open = Promise.withResolvers<undefined>();
  rig.slack.server.intercept(({ path }) => {
    if (!path.endsWith("/apps.connections.open")) return undefined;
    asked.resolve();
    return open.promise;
  });
  return { asked: asked.promise, open: () => open.resolve(undefined) };
}

const links = (count: number) => {
  let open = -1;
  rig.slack.onChange((change) => {
    if (change.kind === "link") open = change.open;
  });
  return () => rig.slack.waitFor(() => open === count, `${count} open links`);
};

describe("over Socket Mode", () => {
  test("a command, a click and all that follows arrive and are answered", async () => {
    await aSocketRig();
    expect(await rig.slack.command(ANNA, OPS, "create web-01")).toMatchObject({ status: 200, body: "" });
    expect(await rig.slack.click(ANNA, await rig.shows("choosing"), "request.shutdown")).toMatchObject({ status: 200 });
    await rig.shows("done");
    expect(rig.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
    await rig.slack.command(ANNA, OPS, "list web-01");
    expect(await rig.told(ANNA)).toContain(rig.cloud.vm("web-01").snapshots[0]!.name);
    const { status } = await fetch(`http://127.0.0.1:${rig.bot.port}/slack/events`, { method: "POST" });
    expect(status).toBe(404);
  });

  test("who is in a group, and that somebody is no longer, counts at the next click", async () => {
    const group = { id: "S0SRE", handle: "sre", users: [BORIS, CLARA] };
    const policy = "policy:\n  - { allow: everyone, approval: { by: [group:sre], count: 2 } }\n";
    await aSocketRig({}, { slack: { appToken: APP_TOKEN, users: PEOPLE, groups: [group] }, yaml: policy });
    await rig.slack.command(ANNA, OPS, "create web-01 --live");
    const card = await rig.shows("awaiting_approval");
    await rig.slack.click(CLARA, card, "request.approve");
    await rig.slack.waitFor(() => card.text.includes("clara"), "the first yes");
    await rig.slack.changeGroup(group.id, { users: [CLARA] });
    await rig.slack.click(BORIS, card, "request.approve");
    expect(await rig.told(BORIS)).toMatch(/^You are not among those who may approve this/);
    await rig.slack.changeGroup(group.id, { users: [BORIS, CLARA] });
    await rig.slack.click(BORIS, card, "request.approve");
    await rig.shows("done");
  });

  test("the dialog opens, suggests, fills in, says what is wrong, and makes a request", async () => {
    await aSocketRig();
    await rig.slack.command(BORIS, OPS, "");
    const dialog = () => rig.slack.view(BORIS);
    const view = await rig.slack.waitFor(dialog, "the dialog");
    expect(await rig.slack.suggest(BORIS, "create.vm", "WEB")).toEqual([{ text: "web-01", value: "web-01" }]);
    await rig.slack.choose(BORIS, view, "create.vm", "full-01");
    await rig.slack.submit(BORIS);
    expect(dialog()!.errors).toEqual({ vm: expect.stringContaining("10 of 10") });
    await rig.slack.choose(BORIS, dialog()!, "create.vm", "web-01");
    await rig.slack.waitFor(() => /"initial_value":"web-01-\d+"/.test(JSON.stringify(dialog()?.blocks)), "the name");
    await rig.slack.choose(BORIS, dialog()!, "create.how", "live");
    rig.slack.fill(BORIS, "create.reason", "an upgrade");
    await rig.slack.submit(BORIS);
    expect(dialog()).toBeUndefined();
    expect((await rig.shows("done")).text).toContain("an upgrade");
  });

  test("the shortcut opens the dialog too", async () => {
    await aSocketRig();
    await rig.slack.shortcut(ANNA, "create");
    await rig.slack.waitFor(() => rig.slack.view(ANNA)?.callbackId === "create", "the dialog");
  });

  test("what is delivered twice has one effect", async () => {
    await aSocketRig();
    const command = await rig.slack.command(ANNA, OPS, "create web-01 --live");
    expect(await command.replay()).toMatchObject({ status: 200, body: "" });
    await rig.shows("done");
    expect(await command.replay()).toMatchObject({ status: 200, body: "" });
    await rig.slack.command(ANNA, OPS, "create db-01");
    const click = await rig.slack.click(ANNA, await rig.shows("choosing", "db-01"), "request.cancel");
    expect(await click.replay()).toMatchObject({ status: 200, body: "" });
    await rig.shows("cancelled", "db-01");
    expect(rig.slack.cards()).toHaveLength(2);
    expect(rig.cloud.vm("web-01").snapshots).toHaveLength(1);
    expect(rig.slack.privateAnswers()).toEqual([]);
  });

  test("it goes on when Slack wants a new connection, also for what runs meanwhile", async () => {
    await aSocketRig();
    await rig.slack.command(ANNA, OPS, "create web-01");
    const choosing = await rig.shows("choosing");
    const [gone, back] = [links(0), links(1)];
    rig.slack.recycleLinks("warning");
    await gone();
    await back();
    await rig.slack.click(ANNA, choosing, "request.live");
    await rig.shows("done");
    expect(rig.slack.cards()).toHaveLength(1);
  });
});

describe("/healthz over Socket Mode", () => {
  test("says 503 before the socket is open and 200 from then on", async () => {
    const port = await freePort();
    await aSocketRig({ PORT: String(port) });
    expect(await health()).toEqual({ status: 200, body: { status: "ok", slack: "ok", database: "ok" } });
    const { asked, open } = gate();
    const restarted = rig.restart();
    await asked;
    expect(await health(port)).toEqual({
      status: 503,
      body: { status: "unavailable", reason: NO_SOCKET, slack: NO_SOCKET, database: "ok" },
    });
    open();
    await restarted;
    expect((await health()).status).toBe(200);
  });

  test("says 503 while the socket is dead and 200 when there is a new one", async () => {
    await aSocketRig();
    const { asked, open } = gate();
    const [gone, back] = [links(0), links(1)];
    rig.slack.recycleLinks("link_disabled");
    await gone();
    await asked;
    expect(await health()).toMatchObject({ status: 503, body: { reason: NO_SOCKET } });
    open();
    await back();
    await rig.slack.command(ANNA, OPS, "status");
    await rig.told(ANNA);
    expect((await health()).status).toBe(200);
  });
});
