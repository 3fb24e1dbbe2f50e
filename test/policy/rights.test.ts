import { describe, expect, test } from "vitest";
import type { Press } from "../../src/domain/press.ts";
import type { Status } from "../../src/domain/request.ts";
import { mayAct, mayPress } from "../../src/policy/rights.ts";
import type { Person } from "../../src/ports/slack.ts";
import { ANNA, aRequest, BORIS, STATUSES } from "../domain/builders.ts";

const anna: Person = { ...ANNA, kind: "member", language: "en" };
const boris: Person = { ...BORIS, kind: "member", language: "en" };

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
    expect(mayPress(button, anna, request)).toBe("yes");
    expect(mayPress(button, boris, request)).toBe(OPEN_TO_ALL[button].includes(status) ? "yes" : "not_requester");
  });
});

describe.each(["guest", "stranger", "bot", "deactivated"] as const)("a %s", (kind) => {
  test("may not act, not even on a request of their own", () => {
    const person: Person = { ...anna, kind };
    expect(mayAct(person)).toBe(false);
    for (const button of BUTTONS)
      for (const status of STATUSES) expect(mayPress(button, person, aRequest(status))).toBe("not_member");
  });
});

test("a namesake is not the requester", () => {
  expect(mayPress("cancel", { ...boris, name: ANNA.name }, aRequest("choosing"))).toBe("not_requester");
});
