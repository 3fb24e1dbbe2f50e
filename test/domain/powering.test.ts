import { describe, expect, test } from "vitest";
import { mayStillObey } from "../../src/domain/ahead.ts";
import type { Power } from "../../src/domain/cloud.ts";
import { learn } from "../../src/domain/learn.ts";
import { press } from "../../src/domain/press.ts";
import { isOpen, Request } from "../../src/domain/request.ts";
import type { Seen } from "../../src/domain/step.ts";
import {
  AHEAD,
  ANNA,
  anOperation,
  aPower,
  aProblem,
  at,
  BORIS,
  becomes,
  calls,
  fails,
  NOW,
  notes,
  OTHER,
  ok,
  outline,
  SETTINGS,
  VM,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf, type Row } from "./tables.ts";

const off: Partial<Seen> = { power: ok("off") };
const on: Partial<Seen> = { power: ok("running") };
const busy = { operations: ok([anOperation({ kind: "snapshot" })]) };
const wish = (to: "on" | "off" | "hard_off", confirmedAt: Date | undefined = NOW) => ({
  wish: wishOf("power", { to, confirmedAt }),
});
const unconfirmed = { wish: wishOf("power", { confirmedAt: undefined }) };
const bare = { asked: "no" } as const;
const fresh = { times: {} };

test("a VM that is to be on is watched when its guest may yet obey an earlier shutdown", () => {
  const queued = aPower("queued", {}, wish("on", undefined));
  expect(nextOf(decided(queued, { ...on, mayStillObey: true }))).toMatchObject({ watch: { until: at(600) } });
  expect(nextOf(decided(queued, on))).not.toHaveProperty("watch");
  const inVain = aPower("failed", {}, { times: { shutdownAsked: NOW } });
  expect(mayStillObey([inVain], at(599))).toBe(true);
  expect(mayStillObey([inVain], at(600))).toBe(false);
  const others = [aPower("done", {}, { times: { shutdownAsked: NOW } }), aPower("failed", {}, { times: {} })];
  expect(mayStillObey(others, NOW)).toBe(false);
});

describe("a VM that is to be on", () => {
  const queued = aPower("queued", {}, wish("on", undefined));
  const late = { ...on, mayStillObey: true };
  const powering = aPower("powering_on");
  const asked = aPower(
    "powering_on",
    { attempts: 1, askedAt: NOW, notBefore: at(30) },
    { times: { powerOnAsked: NOW } },
  );
  const paid = aPower("powering_on", { attempts: 1 }, { debt: undefined });
  check([
    ["is left alone when it is on", queued, on, becomes("done", "power_as_wished", "done")],
    ["is owed its power, without a question, when it is off", queued, off, becomes("powering_on")],
    ...(["starting", "stopping", "unknown"] as const satisfies Power[]).map(
      (power): Row => [`is owed it, too, while it is ${power}`, queued, { power: ok(power) }, becomes("powering_on")],
    ),
    ["is left alone, too, when it may yet go off", queued, late, becomes("done", "power_as_wished", "done")],
    ["waits while the cloud does something with it", queued, { ...off, ...busy }, becomes("queued", "queued_busy")],
    ["waits behind another request", queued, { ...off, ahead: AHEAD }, becomes("queued", "queued_behind")],
    ["is switched on", powering, off, calls("power_on", "powering_on", "power_on_asked")],
    [
      "waits for its turn again when another request has begun in the same moment",
      powering,
      { ...off, ahead: AHEAD },
      becomes("queued", "queued_behind"),
    ],
    ["does not wait for others once it was asked to come on", asked, { ...off, ahead: AHEAD }, waits(500)],
    ["is on: nothing is owed any more", asked, on, becomes("powering_on", "on")],
    [
      "is done, and needs no list of snapshots for that",
      paid,
      { ...on, snapshots: fails("forbidden") },
      becomes("done", "done"),
    ],
    ["is done also when nobody says any more how it is", paid, { power: fails("transient") }, becomes("done", "done")],
    [
      "is not switched on when it is gone for good",
      aPower("powering_on", { missing: { count: 2, since: NOW } }),
      { power: fails("not_found") },
      becomes("failed", "failed"),
      at(60),
    ],
  ]);

  test("owes it from before the first call, and nobody waits for a guest to obey", () => {
    expect(nextOf(decided(queued, off))).toMatchObject({ debt: { since: NOW, graceUntil: NOW } });
  });

  test("gives back the debt when it waits for its turn again", () => {
    expect(nextOf(decided(powering, { ...off, ahead: AHEAD })).debt).toBeUndefined();
  });

  test("tells how it is in the end, and not how long it was off: that was nobody's doing here", () => {
    expect(nextOf(decided(paid, on)).state).toEqual({ status: "done", at: NOW, snapshots: [], power: "running" });
    expect(decided(asked, on)).toMatchObject({ story: [{ code: "on" }] });
    expect(nextOf(decided(powering, off)).times.off).toBeUndefined();
  });

  test("can be cancelled, since nobody switched it off for this", () => {
    const result = press(asked, "cancel", ANNA, NOW, SETTINGS, OTHER);
    expect(result.kind === "changed" && result.step.next).toMatchObject({ state: { status: "cancelled" } });
    expect(result.kind === "changed" && result.step.next.debt).toBeUndefined();
  });
});

describe.each([
  ["shut down", "off", "shutdown", "graceful"],
  ["switched off hard", "hard_off", "power_off", "hard"],
] as const)("a VM that is to be %s", (_, to, call, mode) => {
  const queued = aPower("queued", {}, wish(to));
  const toAsk = aPower("shutting_down", { ...bare, mode }, { ...wish(to), ...fresh });
  const tried = aPower(
    "shutting_down",
    { ...bare, mode, problem: aProblem("busy"), notBefore: at(2) },
    { ...wish(to), ...fresh },
  );
  const lost = aPower("shutting_down", { asked: "intended", mode }, wish(to));
  const asked = aPower("shutting_down", { mode }, wish(to));
  check([
    ["is left alone when it is off", queued, off, becomes("done", "power_as_wished", "done")],
    ["goes off after a yes", queued, on, becomes("shutting_down")],
    ["goes off after a yes that is fresh", queued, on, becomes("shutting_down"), at(599)],
    ["is asked about anew when the yes is old", queued, on, becomes("choosing", "choose"), at(600)],
    [
      "is asked about where nobody has said yes",
      aPower("queued", {}, { wish: wishOf("power", { to, confirmedAt: undefined }) }),
      on,
      becomes("choosing", "choose"),
    ],
    ["waits while the cloud does something with it", queued, { ...on, ...busy }, becomes("queued", "queued_busy")],
    ["is asked to", toAsk, on, calls(call, "shutting_down")],
    ["is off already", toAsk, off, becomes("done", "off")],
    ["needs no list of snapshots", toAsk, { ...on, snapshots: fails("forbidden") }, calls(call, "shutting_down")],
    [
      "waits for its turn again when another request has begun in the same moment",
      toAsk,
      { ...on, ahead: AHEAD },
      becomes("queued", "queued_behind"),
    ],
    [
      "is not taken for off as wished while another request has it off",
      toAsk,
      { ...off, ahead: AHEAD },
      becomes("queued", "queued_behind"),
    ],
    [
      "is asked about anew when nobody looked for long after the yes",
      toAsk,
      on,
      becomes("choosing", "choose"),
      at(180 + 60),
    ],
    ["is asked again after a refusal that may pass", tried, on, calls(call, "shutting_down"), at(2)],
    ["is left on after refusals all along", tried, on, becomes("failed", "failed"), at(180)],
    [
      "is looked at after a lost answer",
      lost,
      { ...on, operations: ok([anOperation({ kind: call })]) },
      becomes("shutting_down", mode === "hard" ? "power_off_asked" : "shutdown_asked"),
    ],
    ["is asked again when there is no trace of it", lost, on, calls(call, "shutting_down")],
    ["is off: that was the wish", asked, off, becomes("done", "off")],
    ["hangs: a person decides", asked, on, becomes("shutdown_stuck", "stuck"), at(180)],
    ["obeys after all", aPower("shutdown_stuck", {}, wish(to)), off, becomes("done", "off"), at(999)],
    ["is waited for however long", aPower("shutdown_stuck", {}, wish(to)), on, waits(), at(86_400)],
  ]);

  test("is owed nothing, neither before nor after", () => {
    for (const step of [decided(queued, on), decided(toAsk, on), decided(asked, off)])
      expect([nextOf(step).debt, nextOf(step).plan]).toEqual([undefined, undefined]);
    expect(nextOf(decided(asked, off)).state).toEqual({ status: "done", at: NOW, snapshots: [], power: "off" });
  });

  test("is asked in the way that was wished", () => {
    expect(nextOf(decided(queued, on)).state).toMatchObject({ mode, asked: "no", by: ANNA, until: at(180) });
  });
});

describe("a VM whose shutdown waits for a yes", () => {
  const choosing = aPower("choosing", {}, unconfirmed);
  check([
    ["is done when it went off meanwhile", choosing, off, becomes("done", "power_as_wished", "done"), at(30)],
    ["is not done while another request has it off", choosing, { ...off, ahead: AHEAD }, becomes("choosing"), at(30)],
    ["shows how it is", choosing, { power: ok("starting") }, becomes("choosing"), at(30)],
    [
      "waits",
      aPower("choosing", {}, { facts: { power: "running", snapshotCount: 0, seenAt: NOW } }),
      on,
      waits(5000),
      at(30),
    ],
    ["bears a silent cloud", choosing, { power: fails("transient") }, waits(5000), at(30)],
    ["expires", choosing, on, becomes("expired", "expired"), at(1800)],
  ]);
});

describe("a press at a VM that is to be off", () => {
  const pressed = (request: Request, button: "shutdown" | "cancel" | "power_off" | "wait", now = NOW) => {
    const result = press(request, button, BORIS, now, SETTINGS, OTHER);
    if (result.kind === "refused") throw new Error(result.refusal);
    return result.step.next;
  };

  test("of yes is good for ten minutes, also when its turn comes later", () => {
    const next = pressed(aPower("choosing", {}, unconfirmed), "shutdown", at(9));
    expect(next).toMatchObject({ wish: { confirmedAt: at(9) }, state: { status: "shutting_down", mode: "graceful" } });
    expect(pressed(aPower("choosing", {}, wish("hard_off")), "shutdown").state).toMatchObject({ mode: "hard" });
  });

  test("of cancel watches over a guest that may obey all the same", () => {
    for (const request of [
      aPower("shutting_down"),
      aPower("shutting_down", { asked: "intended" }),
      aPower("shutdown_stuck"),
    ])
      expect(pressed(request, "cancel")).toMatchObject({ state: { status: "cancelled" }, watch: { until: at(600) } });
  });

  test("of cancel before the guest was asked watches over nothing", () => {
    expect(pressed(aPower("shutting_down", bare, fresh), "cancel").watch).toBeUndefined();
    expect(pressed(aPower("choosing"), "cancel").watch).toBeUndefined();
  });

  test.each(["power_off", "wait"] as const)("that hangs, %s, owes nothing", (button) => {
    const next = pressed(aPower("shutdown_stuck"), button);
    expect(next).toMatchObject({ state: { status: "shutting_down", mode: button === "wait" ? "graceful" : "hard" } });
    expect(next.debt).toBeUndefined();
  });
});

describe("the answer to a shutdown that owes nothing", () => {
  const asking = aPower("shutting_down", { asked: "intended" });
  const learnt = (answer: Parameters<typeof learn>[2], request: Request = asking) =>
    learn(request, { kind: "shutdown", vm: VM }, answer, NOW)!;

  test("of yes", () => expect(outline(learnt(ok(anOperation())))).toEqual(becomes("shutting_down", "shutdown_asked")));
  test("that was lost", () =>
    expect(outline(learnt(fails("transient", { outcome: "unknown" })))).toEqual(notes("shutting_down")));

  test.each(["busy", "forbidden", "auth", "invalid"] as const)(
    "of a no (%s) leaves it so, in a row that can be read",
    (kind) => {
      const next = nextOf(learnt(fails(kind)));
      expect(next.debt).toBeUndefined();
      expect(next.times.shutdownAsked).toBeUndefined();
      expect(isOpen(next)).toBe(kind === "busy");
      expect(Request.safeParse(JSON.parse(JSON.stringify(next))).success).toBe(true);
    },
  );

  test("of a no after a lost one does not forget that the guest may have heard", () => {
    const again = aPower("shutting_down", { asked: "intended", mayHaveHeard: true });
    expect(nextOf(learnt(fails("forbidden"), again)).times.shutdownAsked).toEqual(NOW);
  });
});
