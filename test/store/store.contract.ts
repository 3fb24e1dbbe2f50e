import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { ChannelId, RequestId, VmId } from "../../src/domain/ids.ts";
import { isOpen, Request } from "../../src/domain/request.ts";
import { isSameWish } from "../../src/domain/rules.ts";
import type { Store, Stored } from "../../src/ports/store.ts";
import { BORIS } from "../domain/builders.ts";
import { HOSTILE, NOW, ORDINARY, type Sample, samples } from "../samples.ts";
import type { Place } from "./place.ts";

const ALL: readonly Sample[] = samples(ORDINARY, "de");
const WEB = VmId.parse("web-01.example");
const OPS = ChannelId.parse("COPS");
const id = (text: string) => RequestId.parse(text);
const at = (seconds: number) => later(NOW, seconds * SECOND_MS);
const never = () => false;
const ids = (found: readonly Stored[]) => found.map(({ request }) => request.id);

function sample(name: string, more: Partial<Request> = {}): Request {
  const found = ALL.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no sample "${name}"`);
  return { ...found.request, ...more };
}

const queued = (name: string, more: Partial<Request> = {}) => sample("queued, new", { id: id(name), ...more });

/** A finished request whose snapshot took so many seconds. */
const done = (name: string, seconds: number, more: Partial<Request> = {}) =>
  sample("done", { id: id(name), times: { snapshotStarted: NOW, snapshotEnded: at(seconds) }, ...more });

/** What every `Store` promises, on a real database. */
export function describeStore(name: string, newPlace: () => Promise<Place>): void {
  describe(name, () => {
    let place: Place;
    let store: Store;
    beforeEach(async () => {
      place = await newPlace();
      store = await place.open();
    });
    afterEach(async () => {
      await store.close();
      await place.remove();
    });
    const reopen = async () => {
      await store.close();
      store = await place.open();
    };
    const create = (request: Request) => store.create(request, never, []);
    const load = async (request: string) => (await store.load(id(request)))!;

    describe("a delivery", () => {
      const delivery = (key: string, seconds = 0) => ({ key, at: at(seconds), body: { text: `<${key}> "ä" \u0000` } });

      test("is received once, however often it comes", async () => {
        expect(await store.receive(delivery("k"))).toBe(true);
        expect(await store.receive({ ...delivery("k"), at: at(9), body: "another" })).toBe(false);
        expect(await store.unhandled()).toEqual([delivery("k")]);
      });

      test("comes twice at the same time and is received once", async () => {
        const received = await Promise.all([1, 2, 3].map(() => store.receive(delivery("k"))));
        expect(received.filter(Boolean)).toHaveLength(1);
      });

      test("waits, oldest first, until it is handled, and is never received again", async () => {
        for (const each of [delivery("b", 2), delivery("a", 3), delivery("c", 1)]) await store.receive(each);
        expect((await store.unhandled()).map(({ key }) => key)).toEqual(["c", "b", "a"]);
        await store.handled("b");
        expect((await store.unhandled()).map(({ key }) => key)).toEqual(["c", "a"]);
        expect(await store.receive(delivery("b", 2))).toBe(false);
      });

      test("is forgotten when it is old, unless nobody has seen it through", async () => {
        for (const each of [delivery("old"), delivery("waiting"), delivery("young", 60)]) await store.receive(each);
        await store.handled("old");
        await store.handled("young");
        await store.forgetDeliveries(at(60));
        expect(await store.receive(delivery("young"))).toBe(false);
        expect((await store.unhandled()).map(({ key }) => key)).toEqual(["waiting"]);
        expect(await store.receive(delivery("old"))).toBe(true);
      });

      test("that comes again leaves one line of the audit, however often, also after a restart", async () => {
        const line = { code: "refused", by: BORIS, what: "create", why: "replayed" } as const;
        const again = (key: string) => store.noteAgain(key, at(1), line, { who: BORIS.id });
        await store.receive(delivery("k"));
        await Promise.all([again("k"), again("k")]);
        await again("other");
        const head = await store.auditHead();
        await reopen();
        await again("k");
        expect(head?.id).toBe(2);
        expect(await store.auditHead()).toEqual(head);
        expect(await store.unhandled()).toEqual([delivery("k")]);
      });

      test("that nobody knows can be called handled", async () => {
        await store.handled("nothing");
        expect(await store.unhandled()).toEqual([]);
      });
    });

    describe("creating", () => {
      test("stores the request with its story, for a card that is not there yet", async () => {
        const request = queued("r1");
        const stored = await store.create(request, never, [{ code: "asked", by: request.requestedBy }]);
        expect(stored).toEqual({ request, version: 1, card: { face: 1, drawn: 0 } });
        expect(await store.load(request.id)).toEqual(stored);
        expect(await store.untold(request.id)).toMatchObject([{ at: request.requestedAt, line: { code: "asked" } }]);
      });

      test("twice with the same id stores it once, also when it has gone on since", async () => {
        const first = await store.create(queued("r1"), never, [{ code: "choose" }]);
        await store.commit(first, sample("expired", { id: id("r1") }), [], NOW);
        const again = await store.create(queued("r1"), never, [{ code: "choose" }]);
        expect(again.request.state.status).toBe("expired");
        expect(await store.untold(id("r1"))).toHaveLength(1);
        expect(await store.recent(9)).toHaveLength(1);
      });

      test("the same wish returns the open request that has it", async () => {
        await create(queued("r1"));
        const request = queued("r2");
        const joined = await store.create(request, (open) => isSameWish(open, request), [{ code: "choose" }]);
        expect(joined.request.id).toBe("r1");
        expect(await store.load(request.id)).toBeUndefined();
        expect(await store.untold(request.id)).toEqual([]);
      });

      test("asks about open requests of the same VM only, oldest first", async () => {
        await create(queued("other", { vm: { id: VmId.parse("db-01"), name: "db-01" } }));
        await create(done("ended", 60));
        await create(queued("r1"));
        await create(sample("choosing, VM running", { id: id("r2") }));
        const asked: string[] = [];
        await store.create(queued("r3"), (open) => asked.push(open.id) < 0, []);
        expect(asked).toEqual(["r1", "r2"]);
      });

      test("of many at once for one wish, one is stored", async () => {
        const wishes = Array.from({ length: 8 }, (_, index) => queued(`r${index}`));
        const stored = await Promise.all(
          wishes.map((wish) => store.create(wish, (open) => isSameWish(open, wish), [{ code: "choose" }])),
        );
        expect(new Set(ids(stored)).size).toBe(1);
        expect(await store.open()).toHaveLength(1);
      });

      test("fails as a whole when the question about the same wish fails", async () => {
        await create(queued("r1"));
        const failing = store.create(queued("r2"), () => {
          throw new Error("no");
        }, []);
        await expect(failing).rejects.toThrow("no");
        expect(ids(await store.open())).toEqual(["r1"]);
        await create(queued("r3"));
        expect(ids(await store.open())).toEqual(["r1", "r3"]);
      });
    });

    describe("committing", () => {
      test("writes request, story and face, and counts the version", async () => {
        const before = await create(queued("r1"));
        const next = sample("choosing, VM running", { id: id("r1") });
        expect(await store.commit(before, next, [{ code: "choose" }], at(1))).toBe(true);
        expect(await load("r1")).toEqual({ request: next, version: 2, card: { face: 2, drawn: 0 } });
        expect(await store.untold(id("r1"))).toMatchObject([{ at: at(1), line: { code: "choose" } }]);
      });

      test("does nothing when somebody else has written since", async () => {
        const before = await create(queued("r1"));
        await store.commit(before, sample("expired", { id: id("r1") }), [], NOW);
        const late = sample("choosing, VM running", { id: id("r1") });
        expect(await store.commit(before, late, [{ code: "choose" }], NOW)).toBe(false);
        expect(await load("r1")).toMatchObject({ version: 2, request: { state: { status: "expired" } } });
        expect(await store.untold(id("r1"))).toEqual([]);
      });

      test.each([{ quietly: false }, { quietly: true }])(
        "of many at once, one wins (quietly: $quietly)",
        async (how) => {
          const before = await create(queued("r1"));
          const next = sample("expired", { id: id("r1") });
          const won = await Promise.all(
            Array.from({ length: 8 }, (_, n) => store.commit(before, next, [{ code: "expired" }], at(n), how.quietly)),
          );
          expect(won.filter(Boolean)).toHaveLength(1);
          expect((await load("r1")).version).toBe(2);
          expect(await store.untold(id("r1"))).toHaveLength(1);
        },
      );

      test("quietly leaves the card as it is, and the version still grows", async () => {
        const first = await create(queued("r1"));
        await store.drawn(id("r1"), first.card.face, { channel: OPS, ts: "1.1" }, false);
        const next = sample("snapshotting, reported", { id: id("r1") });
        await store.commit(await load("r1"), next, [], NOW, true);
        expect(await store.stale()).toEqual([]);
        expect(await load("r1")).toMatchObject({ request: next, version: 2, card: { face: 1, drawn: 1 } });
        expect(await store.commit(first, queued("r1"), [], NOW, true)).toBe(false);
      });

      test("loudly after quietly makes the card stale", async () => {
        await create(queued("r1"));
        await store.drawn(id("r1"), 1, { channel: OPS, ts: "1.1" }, false);
        await store.commit(await load("r1"), sample("snapshotting, reported", { id: id("r1") }), [], NOW, true);
        await store.commit(await load("r1"), done("r1", 60), [], NOW);
        expect(ids(await store.stale())).toEqual(["r1"]);
      });

      test("of something that is not there does nothing", async () => {
        const before = { request: queued("r1"), version: 1, card: { face: 1, drawn: 0 } };
        expect(await store.commit(before, queued("r1"), [{ code: "choose" }], NOW)).toBe(false);
        expect(await store.load(id("r1"))).toBeUndefined();
      });
    });

    describe("finding", () => {
      test("what is open, in the order in which it came, all of it or of one VM", async () => {
        const db = { id: VmId.parse("db-01"), name: "web-01" };
        await create(queued("r3", { requestedAt: at(-60) }));
        await create(done("r4", 60));
        await create(queued("r1", { vm: db }));
        await create(queued("r2", { requestedAt: at(-600) }));
        expect(ids(await store.open())).toEqual(["r3", "r1", "r2"]);
        expect(ids(await store.openOf(WEB))).toEqual(["r3", "r2"]);
        expect(ids(await store.openOf(db.id))).toEqual(["r1"]);
        expect(ids(await store.recent(2))).toEqual(["r2", "r1"]);
      });

      test("a request stays in its place when it changes", async () => {
        const first = await create(queued("r1"));
        await create(queued("r2"));
        await store.commit(first, sample("stuck", { id: id("r1") }), [], NOW);
        expect(ids(await store.openOf(WEB))).toEqual(["r1", "r2"]);
      });

      test("nothing where there is nothing", async () => {
        expect(await store.load(id("r1"))).toBeUndefined();
        expect(await store.openOf(WEB)).toEqual([]);
        expect(await store.recent(5)).toEqual([]);
        expect(await store.pastDurations(WEB)).toEqual([]);
        expect(await store.makers(WEB)).toEqual(new Map());
        expect(await store.stale()).toEqual([]);
        expect(await store.withUntold()).toEqual([]);
      });

      test("how long the last three snapshots of a VM took, newest first", async () => {
        for (const [index, seconds] of [10, 20, 30, 40].entries()) await create(done(`r${index}`, seconds));
        await create(done("other", 99, { vm: { id: VmId.parse("db-01"), name: "db-01" } }));
        await create(queued("open"));
        await create(
          sample("failed, lost", { id: id("failed"), times: { snapshotStarted: NOW, snapshotEnded: at(7) } }),
        );
        expect(await store.pastDurations(WEB)).toEqual([40_000, 30_000, 20_000]);
      });
    });

    describe("a card", () => {
      const posting = { channel: OPS, since: at(5) };
      const message = { channel: OPS, ts: "1731398400.000100" };

      test("is stale until what it must show is drawn", async () => {
        const first = await create(queued("r1"));
        expect(ids(await store.stale())).toEqual(["r1"]);
        await store.posting(id("r1"), posting);
        expect((await load("r1")).card).toEqual({ face: 1, drawn: 0, posting });
        await store.drawn(id("r1"), 1, message, false);
        expect((await load("r1")).card).toEqual({ face: 1, drawn: 1, message });
        expect(await store.stale()).toEqual([]);
        expect(await store.commit(first, sample("stuck", { id: id("r1") }), [], NOW)).toBe(true);
        expect(ids(await store.stale())).toEqual(["r1"]);
        await store.drawn(id("r1"), 2, message, true);
        expect(await store.stale()).toEqual([]);
      });

      test("drawn as it was before a change stays stale", async () => {
        const first = await create(queued("r1"));
        await store.commit(first, sample("stuck", { id: id("r1") }), [], NOW);
        await store.drawn(id("r1"), first.card.face, message, false);
        expect(ids(await store.stale())).toEqual(["r1"]);
      });

      test("drawing it is no change that a commit could lose against", async () => {
        const before = await create(queued("r1"));
        await store.posting(id("r1"), posting);
        await store.drawn(id("r1"), 1, message, false);
        expect(await store.commit(before, sample("stuck", { id: id("r1") }), [], NOW)).toBe(true);
        expect((await load("r1")).card).toEqual({ face: 2, drawn: 1, message });
      });

      test("is drawn again when somebody asks for it, at its place or, if lost, anew", async () => {
        await create(queued("r1"));
        await store.drawn(id("r1"), 1, message, false);
        await store.redraw(id("r1"), false);
        expect(await store.stale()).toMatchObject([{ card: { message } }]);
        await store.redraw(id("r1"), true);
        expect(await store.stale()).toMatchObject([{ request: { id: "r1" } }]);
        expect((await load("r1")).card.message).toBeUndefined();
      });

      test("asked for again while it is being drawn is drawn again", async () => {
        const { card } = await create(queued("r1"));
        await store.drawn(id("r1"), card.face, message, false);
        const { card: underWay } = await load("r1");
        await store.redraw(id("r1"), false);
        await store.drawn(id("r1"), underWay.face, message, true);
        expect(ids(await store.stale())).toEqual(["r1"]);
      });

      test("asked for again does not hide a change that comes after", async () => {
        await create(queued("r1"));
        await store.redraw(id("r1"), false);
        const before = await load("r1");
        await store.commit(before, sample("stuck", { id: id("r1") }), [], NOW);
        await store.drawn(id("r1"), before.card.face, message, false);
        expect(ids(await store.stale())).toEqual(["r1"]);
      });

      test("that is found where an earlier post was lost is drawn at once", async () => {
        await create(queued("r1"));
        await store.posting(id("r1"), posting);
        await store.drawn(id("r1"), 0, message, false);
        expect(await store.stale()).toMatchObject([{ card: { message, drawn: 0 } }]);
      });

      test("cards that are stale come oldest first", async () => {
        for (const name of ["r2", "r1", "r3"]) await create(queued(name));
        await store.drawn(id("r1"), 1, message, false);
        expect(ids(await store.stale())).toEqual(["r2", "r3"]);
      });
    });

    describe("a story", () => {
      const message = { channel: OPS, ts: "1.1" };

      test("is told in its order, what came meanwhile later", async () => {
        const first = await store.create(queued("r1"), never, [{ code: "choose" }, { code: "shutdown_asked" }]);
        await store.commit(first, sample("stuck", { id: id("r1") }), [{ code: "stuck" }, { code: "off" }], at(9));
        const untold = await store.untold(id("r1"));
        expect(untold.map(({ line }) => line.code)).toEqual(["choose", "shutdown_asked", "stuck", "off"]);
        expect(untold.map((line) => line.at)).toEqual([
          first.request.requestedAt,
          first.request.requestedAt,
          at(9),
          at(9),
        ]);
        await store.told(id("r1"), untold[1]!.id);
        expect((await store.untold(id("r1"))).map(({ line }) => line.code)).toEqual(["stuck", "off"]);
        await store.told(id("r1"), untold[3]!.id);
        expect(await store.untold(id("r1"))).toEqual([]);
      });

      test("waits for a card", async () => {
        for (const name of ["r1", "r2", "r3"]) await store.create(queued(name), never, [{ code: "choose" }]);
        expect(await store.withUntold()).toEqual([]);
        await store.drawn(id("r1"), 1, message, false);
        await store.drawn(id("r2"), 1, message, false);
        await store.told(id("r2"), (await store.untold(id("r2")))[0]!.id);
        expect(ids(await store.withUntold())).toEqual(["r1"]);
      });

      test("is told though hundreds of others wait for their cards", async () => {
        for (let n = 0; n < 250; n++) await store.create(queued(`waiting${n}`), never, [{ code: "choose" }]);
        await store.create(queued("zz"), never, [{ code: "choose" }]);
        await store.drawn(id("zz"), 1, message, false);
        expect(ids(await store.withUntold())).toEqual(["zz"]);
      });

      test("of another request is left alone", async () => {
        await store.create(queued("r1"), never, [{ code: "choose" }]);
        await store.create(queued("r2"), never, [{ code: "choose" }]);
        await store.told(id("r2"), (await store.untold(id("r2")))[0]!.id);
        expect(await store.untold(id("r1"))).toHaveLength(1);
      });
    });

    describe("a request", () => {
      const kept = [...ALL, ...samples(HOSTILE, "en")].map((each, index) => ({
        name: each.name,
        request: { ...each.request, id: id(`r${index}`) },
      }));

      test("is the same after it was stored, whatever its status", async () => {
        for (const { request } of kept) await create(request);
        await reopen();
        for (const { request } of kept) expect((await store.load(request.id))?.request).toEqual(request);
        const open = kept.filter(({ request }) => isOpen(request)).map(({ request }) => request.id);
        expect(ids(await store.open())).toEqual(open);
      });

      test("keeps any text that people or the cloud give it", async () => {
        const text = fc.string({ unit: "binary" });
        await fc.assert(
          fc.asyncProperty(fc.uuid(), text, text, text, async (key, name, reason, vm) => {
            const request = Request.parse(
              queued(key, {
                vm: { id: WEB, name: vm },
                wish: { kind: "create", how: "ask", name, nameGiven: true, reason },
              }),
            );
            await create(request);
            expect((await store.load(request.id))?.request).toEqual(request);
          }),
          { numRuns: 50 },
        );
      });

      test("may be called anything", async () => {
        const odd = "r'; DROP TABLE requests; --";
        await create(queued(odd));
        expect((await store.load(id(odd)))?.request.id).toBe(odd);
        expect(await store.openOf(VmId.parse("' OR 1=1 --"))).toEqual([]);
      });
    });

    test("everything is there again after it was closed and opened", async () => {
      await store.receive({ key: "waiting", at: NOW, body: { n: 1 } });
      await store.receive({ key: "handled", at: NOW, body: null });
      await store.handled("handled");
      const first = await store.create(queued("r1"), never, [{ code: "choose" }, { code: "stuck" }]);
      await store.commit(first, sample("stuck", { id: id("r1") }), [], NOW, true);
      await store.posting(id("r1"), { channel: OPS, since: at(1) });
      await create(done("r2", 42));
      await store.drawn(id("r2"), 1, { channel: OPS, ts: "1.2" }, true);
      await store.told(id("r1"), (await store.untold(id("r1")))[0]!.id);
      const before = await Promise.all([load("r1"), load("r2"), store.untold(id("r1"))]);
      await reopen();
      expect(await Promise.all([load("r1"), load("r2"), store.untold(id("r1"))])).toEqual(before);
      expect(await store.unhandled()).toEqual([{ key: "waiting", at: NOW, body: { n: 1 } }]);
      expect(await store.receive({ key: "handled", at: NOW, body: null })).toBe(false);
      expect(ids(await store.open())).toEqual(["r1"]);
      expect(await store.pastDurations(WEB)).toEqual([42_000]);
      expect(await store.commit(before[0], sample("expired", { id: id("r1") }), [], later(NOW, MINUTE_MS))).toBe(true);
    });

    test("it says that it can be written to, and not any more once it is closed", async () => {
      await expect(store.check()).resolves.toBeUndefined();
      await store.close();
      await expect(store.check()).rejects.toThrow();
      store = await place.open();
    });
  });
}
