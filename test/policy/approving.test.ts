import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayApprove } from "../../src/policy/approving.ts";
import { anApproval, aPerson } from "./arbitrary.ts";
import { ANNA, approvalOf, BORIS, SRE, somebody } from "./asking.ts";

const CLARA = somebody("U0CLARA", { groups: [SRE] });

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

test("nobody approves their own request, whatever it says and whoever they are", () => {
  const excluding = anApproval.map((written) => approvalOf({ ...written, not: "requester" }));
  fc.assert(
    fc.property(excluding, aPerson, (approval, person) => {
      expect(mayApprove(approval, person, { id: person.id })).toBe("own_request");
    }),
  );
});
