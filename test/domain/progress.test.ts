import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/domain/decide.ts";
import { expectedEnd, isOverdue, progressOf } from "../../src/domain/progress.ts";
import { anOperation, aRequest, aRestore, at, live, NOW, OPERATION, ok, SETTINGS, STATUSES } from "./builders.ts";

const facts = (seconds: number) =>
  ({ power: "running", snapshotCount: 0, seenAt: NOW, expected: { ms: seconds * 1000, basis: "disk" } }) as const;
const running = (state: object = {}, more: object = {}) =>
  aRequest(
    "snapshotting",
    { operation: OPERATION, ...state },
    { facts: facts(100), times: { snapshotStarted: NOW }, ...more },
  );

describe("the percent", () => {
  test.each([
    ["is ours while the cloud reports none", running(), 40, { percent: 40, estimated: true }],
    ["is ours to 95 at most before the end is known", running(), 9999, { percent: 95, estimated: true }],
    ["is not below nothing when clocks differ", running(), -30, { percent: 0, estimated: true }],
    ["is the cloud's when it reports one", running({ percent: 12.9 }), 99, { percent: 12, estimated: false }],
    [
      "stays ours while the cloud's is behind it",
      running({ percent: 12, estimatedTo: 40 }),
      50,
      { percent: 40, estimated: true },
    ],
    [
      "is the cloud's once it has caught up",
      running({ percent: 41, estimatedTo: 40 }),
      50,
      { percent: 41, estimated: false },
    ],
    ["may be a hundred when the cloud says so", running({ percent: 100 }), 50, { percent: 100, estimated: false }],
    [
      "is a hundred when it is made",
      running({}, { times: { snapshotStarted: NOW, snapshotEnded: at(9) } }),
      10,
      { percent: 100, estimated: false },
    ],
    ["is not guessed from nothing", running({}, { facts: undefined }), 40, undefined],
    ["is not there before the snapshot is", live("snapshotting"), 40, undefined],
  ])("%s", (_, request, seconds, progress) => {
    expect(progressOf(request, at(seconds))).toEqual(progress);
  });

  test.each(STATUSES.filter((status) => status !== "snapshotting" && status !== "restoring"))(
    "is not shown while %s",
    (status) => {
      expect(progressOf(aRequest(status), NOW)).toBeUndefined();
    },
  );

  test("of a restore is told from its own start and its own estimate", () => {
    const restore = {
      power: "running",
      snapshotCount: 0,
      seenAt: NOW,
      restore: { ms: 200_000, basis: "size" },
    } as const;
    const more = { facts: restore, times: { snapshotStarted: at(-99), snapshotEnded: at(-9), restoreStarted: NOW } };
    const request = aRestore("restoring", { operation: OPERATION }, more);
    expect(progressOf(request, at(50))).toEqual({ percent: 25, estimated: true });
    expect(expectedEnd(request, at(50))).toEqual(at(200));
    expect(isOverdue(request, at(206))).toBe(true);
    expect(progressOf(aRestore("restoring", { operation: OPERATION, percent: 40 }, more), at(50))).toEqual({
      percent: 40,
      estimated: false,
    });
  });

  test("never falls, whenever the cloud begins to report and whatever", () => {
    const reports = fc.array(fc.record({ after: fc.nat(60), percent: fc.option(fc.nat(100), { nil: undefined }) }));
    fc.assert(
      fc.property(reports, (looks) => {
        let request = running();
        let [seconds, shown] = [0, 0];
        for (const { after, percent } of looks) {
          seconds += after;
          const before = progressOf(request, at(seconds))!.percent;
          const step = decide(request, { operation: ok(anOperation({ percent })) }, at(seconds), SETTINGS);
          if (step.kind === "become") request = step.next as typeof request;
          const now = progressOf(request, at(seconds))!.percent;
          expect([before >= shown, now >= before]).toEqual([true, true]);
          shown = now;
        }
      }),
    );
  });
});

describe("the expected end", () => {
  test.each([
    ["comes from the estimate", running(), 40, at(100)],
    ["comes from the cloud's percent", running({ percent: 50 }), 80, at(160)],
    ["comes from the estimate while the percent says too little", running({ percent: 4 }), 40, at(100)],
    ["is not told when it has passed", running(), 100, undefined],
    ["is not told when nothing is known", running({}, { facts: undefined }), 40, undefined],
    [
      "is not told when it is over",
      running({}, { times: { snapshotStarted: NOW, snapshotEnded: at(9) } }),
      10,
      undefined,
    ],
  ])("%s", (_, request, seconds, end) => {
    expect(expectedEnd(request, at(seconds))).toEqual(end);
  });
});

describe("longer than usual", () => {
  test.each([
    ["is said when it is clearly late", running(), 106, true],
    ["is not said for a few seconds", running(), 105, false],
    ["is not said when the cloud tells how far it is", running({ percent: 50 }), 999, false],
    ["is not said when nothing was expected", running({}, { facts: undefined }), 999, false],
    ["is not said when it is made", running({}, { times: { snapshotStarted: NOW, snapshotEnded: at(9) } }), 999, false],
  ])("%s", (_, request, seconds, overdue) => {
    expect(isOverdue(request, at(seconds))).toBe(overdue);
  });
});
