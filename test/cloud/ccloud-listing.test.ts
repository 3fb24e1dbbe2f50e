import { describe, expect, test } from "vitest";
import { HOUR_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { aCcloud, DB, type Rig, WEB } from "./ccloud-rig.ts";
import { problemOf } from "./problem-of.ts";

const many = (count: number) => Array.from({ length: count }, (_, n) => ({ name: `vm-${n}` }));
const LIST = "GET /ccloud/servers";

/** From now on the listing is answered page by page by `page`, which gets the query. */
function answerPages({ demo }: Rig, page: (query: URLSearchParams) => object): void {
  demo.server.intercept(({ path, query }) =>
    path.endsWith("/ccloud/servers")
      ? { kind: "answer", applied: false, reply: { status: 200, body: page(query) } }
      : undefined,
  );
}

const named = (...names: string[]) => names.map((hostname) => ({ hostname }));

describe("the listing", () => {
  test("of 10 000 VMs is whole, in 50 calls", async () => {
    const { cloud, calls } = await aCcloud({ vms: many(10_000) });
    const vms = await cloud.listVms();
    expect(vms).toHaveLength(10_000);
    expect(vms[9_999]).toMatchObject({ id: "vm-9999", power: "running" });
    expect(calls()).toHaveLength(50);
  });

  test("is made once for all who ask, and serves for two seconds", async () => {
    const { cloud, clock, calls } = await aCcloud();
    const [one, other] = await Promise.all([cloud.listVms(), cloud.listVms()]);
    expect(other).toBe(one);
    clock.advance(2 * SECOND_MS - 1);
    expect(await cloud.listVms()).toBe(one);
    expect(calls()).toEqual([LIST]);
    clock.advance(1);
    await cloud.listVms();
    expect(calls()).toEqual([LIST, LIST]);
  });

  test.each([
    { vms: 400, goodMs: 2 * SECOND_MS },
    { vms: 401, goodMs: 3 * SECOND_MS },
    { vms: 2_000, goodMs: 10 * SECOND_MS },
    { vms: 10_000, goodMs: 30 * SECOND_MS },
  ])("of $vms VMs serves for $goodMs ms, so that it costs no more than about a call a second", async (given) => {
    const { cloud, clock, calls } = await aCcloud({ vms: many(given.vms) });
    const first = await cloud.listVms();
    const asked = calls().length;
    clock.advance(given.goodMs - 1);
    expect(await cloud.listVms()).toBe(first);
    clock.advance(1);
    expect(await cloud.listVms()).not.toBe(first);
    expect(calls()).toHaveLength(2 * asked);
  });

  test("can be had as it last was, with its time, without a call", async () => {
    const { cloud, clock, calls, answer } = await aCcloud();
    expect(cloud.lastListing()).toBeUndefined();
    const vms = await cloud.listVms();
    const at = clock.now();
    expect(cloud.lastListing()).toEqual({ vms, at });
    answer(LIST, { status: 503 });
    clock.advance(HOUR_MS);
    await problemOf(cloud.listVms());
    expect(cloud.lastListing()).toEqual({ vms, at });
    expect(calls()).toHaveLength(2);
  });

  test("that failed is not kept", async () => {
    const { cloud, answer } = await aCcloud();
    answer(LIST, { status: 503 }, 1);
    expect(await problemOf(cloud.listVms())).toMatchObject({ kind: "transient" });
    expect(await cloud.listVms()).toHaveLength(2);
  });

  test("goes on behind links to its own host, as they are", async () => {
    const rig = await aCcloud();
    const next = `${rig.demo.url}/ccloud/servers?cursor=abc%20d`;
    answerPages(rig, (query) =>
      query.get("cursor") === "abc d"
        ? { data: named("b"), links: { pages: {} } }
        : { data: named("a"), links: { pages: { next } } },
    );
    expect((await rig.cloud.listVms()).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(rig.calls()).toHaveLength(2);
  });

  test.each([
    "http://127.0.0.1:1/api/v1/ccloud/servers?page=2",
    "http://169.254.169.254/latest/meta-data",
    "https://ccloud.example/api/v1/ccloud/servers?page=2",
    "//ccloud.example/api/v1/ccloud/servers?page=2",
    "file:///etc/passwd",
    "http://user@ccloud.example:99999999/",
    "/admin",
  ])("does not go where a link leads elsewhere, but by numbers: %s", async (next) => {
    const rig = await aCcloud();
    const asked: string[] = [];
    answerPages(rig, (query) => {
      asked.push(String(query));
      return query.get("page") === "2"
        ? { data: named("b"), links: { pages: { prev: "x" } } }
        : { data: named("a"), links: { pages: { next } } };
    });
    expect((await rig.cloud.listVms()).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(asked).toEqual(["page=1&per_page=200", "page=2&per_page=200"]);
  });

  test.each([
    { how: "says the total", paging: { meta: { total: 3 } }, pages: 2 },
    { how: "says nothing", paging: {}, pages: 3 },
    { how: "says nonsense", paging: { links: "none", meta: [] }, pages: 3 },
  ])("goes by numbers where the cloud $how", async ({ paging, pages }) => {
    const rig = await aCcloud();
    answerPages(rig, (query) => ({
      data: [named("a", "b"), named("b", "c"), []][Number(query.get("page")) - 1],
      ...paging,
    }));
    expect((await rig.cloud.listVms()).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(rig.calls()).toHaveLength(pages);
  });

  test("ends where a cloud takes no notice of page numbers, or leads in a circle", async () => {
    const rig = await aCcloud();
    answerPages(rig, () => ({ data: named("a") }));
    expect(await rig.cloud.listVms()).toHaveLength(1);
    rig.clock.advance(2 * SECOND_MS);
    answerPages(rig, () => ({ data: named("a"), links: { pages: { next: `${rig.demo.url}/ccloud/servers` } } }));
    expect(await rig.cloud.listVms()).toHaveLength(1);
    expect(rig.calls()).toHaveLength(4);
  });

  test("ends after 100 pages whatever the cloud says", async () => {
    const rig = await aCcloud();
    let n = 0;
    answerPages(rig, () => ({ data: named(`vm-${n++}`) }));
    expect(await rig.cloud.listVms()).toHaveLength(100);
  });
});

describe("reads of the same thing at the same time", () => {
  test("are one call", async () => {
    const { cloud, calls } = await aCcloud();
    await cloud.check();
    const [one, other] = await Promise.all([cloud.snapshots(WEB), cloud.snapshots(WEB)]);
    expect(other).toBe(one);
    await Promise.all([
      cloud.power(WEB),
      cloud.power(WEB),
      cloud.operations(WEB),
      cloud.operations(WEB),
      cloud.power(DB),
    ]);
    expect(calls().slice(2).toSorted()).toEqual([
      "GET /ccloud/servers/db-01/state",
      "GET /ccloud/servers/web-01/actions",
      "GET /ccloud/servers/web-01/state",
    ]);
    await cloud.power(WEB);
    expect(calls()).toHaveLength(6);
  });

  test("fail together, and the next one asks again", async () => {
    const { cloud, answer, calls } = await aCcloud();
    answer("GET", { status: 500 }, 1);
    await Promise.all([problemOf(cloud.snapshots(WEB)), problemOf(cloud.snapshots(WEB))]);
    expect(calls()).toHaveLength(1);
    expect(await cloud.snapshots(WEB)).toEqual([]);
  });

  test("are not the same when something was changed in between", async () => {
    const { cloud, demo, calls } = await aCcloud();
    await cloud.check();
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const arrived = new Promise<void>((resolve) => {
      demo.server.intercept(async ({ method, path }) => {
        if (method !== "GET" || !path.endsWith("/actions") || calls().length > 2) return undefined;
        resolve();
        await held;
        return { kind: "answer", applied: false, reply: { status: 200, body: { actions: [] } } };
      });
    });
    const before = cloud.operations(WEB);
    await arrived;
    await cloud.startSnapshot(WEB, "x");
    expect(await cloud.operations(WEB)).toMatchObject([{ kind: "snapshot" }]);
    goOn();
    expect(await before).toEqual([]);
  });
});
