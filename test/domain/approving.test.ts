import { describe, expect, test } from "vitest";
import { awaitApproval, declareEmergency, sayNo, sayYes } from "../../src/domain/approving.ts";
import { RequestId, UserId, type Who } from "../../src/domain/ids.ts";
import { type Pressed, press } from "../../src/domain/press.ts";
import { Request, type Terms } from "../../src/domain/request.ts";
import {
  ANNA,
  aDelete,
  aPower,
  aRequest,
  aRestore,
  at,
  BORIS,
  NOW,
  OTHER,
  SETTINGS,
  stuckMeanwhile,
  TERMS,
  wishOf,
} from "./builders.ts";

const CLEO: Who = { id: UserId.parse("UCLEO"), name: "Cleo" };
const DORA: Who = { id: UserId.parse("UDORA"), name: "Dora" };
const EVERYBODY = new Set([ANNA, BORIS, CLEO, DORA].map(({ id }) => id));
const TWO: Terms = { ...TERMS, count: 2 };

const yes = (request: Request, by: Who, { terms = TERMS, standing = EVERYBODY, now = NOW, as = OTHER } = {}): Pressed =>
  sayYes(request, by, terms, new Set(standing), now, SETTINGS, as);
const no = (request: Request, by: Who, now = NOW) => sayNo(request, by, "not tonight", now, OTHER);
const emergency = (request: Request, by: Who, now = NOW) =>
  declareEmergency(request, by, "it burns", now, SETTINGS, OTHER);

/** The request that it becomes, as it comes back from the database. */
function became(pressed: Pressed): Request {
  if (pressed.kind === "refused") throw new Error(`Refused: ${pressed.refusal}`);
  return Request.parse(JSON.parse(JSON.stringify(pressed.step.next)));
}
const storyOf = (pressed: Pressed) => (pressed.kind === "changed" ? pressed.step.story.map(({ code }) => code) : []);
const refusalOf = (pressed: Pressed) => (pressed.kind === "refused" ? pressed.refusal : undefined);

/** Boris and Cleo say yes. */
const both = (request: Request, terms = TWO): Pressed => yes(became(yes(request, BORIS, { terms })), CLEO, { terms });

describe("asking for approval", () => {
  test("keeps what is asked, of whom, and until when", () => {
    const step = awaitApproval(aRequest("queued"), "begin", ANNA, { ...TERMS, remindMs: 600_000 }, "print", NOW);
    expect(step.next.state).toMatchObject({
      status: "awaiting_approval",
      what: "begin",
      wantedBy: ANNA,
      fingerprint: "print",
      expiresAt: at(3600),
      remindAt: at(600),
      yeses: [],
    });
    expect(step.story.map(({ code }) => code)).toEqual(["approval_asked"]);
  });

  test("reminds of nothing that has expired by then", () => {
    const step = awaitApproval(aRequest("queued"), "begin", ANNA, { ...TERMS, remindMs: 3_600_000 }, "print", NOW);
    expect(step.next.state).not.toHaveProperty("remindAt");
  });

  test("keeps what a VM is owed", () => {
    const stuck = aRequest("shutdown_stuck", { isUnheard: true });
    const { next } = awaitApproval(stuck, "live", BORIS, TERMS, "print", NOW);
    expect(next).toMatchObject({ debt: stuck.debt, state: { isUnheard: true } });
  });
});

describe("a yes", () => {
  test("of several that are needed changes nothing but that", () => {
    const once = yes(aRequest("awaiting_approval", { terms: TWO }), BORIS, { terms: TWO });
    expect(became(once)).toMatchObject({
      state: { status: "awaiting_approval", yeses: [{ by: BORIS, at: NOW }] },
      decided: { by: BORIS, as: OTHER },
    });
    expect(storyOf(once)).toEqual(["approved"]);
  });

  test("that was the last one missing lets it begin, and says who said so", () => {
    const begun = both(aRequest("awaiting_approval", { terms: TWO }));
    expect(became(begun)).toMatchObject({
      state: { status: "queued", why: { kind: "new" } },
      approved: { by: [BORIS, CLEO], fingerprint: "0123abcd", what: "begin" },
    });
  });

  test.each([
    { what: "shutdown", request: aRequest("awaiting_approval", { what: "shutdown" }), status: "shutting_down" },
    { what: "live", request: aRequest("awaiting_approval", { what: "live" }), status: "snapshotting" },
    { what: "shutdown", request: aRestore("awaiting_approval", { what: "shutdown" }), status: "shutting_down" },
    { what: "power_off", request: stuckMeanwhile(), status: "shutting_down" },
    { what: "power_off", request: stuckMeanwhile({}, "restore"), status: "shutting_down" },
    { what: "power_off", request: stuckMeanwhile({}, "power"), status: "shutting_down" },
    { what: "live, of a guest that hangs", request: stuckMeanwhile({ what: "live" }), status: "snapshotting" },
    {
      what: "live, of a guest that hangs and was to go off",
      request: { ...stuckMeanwhile({ what: "live" }), wish: wishOf("create", { how: "off" }) },
      status: "snapshotting",
    },
  ])("goes on with what was pressed: $what", ({ request, status }) => {
    const next = became(yes(request, BORIS));
    expect(next.state.status).toBe(status);
    expect(next.debt?.since).toEqual(request.debt?.since);
    expect(next.decided?.by).toEqual(BORIS);
  });

  test("to what was confirmed makes it happen now; what was not is still asked once more", () => {
    const confirmed = became(
      yes(aRestore("awaiting_approval", {}, { wish: wishOf("restore", { confirmedAt: at(-9999) }) }), BORIS),
    );
    expect(confirmed.wish).toMatchObject({ confirmedAt: NOW });
    const typed = aPower(
      "awaiting_approval",
      {},
      { wish: wishOf("power", { to: "hard_off", confirmedAt: undefined }) },
    );
    expect(became(yes(typed, BORIS)).wish).not.toHaveProperty("confirmedAt");
  });

  test("is given once: the same person, on whatever device, is told so", () => {
    const once = became(yes(aRequest("awaiting_approval"), BORIS, { terms: TWO }));
    expect(refusalOf(yes(once, BORIS, { terms: TWO, as: RequestId.parse("r3") }))).toBe("already_approved");
  });

  test("said once more counts when it is what is missing by now", () => {
    const once = became(yes(aRequest("awaiting_approval"), BORIS, { terms: TWO }));
    // Boris had lost the right for a while, and Cleo was the second.
    const withoutHim = became(yes(once, CLEO, { terms: TWO, standing: new Set([CLEO.id]) }));
    expect(withoutHim.state.status).toBe("awaiting_approval");
    expect(became(yes(withoutHim, BORIS, { terms: TWO })).state.status).toBe("queued");
  });

  test("is too late once it has expired, also before anybody has looked", () => {
    expect(refusalOf(yes(aRequest("awaiting_approval"), BORIS, { now: at(3600) }))).toBe("not_awaiting");
    expect(yes(aRequest("awaiting_approval"), BORIS, { now: at(3599) }).kind).toBe("changed");
  });

  test("of somebody who has lost the right is worth nothing", () => {
    const once = became(yes(aRequest("awaiting_approval"), BORIS, { terms: TWO }));
    const next = became(yes(once, CLEO, { terms: TWO, standing: new Set([CLEO.id]) }));
    expect(next.state).toMatchObject({ status: "awaiting_approval", yeses: [{ by: CLEO }] });
    const again = became(yes(next, BORIS, { terms: TWO, standing: new Set([BORIS.id, CLEO.id]) }));
    expect(again.state.status).toBe("queued");
  });

  test("counts by the terms of now, not of then", () => {
    const once = became(yes(aRequest("awaiting_approval", { terms: TWO }), BORIS, { terms: TWO }));
    const three = { ...TERMS, count: 3 };
    expect(became(yes(once, CLEO, { terms: three })).state.status).toBe("awaiting_approval");
    expect(became(yes(once, CLEO, { terms: TERMS })).state.status).toBe("queued");
  });
});

describe("a no", () => {
  test("ends it, and says who and why", () => {
    const denied = no(aDelete("awaiting_approval"), BORIS);
    expect(became(denied).state).toEqual({ status: "denied", at: NOW, by: BORIS, reason: "not tonight" });
    expect(storyOf(denied)).toEqual(["denied"]);
  });

  test.each(["power_off", "live"] as const)("to %s leaves a guest that hangs to whoever looks after it", (what) => {
    const request = stuckMeanwhile({ what, isUnheard: true });
    expect(became(no(request, BORIS))).toMatchObject({
      debt: request.debt,
      state: { status: "shutdown_stuck", isUnheard: true },
    });
  });

  test("comes too late after the end", () => {
    expect(refusalOf(no(aRequest("awaiting_approval"), BORIS, at(3600)))).toBe("not_awaiting");
    expect(refusalOf(no(aRequest("denied"), BORIS))).toBe("not_awaiting");
    expect(refusalOf(no(aRequest("queued"), BORIS))).toBe("not_awaiting");
  });
});

describe("an emergency", () => {
  test("goes on at once, and says for what", () => {
    const next = became(emergency(stuckMeanwhile(), BORIS));
    expect(next).toMatchObject({
      state: { status: "shutting_down", mode: "hard" },
      emergency: { by: BORIS, at: NOW, reason: "it burns", what: "power_off" },
    });
    expect(next).not.toHaveProperty("approved");
  });

  test("comes too late after the end", () => {
    expect(refusalOf(emergency(aRequest("awaiting_approval"), BORIS, at(3600)))).toBe("not_awaiting");
    expect(refusalOf(emergency(aRequest("done"), BORIS))).toBe("not_awaiting");
  });
});

describe("taking it back meanwhile", () => {
  const cancel = (request: Request) => became(press(request, "cancel", ANNA, NOW, SETTINGS, OTHER));

  test("ends it where nothing has begun", () => {
    for (const what of ["begin", "shutdown", "live"] as const)
      expect(cancel(aRequest("awaiting_approval", { what })).state.status).toBe("cancelled");
  });

  test.each(["power_off", "live"] as const)("pays first what the VM is owed (%s)", (what) => {
    const next = cancel(stuckMeanwhile({ what }));
    expect(next).toMatchObject({ state: { status: "powering_on", ending: { status: "cancelled", by: ANNA } } });
    expect(next.debt).toBeDefined();
  });

  test("watches a VM whose guest may still go off", () => {
    expect(cancel(stuckMeanwhile({}, "power"))).toMatchObject({ state: { status: "cancelled" }, watch: {} });
  });

  test("nothing that waits for approval is done by a press", () => {
    for (const button of ["shutdown", "live", "power_off", "wait", "power_on", "retry", "keep"] as const)
      for (const request of [aRequest("awaiting_approval"), stuckMeanwhile()])
        expect(press(request, button, ANNA, NOW, SETTINGS, OTHER).kind).toBe("refused");
  });
});
