import { describe, expect, test } from "vitest";
import { ChannelId, RequestId, SnapshotId, VmId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import {
  ANNA,
  aDelete,
  aRename,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BESIDE,
  BORIS,
  NAME,
  NOW,
  THERE,
  VM,
  wishOf,
} from "../domain/builders.ts";
import { inPlace, type Place } from "./place.ts";

const ours = aSnapshot({ id: "s1", name: NAME, createdAt: NOW });
const message = { channel: ChannelId.parse("COPS"), ts: "1.1" };
const R = { maker: RequestId.parse("maker"), other: RequestId.parse("other") };
const reason = { wish: wishOf("create", { reason: "kernel", safety: true }) };
const made = (more: Partial<Request> = {}) => ({
  ...aRequest("done", { snapshot: ours }, reason),
  id: R.maker,
  ...more,
});
const isOur = { wish: wishOf("delete", { snapshots: [ours] }) };

/** What a store remembers of snapshots: who made them, and what later requests have done to them. */
export function describeSnapshots(name: string, newPlace: () => Promise<Place>): void {
  describe(`${name}: snapshots`, () => {
    const here = inPlace(newPlace);
    /** One that a request of Anna's has made, with its card drawn. */
    async function makeOne(more: Partial<Request> = {}) {
      await here.create({ ...aRequest("queued", {}, reason), id: R.maker });
      await here.becomes(made(more), NOW);
      const { card } = await here.load(R.maker);
      await here.store.drawn(R.maker, card.face, message, false);
    }
    /** Another request of Boris's goes from one state to the next. */
    async function lets(from: Request, ...states: Request[]) {
      await here.create({ ...from, id: R.other, requestedBy: BORIS });
      for (const next of states) await here.becomes({ ...next, id: R.other, requestedBy: BORIS }, at(9));
    }
    const stale = async () => (await here.store.stale()).map(({ request }) => request.id);
    const isStale = async () => (await stale()).includes(R.maker);
    const fate = () => here.store.fate(VM, ours.id);

    test("nothing is known of one that no request has to do with", async () => {
      expect(await fate()).toBeUndefined();
      expect(await here.store.vmOf(ours.id)).toBeUndefined();
      expect(await here.store.makers(VM)).toEqual(new Map());
    });

    test("who made one, and why, is known of those that a request has made", async () => {
      await makeOne();
      expect(await here.store.makers(VM)).toEqual(new Map([[ours.id, { by: ANNA, reason: "kernel" }]]));
      expect(await here.store.makers(VmId.parse("db-01"))).toEqual(new Map());
      expect(await here.store.vmOf(ours.id)).toBe(VM);
      expect(await fate()).toEqual({ name: NAME });
      expect(await isStale()).toBe(false);
    });

    test("one that was never listed has no maker", async () => {
      await here.create({ ...aRequest("queued"), id: R.maker });
      await here.becomes({ ...aRequest("done"), id: R.maker }, NOW);
      expect(await here.store.makers(VM)).toEqual(new Map());
    });

    test("the safety snapshot of a restore has a maker, too", async () => {
      await here.create({ ...aRestore("queued"), id: R.maker });
      await here.becomes({ ...aRestore("done", { snapshot: ours }), id: R.maker }, NOW);
      expect(await here.store.makers(VM)).toEqual(new Map([[ours.id, { by: ANNA }]]));
      expect(await here.store.fate(VM, THERE.id)).toEqual({ name: THERE.name, restoredAt: NOW });
    });

    test("that one was deleted is known at once, and its maker's card shows it", async () => {
      await makeOne();
      await lets(aDelete("queued", {}, isOur), aDelete("deleting", {}, isOur));
      expect([await fate(), await isStale()]).toEqual([{ name: NAME }, false]);
      await lets(aDelete("deleting", {}, isOur), aDelete("deleting", { gone: [ours.id] }, isOur));
      expect(await fate()).toEqual({ name: NAME, deleted: { by: BORIS, at: at(9) } });
      expect(await isStale()).toBe(true);
      expect((await here.store.makers(VM)).get(ours.id)).toEqual({ by: ANNA, reason: "kernel" });
    });

    test("that one is listed on after all takes that back", async () => {
      await makeOne();
      const through = aDelete("deleting", { gone: [ours.id], through: at(9) }, isOur);
      await lets(aDelete("deleting", {}, isOur), through, aDelete("failed", { gone: [] }, isOur));
      expect(await fate()).toEqual({ name: NAME });
      expect(await isStale()).toBe(true);
    });

    test("that one was renamed is known, and its maker's card shows it", async () => {
      await makeOne();
      const wish = { wish: wishOf("rename", { snapshot: ours, name: "after" }) };
      await lets(aRename("queued", {}, wish), aRename("done", {}, wish));
      expect([await fate(), await isStale()]).toEqual([{ name: "after" }, true]);
    });

    test("that the VM was set back to one is known, and its maker's card shows it", async () => {
      await makeOne();
      const wish = { wish: wishOf("restore", { snapshot: ours }) };
      await lets(aRestore("queued", {}, wish), aRestore("done", {}, wish));
      expect([await fate(), await isStale()]).toEqual([{ name: NAME, restoredAt: at(9) }, true]);
    });

    test("what is done to one that was made elsewhere is known, too", async () => {
      await lets(aDelete("queued"), aDelete("deleting", { gone: [THERE.id] }));
      expect(await here.store.fate(VM, THERE.id)).toEqual({ name: "before", deleted: { by: BORIS, at: at(9) } });
      expect(await here.store.makers(VM)).toEqual(new Map());
    });

    test("what is done to one leaves the cards of others alone", async () => {
      await makeOne();
      const wish = { wish: wishOf("delete", { snapshots: [BESIDE] }) };
      await lets(aDelete("queued", {}, wish), aDelete("deleting", { gone: [BESIDE.id] }, wish));
      expect([await fate(), await isStale()]).toEqual([{ name: NAME }, false]);
    });

    test("a name means the snapshot of one VM: two VMs may have the same id", async () => {
      await makeOne();
      const vm = { id: VmId.parse("db-01"), name: "db-01" };
      await lets(aDelete("queued", {}, { ...isOur, vm }), aDelete("deleting", { gone: [ours.id] }, { ...isOur, vm }));
      expect(await fate()).toEqual({ name: NAME });
      expect(await isStale()).toBe(false);
    });

    test("a change that loses against another one leaves no trace", async () => {
      await makeOne();
      await here.create({ ...aDelete("deleting", {}, isOur), id: R.other });
      const before = await here.load(R.other);
      await here.becomes({ ...aDelete("failed", {}, isOur), id: R.other }, NOW);
      const late = { ...aDelete("deleting", { gone: [ours.id] }, isOur), id: R.other };
      expect(await here.store.commit(before, late, [], at(9))).toBe(false);
      expect(await fate()).toEqual({ name: NAME });
    });

    test("a drawing that is under way does not hide what has become of it meanwhile", async () => {
      await makeOne();
      const underWay = (await here.load(R.maker)).card.face;
      await lets(aDelete("deleting", {}, isOur), aDelete("deleting", { gone: [ours.id] }, isOur));
      await here.store.drawn(R.maker, underWay, message, true);
      expect(await isStale()).toBe(true);
    });

    describe("a safety snapshot", () => {
      const followUp = (asked: number) => ({ followUp: { due: at(86_400), asked } });
      const asks = async () => (await here.store.followedUp()).map(({ request }) => request.id);
      const isWatched = async () => (await here.store.watched()).map(({ request }) => request.id);

      test("is looked after until its requester has been asked often enough", async () => {
        await makeOne(followUp(0));
        expect([await isWatched(), await asks()]).toEqual([[R.maker], []]);
        await here.becomes(made(followUp(1)), at(1));
        expect([await isWatched(), await asks()]).toEqual([[R.maker], [R.maker]]);
        await here.becomes(made(followUp(2)), at(2));
        expect([await isWatched(), await asks()]).toEqual([[], [R.maker]]);
        await here.becomes(made({ followUp: undefined }), at(3));
        expect([await isWatched(), await asks()]).toEqual([[], []]);
      });

      test("that was deleted is nobody's decision any more", async () => {
        await makeOne(followUp(2));
        await lets(aDelete("deleting", {}, isOur), aDelete("deleting", { gone: [ours.id] }, isOur));
        expect(await asks()).toEqual([]);
      });

      test("that the VM was set back to, neither", async () => {
        await makeOne(followUp(2));
        const wish = { wish: wishOf("restore", { snapshot: ours }) };
        await lets(aRestore("queued", {}, wish), aRestore("done", {}, wish));
        expect(await asks()).toEqual([]);
      });

      test("that is listed on after all is somebody's decision again", async () => {
        await makeOne(followUp(1));
        const through = aDelete("deleting", { gone: [ours.id], through: at(9) }, isOur);
        await lets(aDelete("deleting", {}, isOur), through, aDelete("failed", { gone: [] }, isOur));
        expect(await asks()).toEqual([R.maker]);
      });

      test("that was only renamed still is", async () => {
        await makeOne(followUp(1));
        const wish = { wish: wishOf("rename", { snapshot: ours, name: "after" }) };
        await lets(aRename("queued", {}, wish), aRename("done", {}, wish));
        expect(await asks()).toEqual([R.maker]);
      });

      test("the one that came last is asked about first", async () => {
        for (const id of ["a", "b"])
          await here.create({
            ...made(followUp(1)),
            id: RequestId.parse(id),
            state: { status: "done", at: NOW, snapshots: [] },
          });
        expect(await asks()).toEqual(["b", "a"]);
      });
    });

    test("all of it is there again after it was closed and opened", async () => {
      await makeOne({ followUp: { due: at(9), asked: 1 } });
      await lets(aDelete("queued"), aDelete("deleting", { gone: [THERE.id] }));
      await here.reopen();
      expect(await fate()).toEqual({ name: NAME });
      expect(await here.store.fate(VM, THERE.id)).toMatchObject({ deleted: { by: BORIS } });
      expect((await here.store.followedUp()).map(({ request }) => request.id)).toEqual([R.maker]);
      expect(await here.store.vmOf(SnapshotId.parse("s1"))).toBe(VM);
    });
  });
}
