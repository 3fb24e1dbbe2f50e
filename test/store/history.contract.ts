import { describe, expect, test } from "vitest";
import { RequestId, UserId, VmId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Line } from "../../src/domain/story.ts";
import { ANNA, aRequest, at, BORIS, NOW, VM } from "../domain/builders.ts";
import { inPlace, type Place } from "./place.ts";

const CLARA = { id: UserId.parse("UCLARA"), name: "Clara" };
const DB = VmId.parse("db-01");
const id = (text: string) => RequestId.parse(text);
const queued = (name: string, more: Partial<Request> = {}): Request => ({
  ...aRequest("queued"),
  id: id(name),
  ...more,
});
const stuck: Line = { code: "stuck" };

/** What happened, and whose it was. */
export function describeHistory(name: string, newPlace: () => Promise<Place>): void {
  describe(`${name}: looking back`, () => {
    const here = inPlace(newPlace);
    const codes = async (...args: Parameters<typeof here.store.history>) =>
      (await here.store.history(...args)).map(({ request, line }) => `${request.id} ${line.code}`);

    /** Anna's request at web-01, which Boris decides, and Clara's at db-01, which waits behind Anna's. */
    async function aStory() {
      await here.create(queued("a", { requestedAt: NOW }), [{ code: "asked", by: ANNA }]);
      const clara = { requestedBy: CLARA, requestedAt: at(10), vm: { id: DB, name: "db-01" } };
      await here.create(queued("c", clara), [{ code: "asked", by: CLARA }]);
      await here.becomes({ ...aRequest("shutdown_stuck"), id: id("a") }, at(20), [
        { code: "chose_shutdown", by: BORIS },
        stuck,
      ]);
      await here.becomes(queued("c", clara), at(30), [{ code: "queued_behind", by: BORIS }]);
    }

    test("is empty where nothing has happened", async () => {
      expect(await here.store.history({}, 10, 0)).toEqual([]);
    });

    test("shows what happened, newest first, with the request as it is now", async () => {
      await aStory();
      expect(await codes({}, 10, 0)).toEqual(["c queued_behind", "a stuck", "a chose_shutdown", "c asked", "a asked"]);
      const [, line] = await here.store.history({}, 10, 0);
      expect(line).toMatchObject({ at: at(20), line: stuck, request: { state: { status: "shutdown_stuck" } } });
    });

    test("goes by pages that neither overlap nor leave something out", async () => {
      await aStory();
      expect(await codes({}, 2, 0)).toEqual(["c queued_behind", "a stuck"]);
      expect(await codes({}, 2, 2)).toEqual(["a chose_shutdown", "c asked"]);
      expect(await codes({}, 2, 4)).toEqual(["a asked"]);
      expect(await codes({}, 2, 6)).toEqual([]);
    });

    test.each([
      ["of one VM", { vm: VM }, ["a stuck", "a chose_shutdown", "a asked"]],
      ["of a VM that nobody has asked for", { vm: VmId.parse("none") }, []],
      [
        "of one person: what others did at their request, too",
        { who: ANNA.id },
        ["a stuck", "a chose_shutdown", "a asked"],
      ],
      ["of one person: what they did at others' requests", { who: BORIS.id }, ["a chose_shutdown"]],
      ["of one person: who is waited for has done nothing", { who: CLARA.id }, ["c queued_behind", "c asked"]],
      ["from a moment on", { since: at(20) }, ["c queued_behind", "a stuck", "a chose_shutdown"]],
      ["before a moment", { until: at(20) }, ["c asked", "a asked"]],
      ["of a VM and a person in a time", { vm: DB, who: CLARA.id, since: NOW, until: at(11) }, ["c asked"]],
      [
        "with nothing said",
        { vm: undefined, who: undefined, since: undefined },
        ["c queued_behind", "a stuck", "a chose_shutdown", "c asked", "a asked"],
      ],
    ])("can be narrowed: %s", async (_, filter, expected) => {
      await aStory();
      expect(await codes(filter, 10, 0)).toEqual(expected);
    });

    test("keeps its order by what was written first, whatever the clock did", async () => {
      await here.create(queued("a", { requestedAt: at(60) }), [{ code: "choose" }]);
      await here.create(queued("b", { requestedAt: NOW }), [{ code: "choose" }]);
      expect(await codes({}, 10, 0)).toEqual(["b choose", "a choose"]);
    });

    test("is not changed by telling it", async () => {
      await aStory();
      const [newest] = await here.store.untold(id("a"));
      await here.store.told(id("a"), newest!.id + 9);
      expect(await codes({ vm: VM }, 10, 0)).toHaveLength(3);
    });

    describe("the last requests", () => {
      test("of a VM and of a person, newest first, open or not", async () => {
        await here.create(queued("a"));
        await here.create({ ...aRequest("done"), id: id("b"), requestedBy: BORIS });
        await here.create(queued("c", { vm: { id: DB, name: "db-01" } }));
        const ids = async (found: ReturnType<typeof here.store.ofVm>) => (await found).map(({ request }) => request.id);
        expect(await ids(here.store.ofVm(VM, 10))).toEqual(["b", "a"]);
        expect(await ids(here.store.ofVm(VM, 1))).toEqual(["b"]);
        expect(await ids(here.store.ofPerson(ANNA.id, 10))).toEqual(["c", "a"]);
        expect(await ids(here.store.ofPerson(ANNA.id, 1))).toEqual(["c"]);
        expect(await ids(here.store.ofPerson(CLARA.id, 9))).toEqual([]);
      });

      test("that are still looked after: a VM that is watched, and nothing that is open", async () => {
        await here.create({ ...aRequest("cancelled", {}, { watch: { until: at(9) } }), id: id("a") });
        await here.create(queued("b", { watch: { until: at(9) } }));
        await here.create({ ...aRequest("cancelled"), id: id("c") });
        expect((await here.store.watched()).map(({ request }) => request.id)).toEqual(["a"]);
        await here.becomes({ ...aRequest("cancelled"), id: id("a") }, at(9));
        expect(await here.store.watched()).toEqual([]);
      });
    });
  });
}
