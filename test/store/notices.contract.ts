import { describe, expect, test } from "vitest";
import type { Stored } from "../../src/ports/store.ts";
import { ANNA, aRequest, at, BORIS, NOW } from "../domain/builders.ts";
import { inPlace, type Place } from "./place.ts";

const ids = async (found: Promise<readonly Stored[]>) => (await found).map(({ request }) => request.id);

/** Whom something is told without their having asked. */
export function describeNotices(name: string, newPlace: () => Promise<Place>): void {
  describe(`${name}: notices`, () => {
    const here = inPlace(newPlace);
    const { id } = aRequest("queued");
    const notice = { request: id, round: NOW, reader: BORIS.id };

    test("are noted once for each request, round and reader, also after a restart", async () => {
      expect(await here.store.notice(notice, at(1))).toBe(true);
      await here.reopen();
      expect(await here.store.notice(notice, at(2))).toBe(false);
      expect(await here.store.notice({ ...notice, reader: ANNA.id }, at(2))).toBe(true);
      expect(await here.store.notice({ ...notice, round: at(9) }, at(2))).toBe(true);
      expect(await here.store.noticed(id, NOW)).toEqual(new Set([ANNA.id, BORIS.id]));
      expect(await here.store.noticed(id, at(1))).toEqual(new Set());
    });

    test("of two who want to tell at once, one does", async () => {
      const both = await Promise.all([here.store.notice(notice, NOW), here.store.notice(notice, NOW)]);
      expect(both.toSorted()).toEqual([false, true]);
    });

    test("can be given again when they were certainly not told", async () => {
      await here.store.notice(notice, NOW);
      await here.store.notice({ ...notice, reader: ANNA.id }, NOW);
      await here.store.forgetNotice(notice);
      expect(await here.store.noticed(id, NOW)).toEqual(new Set([ANNA.id]));
      expect(await here.store.notice(notice, NOW)).toBe(true);
    });

    test("are due for requests that wait for approval, and for emergencies, until they are told", async () => {
      const emergency = { by: ANNA, at: at(5), reason: "it burns" };
      await here.create(aRequest("awaiting_approval"));
      expect(await ids(here.store.awaiting())).toEqual([id]);
      expect(await ids(here.store.emergencies())).toEqual([]);
      await here.becomes({ ...aRequest("done"), emergency }, at(6));
      expect(await ids(here.store.awaiting())).toEqual([]);
      expect(await ids(here.store.emergencies())).toEqual([id]);
      await here.store.notice({ request: id, round: emergency.at, reader: "" }, at(7));
      expect(await ids(here.store.emergencies())).toEqual([]);
    });
  });
}
