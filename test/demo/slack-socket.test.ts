import { describe, expect, test } from "vitest";
import { ANNA, aSlack, aSocketApp, clientOf, OPS, plain, refusal } from "./slack-rig.ts";

const inSocketMode = { appToken: "xapp-demo" };

describe("over Socket Mode", () => {
  test("commands arrive and are answered, long ones too", async () => {
    const { slack } = await aSlack(inSocketMode);
    const app = await aSocketApp(slack);
    app.command("/snapshot", ({ ack, command }) => ack(`${command.text.length} letters`));
    // Lengths that WebSocket writes in one, three and nine bytes.
    for (const length of [1, 3_000, 70_000]) {
      await slack.command(ANNA, OPS, "x".repeat(length));
      expect(slack.privateAnswers(ANNA).at(-1)).toMatchObject({ text: `${length} letters`, via: "ack" });
    }
  });

  test("long answers arrive whole", async () => {
    const { slack } = await aSlack(inSocketMode);
    const app = await aSocketApp(slack);
    app.command("/snapshot", ({ ack }) => ack("ä".repeat(70_000)));
    await slack.command(ANNA, OPS, "");
    expect(slack.privateAnswers(ANNA)).toMatchObject([{ text: "ä".repeat(70_000) }]);
  });

  test("dialogs, suggestions and errors work", async () => {
    const { slack } = await aSlack(inSocketMode);
    const app = await aSocketApp(slack);
    const element = { type: "external_select" as const, action_id: "vm", min_query_length: 1 };
    app.shortcut("snapshot", async ({ ack, client, shortcut }) => {
      await ack();
      const blocks = [{ type: "input" as const, block_id: "vm", label: plain("VM"), element }];
      const view = { type: "modal" as const, callback_id: "create", title: plain("T"), submit: plain("OK"), blocks };
      await client.views.open({ trigger_id: shortcut.trigger_id, view });
    });
    app.options("vm", ({ ack }) => ack({ options: [{ text: plain("web-01"), value: "1" }] }));
    app.view("create", ({ ack }) => ack({ response_action: "errors", errors: { vm: "Busy." } }));
    await slack.shortcut(ANNA, "snapshot");
    const view = await slack.waitFor(() => slack.view(ANNA), "the dialog");
    await slack.choose(ANNA, view, "vm", "web-01");
    await slack.submit(ANNA);
    expect(slack.view(ANNA)?.errors).toEqual({ vm: "Busy." });
  });

  test("events arrive, and what is delivered twice arrives twice", async () => {
    const { slack } = await aSlack(inSocketMode);
    const app = await aSocketApp(slack);
    const seen: unknown[] = [];
    app.event("app_home_opened", async ({ event, body }) => void seen.push([event.user, body.event_id]));
    const answer = await slack.openHome(ANNA);
    await answer.replay();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
  });

  test("a bot that is asked to reconnect does, and is told things again", async () => {
    const { slack } = await aSlack(inSocketMode);
    const app = await aSocketApp(slack, 50);
    app.command("/snapshot", ({ ack }) => ack("here"));
    const open: number[] = [];
    slack.onChange((change) => change.kind === "link" && open.push(change.open));
    slack.recycleLinks("warning");
    await slack.waitFor(() => open.length >= 2, "the second link");
    expect(open).toEqual([0, 1]);
    expect(await slack.command(ANNA, OPS, "")).toMatchObject({ status: 200 });
  });

  test("without a link nobody answers", async () => {
    const { slack } = await aSlack(inSocketMode);
    expect(await slack.command(ANNA, OPS, "")).toEqual({ status: 0, body: "dispatch_failed" });
  });

  test("a link is opened only with the app token, and once with each address", async () => {
    const { slack } = await aSlack(inSocketMode);
    expect(await refusal(clientOf(slack).apps.connections.open())).toBe("not_allowed_token_type");
    const { url } = await clientOf(slack, slack.appToken).apps.connections.open();
    const connect = () =>
      new Promise((resolve) => {
        const socket = new WebSocket(url!);
        socket.onmessage = ({ data }) => {
          resolve(JSON.parse(data).type);
          socket.close();
        };
        socket.onerror = () => resolve("refused");
      });
    expect(await connect()).toBe("hello");
    expect(await connect()).toBe("refused");
  });
});
