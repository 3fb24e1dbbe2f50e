import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import {
  counted,
  expiresAt,
  isExpired,
  isSatisfied,
  mayApprove,
  nextReminder,
  type Yes,
} from "../../src/policy/approving.ts";
import { anApproval, aPerson } from "./arbitrary.ts";
import { ANNA, approvalOf, BORIS, NOW, SRE, somebody } from "./asking.ts";

const CLARA = somebody("U0CLARA", { groups: [SRE] });
const DORA = somebody("U0DORA", { groups: [SRE] });

describe("Anna's request, where the group sre has to say yes,", () => {
  const approval = approvalOf({ by: "group:sre" });

  test.each([
    { who: "somebody of the group", person: CLARA, is: "yes" },
    { who: "somebody else", person: BORIS, is: "not_an_approver" },
    { who: "Anna, although she is in the group", person: { ...ANNA, groups: [SRE] }, is: "own_request" },
    { who: "Anna under another name", person: { ...ANNA, email: "other@example.com" }, is: "own_request" },
    {
      who: "somebody whose groups are not known",
      person: { ...BORIS, groups: "unknown" as const },
      is: "directory_silent",
    },
    { who: "a guest of the group", person: { ...CLARA, kind: "guest" as const }, is: "guest" },
    { who: "a stranger of the group", person: { ...CLARA, kind: "stranger" as const }, is: "not_an_approver" },
    { who: "a bot of the group", person: { ...CLARA, kind: "bot" as const }, is: "not_an_approver" },
    {
      who: "somebody of the group who has left",
      person: { ...CLARA, kind: "deactivated" as const },
      is: "not_an_approver",
    },
  ])("and $who: $is", ({ person, is }) => {
    expect(mayApprove(approval, person, ANNA)).toBe(is);
  });

  test("can be approved by Anna only where the policy says that nobody is excluded", () => {
    const anna = { ...ANNA, groups: [SRE] };
    expect(mayApprove(approvalOf({ by: "group:sre", not: "requester" }), anna, ANNA)).toBe("own_request");
    expect(mayApprove(approvalOf({ by: "group:sre", not: "nobody" }), anna, ANNA)).toBe("yes");
    expect(mayApprove(approvalOf({ by: "group:sre", not: "nobody" }), ANNA, ANNA)).toBe("not_an_approver");
  });

  test("can be approved by a guest where guests are named", () => {
    expect(mayApprove(approvalOf({ by: ["group:sre", "guests"] }), { ...BORIS, kind: "guest" }, ANNA)).toBe("yes");
  });
});

describe("two who say yes", () => {
  const two = approvalOf({ by: "group:sre", count: 2 });
  const yes = (by: { id: string }, still: Yes["still"] = "yes"): Yes => ({ by, still });

  test.each([
    { what: "are enough", yeses: [yes(CLARA), yes(DORA)], is: true },
    { what: "are not one who says it twice", yeses: [yes(CLARA), yes(CLARA)], is: false },
    { what: "are not one and the requester", yeses: [yes(CLARA), yes(ANNA)], is: false },
    {
      what: "are not one and one who has lost the right",
      yeses: [yes(CLARA), yes(DORA, "not_an_approver")],
      is: false,
    },
    {
      what: "are not one and one of whom Slack does not say it",
      yeses: [yes(CLARA), yes(DORA, "directory_silent")],
      is: false,
    },
    { what: "are not one", yeses: [yes(CLARA)], is: false },
    { what: "are not none", yeses: [], is: false },
  ])("$what", ({ yeses, is }) => {
    expect(isSatisfied(two, yeses, ANNA)).toBe(is);
  });

  test("count for good where the policy says that a lost right does not matter", () => {
    const counts = approvalOf({ by: "group:sre", count: 2, lost_right: "counts" });
    expect(isSatisfied(counts, [yes(CLARA, "not_an_approver"), yes(DORA, "directory_silent")], ANNA)).toBe(true);
    expect(isSatisfied(counts, [yes(CLARA), yes(ANNA)], ANNA)).toBe(false);
  });

  test("are counted once each", () => {
    expect(counted(two, [yes(DORA), yes(CLARA), yes(DORA)], ANNA)).toEqual(["U0DORA", "U0CLARA"]);
  });
});

describe("four eyes", () => {
  const someYeses = (by: fc.Arbitrary<{ id: string }>): fc.Arbitrary<Yes[]> =>
    fc.array(fc.record({ by, still: fc.constantFrom("yes", "not_an_approver", "directory_silent") }), {
      maxLength: 50,
    });
  const excluding = anApproval.map((written) => approvalOf({ ...written, not: "requester" }));

  test("are never the requester's alone, however often and from however many devices", () => {
    fc.assert(
      fc.property(excluding, someYeses(fc.constant(ANNA)), (approval, yeses) => {
        expect(isSatisfied(approval, yeses, ANNA)).toBe(false);
      }),
    );
  });

  test("are those of two people at least, the requester and whoever says yes", () => {
    fc.assert(
      fc.property(excluding, someYeses(fc.constantFrom(ANNA, BORIS, CLARA, DORA)), (approval, yeses) => {
        const people = new Set([ANNA.id, ...counted(approval, yeses, ANNA)]);
        if (isSatisfied(approval, yeses, ANNA)) expect(people.size).toBeGreaterThan(approval.count);
      }),
    );
  });

  test("are never one person's where two have to say yes, whoever they are", () => {
    const two = anApproval.filter(({ by }) => [by].flat().some((name) => /^[egmS]/.test(String(name))));
    fc.assert(
      fc.property(two, fc.integer({ min: 2, max: 5 }), fc.constantFrom(ANNA, BORIS), (written, count, one) => {
        const approval = approvalOf({ ...written, count });
        const yeses = Array.from({ length: 20 }, (): Yes => ({ by: { ...one }, still: "yes" }));
        expect(isSatisfied(approval, yeses, ANNA)).toBe(false);
      }),
    );
  });

  test("are never the requester's at the click either", () => {
    fc.assert(
      fc.property(excluding, aPerson, (approval, person) => {
        expect(mayApprove(approval, person, { id: person.id })).toBe("own_request");
      }),
    );
  });

  test("are more with each yes, never fewer", () => {
    const people = fc.constantFrom(ANNA, BORIS, CLARA, DORA);
    fc.assert(
      fc.property(anApproval.map(approvalOf), someYeses(people), someYeses(people), (approval, yeses, more) => {
        if (isSatisfied(approval, yeses, ANNA)) expect(isSatisfied(approval, [...yeses, ...more], ANNA)).toBe(true);
      }),
    );
  });
});

describe("an approval that nobody gives", () => {
  const approval = approvalOf({ by: "group:sre", expires: "2h", remind: "30m" });
  const inMinutes = (minutes: number) => later(NOW, minutes * MINUTE_MS);

  test("expires", () => {
    expect(expiresAt(approval, NOW)).toEqual(later(NOW, 2 * HOUR_MS));
    expect(isExpired(approval, NOW, later(NOW, 2 * HOUR_MS - 1))).toBe(false);
    expect(isExpired(approval, NOW, later(NOW, 2 * HOUR_MS))).toBe(true);
  });

  test("and has expired stays so", () => {
    const ms = fc.integer({ min: -HOUR_MS, max: 100 * HOUR_MS });
    fc.assert(
      fc.property(anApproval.map(approvalOf), ms, ms, (some, a, b) => {
        const [first, second] = [later(NOW, Math.min(a, b)), later(NOW, Math.max(a, b))];
        if (isExpired(some, NOW, first)) expect(isExpired(some, NOW, second)).toBe(true);
      }),
    );
  });

  test.each([
    { minutes: -5, next: 30 },
    { minutes: 0, next: 30 },
    { minutes: 29.9, next: 30 },
    { minutes: 30, next: 60 },
    { minutes: 89, next: 90 },
    { minutes: 90, next: undefined },
    { minutes: 500, next: undefined },
  ])("reminds after $minutes minutes next at $next", ({ minutes, next }) => {
    expect(nextReminder(approval, NOW, inMinutes(minutes))).toEqual(next === undefined ? undefined : inMinutes(next));
  });

  test("does not remind where the policy says nothing of it", () => {
    expect(nextReminder(approvalOf({ by: "everyone" }), NOW, NOW)).toBeUndefined();
  });

  test("reminds later each time, and not once it has expired", () => {
    fc.assert(
      fc.property(anApproval.map(approvalOf), fc.integer({ min: 0, max: 3 * HOUR_MS }), (some, ms) => {
        const now = later(NOW, ms);
        const next = nextReminder(some, NOW, now);
        if (next === undefined) return;
        expect(next > now).toBe(true);
        expect(isExpired(some, NOW, next)).toBe(false);
      }),
    );
  });
});
