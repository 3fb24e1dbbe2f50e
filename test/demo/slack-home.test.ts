import { describe, expect, test } from "vitest";
import { ANNA, aBoltApp, aSlack, aSocketApp, BEN, button, OPS, plain, refusal, section } from "./slack-rig.ts";

const option = (value: string) => ({ text: plain(value), value });
const home = {
  type: "home" as const,
  callback_id: "home",
  blocks: [
    {
      type: "actions" as const,
      block_id: "find",
      elements: [
        { type: "external_select" as const, action_id: "vm", min_query_length: 1, placeholder: plain("VM") },
        button("create", { value: "new" }),
        { type: "overflow" as const, action_id: "more", options: [option("rename"), option("delete")] },
      ],
    },
    {
      type: "input" as const,
      block_id: "search",
      label: plain("Search"),
      dispatch_action: true,
      element: { type: "plain_text_input" as const, action_id: "words" },
    },
  ] as never,
};

async function published() {
  const rig = await aSlack();
  const app = await aBoltApp(rig.slack);
  const heard: Record<string, unknown>[] = [];
  app.use(async ({ body, next }) => {
    heard.push(body as never);
    await next();
  });
  app.action(/.*/, ({ ack }) => ack());
  app.options("vm", ({ ack }) => ack({ options: [option("web-01")] }));
  await rig.client.views.publish({ user_id: ANNA, view: home });
  return { ...rig, app, heard, home: rig.slack.home(ANNA)! };
}

describe("the Home tab", () => {
  test("says that it was opened, with what was there before", async () => {
    const { slack, heard, home } = await published();
    expect(await slack.openHome(BEN)).toMatchObject({ status: 200 });
    await slack.openHome(ANNA);
    expect(heard).toMatchObject([
      {
        type: "event_callback",
        team_id: slack.teamId,
        api_app_id: "A0DEMO",
        event_id: expect.stringMatching(/^Ev/),
        event_time: 1_794_819_600,
        event: { type: "app_home_opened", user: BEN, channel: `D${BEN}`, tab: "home", event_ts: expect.any(String) },
        authorizations: [{ user_id: slack.botUserId, is_bot: true }],
      },
      { event: { user: ANNA, view: { id: home.id, callback_id: "home" } } },
    ]);
    expect(heard[0]).not.toHaveProperty("event.view");
  });

  test("tells what is pressed, chosen and typed there, as of a view and of no channel", async () => {
    const { slack, heard, home } = await published();
    await slack.click(ANNA, home, "create");
    expect(await slack.suggest(ANNA, "vm", "w")).toEqual([{ text: "web-01", value: "web-01" }]);
    await slack.choose(ANNA, home, "vm", "web-01");
    await slack.choose(ANNA, home, "more", "delete");
    await slack.enter(ANNA, "words", "db");
    expect(
      heard.map(({ type, actions, value }) => (actions as object[] | undefined)?.[0] ?? { type, value }),
    ).toMatchObject([
      { type: "button", block_id: "find", action_id: "create", value: "new" },
      { type: "block_suggestion", value: "w" },
      { type: "external_select", block_id: "find", action_id: "vm", selected_option: { value: "web-01" } },
      { type: "overflow", block_id: "find", action_id: "more", selected_option: { value: "delete" } },
      { type: "plain_text_input", block_id: "search", action_id: "words", value: "db" },
    ]);
    for (const body of heard) {
      expect(body).toMatchObject({
        container: { type: "view", view_id: home.id },
        view: { id: home.id, type: "home" },
      });
      for (const name of ["channel", "message", "response_url"]) expect(body).not.toHaveProperty(name);
    }
    expect(heard.at(-1)).toMatchObject({
      view: { state: { values: { find: { vm: { selected_option: { value: "web-01" } } } } } },
    });
  });

  test("is searched for a field that the dialog above it does not have", async () => {
    const { slack, app } = await published();
    app.action("create", async ({ client, body }) => {
      const view = { type: "modal" as const, title: plain("T"), blocks: [section("s")] };
      await client.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view });
    });
    await slack.click(ANNA, slack.home(ANNA)!, "create");
    await slack.waitFor(() => slack.view(ANNA), "the dialog");
    expect(await slack.suggest(ANNA, "vm", "w")).toHaveLength(1);
  });

  test("takes a hundred blocks and no more", async () => {
    const { client } = await aSlack();
    const view = (count: number) => ({
      type: "home" as const,
      blocks: Array.from({ length: count }, () => section("s")),
    });
    expect(await client.views.publish({ user_id: ANNA, view: view(100) })).toMatchObject({ ok: true });
    expect(await refusal(client.views.publish({ user_id: ANNA, view: view(101) }))).toBe("invalid_arguments");
  });

  test("that is switched off can be neither opened nor filled", async () => {
    const { slack, client } = await aSlack({ homeTab: false });
    expect(await refusal(client.views.publish({ user_id: ANNA, view: home }))).toBe("not_enabled");
    await expect(slack.openHome(ANNA)).rejects.toThrow("switched off");
  });
});

describe("an event that Slack tells again", () => {
  test("says so over HTTP, and is signed anew", async () => {
    const { slack } = await aSlack();
    const app = await aBoltApp(slack);
    const seen: unknown[] = [];
    app.event("app_home_opened", async ({ body, context }) => {
      seen.push([body.event_id, context.retryNum, context.retryReason]);
    });
    const first = await slack.openHome(ANNA);
    const second = await first.retry();
    await second.retry(2, "http_error");
    await first.replay();
    const [[id]] = seen as [[string]];
    expect(seen).toEqual([
      [id, undefined, undefined],
      [id, 1, "http_timeout"],
      [id, 2, "http_error"],
      [id, undefined, undefined],
    ]);
  });

  test("says so over Socket Mode", async () => {
    const { slack } = await aSlack({ appToken: "xapp-demo" });
    const app = await aSocketApp(slack);
    const seen: unknown[] = [];
    app.event("app_home_opened", async ({ body, context }) => {
      seen.push([body.event_id, context.retryNum, context.retryReason]);
    });
    const first = await slack.openHome(ANNA);
    await first.retry(3);
    const [[id]] = seen as [[string]];
    expect(seen).toEqual([
      [id, 0, ""],
      [id, 3, "http_timeout"],
    ]);
  });
});

test("two people have two Homes", async () => {
  const { slack, client } = await aSlack();
  await client.views.publish({ user_id: ANNA, view: home });
  expect(slack.home(BEN)).toBeUndefined();
  expect(slack.messages(OPS)).toEqual([]);
});
