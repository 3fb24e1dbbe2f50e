import { describe, expect, test } from "vitest";
import { Press, type Pressed, press, type Refusal } from "../../src/domain/press.ts";
import { isOpen, type Kind, Request, type Status } from "../../src/domain/request.ts";
import {
  ANNA,
  aDelete,
  aPower,
  aProblem,
  aRename,
  aRequest,
  aRestore,
  at,
  BORIS,
  INTENT,
  KINDS,
  live,
  NOW,
  OPERATION,
  OTHER,
  outline,
  SETTINGS,
  STATUSES,
  wishOf,
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

/** What happens in those statuses that are not named. */
type Effects = { readonly [S in Status]?: Status | Refusal };
const UNDER_WAY = ["shutting_down", "shutdown_stuck", "snapshotting", "restoring", "deleting", "powering_on"] as const;
const ENDS = ["done", "failed", "cancelled", "denied", "expired"] as const;
const each = <R extends Status | Refusal>(statuses: readonly Status[], effect: R): Effects =>
  Object.fromEntries(statuses.map((status) => [status, effect]));

const ended = each(ENDS, "already_ended");
const chosen = {
  ...each(UNDER_WAY, "already_chosen"),
  ...ended,
  queued: "too_late",
  awaiting_approval: "awaiting_approval",
} as const;
const onlyIn = (status: Status, becomes: Status, otherwise: Refusal): Effects => ({
  ...each(STATUSES, otherwise),
  [status]: becomes,
});
const notLive = { ...chosen, choosing: "too_late", shutdown_stuck: "too_late" } as const;
const stuckOnly: Effects = {
  ...onlyIn("shutdown_stuck", "shutting_down", "not_stuck_any_more"),
  awaiting_approval: "awaiting_approval",
};

/** The same for every kind, but for what is said below. Nothing has begun yet in `snapshotting` and `restoring`. */
const EFFECTS: { readonly [B in Press]: Effects } = {
  shutdown: { ...chosen, choosing: "shutting_down" },
  live: { ...chosen, choosing: "snapshotting", shutdown_stuck: "snapshotting" },
  power_off: stuckOnly,
  wait: stuckOnly,
  cancel: {
    ...each(["queued", "choosing", "awaiting_approval"], "cancelled"),
    ...each(["shutting_down", "shutdown_stuck", "snapshotting", "restoring"], "powering_on"),
    deleting: "cannot_stop",
    powering_on: "already_powering_on",
    ...ended,
  },
  power_on: onlyIn("powering_on", "powering_on", "nothing_to_power_on"),
  retry: {
    ...each(STATUSES, "not_failed"),
    failed: "failed",
    cancelled: "cancelled",
    denied: "denied",
    expired: "expired",
  },
  keep: each(STATUSES, "nothing_to_keep"),
};
const OF_KIND: { readonly [K in Kind]: { readonly [B in Press]?: Effects } } = {
  create: {},
  restore: { live: notLive },
  delete: { live: notLive },
  rename: { live: notLive },
  power: {
    live: notLive,
    cancel: { shutting_down: "cancelled", shutdown_stuck: "cancelled", powering_on: "cancelled" },
  },
};
/** The statuses that a request of a kind can be in. */
const REACHED: { readonly [K in Kind]: readonly Status[] } = {
  create: STATUSES.filter((status) => status !== "restoring" && status !== "deleting"),
  restore: STATUSES.filter((status) => status !== "deleting"),
  delete: ["queued", "awaiting_approval", "deleting", ...ENDS],
  rename: ["queued", "awaiting_approval", ...ENDS],
  power: STATUSES.filter((status) => !["snapshotting", "restoring", "deleting"].includes(status)),
};
const REQUESTS: { readonly [K in Kind]: (status: Status) => Request } = {
  create: aRequest,
  restore: aRestore,
  delete: aDelete,
  rename: aRename,
  power: aPower,
};

describe.each(KINDS)("to %s:", (kind) => {
  describe.each(Press.options)("%s", (button) => {
    test.each(REACHED[kind])("pressed while %s", (status) => {
      const expected = { ...EFFECTS[button], ...OF_KIND[kind][button] }[status];
      expect(effect(REQUESTS[kind](status), button)).toBe(expected);
    });
  });

  test("every press leads to a row that can be read, and none throws in any status", () => {
    for (const status of STATUSES)
      for (const button of Press.options) {
        const result = pressed(REQUESTS[kind](status), button);
        if (result.kind === "refused") continue;
        const row = JSON.parse(JSON.stringify(result.step.next));
        expect(Request.safeParse(row).success).toBe(true);
      }
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
    ["shutdown", aRestore("choosing"), ["chose_restore"]],
    ["shutdown", aPower("choosing"), ["chose_off"]],
    ["shutdown", aPower("choosing", {}, { wish: wishOf("power", { to: "hard_off" }) }), ["chose_power_off"]],
    ["cancel", aPower("shutting_down"), ["cancelled"]],
    ["cancel", aPower("powering_on"), ["cancelled"]],
  ] as const)("%s tells its story once", (button, request, story) => {
    const result = pressed(request, button);
    expect(result.kind === "changed" && outline(result.step).story).toEqual(story);
  });

  test.each(STATUSES)("never ends a request that owes something (%s)", (status) => {
    const owing: Request = { ...aRequest(status), debt: { since: NOW, graceUntil: at(180) } };
    if (!isOpen(owing) || status === "queued" || status === "choosing") return; // these never owe
    for (const button of Press.options) {
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

describe("a yes on the card", () => {
  test.each([
    ["to a restore", aRestore("choosing", {}, { wish: wishOf("restore", { confirmedAt: undefined }) })],
    ["to a VM that goes off", aPower("choosing", {}, { wish: wishOf("power", { confirmedAt: undefined }) })],
  ])("%s is remembered with its time", (_, request) => {
    expect(nextOf(request, "shutdown", at(9)).wish).toMatchObject({ confirmedAt: at(9) });
  });

  test("to a snapshot is not: what can be undone is not asked for twice", () => {
    expect(nextOf(aRequest("choosing"), "shutdown").wish).toEqual(aRequest("choosing").wish);
  });
});

describe("a live snapshot", () => {
  test("is refused when only shutting down was wanted", () => {
    const wish = wishOf("create", { how: "off" });
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

  test.each([
    ["is asked for", aRestore("restoring", { intent: { at: NOW, looks: 0 } })],
    ["runs", aRestore("restoring", { operation: OPERATION })],
    ["is lost sight of", aRestore("restoring", { intent: { at: NOW, looks: 0 }, vanished: NOW })],
    ["is done", aRestore("restoring", {}, { debt: undefined, times: { restoreEnded: NOW } })],
  ])("cannot take back a restore that %s", (_, request) => {
    expect(effect(request, "cancel")).toBe("restore_runs");
  });

  test("cannot take back a name that may have been given already", () => {
    expect(effect(aRename("queued", { why: { kind: "renaming", at: NOW } }), "cancel")).toBe("cannot_stop");
  });

  test("leaves a VM off that was off before a restore", () => {
    const calm = aRestore("restoring", {}, { debt: undefined, plan: "stays_off", times: {} });
    expect(nextOf(calm, "cancel").state).toMatchObject({ status: "cancelled" });
    expect(nextOf(calm, "cancel").watch).toBeUndefined();
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
