import { describe, expect, test } from "vitest";
import { aCloud, askToken, call, credentials, MINUTE, SECOND } from "./cloud-client.ts";

const WEB = { name: "web-01" };
const INVALID_CLIENT = { error: "invalid_client", error_description: "Client authentication failed" };
const UNAUTHORIZED = { id: "unauthorized", message: "Unable to authenticate you." };

describe("a token", () => {
  test("is handed out for JSON and for a form", async () => {
    const { cloud } = await aCloud({ vms: [WEB], tokenSeconds: 90 });
    const form = await call(`${cloud.url}/oauth/token`, {
      method: "POST",
      body: new URLSearchParams(credentials(cloud)),
    });
    const json = await askToken(cloud);
    for (const { status, body } of [form, json]) {
      expect(status).toBe(200);
      expect(body).toEqual({ token_type: "Bearer", expires_in: 90, access_token: expect.any(String) });
    }
    expect(form.body.access_token).not.toBe(json.body.access_token);
  });

  test.each([
    { what: "a wrong secret", fields: { client_secret: "guess" }, status: 401, error: "invalid_client" },
    { what: "a wrong id", fields: { client_id: "somebody" }, status: 401, error: "invalid_client" },
    { what: "another grant", fields: { grant_type: "password" }, status: 400, error: "unsupported_grant_type" },
    { what: "no secret", fields: { client_secret: undefined }, status: 400, error: "invalid_request" },
    { what: "an unknown field", fields: { audience: "x" }, status: 422, error: "invalid_request" },
  ])("is refused for $what", async ({ fields, status, error }) => {
    const { cloud } = await aCloud({ vms: [WEB] });
    const answer = await askToken(cloud, fields);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toBe(error);
    if (status === 401) expect(answer.body).toEqual(INVALID_CLIENT);
  });

  test("is refused for a body that cannot be read", async () => {
    const { cloud } = await aCloud({ vms: [WEB] });
    const answer = await call(`${cloud.url}/oauth/token`, { method: "POST", body: "grant_type" });
    expect([answer.status, answer.body.error]).toEqual([400, "invalid_request"]);
  });

  test("is good until its last second is over", async () => {
    const { get, clock } = await aCloud({ vms: [WEB], tokenSeconds: 90 });
    clock.advance(90 * SECOND - 1);
    expect((await get("/ccloud/servers")).status).toBe(200);
    clock.advance(1);
    expect(await get("/ccloud/servers")).toMatchObject({ status: 401, body: UNAUTHORIZED });
  });

  test("can be taken back, which leaves later ones alone", async () => {
    const { cloud, get } = await aCloud({ vms: [WEB] });
    cloud.expireTokens();
    expect((await get("/ccloud/servers")).status).toBe(401);
    const { body } = await askToken(cloud);
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await call(`${cloud.url}/ccloud/servers`, { headers })).status).toBe(200);
  });

  test.each([{}, { authorization: "Bearer made-up" }, { authorization: "Basic demo-token-1" }])(
    "is needed: %o is not enough",
    async (headers) => {
      const { cloud } = await aCloud({ vms: [WEB] });
      const answer = await call(`${cloud.url}/ccloud/servers`, { headers: headers as Record<string, string> });
      expect(answer).toMatchObject({ status: 401, body: UNAUTHORIZED });
    },
  );
});

describe("a request", () => {
  test.each([
    ["GET", "/ccloud/server"],
    ["DELETE", "/ccloud/servers/web-01"],
    ["GET", "/oauth/token"],
    ["GET", "/ccloud/servers/web-02"],
    ["GET", "/ccloud/servers/web-02/state"],
    ["GET", "/ccloud/servers/%E0%A4%A"],
    ["GET", "/ccloud/actions/1"],
    ["GET", "/ccloud/actions/one"],
    ["GET", "/ccloud/snapshots/1"],
    ["DELETE", "/ccloud/snapshots/1"],
    ["GET", "/ccloud/servers/web-01/jobs"],
  ])("%s %s finds nothing", async (method, path) => {
    const { cloud } = await aCloud({ vms: [WEB] });
    const { body } = await askToken(cloud);
    const headers = { authorization: `Bearer ${body.access_token}` };
    expect(await call(cloud.url + path, { method, headers })).toMatchObject({
      status: 404,
      body: { id: "not_found", message: "The resource you requested could not be found." },
    });
  });

  test("outside the base finds nothing", async () => {
    const { cloud } = await aCloud({ vms: [WEB] });
    expect((await call(`${cloud.server.url}/ccloud/servers`)).status).toBe(404);
  });

  test.each([
    "/ccloud/servers?page=0",
    "/ccloud/servers?per_page=201",
    "/ccloud/servers?per_page=many",
    "/ccloud/servers?tag=two%20words",
    "/ccloud/servers?name=web-01",
    "/ccloud/servers/web-01?verbose=1",
    "/ccloud/servers/web-01/actions?status=errored",
  ])("GET %s is refused for its query", async (path) => {
    const { get } = await aCloud({ vms: [WEB] });
    expect(await get(path)).toMatchObject({ status: 422, body: { id: "unprocessable_entity" } });
  });

  test.each([
    { type: "reboot" },
    { type: "snapshot", name: "" },
    { type: "snapshot", name: "x".repeat(256) },
    { type: "snapshot", live: true },
    { type: "shutdown", name: "x" },
    { type: "restore" },
    { type: "restore", image: "4711" },
    [],
  ])("POST of %o is refused for its body and does nothing", async (body) => {
    const { cloud, post } = await aCloud({ vms: [WEB] });
    const answer = await post("/ccloud/servers/web-01/actions", body);
    expect(answer).toMatchObject({ status: 422, body: { id: "unprocessable_entity", message: expect.any(String) } });
    expect(cloud.vm("web-01").operations).toEqual([]);
  });

  test("with broken JSON, or without saying that it is JSON, is malformed", async () => {
    const { cloud } = await aCloud({ vms: [WEB] });
    const { body } = await askToken(cloud);
    for (const [type, text] of [
      ["application/json", '{"type":'],
      ["text/plain", '{"type":"shutdown"}'],
    ] as const) {
      const headers = { authorization: `Bearer ${body.access_token}`, "content-type": type };
      const answer = await call(`${cloud.url}/ccloud/servers/web-01/actions`, { method: "POST", headers, body: text });
      expect(answer).toMatchObject({ status: 400, body: { id: "bad_request", message: "Malformed request." } });
    }
    expect(cloud.vm("web-01").operations).toEqual([]);
  });
});

describe("the rate limit", () => {
  test("counts every request of the last minute and says so on every answer", async () => {
    const { get, clock } = await aCloud({ vms: [WEB], requestsPerMinute: 3 }); // the token was the first
    const freeAt = String((clock.now().getTime() + MINUTE) / 1000);
    clock.advance(10 * SECOND);
    expect((await get("/ccloud/servers")).headers.get("ratelimit-remaining")).toBe("1");
    expect((await get("/ccloud/nowhere")).headers.get("ratelimit-remaining")).toBe("0");

    const refused = await get("/ccloud/servers");
    expect(refused).toMatchObject({
      status: 429,
      body: { id: "too_many_requests", message: "API rate limit exceeded." },
    });
    expect(refused.headers.get("retry-after")).toBe("50");
    expect(refused.headers.get("ratelimit-limit")).toBe("3");
    expect(refused.headers.get("ratelimit-reset")).toBe(freeAt);

    clock.advance(50 * SECOND - 1);
    expect((await get("/ccloud/servers")).headers.get("retry-after")).toBe("1");
    clock.advance(1);
    expect((await get("/ccloud/servers")).status).toBe(200);
    expect((await get("/ccloud/servers")).status).toBe(429);
  });

  test("is not there unless wanted", async () => {
    const { get } = await aCloud({ vms: [WEB] });
    expect((await get("/ccloud/servers")).headers.get("ratelimit-limit")).toBeNull();
  });
});

describe("a fault", () => {
  test("before the call takes effect leaves everything as it was", async () => {
    const { cloud, post } = await aCloud({ vms: [WEB] });
    const reply = { status: 503, body: { id: "server_error", message: "Try later" } };
    cloud.server.intercept(({ method }) => (method === "POST" ? { kind: "answer", reply, applied: false } : undefined));
    expect((await post("/ccloud/servers/web-01/actions", { type: "snapshot" })).status).toBe(503);
    expect(cloud.vm("web-01").operations).toEqual([]);
  });

  test("after it took effect loses the answer only", async () => {
    const { cloud, post } = await aCloud({ vms: [WEB] });
    cloud.server.intercept(() => ({ kind: "reset", applied: true }));
    await expect(post("/ccloud/servers/web-01/actions", { type: "snapshot" })).rejects.toThrow();
    expect(cloud.vm("web-01").operations).toMatchObject([{ type: "snapshot", status: "in-progress" }]);
  });
});

describe("a slow cloud", () => {
  test("does what was asked at once and answers late", async () => {
    const { cloud, post, clock } = await aCloud({ vms: [WEB] });
    const waits = Promise.withResolvers<void>();
    const { after } = clock;
    clock.after = (milliseconds, run) => {
      if (milliseconds === 5 * SECOND) waits.resolve();
      return after(milliseconds, run);
    };
    cloud.slow(5 * SECOND);
    let answered = false;
    const answer = post("/ccloud/servers/web-01/actions", { type: "power_off" }).finally(() => {
      answered = true;
    });
    await waits.promise;
    expect(cloud.vm("web-01").power).toBe("Stopped");
    clock.advance(5 * SECOND - 1);
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    clock.advance(1);
    expect((await answer).status).toBe(201);
  });
});
