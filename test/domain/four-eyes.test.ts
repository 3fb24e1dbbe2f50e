import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { awaitApproval, sayYes } from "../../src/domain/approving.ts";
import { decide } from "../../src/domain/decide.ts";
import { HOUR_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId, UserId, type Who } from "../../src/domain/ids.ts";
import type { Gated, Request, Terms } from "../../src/domain/request.ts";
import { ANNA, aDelete, aRequest, BORIS, NOW, SETTINGS, TERMS } from "./builders.ts";

/** What holds of every approval, whoever says yes, in whatever order, and whatever rights they lose in between. */

const CLEO: Who = { id: UserId.parse("UCLEO"), name: "Cleo" };
const DORA: Who = { id: UserId.parse("UDORA"), name: "Dora" };
const PEOPLE = [ANNA, BORIS, CLEO, DORA];

interface Click {
  by: Who;
  /** Who may approve just then; whoever clicks has been looked up before. */
  standing: readonly Who[];
}

const somebody = fc.constantFrom(...PEOPLE);
const click: fc.Arbitrary<Click> = fc.record({ by: somebody, standing: fc.subarray(PEOPLE) });
const clicks = fc.array(click, { maxLength: 12 });
const terms: fc.Arbitrary<Terms> = fc.record({
  rule: fc.constant(1),
  by: fc.constant(["group:sre"]),
  count: fc.integer({ min: 1, max: 4 }),
  not: fc.constantFrom("requester", "nobody"),
  lostRight: fc.constantFrom("void", "counts"),
  expiresMs: fc.integer({ min: MINUTE_MS, max: 4 * HOUR_MS }),
});
const what = fc.constantFrom<Gated>("begin", "shutdown", "live");

const asked = (of: Terms, gated: Gated, wantedBy: Who): Request =>
  awaitApproval(aRequest("choosing"), gated, wantedBy, of, "print", NOW).next;

/** What it becomes when they have clicked one after the other; those who come too late have no effect. */
const clicked = (request: Request, of: Terms, all: readonly Click[]): Request =>
  all.reduce((before, { by, standing }, n) => {
    const may = new Set([by, ...standing].map(({ id }) => id));
    const said = sayYes(before, by, of, may, NOW, SETTINGS, RequestId.parse(`click-${n}`));
    return said.kind === "changed" ? said.step.next : before;
  }, request);

const hasGoneOn = ({ approved }: Request): boolean => approved !== undefined;

describe("four eyes", () => {
  test("are never one person's where two have to say yes, however often and from however many devices", () => {
    const twice = fc.array(fc.subarray(PEOPLE), { maxLength: 12 });
    fc.assert(
      fc.property(terms, what, somebody, somebody, twice, (some, gated, wantedBy, one, standings) => {
        const of = { ...some, count: Math.max(2, some.count) };
        const all = standings.map((standing): Click => ({ by: one, standing }));
        expect(clicked(asked(of, gated, wantedBy), of, all).state.status).toBe("awaiting_approval");
      }),
    );
  });

  test("are as many different people as are wanted, neither who asked nor who pressed, who may all still", () => {
    fc.assert(
      fc.property(terms, what, somebody, clicks, (of, gated, wantedBy, all) => {
        const last = clicked(asked(of, gated, wantedBy), of, all);
        if (!last.approved) return;
        const ids = last.approved.by.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBeGreaterThanOrEqual(of.count);
        for (const id of of.not === "requester" ? [ANNA.id, wantedBy.id] : []) expect(ids).not.toContain(id);
        const decisive = all.find((_, n) => hasGoneOn(clicked(asked(of, gated, wantedBy), of, all.slice(0, n + 1))))!;
        const standing = [decisive.by, ...decisive.standing].map(({ id }) => id);
        expect(standing).toEqual(expect.arrayContaining(ids));
      }),
    );
  });

  test("are found when enough people who may have said yes, in whatever order", () => {
    const everybody = fc.shuffledSubarray([BORIS, CLEO, DORA], { minLength: 3 });
    fc.assert(
      fc.property(terms, what, everybody, (some, gated, people) => {
        const of = { ...some, count: Math.min(3, some.count) };
        const all = people.map((by): Click => ({ by, standing: PEOPLE }));
        expect(hasGoneOn(clicked(asked(of, gated, ANNA), of, all))).toBe(true);
        expect(hasGoneOn(clicked(asked(of, gated, ANNA), of, all.slice(0, of.count - 1)))).toBe(false);
      }),
    );
  });
});

describe("an approval that nobody gives", () => {
  const at = fc.integer({ min: 0, max: 6 * HOUR_MS });
  const aroundTheEnd = fc.integer({ min: -2, max: 2 });
  const expiring = (of: Terms): Request => awaitApproval(aDelete("queued"), "begin", ANNA, of, "print", NOW).next;
  const becomes = (request: Request, ms: number) => {
    const step = decide(request, {}, later(NOW, ms), SETTINGS);
    return step.kind === "wait" ? request.state.status : step.next.state.status;
  };

  test("expires at its time, stays so, and takes no yes from then on", () => {
    fc.assert(
      fc.property(terms, fc.oneof(at, aroundTheEnd), (of, moment) => {
        const ms = moment <= 2 ? of.expiresMs + moment : moment;
        const request = expiring(of);
        const isOver = ms >= of.expiresMs;
        expect(becomes(request, ms)).toBe(isOver ? "expired" : "awaiting_approval");
        const one = { ...of, count: 1 };
        const said = sayYes(request, BORIS, one, new Set([BORIS.id]), later(NOW, ms), SETTINGS, RequestId.parse("x"));
        expect(said.kind).toBe(isOver ? "refused" : "changed");
      }),
    );
  });

  test("reminds later each time, and never once it has expired", () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: MINUTE_MS, max: HOUR_MS }), fc.array(at), (some, remindMs, moments) => {
        let request = expiring({ ...some, remindMs });
        for (const ms of moments.toSorted((a, b) => a - b)) {
          const before = request.state.status === "awaiting_approval" ? request.state.remindAt : undefined;
          const step = decide(request, {}, later(NOW, ms), SETTINGS);
          if (step.kind !== "become") continue;
          request = step.next;
          if (request.state.status !== "awaiting_approval") break;
          const { remindAt, expiresAt } = request.state;
          if (remindAt === undefined) continue;
          expect(remindAt > (before ?? NOW)).toBe(true);
          expect(remindAt < expiresAt).toBe(true);
        }
      }),
    );
  });
});

test("whoever asked alone is enough only where that is not excluded", () => {
  const one = { ...TERMS, count: 1 };
  const all = [{ by: ANNA, standing: PEOPLE }];
  expect(hasGoneOn(clicked(asked(one, "begin", ANNA), one, all))).toBe(false);
  const free = { ...one, not: "nobody" } as const;
  expect(hasGoneOn(clicked(asked(free, "begin", ANNA), free, all))).toBe(true);
});
