import { describe, expect, test } from "vitest";
import { ANNA, aBoltApp, aSlack, OPS, plain, refusal, section } from "./slack-rig.ts";

const RATE_LIMITED = "slack_webapi_rate_limited_error";
const modal = { type: "modal" as const, title: plain("Title"), blocks: [section("s")] };

describe("posting too fast", () => {
  test("is answered with 429 and how long to wait, per channel", async () => {
    const { slack, client, clock } = await aSlack();
    for (const text of ["1", "2", "3"]) {
      await client.chat.postMessage({ channel: OPS, text });
      clock.advance(500);
    }
    const fourth = client.chat.postMessage({ channel: OPS, text: "4" });
    await expect(fourth).rejects.toMatchObject({ code: RATE_LIMITED, retryAfter: 2 });
    await client.chat.postMessage({ channel: ANNA, text: "elsewhere" });
    expect(slack.rateLimited).toEqual([{ method: "chat.postMessage", at: clock.now() }]);
    expect(slack.messages(OPS)).toHaveLength(3);

    clock.advance(2_000);
    await client.chat.postMessage({ channel: OPS, text: "4" });
    expect(slack.messages(OPS)).toHaveLength(4);
  });

  test("does not count what was turned away", async () => {
    const { client, clock } = await aSlack();
    for (const text of ["1", "2", "3"]) await client.chat.postMessage({ channel: OPS, text });
    clock.advance(2_900);
    expect(await refusal(client.chat.postMessage({ channel: OPS, text: "4" }))).toBe(RATE_LIMITED);
    clock.advance(100);
    expect(await client.chat.postMessage({ channel: OPS, text: "4" })).toMatchObject({ ok: true });
  });

  test("changing is limited to 50 within any minute", async () => {
    const { client, clock } = await aSlack();
    const { ts } = await client.chat.postMessage({ channel: OPS, text: "0" });
    const update = () => client.chat.update({ channel: OPS, ts: ts!, text: "again" });
    for (let n = 0; n < 25; n++) await update();
    clock.advance(30_000);
    for (let n = 0; n < 25; n++) await update();
    expect(await refusal(update())).toBe(RATE_LIMITED);
    clock.advance(30_000);
    for (let n = 0; n < 25; n++) await update();
    expect(await refusal(update())).toBe(RATE_LIMITED);
  });

  test("can be switched off", async () => {
    const { slack, client } = await aSlack({ rateLimits: false });
    for (let n = 0; n < 10; n++) await client.chat.postMessage({ channel: OPS, text: "t" });
    expect(slack.rateLimited).toEqual([]);
  });
});

describe("a trigger id", () => {
  async function aTrigger() {
    const rig = await aSlack();
    const app = await aBoltApp(rig.slack);
    let trigger = "";
    app.command("/snapshot", async ({ ack, command }) => {
      trigger = command.trigger_id;
      await ack();
    });
    await rig.slack.command(ANNA, OPS, "");
    return { ...rig, trigger };
  }

  test("opens one view, for the person who made it", async () => {
    const { slack, client, trigger } = await aTrigger();
    await client.views.open({ trigger_id: trigger, view: modal });
    expect(slack.view(ANNA)).toMatchObject({ title: "Title", type: "modal" });
    expect(await refusal(client.views.open({ trigger_id: trigger, view: modal }))).toBe("exchanged_trigger_id");
  });

  test("is good for three seconds", async () => {
    const { client, clock, trigger } = await aTrigger();
    clock.advance(3_001);
    expect(await refusal(client.views.open({ trigger_id: trigger, view: modal }))).toBe("expired_trigger_id");
  });

  test("cannot be made up, nor push on top of nothing", async () => {
    const { client, trigger } = await aTrigger();
    expect(await refusal(client.views.open({ trigger_id: "1.2.3", view: modal }))).toBe("invalid_trigger_id");
    expect(await refusal(client.views.push({ trigger_id: trigger, view: modal }))).toBe("invalid_trigger_id");
  });
});

describe("a response URL", () => {
  async function aResponseUrl() {
    const rig = await aSlack();
    const app = await aBoltApp(rig.slack);
    let url = "";
    app.command("/snapshot", async ({ ack, command }) => {
      url = command.response_url;
      await ack();
    });
    await rig.slack.command(ANNA, OPS, "");
    const respond = async (body: object) => {
      const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
      return { status: response.status, body: await response.text() };
    };
    return { ...rig, respond };
  }

  test("answers five times", async () => {
    const { slack, respond } = await aResponseUrl();
    for (let n = 1; n <= 5; n++) expect(await respond({ text: `${n}` })).toEqual({ status: 200, body: "ok" });
    expect(await respond({ text: "6" })).toEqual({ status: 404, body: "used_url" });
    expect(slack.privateAnswers(ANNA).map(({ text, via }) => `${text} ${via}`)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `${n} response_url`),
    );
  });

  test("answers for half an hour", async () => {
    const { clock, respond } = await aResponseUrl();
    clock.advance(30 * 60_000);
    expect(await respond({ text: "t" })).toMatchObject({ status: 200 });
    clock.advance(1);
    expect(await respond({ text: "t" })).toEqual({ status: 404, body: "expired_url" });
  });

  test("can speak to the whole channel", async () => {
    const { slack, respond } = await aResponseUrl();
    await respond({ text: "for all", response_type: "in_channel" });
    expect(slack.messages(OPS)).toMatchObject([{ text: "for all" }]);
  });

  test("refuses what Slack cannot show", async () => {
    const { respond } = await aResponseUrl();
    expect(await respond({ text: "t", blocks: [{ type: "nope" }] })).toMatchObject({ status: 400 });
    expect(await respond({})).toEqual({ status: 400, body: "no_text" });
  });
});
