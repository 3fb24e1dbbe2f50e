import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR_MS, later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { progressOf, workOf } from "../../src/domain/progress.ts";
import type { Request } from "../../src/domain/request.ts";
import { card, tickOf } from "../../src/views/card.ts";
import { NOW, ORDINARY, type Sample, samples } from "../samples.ts";
import { brush, drawn, drawnOf } from "./drawing.ts";

const all = samples(ORDINARY, "en");

describe("the metadata", () => {
  test.each(all)("$name", (sample) => {
    const { request } = sample;
    const isAside = request.wish.kind === "restore" && request.state.status === "snapshotting";
    const progress = isAside ? undefined : progressOf(request, NOW);
    expect(drawnOf(sample).metadata).toEqual({
      event_type: "snapshot_request",
      event_payload: {
        id: "r0123456789abcdef",
        kind: request.wish.kind,
        vm: "web-01",
        status: request.state.status,
        ...(progress && { percent: progress.percent }),
      },
    });
  });

  test.each([
    { name: "snapshotting, reported", percent: 40 },
    { name: "snapshotting, reported 100", percent: 100 },
    { name: "snapshotting, estimated", percent: 8 },
    { name: "snapshotting, made and not listed yet", percent: 100 },
    { name: "snapshotting, nothing known", percent: undefined },
    { name: "restore: restoring, reported", percent: 40 },
    { name: "restore: restoring, estimated", percent: 4 },
    { name: "restore: restoring, nothing known", percent: undefined },
    // It would fall when the restore begins.
    { name: "restore: safety snapshot, reported", percent: undefined },
    { name: "done", percent: undefined },
  ])("$name: percent $percent", ({ name, percent }) => {
    expect(drawn(name).metadata.event_payload.percent).toBe(percent);
  });
});

/** Samples that time alone can change, at any moment of a day and with any expectation. */
const runs = all.filter(({ request }) => workOf(request));
const anyRun = fc.constantFrom(...runs);
const anyAge = fc.integer({ min: -MINUTE_MS, max: 24 * HOUR_MS });
const anyExpectation = fc.double({ min: 1, max: 12 * HOUR_MS, noNaN: true });

const expecting = ({ request }: Sample, ms: number): Request => {
  const expected = { ms, basis: "history" } as const;
  return { ...request, ...(request.facts && { facts: { ...request.facts, expected, restore: expected } }) };
};

describe("while it runs", () => {
  test("an estimate never passes 95 %, and says that it is one", () => {
    fc.assert(
      fc.property(anyRun, anyExpectation, anyAge, (run, ms, age) => {
        const now = later(NOW, age);
        const request = expecting(run, ms);
        const { text, metadata } = card(request, brush("en", { now }));
        const progress = progressOf(request, now);
        if (!progress?.estimated) return;
        expect(progress.percent).toBeLessThanOrEqual(95);
        expect(metadata.event_payload.percent ?? 0).toBeLessThanOrEqual(95);
        expect(text).toContain(`about ${progress.percent} % (estimated)`);
      }),
    );
  });

  test("the percent never falls with time", () => {
    fc.assert(
      fc.property(anyRun, anyExpectation, anyAge, anyAge, (run, ms, one, other) => {
        const request = expecting(run, ms);
        const [before, after] = [one, other]
          .toSorted((a, b) => a - b)
          .map((age) => progressOf(request, later(NOW, age)));
        expect(after?.percent ?? 0).toBeGreaterThanOrEqual(before?.percent ?? 0);
      }),
    );
  });

  /** Drifts with every second while the cloud's percent stands still; a new percent, or a minute, draws it anew. */
  const withoutEnd = (blocks: readonly object[]) =>
    JSON.stringify(blocks).replace(/ · expected end <!date\^\d+\^\{time\}\|[^>]*>/, " · expected end");

  test("what looks the same by `tickOf` is the same", () => {
    const near = fc.integer({ min: 0, max: 3 * MINUTE_MS });
    fc.assert(
      fc.property(fc.constantFrom(...all), anyExpectation, anyAge, near, (run, ms, age, gap) => {
        const request = expecting(run, ms);
        const [one, other] = [later(NOW, age), later(NOW, age + gap)];
        if (tickOf(request, one) !== tickOf(request, other)) return;
        const [before, after] = [one, other].map((now) => card(request, brush("en", { now })).blocks);
        expect(withoutEnd(after!)).toBe(withoutEnd(before!));
      }),
      { numRuns: 500 },
    );
  });

  test("an estimated card keeps its end as long as `tickOf` does", () => {
    const near = fc.integer({ min: 0, max: MINUTE_MS });
    const estimated = runs.filter(({ request: { state } }) => !("percent" in state));
    fc.assert(
      fc.property(fc.constantFrom(...estimated), anyExpectation, anyAge, near, (run, ms, age, gap) => {
        const request = expecting(run, ms);
        const [one, other] = [later(NOW, age), later(NOW, age + gap)];
        if (tickOf(request, one) !== tickOf(request, other)) return;
        expect(card(request, brush("en", { now: other })).blocks).toEqual(
          card(request, brush("en", { now: one })).blocks,
        );
      }),
    );
  });

  test.each([
    { what: "another percent", ms: 100 * SECOND_MS, after: SECOND_MS },
    { what: "another minute", ms: 1e12, after: MINUTE_MS },
    { what: "more time than expected", ms: 10 * MINUTE_MS, after: 10 * MINUTE_MS },
  ])("$what is another tick", ({ ms, after }) => {
    for (const name of ["snapshotting, estimated", "restore: restoring, estimated"]) {
      const request = expecting(runs.find((run) => run.name === name)!, ms);
      const { started } = workOf(request)!;
      expect(tickOf(request, later(started, after))).not.toBe(tickOf(request, started));
    }
  });
});
