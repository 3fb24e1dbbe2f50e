import { describe, expect, test } from "vitest";
import type { Press } from "../../src/domain/press.ts";
import type { Status } from "../../src/domain/request.ts";
import type { Policy } from "../../src/policy/policy.ts";
import { mayAct, mayPress } from "../../src/policy/rights.ts";
import type { Person } from "../../src/ports/slack.ts";
import { ANNA, aRequest, BORIS, STATUSES } from "../domain/builders.ts";

const anna: Person = { ...ANNA, kind: "member", language: "en" };
const boris: Person = { ...BORIS, kind: "member", language: "en" };

const allowing = (who: "everyone" | "guests"): Policy => [
  { when: {}, outcome: { kind: "allow", who: [{ text: who, kind: who }], approval: undefined, confirm: undefined } },
];

const BUTTONS: readonly Press[] = ["shutdown", "live", "power_off", "wait", "cancel", "power_on", "retry", "keep"];

/** Where every full member may press; everywhere else a button belongs to the requester. */
const OPEN_TO_ALL: { readonly [B in Press]: readonly Status[] } = {
  shutdown: [],
  live: ["shutdown_stuck"],
  power_off: ["shutdown_stuck"],
  wait: ["shutdown_stuck"],
  cancel: ["shutdown_stuck"],
  power_on: STATUSES,
  retry: [],
  keep: [],
};

describe.each(BUTTONS)("%s", (button) => {
  test.each(STATUSES)("while %s", (status) => {
    const request = aRequest(status);
    expect(mayPress(button, anna, request, undefined)).toBe("yes");
    expect(mayPress(button, boris, request, undefined)).toBe(
      OPEN_TO_ALL[button].includes(status) ? "yes" : "not_requester",
    );
  });
});

describe.each(["guest", "stranger", "bot", "deactivated"] as const)("a %s", (kind) => {
  test("may not act, not even on a request of their own", () => {
    const person: Person = { ...anna, kind };
    for (const policy of [undefined, allowing("everyone")]) {
      expect(mayAct(person, policy)).toBe(false);
      for (const button of BUTTONS)
        for (const status of STATUSES) expect(mayPress(button, person, aRequest(status), policy)).toBe("not_member");
    }
  });
});

describe("where a rule names guests", () => {
  const policy = allowing("guests");
  const guest: Person = { ...anna, kind: "guest" };

  test("a guest may act, on requests of their own alone", () => {
    expect(mayAct(guest, policy)).toBe(true);
    for (const button of BUTTONS)
      for (const status of STATUSES) {
        expect(mayPress(button, guest, aRequest(status), policy)).toBe("yes");
        expect(mayPress(button, { ...guest, id: boris.id }, aRequest(status), policy)).toBe("not_requester");
      }
  });

  test.each(["stranger", "bot", "deactivated"] as const)("a %s may not", (kind) => {
    expect(mayAct({ ...anna, kind }, policy)).toBe(false);
    expect(mayPress("cancel", { ...anna, kind }, aRequest("choosing"), policy)).toBe("not_member");
  });

  test("a rule that denies names nobody", () => {
    expect(mayAct(guest, [{ when: {}, outcome: { kind: "deny" } }])).toBe(false);
  });
});

test("a namesake is not the requester", () => {
  expect(mayPress("cancel", { ...boris, name: ANNA.name }, aRequest("choosing"), undefined)).toBe("not_requester");
});
