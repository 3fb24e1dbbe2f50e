import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { RequestId, SnapshotId, VmId } from "../../src/domain/ids.ts";
import { isOpen, type Request } from "../../src/domain/request.ts";
import type { Line } from "../../src/domain/story.ts";
import type { Store } from "../../src/ports/store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { ANNA, aRequest, aSnapshot, BORIS, NAME, NOW, VM, wishOf } from "../domain/builders.ts";
import { HOSTILE, ORDINARY, samples } from "../samples.ts";
import { couldBe, writeVersion1 } from "./version-1.ts";

const STORY: readonly Line[] = [
  { code: "asked", by: ANNA },
  { code: "queued_behind", by: BORIS },
  { code: "chose_shutdown", by: BORIS },
  { code: "stuck" },
];
const taken = (id: string) => aSnapshot({ id, name: `${NAME}-${id}`, createdAt: NOW });
const done = (id: string, more: Partial<Request> = {}): Request => ({
  ...aRequest("done", { snapshot: taken(`s-${id}`) }),
  id: RequestId.parse(id),
  ...more,
});

/** A file of the first version with these requests, opened by this one; what it could not read is an error. */
async function upgraded(...requests: Request[]): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), "shutter-store-"));
  const path = join(folder, "shutter.db");
  writeVersion1(path, requests, STORY, NOW);
  await openSqlite(path).close(); // the second time nothing is left to do
  const store = openSqlite(path, 1000, (id, error) => {
    throw new Error(`${id} cannot be read`, { cause: error });
  });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

const all = [...samples(ORDINARY, "de"), ...samples(HOSTILE, "en")]
  .map(({ request }, index) => ({ ...request, id: RequestId.parse(`r${index}`) }))
  .filter(couldBe);

test("every request of the first version is there, as it was", async () => {
  const store = await upgraded(...all);
  expect(all.length).toBeGreaterThan(50);
  for (const request of all) {
    const stored = await store.load(request.id);
    expect(stored?.request).toEqual(request);
    expect(stored).toMatchObject({ version: 3, card: { drawn: 3, message: { ts: "1.1" } } });
  }
  const ids = async (found: ReturnType<Store["open"]>) => (await found).map(({ request }) => request.id);
  expect(await ids(store.open())).toEqual(all.filter(isOpen).map(({ id }) => id));
  expect(await ids(store.recent(9999))).toEqual(all.map(({ id }) => id).reverse());
  expect(await ids(store.stale())).toEqual([]);
  expect(await store.unhandled()).toHaveLength(1);
});

test("they can go on", async () => {
  const store = await upgraded(aRequest("shutting_down"));
  const before = (await store.load(aRequest("queued").id))!;
  expect(await store.commit(before, aRequest("snapshotting"), [{ code: "off" }], NOW)).toBe(true);
  expect((await store.load(before.request.id))?.request).toEqual(aRequest("snapshotting"));
});

test("who took which snapshot is known of the old ones, too", async () => {
  const reasoned = { requestedBy: BORIS, wish: wishOf("create", { reason: 'the "kernel"' }) };
  const elsewhere = { vm: { id: VmId.parse("db-01"), name: "db-01" } };
  const store = await upgraded(
    done("a"),
    done("b", reasoned),
    done("c", elsewhere),
    aRequest("done"),
    aRequest("failed", {}, { id: RequestId.parse("f") }),
  );
  expect(await store.makers(VM)).toEqual(
    new Map([
      ["s-a", { by: ANNA }],
      ["s-b", { by: BORIS, reason: 'the "kernel"' }],
    ]),
  );
  expect(await store.fate(VM, SnapshotId.parse("s-a"))).toEqual({ name: `${NAME}-s-a` });
  expect(await store.vmOf(SnapshotId.parse("s-c"))).toBe("db-01");
});

test("one that two requests took for theirs belongs to the later one", async () => {
  const snapshot = { state: done("a").state };
  const store = await upgraded(done("a"), done("b", { ...snapshot, requestedBy: BORIS }));
  expect((await store.makers(VM)).get(SnapshotId.parse("s-a"))).toEqual({ by: BORIS });
});

test("what happened can be looked back at: by VM, and by whoever did it", async () => {
  const store = await upgraded(
    done("a"),
    done("b", { requestedBy: BORIS, vm: { id: VmId.parse("db-01"), name: "db-01" } }),
  );
  const codes = async (filter: Parameters<Store["history"]>[0]) =>
    (await store.history(filter, 99, 0)).map(({ request, line }) => `${request.id} ${line.code}`);
  expect(await codes({ vm: VM })).toEqual(["a stuck", "a chose_shutdown", "a queued_behind", "a asked"]);
  expect(await codes({ who: BORIS.id })).toEqual([
    "b stuck",
    "b chose_shutdown",
    "b queued_behind",
    "b asked",
    "a chose_shutdown",
  ]);
  expect((await store.ofPerson(BORIS.id, 9)).map(({ request }) => request.id)).toEqual(["b"]);
  expect((await store.ofVm(VM, 9)).map(({ request }) => request.id)).toEqual(["a"]);
});

test("nobody has chosen anything, and nothing is asked about", async () => {
  const store = await upgraded(...all);
  expect(await store.preferences(ANNA.id)).toEqual({});
  expect(await store.homes(new Date(0))).toEqual([]);
  expect(await store.followedUp()).toEqual([]);
});
