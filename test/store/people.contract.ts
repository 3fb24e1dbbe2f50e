import { describe, expect, test } from "vitest";
import { UserId, VmId } from "../../src/domain/ids.ts";
import type { HomeState, Preferences } from "../../src/ports/store.ts";
import { at, NOW } from "../domain/builders.ts";
import { inPlace, type Place } from "./place.ts";

const ANNA = UserId.parse("UANNA");
const BORIS = UserId.parse("UBORIS");
const home = (seconds: number, more: Partial<HomeState> = {}): HomeState => ({
  openedAt: at(seconds),
  page: 0,
  ...more,
});

/** What people have chosen for themselves. */
export function describePeople(name: string, newPlace: () => Promise<Place>): void {
  describe(`${name}: people`, () => {
    const here = inPlace(newPlace);

    test("who has chosen nothing has chosen nothing", async () => {
      expect(await here.store.preferences(ANNA)).toEqual({});
      expect(await here.store.homes(NOW)).toEqual([]);
    });

    test.each<Preferences>([
      { language: "de" },
      { notify: "failures" },
      { home: home(0) },
      { home: home(0, { page: 3, vm: VmId.parse("web-01") }) },
      { language: "en", notify: "all", home: home(5, { page: 1 }) },
    ])("a choice is kept: %j", async (chosen) => {
      await here.store.prefer(ANNA, chosen);
      await here.reopen();
      expect(await here.store.preferences(ANNA)).toEqual(chosen);
      expect(await here.store.preferences(BORIS)).toEqual({});
    });

    test("one choice leaves the others as they are", async () => {
      await here.store.prefer(ANNA, { language: "de", notify: "all" });
      await here.store.prefer(ANNA, { home: home(1, { page: 2, vm: VmId.parse("db-01") }) });
      await here.store.prefer(ANNA, { notify: "decisions" });
      expect(await here.store.preferences(ANNA)).toEqual({
        language: "de",
        notify: "decisions",
        home: home(1, { page: 2, vm: VmId.parse("db-01") }),
      });
    });

    test("a choice can be taken back, alone", async () => {
      await here.store.prefer(ANNA, { language: "de", notify: "all", home: home(1) });
      await here.store.prefer(ANNA, { language: undefined });
      expect(await here.store.preferences(ANNA)).toEqual({ notify: "all", home: home(1) });
      await here.store.prefer(ANNA, { home: undefined, notify: undefined });
      expect(await here.store.preferences(ANNA)).toEqual({});
    });

    test("a choice that is written down is so together with it", async () => {
      const line = { code: "preferred", by: { id: ANNA, name: "Anna" }, language: "de" } as const;
      await here.store.prefer(ANNA, { language: "de" }, { at: NOW, line });
      expect(await here.store.auditHead()).toMatchObject({ id: 1 });
      await expect(
        here.store.prefer(ANNA, { language: "en" }, { at: NOW, line: undefined as never }),
      ).rejects.toThrow();
      expect(await here.store.preferences(ANNA)).toEqual({ language: "de" });
      expect(await here.store.auditHead()).toMatchObject({ id: 1 });
    });

    test("choosing nothing changes nothing", async () => {
      await here.store.prefer(ANNA, {});
      expect(await here.store.preferences(ANNA)).toEqual({});
      await here.store.prefer(ANNA, { language: "de" });
      await here.store.prefer(ANNA, {});
      expect(await here.store.preferences(ANNA)).toEqual({ language: "de" });
    });

    test("of many choices at the same time none is lost", async () => {
      await Promise.all([
        here.store.prefer(ANNA, { language: "de" }),
        here.store.prefer(ANNA, { notify: "failures" }),
        here.store.prefer(ANNA, { home: home(3) }),
      ]);
      expect(await here.store.preferences(ANNA)).toEqual({ language: "de", notify: "failures", home: home(3) });
    });

    test("a search that is over is over: the home without it", async () => {
      await here.store.prefer(ANNA, { home: home(0, { vm: VmId.parse("web-01"), page: 4 }) });
      await here.store.prefer(ANNA, { home: home(0) });
      expect((await here.store.preferences(ANNA)).home).toEqual(home(0));
    });

    test("homes are those opened since a moment, the latest first", async () => {
      await here.store.prefer(ANNA, { home: home(10, { page: 1 }) });
      await here.store.prefer(BORIS, { home: home(20) });
      await here.store.prefer(UserId.parse("UOLD"), { home: home(-1) });
      await here.store.prefer(UserId.parse("UNONE"), { language: "de" });
      expect(await here.store.homes(NOW)).toEqual([
        { user: BORIS, home: home(20) },
        { user: ANNA, home: home(10, { page: 1 }) },
      ]);
      expect(await here.store.homes(at(20))).toEqual([{ user: BORIS, home: home(20) }]);
    });
  });
}
