import { describe, expect, test } from "vitest";
import { manualClock } from "../manual-clock.ts";
import { aCloud, TIMING } from "./cloud-client.ts";

describe("the list of servers", () => {
  const many = Array.from({ length: 45 }, (_, n) => ({
    name: `vm-${n + 1}`,
    tags: n % 2 === 0 ? ["env:prod", "größe_1"] : ["env:Prod"],
  }));

  test("comes in pages of 20 that lead to each other", async () => {
    const { cloud, get } = await aCloud({ vms: many });
    const { body } = await get("/ccloud/servers");
    expect(body.data).toHaveLength(20);
    expect(body.meta).toEqual({ total: 45 });
    expect(body.links.pages).toEqual({
      next: `${cloud.url}/ccloud/servers?page=2&per_page=20`,
      last: `${cloud.url}/ccloud/servers?page=3&per_page=20`,
    });
    const { body: last } = await get("/ccloud/servers?page=3");
    expect(last.data.map(({ hostname }: { hostname: string }) => hostname)).toEqual([
      "vm-41",
      "vm-42",
      "vm-43",
      "vm-44",
      "vm-45",
    ]);
    expect(last.links.pages).toEqual({
      first: `${cloud.url}/ccloud/servers?page=1&per_page=20`,
      prev: `${cloud.url}/ccloud/servers?page=2&per_page=20`,
    });
  });

  test("ends with an empty page", async () => {
    const { get } = await aCloud({ vms: many });
    expect((await get("/ccloud/servers?page=4")).body.data).toEqual([]);
    expect((await get("/ccloud/servers?per_page=200")).body.links).toEqual({ pages: {} });
  });

  test("can be narrowed to a tag, which its links keep", async () => {
    const { cloud, get } = await aCloud({ vms: many });
    const { body } = await get("/ccloud/servers?tag=gr%C3%B6%C3%9Fe_1&per_page=10");
    expect(body.meta.total).toBe(23);
    const next = new URL(body.links.pages.next);
    expect([...next.searchParams]).toEqual([
      ["tag", "größe_1"],
      ["page", "2"],
      ["per_page", "10"],
    ]);
    const { body: second } = await get(body.links.pages.next.slice(cloud.url.length));
    expect(second.data[0].hostname).toBe("vm-21");
  });

  test("tells tags by their case, and a server by its whole hostname", async () => {
    const { get } = await aCloud({ vms: many });
    expect((await get("/ccloud/servers?tag=env:Prod")).body.meta.total).toBe(22);
    expect((await get("/ccloud/servers?hostname=vm-1")).body.data).toMatchObject([{ hostname: "vm-1" }]);
    expect((await get("/ccloud/servers?hostname=vm-1&tag=env:Prod")).body.data).toEqual([]);
  });
});

describe("a server", () => {
  test("says what it is", async () => {
    const vm = { name: "db-01", customName: "Accounts", diskGb: 80, tags: ["env:prod"], snapshots: 2 };
    const { get } = await aCloud({ vms: [{ name: "web-01" }, { ...vm, power: "Stopped" }] });
    const { body } = await get("/ccloud/servers/db-01");
    expect(body).toEqual({
      data: {
        id: 1002,
        hostname: "db-01",
        custom_name: "Accounts",
        description: null,
        pool: "pool_aw3_ssd",
        cores: 2,
        memory: 4096,
        disks: [80],
        image: "ubuntu-22",
        type: "generic",
        state: "Stopped",
        tags: ["env:prod"],
        snapshot_ids: [4711, 4712],
      },
    });
    expect((await get("/ccloud/servers/db-01/state")).body).toEqual({ state: "Stopped" });
    expect((await get("/ccloud/servers/db-01/tags")).body).toEqual({ data: ["env:prod"] });
  });

  test("has the snapshots it is given, oldest first", async () => {
    const clock = manualClock(new Date("2026-11-16T09:00:00.750Z"));
    const older = { name: "older", createdAt: new Date("2026-11-01T00:00:00.900Z"), sizeGb: 3 };
    const newer = { name: "newer", createdAt: new Date("2026-11-02T00:00:00Z"), sizeGb: 4 };
    const vms = [
      { name: "web-01", snapshots: [newer, older] },
      { name: "web-02", snapshots: 1, diskGb: 10 },
    ];
    const { get } = await aCloud({ clock, vms });
    const { body } = await get("/ccloud/servers/web-01/snapshots");
    expect(body.snapshots).toMatchObject([
      { name: "older", created_at: "2026-11-01T00:00:00Z", size_gigabytes: 3 },
      { name: "newer", created_at: "2026-11-02T00:00:00Z", size_gigabytes: 4 },
    ]);
    expect((await get("/ccloud/servers/web-02/snapshots")).body.snapshots).toEqual([
      {
        id: 4713,
        name: `web-02-${Date.parse("2026-11-15T09:00:00Z") / 1000}`,
        created_at: "2026-11-15T09:00:00Z",
        min_disk_size: 10,
        size_gigabytes: 3.7,
        type: "snapshot",
        resource_id: "web-02",
        live: false,
      },
    ]);
  });

  test("vanishes with its snapshots and actions when it is destroyed, even in the middle of one", async () => {
    const { cloud, get, post, clock } = await aCloud({ vms: [{ name: "web-01", snapshots: 1, timing: TIMING }] });
    const { body } = await post("/ccloud/servers/web-01/actions", { type: "snapshot" });
    cloud.destroy("web-01");
    clock.advance(TIMING.snapshotMs);
    const gone = ["/ccloud/servers/web-01", "/ccloud/snapshots/4711", `/ccloud/actions/${body.action.id}`];
    for (const path of gone) expect((await get(path)).status, path).toBe(404);
    expect((await get("/ccloud/servers")).body.data).toEqual([]);
    expect(cloud.vms()).toEqual([]);
    expect(() => cloud.vm("web-01")).toThrow("No VM named web-01");
  });

  test("cannot share its name", async () => {
    await expect(aCloud({ vms: [{ name: "web-01" }, { name: "web-01" }] })).rejects.toThrow("Two VMs named web-01");
  });
});
