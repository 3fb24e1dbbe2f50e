import { afterEach, describe, expect, test } from "vitest";
import type { Call } from "../../src/demo/server.ts";
import { SCOPES } from "../rig.ts";
import { type Emulated, startEmulated } from "./emulated-slack.ts";

/*
 * Our own demo Slack could share a mistake with the bot; this is the same bot before a Slack of somebody else's making
 * (emulate 0.12.2, scopes enforced, payloads as Slack documents them).
 *
 * What it cannot tell, so that only the demo Slack stands for it: whether blocks and dialogs are valid and within limits
 * (it checks none), rate limits, Socket Mode, response_url (stands in front of it here), languages and time zones of users
 * (it has none, so all is English), guests and strangers, public channels without the bot (it lets it post there), updates
 * in archived channels (it allows them), `oldest` of the history (it ignores it), the signatures of real requests.
 */

const VM = { name: "web-01", diskGb: 40, timing: { shutdownMs: 5000, snapshotMs: 20_000, bootMs: 5000 } };

let slack: Emulated;
afterEach(() => slack.close());

const lastCard = async (channel: string) =>
  (await slack.messages(channel)).findLast((message) => message.metadata?.event_type === "snapshot_request")!;

/** Does what is asked, and loses the answer, once. */
function loseAnswer(isIt: (call: Call) => boolean): void {
  let isLost = false;
  slack.front.intercept((call) => {
    if (isLost || !isIt(call)) return undefined;
    isLost = true;
    return { kind: "reset", applied: true };
  });
}

/** One of each kind of conversation that Anna and the bot share. */
const PLACES: Record<string, () => Promise<string>> = {
  "a public channel": () => slack.channel("ops"),
  "a private channel": async () => {
    const channel = await slack.channel("secret");
    await slack.asAnna.conversations.invite({ channel, users: slack.botUser });
    return channel;
  },
  "the direct messages": async () => {
    const { channel } = await slack.asAnna.conversations.open({ users: slack.botUser });
    return channel!.id!;
  },
  "a group's messages": async () => {
    const { channel } = await slack.asAnna.conversations.open({ users: `${slack.botUser},U000000001` });
    return channel!.id!;
  },
};

test("a whole snapshot: card, click, updates, thread", async () => {
  slack = await startEmulated([VM]);
  const ops = await slack.channel("ops");
  const answer = await slack.command(ops, 'create web-01 --reason "kernel upgrade"');
  expect([answer.status, await answer.text()]).toEqual([200, ""]);

  const place = await slack.drawn("choosing");
  const card = await lastCard(ops);
  expect(place).toEqual({ channel: ops, ts: card.ts });
  expect(card).toMatchObject({
    text: expect.stringContaining("web-01"),
    metadata: { event_type: "snapshot_request", event_payload: { kind: "create", vm: "web-01", status: "choosing" } },
  });
  const click = await slack.press(ops, card, "request.shutdown");
  expect([click.status, await click.text()]).toEqual([200, ""]);

  await slack.drawn("done");
  const done = await lastCard(ops);
  expect(done.ts).toBe(card.ts);
  expect(done.text).toContain("kernel upgrade");
  expect(done.metadata!.event_payload).toEqual({
    id: card.metadata!.event_payload.id,
    kind: "create",
    vm: "web-01",
    status: "done",
  });
  expect(slack.cloud.vm("web-01")).toMatchObject({ power: "Running", hardPowerOffs: 0 });
  expect(slack.cloud.vm("web-01").snapshots).toHaveLength(1);

  const isTold = ({ call }: { call: Call }) => call.path.endsWith("postMessage") && call.body.includes("Done.");
  await slack.until(() => slack.front.journal.some((entry) => entry.reply && isTold(entry)), "the end of the story");
  const story = await slack.thread(ops, card.ts);
  expect(story.flatMap(({ text }) => text.split("\n"))).toEqual(
    expect.arrayContaining(["anna chose: shut down and snapshot.", "The VM is off.", "Done."]),
  );
  expect(story.filter(({ metadata }) => metadata)).toEqual([]);
  expect(await slack.messages(ops)).toHaveLength(1);
});

describe.each(Object.keys(PLACES))("in %s", (place) => {
  test("a card whose post got no answer is found and goes on", async () => {
    slack = await startEmulated([VM]);
    const channel = await PLACES[place]!();
    loseAnswer(({ path, body }) => path.endsWith("chat.postMessage") && body.includes("snapshot_request"));
    await slack.command(channel, "create web-01 --live");
    expect((await slack.drawn("done")).channel).toBe(channel);
    const cards = (await slack.messages(channel)).filter(({ metadata }) => metadata);
    expect(cards.map(({ metadata }) => metadata!.event_payload.status)).toEqual(["done"]);
  });
});

describe("where the bot cannot write", () => {
  test.each([
    {
      where: "a private channel that it is not in",
      async channel() {
        return slack.channel("secret");
      },
    },
    {
      where: "an archived channel",
      async channel() {
        const channel = await slack.channel("ops");
        await slack.asAnna.conversations.archive({ channel });
        return channel;
      },
    },
  ])("$where: the card comes to the direct messages and says why", async ({ channel }) => {
    slack = await startEmulated([VM]);
    const closed = await channel();
    await slack.command(closed, "create web-01 --live");
    const place = await slack.drawn("done");
    const { channel: direct } = await slack.asAnna.conversations.open({ users: slack.botUser });
    expect(place.channel).toBe(direct!.id);
    expect(JSON.stringify((await lastCard(place.channel)).blocks)).toContain(`<#${closed}>`);
    expect((await slack.messages(closed)).filter(({ metadata }) => metadata)).toEqual([]);
  });
});

describe("a private answer", () => {
  test("goes to where the command wants it", async () => {
    slack = await startEmulated([VM]);
    await slack.command(await slack.channel("ops"), "help");
    const answer = await slack.until(() => slack.responses[0], "the answer");
    expect(answer).toMatchObject({ response_type: "ephemeral", replace_original: false });
    expect(answer.text).toContain("/snapshot create");
    expect(await slack.messages(await slack.channel("ops"))).toEqual([]);
  });

  const called = (method: string) => () =>
    slack.front.journal.find(({ call, reply }) => reply && call.path.endsWith(method));

  test("goes to the channel, for Anna only, when that address is dead", async () => {
    slack = await startEmulated([VM]);
    const ops = await slack.channel("ops");
    await slack.command(ops, "list", { response_url: `${slack.front.url}/nowhere` });
    const { call, reply } = await slack.until(called("chat.postEphemeral"), "the answer");
    expect(JSON.parse(String(reply!.body))).toMatchObject({ ok: true });
    expect(Object.fromEntries(new URLSearchParams(call.body))).toMatchObject({ channel: ops, user: slack.anna });
    expect(await slack.messages(ops)).toEqual([]);
  });

  test("goes to her direct messages when there is no other way", async () => {
    slack = await startEmulated([VM]);
    await slack.command(await slack.channel("secret"), "list", { response_url: "https://evil.example/x" });
    const { reply } = await slack.until(called("chat.postMessage"), "the answer");
    const { ok, channel } = JSON.parse(String(reply!.body)) as { ok: boolean; channel: string };
    expect(ok).toBe(true);
    expect((await slack.messages(channel)).map(({ text }) => text)).toEqual([
      expect.stringContaining("No VM has a snapshot"),
    ]);
  });

  test("tells a stranger that they may only look", async () => {
    slack = await startEmulated([VM]);
    await slack.command(await slack.channel("ops"), "create web-01", { team_id: "T0OTHER" });
    const { text } = await slack.until(() => slack.responses[0], "the answer");
    expect(text).toContain("Only full members");
    expect(slack.cloud.vm("web-01").operations).toEqual([]);
  });
});

describe("the dialog", () => {
  const element = (view: { blocks: { element: { action_id: string; initial_value?: string } }[] }, id: string) =>
    view.blocks.find(({ element: { action_id } }) => action_id === id)!.element;
  const views = () =>
    slack.front.journal.flatMap(({ call, reply }) => {
      const answer = call.path.includes("/views.") && reply && JSON.parse(String(reply.body));
      return answer ? [answer as { ok: boolean; error?: string; view: never }] : [];
    });

  test("opens, suggests VMs, fills in the name, and makes the card where it was asked for", async () => {
    slack = await startEmulated([VM, { name: "db-01" }]);
    const ops = await slack.channel("ops");
    await slack.command(ops, "", { trigger_id: await slack.trigger() });
    const opened = await slack.until(() => views()[0], "the dialog");
    expect(opened).toMatchObject({ ok: true, view: { callback_id: "create" } });
    const view = opened.view as { id: string; hash: string; private_metadata: string };

    const suggestion = await slack.interaction({
      type: "block_suggestion",
      container: { type: "view", view_id: view.id },
      action_id: "create.vm",
      block_id: "vm",
      value: "web",
      view: { ...view, state: { values: {} } },
    });
    const options = [{ text: { type: "plain_text", text: "web-01", emoji: false }, value: "web-01" }];
    expect(await suggestion.json()).toEqual({ options });

    const chosen = { type: "external_select", selected_option: options[0] };
    await slack.interaction({
      type: "block_actions",
      container: { type: "view", view_id: view.id },
      trigger_id: "111.222.valid",
      view: { ...view, state: { values: { vm: { "create.vm": chosen } } } },
      actions: [{ action_id: "create.vm", block_id: "vm", action_ts: "1.1", ...chosen }],
    });
    const filled = await slack.until(() => views()[1], "the name");
    expect(filled).toMatchObject({ ok: true });
    expect(element(filled.view, "create.name").initial_value).toMatch(/^web-01-\d+$/);

    const submitted = await slack.interaction({
      type: "view_submission",
      trigger_id: "111.222.valid",
      view: {
        ...(filled.view as object),
        state: {
          values: {
            vm: { "create.vm": chosen },
            "name.web-01": { "create.name": { type: "plain_text_input", value: "by-hand" } },
            how: { "create.how": { type: "radio_buttons", selected_option: { value: "live" } } },
            reason: { "create.reason": { type: "plain_text_input", value: null } },
          },
        },
      },
      response_urls: [],
    });
    expect([submitted.status, await submitted.text()]).toEqual([200, ""]);
    expect((await slack.drawn("done")).channel).toBe(ops);
    expect(slack.cloud.vm("web-01").snapshots.map(({ name }) => name)).toEqual(["by-hand"]);
  });

  test("that cannot open any more is explained", async () => {
    slack = await startEmulated([VM]);
    await slack.command(await slack.channel("ops"), "");
    expect((await slack.until(() => slack.responses[0], "the answer")).text).toContain("/snapshot create web-01");
    expect(views()).toMatchObject([{ ok: false, error: "invalid_trigger_id" }]);
  });

  test("opens from the shortcut", async () => {
    slack = await startEmulated([VM]);
    const trigger_id = await slack.trigger();
    await slack.interaction({ type: "shortcut", callback_id: "create", action_ts: "1.1", trigger_id });
    expect(await slack.until(() => views()[0], "the dialog")).toMatchObject({ ok: true });
  });
});

describe("each scope of the manifest is needed", () => {
  test.each([
    { scope: "users:read", call: () => slack.asBot.users.info({ user: slack.anna }) },
    { scope: "im:write", call: () => slack.asBot.conversations.open({ users: slack.anna }) },
    { scope: "channels:history", call: async () => history(await PLACES["a public channel"]!()) },
    { scope: "groups:history", call: async () => history(await PLACES["a private channel"]!()) },
    { scope: "im:history", call: async () => history(await PLACES["the direct messages"]!()) },
    { scope: "mpim:history", call: async () => history(await PLACES["a group's messages"]!()) },
    {
      scope: "chat:write",
      call: async () => slack.asBot.chat.postMessage({ channel: await slack.channel("ops"), text: "x" }),
    },
  ])("$scope", async ({ scope, call }) => {
    slack = await startEmulated(
      [VM],
      SCOPES.filter((each) => each !== scope),
    );
    await expect(call()).rejects.toMatchObject({ data: { error: "missing_scope", needed: scope } });
    await slack.close();
    slack = await startEmulated([VM]);
    await expect(call()).resolves.toMatchObject({ ok: true });
  });

  const history = (channel: string) => slack.asBot.conversations.history({ channel });
});
