import { afterEach, describe, expect, test } from "vitest";
import { homeSays, opensHome, readHome } from "../home-page.ts";
import { ANNA, BORIS, CLARA, type Rig, type RigOptions, startRig } from "../rig.ts";

let rig: Rig;
afterEach(() => rig.stop());
const start = async (options: Partial<RigOptions> = {}) => {
  rig = await startRig({ vms: [{ name: "web-01" }], ...options });
};

const published = () =>
  rig.slack.server.journal
    .filter(({ call }) => call.path === "/api/views.publish")
    .map(({ call }) => new URLSearchParams(call.body).get("user_id"));

const event = (type: string, fields: object = {}, around: object = {}) =>
  rig.slack.send(
    JSON.stringify({
      token: "x",
      team_id: rig.slack.teamId,
      type: "event_callback",
      event_id: "Ev1",
      event: { type, ...fields },
      ...around,
    }),
    { contentType: "application/json" },
  );

/** Whatever was begun before has had its chance: a Home that is opened afterwards has been published. */
async function afterwards() {
  await opensHome(rig, CLARA, "web-01");
  expect(rig.logs.filter(({ level }) => level === "error")).toEqual([]);
  return published().filter((user) => user !== CLARA);
}

describe("over HTTP", () => {
  test("opening the Home tab is acknowledged, and the Home is published for that person", async () => {
    await start();
    expect(await rig.slack.openHome(BORIS)).toMatchObject({ status: 200, body: "" });
    await homeSays(rig, BORIS, "web-01");
    expect(new Set(published())).toEqual(new Set([BORIS]));
  });

  test("told again by Slack, or repeated on the way, it does no harm", async () => {
    await start();
    const told = await rig.slack.openHome(BORIS);
    expect(await told.retry()).toMatchObject({ status: 200 });
    expect(await told.replay()).toMatchObject({ status: 200 });
    await homeSays(rig, BORIS, "web-01");
    expect(new Set(await afterwards())).toEqual(new Set([BORIS]));
  });

  test.each([
    { what: "the messages tab", type: "app_home_opened", fields: { user: BORIS, channel: "D1", tab: "messages" } },
    { what: "no tab", type: "app_home_opened", fields: { user: BORIS, channel: "D1" } },
    { what: "nobody", type: "app_home_opened", fields: { tab: "home" } },
    { what: "somebody in another form", type: "app_home_opened", fields: { user: { id: BORIS }, tab: "home" } },
    { what: "a message", type: "message", fields: { user: BORIS, text: "hello", channel: "D1" } },
    { what: "something unheard of", type: "somersault", fields: { user: BORIS } },
    { what: "a constructor", type: "constructor", fields: { user: BORIS, tab: "home" } },
  ])("an event about $what is acknowledged, and nothing comes of it", async ({ type, fields }) => {
    await start();
    expect(await event(type, fields)).toMatchObject({ status: 200, body: "" });
    expect(await afterwards()).toEqual([]);
  });

  test("an event without what it is about is acknowledged, since a refusal would only be sent again", async () => {
    await start();
    for (const around of [{ event: undefined }, { event: null }, { event: [] }, { event: "app_home_opened" }]) {
      expect(await event("app_home_opened", {}, around)).toMatchObject({ status: 200, body: "" });
    }
    expect(await afterwards()).toEqual([]);
  });

  test("nothing is published for a workspace that is not ours, nor for strangers", async () => {
    await start({
      slack: {
        users: [
          { id: BORIS, name: "boris" },
          { id: ANNA, name: "anna", stranger: true },
          { id: CLARA, name: "clara" },
        ],
        channels: [],
      },
    });
    const opened = { user: BORIS, tab: "home" };
    expect(await event("app_home_opened", opened, { team_id: "TOTHER" })).toMatchObject({ status: 200 });
    expect(await event("app_home_opened", { ...opened, user: ANNA })).toMatchObject({ status: 200 });
    expect(await event("app_home_opened", { ...opened, user: "UNOBODY" })).toMatchObject({ status: 200 });
    expect(await afterwards()).toEqual([]);
  });

  test("an unsigned one is refused", async () => {
    await start();
    const body = JSON.stringify({
      type: "event_callback",
      event: { type: "app_home_opened", user: BORIS, tab: "home" },
    });
    const answer = await rig.slack.send(body, { contentType: "application/json", signature: `v0=${"0".repeat(64)}` });
    expect(answer.status).toBe(401);
    expect(await afterwards()).toEqual([]);
  });

  test("somebody of another workspace cannot turn a page of anybody's Home", async () => {
    await start({ vms: Array.from({ length: 12 }, (_, n) => ({ name: `web-${n + 1}` })) });
    const view = { id: "V1", type: "home", state: { values: {} } };
    const actions = [{ type: "button", action_id: "home.page.next", value: "1" }];
    const user = { id: BORIS, team_id: "TOTHER" };
    const payload = { type: "block_actions", user, team: { id: "TOTHER" }, view, actions };
    await opensHome(rig, BORIS, "Page 1 of 2");
    expect(await rig.slack.send({ payload })).toMatchObject({ status: 200 });
    await opensHome(rig, CLARA, "Page 1 of 2");
    const before = published().length;
    await rig.slack.openHome(BORIS);
    await rig.until(() => published().slice(before).includes(BORIS), "another drawing");
    expect(readHome(rig, BORIS)).toContain("Page 1 of 2");
  });

  test("while Slack does not say who somebody is, their Home waits, and comes when it does", async () => {
    await start();
    rig.slack.server.intercept(({ path }) =>
      path === "/api/users.info" ? { kind: "answer", reply: { status: 500 }, applied: false } : undefined,
    );
    await rig.slack.openHome(BORIS);
    await rig.until(() => rig.logs.some(({ message }) => message === "a Home could not be drawn"), "the first try");
    expect(published()).toEqual([]);
    rig.slack.server.intercept(undefined);
    await homeSays(rig, BORIS, "web-01");
  });
});

describe("over Socket Mode", () => {
  test("the same: opening, searching, choosing", async () => {
    const appToken = "xapp-demo";
    await start({
      vms: [{ name: "web-01" }, { name: "db-01" }],
      slack: { appToken },
      env: { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: "" },
    });
    const home = await opensHome(rig, BORIS, "web-01", "db-01");
    await rig.slack.choose(BORIS, home, "create.vm", "web-01");
    await homeSays(rig, BORIS, "[ All VMs ]");
    await rig.slack.choose(BORIS, rig.slack.home(BORIS)!, "home.language", "de");
    await homeSays(rig, BORIS, "Deine Einstellungen");
    expect(rig.logs.filter(({ level }) => level !== "info")).toEqual([]);
  });
});

test("a Home tab that is switched off in Slack is borne", async () => {
  await start();
  await opensHome(rig, BORIS, "web-01");
  const refusal = { status: 200, body: { ok: false, error: "not_enabled" } };
  rig.slack.server.intercept(({ path }) =>
    path === "/api/views.publish" ? { kind: "answer", reply: refusal, applied: false } : undefined,
  );
  await rig.slack.openHome(BORIS);
  await rig.until(() => rig.logs.some(({ message }) => message === "a Home could not be drawn"), "the refusal");
  rig.slack.server.intercept(undefined);
  await opensHome(rig, ANNA, "web-01");
});
