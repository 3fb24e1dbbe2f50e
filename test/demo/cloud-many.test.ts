import { expect, test } from "vitest";
import { aCloud } from "./cloud-client.ts";

const COUNT = 10_000;
const PAGE = 200;

test("an account of ten thousand VMs is there at once and listed in no time", async () => {
  const vms = Array.from({ length: COUNT }, (_, index) => ({
    name: `vm-${index}`,
    snapshots: 2,
    tags: [index % 2 === 0 ? "even" : "odd"],
  }));
  const begun = performance.now();
  const { cloud, get } = await aCloud({ vms });
  const startedMs = performance.now() - begun;

  const names = new Set<string>();
  const tookMs: number[] = [];
  let path: string | undefined = `/ccloud/servers?per_page=${PAGE}`;
  while (path) {
    const asked = performance.now();
    const { body } = await get(path);
    tookMs.push(performance.now() - asked);
    for (const { hostname } of body.data) names.add(hostname);
    path = body.links.pages.next?.slice(cloud.url.length);
  }
  expect(names.size).toBe(COUNT);
  expect(tookMs).toHaveLength(COUNT / PAGE);
  expect((await get("/ccloud/servers?tag=odd&per_page=1")).body.meta).toEqual({ total: COUNT / 2 });

  // Far above what it takes, since machines are busy; far below what one would notice.
  expect(startedMs).toBeLessThan(1000);
  expect(tookMs.toSorted((a, b) => a - b)[tookMs.length / 2]).toBeLessThan(50);
});

test("one VM, action and snapshot among ten thousand is found quickly", async () => {
  const vms = Array.from({ length: COUNT }, (_, index) => ({ name: `vm-${index}`, snapshots: 1 }));
  const { cloud, clock, get, post } = await aCloud({ vms });
  const name = `vm-${COUNT - 1}`;
  const { body } = await post(`/ccloud/servers/${name}/actions`, { type: "snapshot", name: "last" });
  clock.advance(60_000);
  const asked = performance.now();
  const { action } = (await get(`/ccloud/actions/${body.action.id}`)).body;
  await get(`/ccloud/snapshots/${action.snapshot_id}`);
  expect(performance.now() - asked).toBeLessThan(500);
  expect(cloud.vm(name).snapshots).toHaveLength(2);
});
