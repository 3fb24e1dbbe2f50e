import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import type { View } from "../../src/demo/slack.ts";
import { ANNA, aBoltApp, aSlack, BEN, button, OPS, plain } from "./slack-rig.ts";

const option = (value: string) => ({ text: plain(value.toUpperCase()), value });
const options = ["a", "b", "c"].map(option);
const chosen = (...values: string[]) => values.map((value) => expect.objectContaining({ value }));
const input = (block_id: string, element: object, more: object = {}) => ({
  type: "input",
  block_id,
  label: plain(block_id),
  element: { action_id: `${block_id}.action`, ...element },
  ...more,
});
const row = (block_id: string, ...elements: object[]) => ({ type: "actions", block_id, elements });

/** An app that hears every action and suggests what fits. */
async function aBot() {
  const rig = await aSlack();
  const app = await aBoltApp(rig.slack);
  const heard: Record<string, unknown>[] = [];
  app.action(/.*/, async ({ ack, body, action }) => {
    heard.push({ ...body, action });
    await ack();
  });
  app.options(/.*/, ({ ack, payload }) => ack({ options: options.filter(({ value }) => value === payload.value) }));
  return { ...rig, app, heard, actions: () => heard.map(({ action }) => action) };
}

async function aDialog(app: App, slack: Awaited<ReturnType<typeof aSlack>>["slack"], blocks: object[]): Promise<View> {
  app.shortcut("open", async ({ ack, client, shortcut }) => {
    await ack();
    const view = { type: "modal" as const, title: plain("T"), submit: plain("OK"), blocks: blocks as never };
    await client.views.open({ trigger_id: shortcut.trigger_id, view });
  });
  await slack.shortcut(ANNA, "open");
  return slack.waitFor(() => slack.view(ANNA), "the dialog");
}

describe("in a dialog", () => {
  test("several things can be chosen, and none again", async () => {
    const { slack, app } = await aBot();
    const view = await aDialog(app, slack, [
      input("boxes", { type: "checkboxes", options, initial_options: [option("a")] }, { optional: true }),
      input("many", { type: "multi_static_select", options, max_selected_items: 2 }),
      input("asked", { type: "multi_external_select", min_query_length: 1 }),
      input("one", { type: "radio_buttons", options }),
    ]);
    expect(view.state.boxes).toEqual({ "boxes.action": { type: "checkboxes", selected_options: chosen("a") } });
    await slack.choose(ANNA, view, "boxes.action", []);
    await slack.choose(ANNA, view, "many.action", ["a", "B"]);
    await slack.choose(ANNA, view, "asked.action", ["a", "c"]);
    await slack.choose(ANNA, view, "one.action", "b");
    expect(view.state).toMatchObject({
      boxes: { "boxes.action": { selected_options: [] } },
      many: { "many.action": { selected_options: chosen("a", "b") } },
      asked: { "asked.action": { selected_options: chosen("a", "c") } },
      one: { "one.action": { selected_option: { value: "b" } } },
    });
    await expect(slack.choose(ANNA, view, "many.action", ["a", "b", "c"])).rejects.toThrow("No more than 2");
    await expect(slack.choose(ANNA, view, "one.action", ["a", "b"])).rejects.toThrow("One chooses one thing");
    await expect(slack.choose(ANNA, view, "asked.action", ["a", "x"])).rejects.toThrow('"x" is not among the options');
  });

  test("a required field of which nothing is chosen is missing", async () => {
    const { slack, app } = await aBot();
    await aDialog(app, slack, [input("boxes", { type: "checkboxes", options })]);
    await expect(slack.submit(ANNA)).rejects.toThrow("Please complete this required field");
  });

  test.each([
    { config: undefined, typed: [], entered: ["web"] },
    { config: ["on_enter_pressed"], typed: [], entered: ["web"] },
    { config: ["on_character_entered"], typed: ["we"], entered: ["web"] },
    { config: ["on_character_entered", "on_enter_pressed"], typed: ["we"], entered: ["web", "web"] },
  ])("the app hears of $config while one types", async ({ config, typed, entered }) => {
    const { slack, app, actions } = await aBot();
    const dispatch = config && { dispatch_action_config: { trigger_actions_on: config } };
    await aDialog(app, slack, [
      input("name", { type: "plain_text_input", ...dispatch }, { dispatch_action: true }),
      input("quiet", { type: "plain_text_input" }),
    ]);
    await slack.fill(ANNA, "name.action", "we");
    await slack.enter(ANNA, "quiet.action", "psst");
    const told = (value: string) =>
      expect.objectContaining({ type: "plain_text_input", block_id: "name", action_id: "name.action", value });
    expect(actions()).toEqual(typed.map(told));
    await slack.enter(ANNA, "name.action", "web");
    expect(actions()).toEqual([...typed, ...entered].map(told));
  });

  test("what is typed stands there at once, and what is no field says so", async () => {
    const { slack, app } = await aBot();
    const view = await aDialog(app, slack, [
      input("name", { type: "plain_text_input" }),
      row("row", { type: "static_select", action_id: "menu", options }),
    ]);
    void slack.fill(ANNA, "name.action", "web");
    expect(view.state.name).toEqual({ "name.action": { type: "plain_text_input", value: "web" } });
    expect(() => slack.fill(ANNA, "menu", "a")).toThrow("One does not type into a static_select");
  });
});

describe("in a message", () => {
  async function aMessage(more: object[] = []) {
    const rig = await aBot();
    const { ts } = await rig.client.chat.postMessage({
      channel: OPS,
      text: "t",
      blocks: [
        row("pick", { type: "static_select", action_id: "menu", options, placeholder: plain("Which?") }, button("go")),
        input("why", { type: "plain_text_input" }),
        ...more,
      ] as never,
    });
    return { ...rig, place: { channel: OPS, ts: ts! } };
  }

  test("a menu tells what was chosen, and whoever presses then tells all that they have entered", async () => {
    const { slack, heard, place } = await aMessage();
    await slack.choose(ANNA, place, "menu", "B");
    await slack.fill(ANNA, "why.action", "an upgrade", { where: place });
    await slack.click(ANNA, place, "go");
    await slack.click(BEN, place, "go");
    expect(heard[0]?.action).toMatchObject({
      type: "static_select",
      action_id: "menu",
      block_id: "pick",
      selected_option: { value: "b" },
      placeholder: { text: "Which?" },
    });
    expect(heard.slice(1)).toMatchObject([
      {
        state: {
          values: {
            pick: { menu: { selected_option: { value: "b" } } },
            why: { "why.action": { value: "an upgrade" } },
          },
        },
      },
      { state: { values: { pick: { menu: { selected_option: null } } } } },
    ]);
  });

  test("a row is told apart by its block_id, or by what it offers", async () => {
    const more = ["x", "y"].map((name) => ({
      type: "section",
      block_id: `row.${name}`,
      text: plain(name),
      accessory: { type: "overflow", action_id: "row", options: [option("rename"), option(`delete ${name}`)] },
    }));
    const { slack, actions, place } = await aMessage(more);
    await slack.choose(ANNA, place, "row", "rename", { block: "row.y" });
    await slack.choose(ANNA, place, "row", "delete y");
    await slack.choose(ANNA, place, "row", "rename");
    expect(actions()).toMatchObject([
      { type: "overflow", block_id: "row.y", selected_option: { value: "rename" } },
      { block_id: "row.y", selected_option: { value: "delete y" } },
      { block_id: "row.x", selected_option: { value: "rename" } },
    ]);
  });

  test("an external select asks about this message", async () => {
    const select = { type: "external_select", action_id: "vm", min_query_length: 1 };
    const { slack, app, place } = await aMessage([row("find", select)]);
    const asked: unknown[] = [];
    app.use(async ({ body, next }) => {
      if ("container" in body) asked.push(body.container);
      await next();
    });
    expect(await slack.suggest(ANNA, "vm", "a", { where: place })).toEqual([{ text: "A", value: "a" }]);
    expect(asked).toMatchObject([{ type: "message", channel_id: OPS, message_ts: place.ts }]);
  });

  test("a reply tells its thread", async () => {
    const { slack, client, heard, place } = await aMessage();
    const blocks = [row("row.1", button("rename", { value: "1" }))] as never;
    const { ts } = await client.chat.postMessage({ channel: OPS, thread_ts: place.ts, text: "r", blocks });
    await slack.click(BEN, { channel: OPS, ts: ts! }, "rename");
    expect(heard).toMatchObject([
      {
        container: { type: "message", message_ts: ts, thread_ts: place.ts },
        message: { ts, thread_ts: place.ts },
        action: { block_id: "row.1", value: "1" },
      },
    ]);
  });
});

/** An app that answers every press at its response_url before it acknowledges: then all is done when Slack knows. */
async function answering(respond: object) {
  const rig = await aSlack();
  const app = await aBoltApp(rig.slack);
  const heard: object[] = [];
  app.action(/.*/, async ({ ack, body, action, respond: say }) => {
    heard.push({ ...body, action });
    await say(respond as never);
    await ack();
  });
  return { ...rig, heard };
}

describe("in a private answer", () => {
  async function anAnswer(respond: object) {
    const rig = await answering(respond);
    const blocks = [row("row.1", button("yes", { value: "1" })), row("row.2", button("yes", { value: "2" }))] as never;
    await rig.client.chat.postEphemeral({ channel: OPS, user: ANNA, text: "Sure?", blocks });
    const [answer] = rig.slack.privateAnswers(ANNA);
    return { ...rig, answer: answer! };
  }

  test("a button tells its block_id, and the answer is replaced", async () => {
    const { slack, heard, answer } = await anAnswer({ replace_original: true, text: "Done" });
    await slack.clickPrivate(ANNA, answer, "yes", { block: "row.2" });
    expect(heard).toMatchObject([
      { container: { is_ephemeral: true, message_ts: answer.id }, action: { block_id: "row.2", value: "2" } },
    ]);
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ id: answer.id, text: "Done", blocks: [] }]);
    await expect(slack.clickPrivate(BEN, answer, "yes")).rejects.toThrow(`Only ${ANNA} sees this answer`);
  });

  test("a button can take the answer away, once and only that one", async () => {
    const { slack, client, heard, answer } = await anAnswer({ delete_original: true });
    await client.chat.postEphemeral({ channel: OPS, user: ANNA, text: "Another" });
    await slack.clickPrivate(ANNA, answer, "yes");
    await slack.clickPrivate(ANNA, answer, "yes"); // the screen was out of date
    expect(heard).toHaveLength(2);
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "Another" }]);
  });
});

describe("in a message of the bot", () => {
  test.each([
    { what: "replaces", respond: { replace_original: true, text: "new" }, left: [{ text: "new", blocks: [] }] },
    { what: "deletes", respond: { delete_original: true }, left: [] },
    { what: "leaves", respond: { text: "beside" }, left: [{ text: "old" }] },
  ])("an answer to a button $what it", async ({ respond, left }) => {
    const { slack, client } = await answering(respond);
    const blocks = [row("r", button("go"))] as never;
    const { ts } = await client.chat.postMessage({ channel: OPS, text: "old", blocks });
    await slack.click(ANNA, { channel: OPS, ts: ts! }, "go");
    expect(slack.messages(OPS)).toMatchObject(left);
  });
});
