import type { App } from "@slack/bolt";
import { describe, expect, test } from "vitest";
import { ANNA, aBoltApp, aSlack, BEN, button, OPS, plain, SECRET, section } from "./slack-rig.ts";

const vm = { type: "external_select" as const, action_id: "vm", min_query_length: 0, placeholder: plain("Which VM?") };
const modal = (callback_id = "create") => ({
  type: "modal" as const,
  callback_id,
  private_metadata: "from the command",
  title: plain("Snapshot"),
  submit: plain("Create"),
  blocks: [
    { type: "input" as const, block_id: "vm", label: plain("VM"), element: vm, dispatch_action: true },
    {
      type: "input" as const,
      block_id: "name",
      label: plain("Name"),
      element: { type: "plain_text_input" as const, action_id: "name", initial_value: "web-01-1", max_length: 40 },
    },
  ],
});
const options = ["web-01", "web-02"].map((name) => ({ text: plain(name), value: `id-${name}` }));

async function aBot() {
  const rig = await aSlack();
  const app = await aBoltApp(rig.slack);
  return { ...rig, app };
}

describe("a command", () => {
  test("arrives signed, with what Anna typed, and is answered privately", async () => {
    const { slack, app } = await aBot();
    const seen: object[] = [];
    app.command("/snapshot", async ({ ack, command }) => {
      seen.push(command);
      await ack(`You typed ${command.text}`);
    });
    const answer = await slack.command(ANNA, OPS, "create a<b & <@U0BEN>");
    expect(answer).toEqual({ status: 200, body: "You typed create a&lt;b &amp; <@U0BEN>" });
    expect(seen).toMatchObject([{ user_id: ANNA, user_name: "anna", channel_id: OPS, channel_name: "ops" }]);
    expect(slack.privateAnswers()).toMatchObject([{ user: ANNA, channel: OPS, text: answer.body, via: "ack" }]);
  });

  test("can be answered for everybody", async () => {
    const { slack, app } = await aBot();
    app.command("/snapshot", ({ ack }) =>
      ack({ response_type: "in_channel", text: "for all", blocks: [section("b")] }),
    );
    await slack.command(ANNA, OPS, "");
    expect(slack.messages(OPS)).toMatchObject([{ text: "for all" }]);
    expect(slack.privateAnswers()).toEqual([]);
  });

  test("in direct messages says so, and in private channels too", async () => {
    const { slack, app } = await aBot();
    const names: string[] = [];
    app.command("/snapshot", async ({ ack, command }) => {
      names.push(command.channel_name);
      await ack();
    });
    await slack.command(ANNA, slack.botUserId, "");
    await slack.command(ANNA, SECRET, "");
    expect(names).toEqual(["directmessage", "privategroup"]);
    await expect(slack.command(BEN, SECRET, "")).rejects.toThrow(`${BEN} cannot see ${SECRET}`);
  });

  test("with an answer that Slack cannot show fails loudly", async () => {
    const { slack, app } = await aBot();
    app.command("/snapshot", ({ ack }) => ack({ text: "t", blocks: [{ type: "lever" }] as never }));
    await expect(slack.command(ANNA, OPS, "")).rejects.toThrow("unsupported type [json-pointer:/blocks/0/type]");
  });

  test("to a bot that is not there says that there was no answer", async () => {
    const { slack } = await aSlack({ requestUrl: "http://127.0.0.1:1/slack/events" });
    expect(await slack.command(ANNA, OPS, "")).toEqual({ status: 0, body: "dispatch_failed" });
  });
});

describe("a request that Slack did not sign", () => {
  const form = { command: "/snapshot", text: "", user_id: ANNA };

  async function counted() {
    const { slack, app } = await aBot();
    const seen: string[] = [];
    app.command("/snapshot", async ({ ack, command }) => {
      seen.push(command.user_id);
      await ack();
    });
    return { slack, seen };
  }

  test.each([
    { what: "with another signature", more: { signature: `v0=${"0".repeat(64)}` } },
    { what: "that is six minutes old", more: { timestampOffsetSeconds: -360 } },
    { what: "with another timestamp than the signed one", more: { headers: { "x-slack-request-timestamp": "1" } } },
  ])("$what is turned away by Bolt", async ({ more }) => {
    const { slack, seen } = await counted();
    expect(await slack.send(form, more)).toMatchObject({ status: 401 });
    expect(seen).toEqual([]);
  });

  test("with another secret is turned away by Bolt", async () => {
    const { slack } = await aSlack();
    await aBoltApp(slack, "another secret");
    expect(await slack.send(form)).toMatchObject({ status: 401 });
  });

  test("but sent a second time, byte for byte, is taken by Bolt again", async () => {
    const { slack, seen } = await counted();
    const answer = await slack.send(form);
    expect(await answer.replay()).toEqual({ status: 200, body: "" });
    expect(seen).toEqual([ANNA, ANNA]);
  });
});

describe("a button", () => {
  async function aCard(app: App, elements: object[]) {
    const blocks = [{ type: "actions", block_id: "row", elements }] as never;
    const { ts } = await app.client.chat.postMessage({ channel: OPS, text: "card", blocks });
    const clicks: Record<string, unknown>[] = [];
    app.action(/.*/, async ({ ack, body, action }) => {
      clicks.push({ ...body, action });
      await ack();
    });
    return { card: { channel: OPS, ts: ts! }, clicks };
  }

  test("tells who pressed it, where, and with which value", async () => {
    const { slack, app } = await aBot();
    const confirm = { text: plain("Sure?") };
    const { card, clicks } = await aCard(app, [button("go", { value: "r1", style: "danger", confirm })]);
    expect(await slack.click(BEN, card, "go")).toEqual({ status: 200, body: "" });
    expect(clicks).toMatchObject([
      {
        user: { id: BEN, name: "ben", team_id: slack.teamId },
        container: { type: "message", message_ts: card.ts, channel_id: OPS, is_ephemeral: false },
        channel: { id: OPS, name: "ops" },
        message: { ts: card.ts, blocks: [{ block_id: "row" }] },
        action: { type: "button", action_id: "go", block_id: "row", value: "r1", style: "danger", confirm },
      },
    ]);
  });

  test("that is not there cannot be pressed, unless on an old screen", async () => {
    const { slack, app } = await aBot();
    const { card, clicks } = await aCard(app, [button("go", { value: "r1" }), button("stop")]);
    await expect(async () => slack.click(ANNA, card, "jump")).rejects.toThrow("no jump to press; there is go, stop");
    await app.client.chat.update({ ...card, text: "done", blocks: [section("done")] });
    await expect(async () => slack.click(ANNA, card, "go")).rejects.toThrow("there is none");
    await slack.click(ANNA, card, "go", { evenIfGone: true });
    await app.client.chat.delete(card);
    await slack.click(ANNA, card, "go", { evenIfGone: true });
    expect(clicks).toMatchObject([{ action: { value: "r1" } }, { action: { value: "r1" } }]);
  });

  test("that stands in several rows is told apart by its value, and a value can be forged", async () => {
    const { slack, app } = await aBot();
    const row = (value: string) => ({
      type: "actions" as const,
      elements: [button("go", { value, text: plain(value) })],
    });
    const { card, clicks } = await aCard(app, [button("x")]);
    await app.client.chat.update({ ...card, text: "t", blocks: [row("r1"), row("r2")] });
    await slack.click(ANNA, card, "go", { value: "r2" });
    await slack.click(ANNA, card, "go", { value: "forged" });
    expect(clicks.map(({ action }) => action)).toMatchObject([
      { value: "r2", text: { text: "r2" } },
      { value: "forged", text: { text: "r1" } },
    ]);
  });

  test("in a private answer lets the bot rewrite that answer", async () => {
    const { slack, app } = await aBot();
    app.command("/snapshot", ({ ack }) =>
      ack({ text: "Sure?", blocks: [{ type: "actions", elements: [button("yes")] }] as never }),
    );
    app.action("yes", async ({ ack, respond, body }) => {
      expect(body).not.toHaveProperty("message");
      await ack();
      await respond({ text: "Done.", replace_original: true });
    });
    await slack.command(ANNA, OPS, "");
    const [answer] = slack.privateAnswers(ANNA);
    await slack.clickPrivate(ANNA, answer!, "yes");
    await slack.waitFor(() => answer?.text === "Done.", "the rewritten answer");
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "Done.", blocks: [] }]);
  });
});

describe("a dialog", () => {
  async function opened() {
    const rig = await aBot();
    const { app, slack } = rig;
    app.command("/snapshot", async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal() });
    });
    app.options("vm", ({ ack, payload }) =>
      ack({ options: options.filter(({ value }) => value.includes(payload.value)) }),
    );
    await slack.command(ANNA, OPS, "");
    const view = await slack.waitFor(() => slack.view(ANNA), "the dialog");
    return { ...rig, view };
  }

  test("is open for the person who asked, with what it begins with", async () => {
    const { slack, view } = await opened();
    expect(view).toMatchObject({ title: "Snapshot", callbackId: "create", privateMetadata: "from the command" });
    expect(view.state).toEqual({
      vm: { vm: { type: "external_select", selected_option: null } },
      name: { name: { type: "plain_text_input", value: "web-01-1" } },
    });
    expect(slack.view(BEN)).toBeUndefined();
  });

  test("suggests, is filled in, tells the bot of a choice it wants to know, and is sent", async () => {
    const { slack, app, view } = await opened();
    const submitted: object[] = [];
    const chosen: object[] = [];
    app.action("vm", async ({ ack, body, action }) => {
      chosen.push({ action, container: "container" in body && body.container });
      await ack();
    });
    app.view("create", async ({ ack, view }) => {
      submitted.push(view.state.values);
      await ack();
    });
    expect(await slack.suggest(ANNA, "vm", "02")).toEqual([{ text: "web-02", value: "id-web-02" }]);
    await slack.choose(ANNA, view, "vm", "web-02");
    expect(chosen).toMatchObject([
      { action: { selected_option: { value: "id-web-02" } }, container: { type: "view", view_id: view.id } },
    ]);
    slack.fill(ANNA, "name", "before the deploy");
    expect(await slack.submit(ANNA)).toEqual({ status: 200, body: "" });
    expect(submitted).toMatchObject([
      { vm: { vm: { selected_option: { value: "id-web-02" } } }, name: { name: { value: "before the deploy" } } },
    ]);
    expect(slack.view(ANNA)).toBeUndefined();
  });

  test("is not sent at all while a required field is empty or too long", async () => {
    const { slack, view } = await opened();
    slack.fill(ANNA, "name", "x".repeat(41));
    await expect(slack.submit(ANNA)).rejects.toThrow("Slack does not send this form");
    expect(view.errors).toEqual({
      vm: "Please complete this required field.",
      name: "Must be at most 40 characters.",
    });
  });

  test("does not offer what the bot did not suggest", async () => {
    const { slack, view } = await opened();
    await expect(slack.choose(ANNA, view, "vm", "web")).rejects.toThrow('"web" is not among the options');
  });

  test("shows the bot's errors at their fields, and stays", async () => {
    const { slack, app, view } = await opened();
    app.action("vm", ({ ack }) => ack());
    app.view("create", ({ ack }) => ack({ response_action: "errors", errors: { name: "That name is taken." } }));
    await slack.choose(ANNA, view, "vm", "web-01");
    await slack.submit(ANNA);
    expect(slack.view(ANNA)?.errors).toEqual({ name: "That name is taken." });
  });

  test("fails loudly when errors are meant for fields that are not there", async () => {
    const { slack, app, view } = await opened();
    app.action("vm", ({ ack }) => ack());
    app.view("create", ({ ack }) => ack({ response_action: "errors", errors: { nowhere: "Oh." } }));
    await slack.choose(ANNA, view, "vm", "web-01");
    await expect(slack.submit(ANNA)).rejects.toThrow("these are none: nowhere");
  });

  test("becomes another, gets one on top, and all of them close", async () => {
    const { slack, app, view } = await opened();
    app.action("vm", ({ ack }) => ack());
    const second = {
      type: "modal" as const,
      callback_id: "second",
      title: plain("2"),
      submit: plain("OK"),
      blocks: [],
    };
    app.view("create", ({ ack }) => ack({ response_action: "update", view: second }));
    app.view("second", ({ ack }) => ack({ response_action: "push", view: { ...second, callback_id: "third" } }));
    app.view("third", ({ ack }) => ack({ response_action: "clear" }));
    await slack.choose(ANNA, view, "vm", "web-01");
    const seen: (string | undefined)[] = [];
    for (let n = 0; n < 3; n++) {
      await slack.submit(ANNA);
      seen.push(slack.view(ANNA)?.callbackId);
    }
    expect(seen).toEqual(["second", "third", undefined]);
  });

  test("keeps what was entered when it is updated, and only with its latest hash", async () => {
    const { slack, client, view } = await opened();
    slack.fill(ANNA, "name", "typed");
    const { hash } = view;
    await client.views.update({ view_id: view.id, hash, view: modal("again") });
    expect(view).toMatchObject({ callbackId: "again", state: { name: { name: { value: "typed" } } } });
    await expect(client.views.update({ view_id: view.id, hash, view: modal() })).rejects.toThrow("hash_conflict");
    await slack.closeView(ANNA);
    await expect(client.views.update({ view_id: view.id, view: modal() })).rejects.toThrow("not_found");
  });

  test("tells the bot that it was closed, if the bot wants to know", async () => {
    const { slack, app, client, view } = await opened();
    const closed: string[] = [];
    app.view({ type: "view_closed", callback_id: "create" }, async ({ ack, view }) => {
      closed.push(view.id);
      await ack();
    });
    await client.views.update({ view_id: view.id, view: { ...modal(), notify_on_close: true } });
    await slack.closeView(ANNA);
    expect(closed).toEqual([view.id]);
  });

  test("is refused with every complaint when Slack could not show it", async () => {
    const { client, view } = await opened();
    const bad = { ...modal(), title: plain("x".repeat(25)) };
    await expect(client.views.update({ view_id: view.id, view: bad })).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: { messages: ["[ERROR] must be no more than 24 characters [json-pointer:/view/title/text]"] },
      },
    });
  });
});

describe("shortcut and home", () => {
  test("a global shortcut opens a dialog", async () => {
    const { slack, app } = await aBot();
    app.shortcut("snapshot", async ({ ack, client, shortcut }) => {
      await ack();
      await client.views.open({ trigger_id: shortcut.trigger_id, view: modal() });
    });
    await slack.shortcut(ANNA, "snapshot");
    expect(await slack.waitFor(() => slack.view(ANNA))).toMatchObject({ callbackId: "create" });
  });

  test("the home is published when it is opened, and its buttons work", async () => {
    const { slack, app } = await aBot();
    const pressed: object[] = [];
    app.event("app_home_opened", async ({ event, client }) => {
      const blocks = [{ type: "actions" as const, elements: [button("go", { value: "r1" })] }];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
    app.action("go", async ({ ack, body }) => {
      pressed.push(body);
      await ack();
    });
    expect(await slack.openHome(ANNA)).toEqual({ status: 200, body: "" });
    const home = await slack.waitFor(() => slack.home(ANNA), "the home");
    await slack.click(ANNA, home, "go");
    expect(pressed).toMatchObject([{ user: { id: ANNA }, view: { id: home.id, type: "home" } }]);
    expect(pressed[0]).not.toHaveProperty("response_url");
  });
});
