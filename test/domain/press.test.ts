import { describe, expect, test } from "vitest";
import { type Press, type Pressed, press, type Refusal } from "../../src/domain/press.ts";
import { isOpen, type Request, type Status } from "../../src/domain/request.ts";
import {
  ANNA,
  aProblem,
  aRequest,
  at,
  BORIS,
  INTENT,
  live,
  NAME,
  NOW,
  OPERATION,
  OTHER,
  outline,
  SETTINGS,
  STATUSES,
} from "./builders.ts";

const pressed = (request: Request, button: Press, now = NOW): Pressed =>
  press(request, button, BORIS, now, SETTINGS, OTHER);

/** The status that a press leads to, or why it has no effect. */
function effect(request: Request, button: Press): Status | Refusal {
  const result = pressed(request, button);
  return result.kind === "refused" ? result.refusal : result.step.next.state.status;
}

function nextOf(request: Request, button: Press, now = NOW): Request {
  const result = pressed(request, button, now);
  if (result.kind === "refused") throw new Error(`Refused: ${result.refusal}`);
  return result.step.next;
}

/** Every button in every status. In `snapshotting` the snapshot has not begun yet. */
const EFFECTS: { readonly [B in Press]: { readonly [S in Status]: Status | Refusal } } = {
  shutdown: {
    queued: "too_late",
    choosing: "shutting_down",
    shutting_down: "already_chosen",
    shutdown_stuck: "already_chosen",
    snapshotting: "already_chosen",
    powering_on: "already_chosen",
    done: "already_ended",
    failed: "already_ended",
    cancelled: "already_ended",
    expired: "already_ended",
  },
  live: {
    queued: "too_late",
    choosing: "snapshotting",
    shutting_down: "already_chosen",
    shutdown_stuck: "snapshotting",
    snapshotting: "already_chosen",
    powering_on: "already_chosen",
    done: "already_ended",
    failed: "already_ended",
    cancelled: "already_ended",
    expired: "already_ended",
  },
  power_off: { ...only("shutdown_stuck", "shutting_down", "not_stuck_any_more") },
  wait: { ...only("shutdown_stuck", "shutting_down", "not_stuck_any_more") },
  cancel: {
    queued: "cancelled",
    choosing: "cancelled",
    shutting_down: "powering_on",
    shutdown_stuck: "powering_on",
    snapshotting: "powering_on",
    powering_on: "already_powering_on",
    done: "already_ended",
    failed: "already_ended",
    cancelled: "already_ended",
    expired: "already_ended",
  },
  power_on: { ...only("powering_on", "powering_on", "nothing_to_power_on") },
  retry: { ...only("failed", "failed", "not_failed") },
};

function only(status: Status, becomes: Status, otherwise: Refusal) {
  const all = Object.fromEntries(STATUSES.map((each) => [each, each === status ? becomes : otherwise]));
  return all as Record<Status, Status | Refusal>;
}

describe.each(Object.keys(EFFECTS) as Press[])("%s", (button) => {
  test.each(STATUSES)("pressed while %s", (status) => {
    expect(effect(aRequest(status), button)).toBe(EFFECTS[button][status]);
  });
});

describe("a press", () => {
  test("says on the card who decided, for those who come second", () => {
    expect(nextOf(aRequest("choosing"), "shutdown", at(9)).decided).toMatchObject({ by: BORIS, at: at(9) });
  });

  test.each([
    ["shutdown", aRequest("choosing"), ["chose_shutdown"]],
    ["live", aRequest("choosing"), ["chose_live"]],
    ["power_off", aRequest("shutdown_stuck"), ["chose_power_off"]],
    ["wait", aRequest("shutdown_stuck"), ["waits_on"]],
    ["cancel", aRequest("choosing"), ["cancelled"]],
    ["cancel", aRequest("shutting_down"), ["cancel_asked"]],
    ["power_on", aRequest("powering_on"), ["power_on_pressed"]],
    ["retry", aRequest("failed"), ["retried"]],
  ] as const)("%s tells its story once", (button, request, story) => {
    const result = pressed(request, button);
    expect(result.kind === "changed" && outline(result.step).story).toEqual(story);
  });

  test.each(STATUSES)("never ends a request that owes something (%s)", (status) => {
    const owing: Request = { ...aRequest(status), debt: { since: NOW, graceUntil: at(180) } };
    if (!isOpen(owing) || status === "queued" || status === "choosing") return; // these never owe
    for (const button of Object.keys(EFFECTS) as Press[]) {
      const result = pressed(owing, button);
      if (result.kind === "changed") expect(isOpen(result.step.next)).toBe(true);
    }
  });
});

describe("shutting down", () => {
  test("is asked of the guest first, and owes nothing yet", () => {
    const next = nextOf(aRequest("choosing"), "shutdown");
    expect(next.state).toEqual({
      status: "shutting_down",
      since: NOW,
      by: BORIS,
      mode: "graceful",
      asked: "no",
      until: at(180),
    });
    expect(next.debt).toBeUndefined();
  });

  test("the hard way is a new question, not yet asked", () => {
    expect(nextOf(aRequest("shutdown_stuck"), "power_off").state).toMatchObject({ mode: "hard", asked: "no" });
  });

  test("waiting on does not ask the guest again, and lets it obey as long", () => {
    const next = nextOf(aRequest("shutdown_stuck"), "wait");
    expect(next).toMatchObject({
      debt: { graceUntil: at(180) },
      state: { mode: "graceful", asked: "yes", until: at(180) },
    });
  });
});

describe("a live snapshot", () => {
  test("is refused when only shutting down was wanted", () => {
    const wish = { how: "off", name: NAME, nameGiven: false } as const;
    expect(effect(aRequest("choosing", {}, { wish }), "live")).toBe("already_chosen");
  });

  test("of a VM that went off meanwhile leaves it off", () => {
    const facts = { power: "off", snapshotCount: 0, seenAt: NOW } as const;
    expect(nextOf(aRequest("choosing", {}, { facts }), "live")).toMatchObject({ plan: "stays_off" });
  });

  test("of a VM that would not go off still owes it its power", () => {
    const next = nextOf(aRequest("shutdown_stuck"), "live");
    expect(next).toMatchObject({ plan: "live", debt: { graceUntil: at(60) }, state: { status: "snapshotting" } });
  });
});

describe("cancelling", () => {
  test.each([
    ["asking for it", aRequest("snapshotting", { intent: INTENT })],
    ["it runs", aRequest("snapshotting", { intent: INTENT, operation: OPERATION })],
    ["the cloud does not know it any more", aRequest("snapshotting", { intent: INTENT, vanished: NOW })],
    ["it is made", live("snapshotting", {}, { times: { snapshotStarted: at(-9), snapshotEnded: NOW } })],
  ])("cannot take back a snapshot: %s", (_, request) => {
    expect(effect(request, "cancel")).toBe("snapshot_runs");
  });

  test("ends at once what owes nothing", () => {
    expect(effect(aRequest("shutting_down", { asked: "no" }, { debt: undefined }), "cancel")).toBe("cancelled");
    expect(effect(live("snapshotting", { problem: aProblem("busy") }), "cancel")).toBe("cancelled");
  });

  test("says how the VM was seen last", () => {
    expect(nextOf(aRequest("choosing"), "cancel").state).toEqual({
      status: "cancelled",
      at: NOW,
      by: BORIS,
      power: "running",
    });
  });

  const asked = (state: object, graceUntil: Date) =>
    aRequest("shutting_down", state, { debt: { since: at(-300), graceUntil } });
  test.each([
    ["may obey until its time is over", asked({}, at(120)), at(120)],
    ["may obey for another minute when its time is over", asked({}, at(-60)), at(60)],
    ["may obey also when the answer was lost", asked({ asked: "intended" }, at(-60)), at(60)],
    ["may obey though its plug was about to be pulled", asked({ mode: "hard", asked: "no" }, at(-60)), at(60)],
    ["was surely not asked, and need not be watched", asked({ asked: "no" }, at(-1)), at(-1)],
  ])("a guest that %s", (_, request, graceUntil) => {
    expect(nextOf(request, "cancel")).toMatchObject({
      debt: { graceUntil },
      state: { status: "powering_on", ending: { status: "cancelled", by: BORIS } },
    });
  });
});

describe("switching on", () => {
  test("does not wait for the next attempt", () => {
    const waiting = aRequest("powering_on", { notBefore: at(30), loud: true, attempts: 4 });
    expect(nextOf(waiting, "power_on").state).toEqual({ ...waiting.state, notBefore: undefined });
  });
});

describe("trying again", () => {
  const retried = aRequest("failed", { retriedAs: OTHER });

  test("leads to the new request", () => {
    expect(nextOf(aRequest("failed"), "retry").state).toMatchObject({ status: "failed", retriedAs: OTHER });
  });

  test("twice for the same new request tells nothing new", () => {
    const again = pressed(retried, "retry");
    expect(again.kind === "changed" && again.step).toMatchObject({ story: [], next: { state: retried.state } });
  });

  test("for another one is refused: there is one already", () => {
    expect(press(retried, "retry", BORIS, NOW, SETTINGS, aRequest("failed").id)).toEqual({
      kind: "refused",
      refusal: "already_retried",
    });
  });

  test("leaves the old end as it was", () => {
    expect(nextOf(aRequest("failed"), "retry").requestedBy).toEqual(ANNA);
    expect(isOpen(nextOf(aRequest("failed"), "retry"))).toBe(false);
  });
});
