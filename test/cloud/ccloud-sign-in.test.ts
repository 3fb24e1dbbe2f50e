import { describe, expect, test } from "vitest";
import { SECOND_MS } from "../../src/domain/durations.ts";
import { CloudError } from "../../src/ports/cloud.ts";
import { aCcloud, DB, WEB } from "./ccloud-rig.ts";
import { problemOf } from "./problem-of.ts";

const TOKEN = "POST /oauth/token";

describe("the sign-in", () => {
  test("is the one of the contract, and calls carry its token", async () => {
    const { cloud, demo } = await aCcloud();
    await cloud.check();
    const [signIn, list] = demo.server.journal;
    expect(JSON.parse(signIn!.call.body)).toEqual({
      grant_type: "client_credentials",
      client_id: demo.clientId,
      client_secret: demo.clientSecret,
      scope: "*",
    });
    expect(signIn!.call.headers).toMatchObject({ accept: "application/json", "content-type": "application/json" });
    expect(signIn!.call.headers.authorization).toBeUndefined();
    expect(list!.call.headers.authorization).toBe("Bearer demo-token-1");
  });

  test("is done once for all who come at the same time, and for those who come later", async () => {
    const { cloud, tokenCalls } = await aCcloud();
    await Promise.all([cloud.power(WEB), cloud.power(DB), cloud.snapshots(WEB), cloud.listVms()]);
    await cloud.operations(WEB);
    expect(tokenCalls()).toBe(1);
  });

  test("is renewed a minute before the token ends", async () => {
    const { cloud, clock, tokenCalls } = await aCcloud({ tokenSeconds: 300 });
    await cloud.check();
    clock.advance(239 * SECOND_MS);
    await cloud.check();
    expect(tokenCalls()).toBe(1);
    clock.advance(SECOND_MS);
    await cloud.check();
    expect(tokenCalls()).toBe(2);
  });

  test.each([
    { what: "an hour when its life is not told", body: {}, goodMs: 3540 * SECOND_MS },
    { what: "an hour when its life makes no sense", body: { expires_in: "soon" }, goodMs: 3540 * SECOND_MS },
    { what: "half of a life that is short", body: { expires_in: 40 }, goodMs: 20 * SECOND_MS },
    { what: "a life that is told as text", body: { expires_in: "120" }, goodMs: 60 * SECOND_MS },
  ])("is good for $what", async ({ body, goodMs }) => {
    const { cloud, clock, answer, tokenCalls } = await aCcloud();
    answer("", { status: 200, body: { access_token: "t", data: [], ...body } });
    await cloud.check();
    clock.advance(goodMs - 1);
    await cloud.check();
    expect(tokenCalls()).toBe(1);
    clock.advance(1);
    await cloud.check();
    expect(tokenCalls()).toBe(2);
  });

  test("is done anew, once for all, when the token is refused; each call goes out once more", async () => {
    const { cloud, demo, calls, tokenCalls } = await aCcloud();
    await cloud.check();
    demo.expireTokens();
    const done = await Promise.all([cloud.power(WEB), cloud.power(DB), cloud.snapshots(WEB), cloud.powerOff(DB)]);
    expect(done).toMatchObject(["running", "running", [], { kind: "power_off" }]);
    expect(tokenCalls()).toBe(2);
    expect(calls()).toHaveLength(1 + 2 * 4);
    expect(demo.vm("db-01").operations).toHaveLength(1);
  });

  test("is not done again and again for calls that are refused whatever the token", async () => {
    const { cloud, answer, calls, tokenCalls } = await aCcloud();
    answer("GET /ccloud", { status: 401, body: { message: "Unable to authenticate you." } });
    expect(await problemOf(cloud.snapshots(WEB))).toEqual({
      kind: "auth",
      outcome: "refused",
      detail: "Unable to authenticate you.",
    });
    expect(calls()).toHaveLength(2);
    expect(tokenCalls()).toBe(2);
  });

  test.each([
    { status: 400, kind: "auth" },
    { status: 401, kind: "auth" },
    { status: 403, kind: "auth" },
    { status: 422, kind: "auth" },
    { status: 404, kind: "protocol" },
    { status: 409, kind: "protocol" },
    { status: 302, kind: "protocol" },
    { status: 500, kind: "transient" },
    { status: 429, kind: "rate_limited" },
  ])("that is answered $status is $kind, and nothing else was sent", async ({ status, kind }) => {
    const { cloud, answer, calls } = await aCcloud();
    answer(TOKEN, { status, body: { error: "invalid_client", error_description: "Client authentication failed" } });
    const problem = await problemOf(cloud.startSnapshot(WEB, "x"));
    expect(problem).toMatchObject({ kind, outcome: "not_sent" });
    expect(calls()).toEqual([]);
  });

  test.each([
    { kind: "reset", applied: true },
    { kind: "hang", applied: true },
  ] as const)("whose answer is lost by $kind can be tried again", async (fault) => {
    const rig = await aCcloud({ deadlineMs: 300 });
    rig.fault(TOKEN, fault, 1);
    const both = await Promise.all([problemOf(rig.cloud.powerOn(WEB)), problemOf(rig.cloud.powerOn(DB))]);
    expect(both).toMatchObject([
      { kind: "transient", outcome: "not_sent" },
      { kind: "transient", outcome: "not_sent" },
    ]);
    expect(rig.tokenCalls()).toBe(1);
    expect(await rig.cloud.powerOn(WEB)).toMatchObject({ kind: "power_on" });
  });

  test.each([
    { body: {}, detail: "POST /oauth/token: no `access_token`" },
    { body: "<html>", detail: "POST /oauth/token: the answer is not JSON" },
  ])("whose answer does not fit says so: $detail", async ({ body, detail }) => {
    const { cloud, answer } = await aCcloud();
    answer(TOKEN, { status: 200, body });
    expect(await problemOf(cloud.powerOn(WEB))).toEqual({ kind: "protocol", outcome: "not_sent", detail });
  });
});

describe("a secret", () => {
  const clientSecret = "s3cr3t-of-the-client";
  const quotes = [
    `No client with ${clientSecret}`,
    `${"x".repeat(290)}${clientSecret}`,
    "Token demo-token-1 is not good",
    `See https://ccloud.example/help?token=${clientSecret} or https://ccloud.example/x?y=z`,
  ];

  test.each(quotes)("that the cloud quotes does not get into an error: %s", async (message) => {
    for (const status of [400, 401, 403, 404, 409, 422, 429, 500]) {
      for (const isSignedIn of [true, false]) {
        const { cloud, answer } = await aCcloud({ clientSecret });
        if (isSignedIn) await cloud.check();
        answer("POST", { status, body: isSignedIn ? { message } : { error_description: message } }, 1);
        const error = await cloud.powerOff(WEB).catch((thrown: unknown) => thrown);
        if (status === 401 && isSignedIn) continue; // has its second try
        expect(error).toBeInstanceOf(CloudError);
        const { stack, problem, cause } = error as CloudError;
        const text = `${stack} ${problem.detail} ${String(cause)}`;
        expect(text).not.toContain("s3cr3t-of");
        expect(text).not.toMatch(/ccloud\.example[^ ]*\?/);
        if (isSignedIn) expect(text).not.toContain("demo-token-1");
        expect(problem.detail.length).toBeLessThanOrEqual(300);
      }
    }
  });

  test("does not get out of a token answer that is cut off", async () => {
    const { cloud, answer } = await aCcloud();
    answer(TOKEN, { status: 200, body: '{"access_token":"hush-hush", oops' });
    const error = (await cloud.powerOff(WEB).catch((thrown: unknown) => thrown)) as CloudError;
    expect(`${error.stack} ${String(error.cause)}`).not.toContain("hush");
  });
});
