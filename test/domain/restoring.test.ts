import { describe, expect, test } from "vitest";
import type { Power } from "../../src/domain/cloud.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { OperationId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Seen } from "../../src/domain/step.ts";
import {
  ANNA,
  anOperation,
  aProblem,
  aRestore,
  aSnapshot,
  at,
  BESIDE,
  becomes,
  calls,
  fails,
  full,
  NAME,
  NOW,
  notes,
  OPERATION,
  ok,
  outline,
  THERE,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf, type Row } from "./tables.ts";

const listed = { snapshots: ok([THERE]) };
const off: Partial<Seen> = { power: ok("off"), ...listed };
const on: Partial<Seen> = { power: ok("running"), ...listed };
const unsafe = { wish: wishOf("restore", { safety: false }) };
const unconfirmed = { wish: wishOf("restore", { confirmedAt: undefined }) };
/** A VM that was off before owes nobody anything. */
const unowed = {
  debt: undefined,
  plan: "stays_off",
  times: { snapshotStarted: at(-20), snapshotEnded: at(-1) },
} as const;
const recent = aSnapshot({ name: "recent", createdAt: at(-60) });

describe("a queued restore", () => {
  const queued = aRestore("queued");
  check([
    ["asks for a yes where none was given", aRestore("queued", {}, unconfirmed), on, becomes("choosing", "choose")],
    ["begins with a yes that is fresh", queued, on, becomes("shutting_down"), at(599)],
    ["asks anew when its yes is old", queued, on, becomes("choosing", "choose"), at(600)],
    ["asks also where the VM is off", aRestore("queued", {}, unconfirmed), off, becomes("choosing", "choose")],
    ["takes the safety snapshot of a VM that is off at once", queued, off, becomes("snapshotting", "was_off")],
    [
      "restores a VM that is off at once without one",
      aRestore("queued", {}, unsafe),
      off,
      becomes("restoring", "was_off"),
    ],
    ["fails when the snapshot is gone", queued, { snapshots: ok([BESIDE]) }, becomes("failed", "failed")],
    ["waits within the cooldown", queued, { snapshots: ok([THERE, recent]) }, becomes("queued", "queued_cooldown")],
    [
      "does not mind the cooldown without a safety snapshot",
      aRestore("queued", {}, unsafe),
      { snapshots: ok([THERE, recent]) },
      becomes("shutting_down"),
    ],
    [
      "waits while the cloud does something else",
      queued,
      { ...on, operations: ok([anOperation({ kind: "delete" })]) },
      becomes("queued", "queued_busy"),
    ],
    [
      "fails when the VM is gone",
      aRestore("queued", {}, { trouble: { since: at(-10), problem: aProblem("not_found") } }),
      { power: fails("not_found") },
      becomes("failed", "failed"),
    ],
  ]);

  test("tells how long it will take", () => {
    const { facts } = nextOf(decided(queued, { ...on, past: [60_000] }));
    expect(facts).toMatchObject({
      power: "running",
      expected: { ms: MINUTE_MS, basis: "history" },
      restore: { ms: 24 * MINUTE_MS, basis: "size" },
    });
  });
});

describe("a restore that waits for its yes", () => {
  const choosing = aRestore("choosing", {}, unconfirmed);
  check([
    [
      "shows how many there are while its snapshot is one of them",
      choosing,
      { ...listed, power: ok("running") },
      becomes("choosing"),
      at(30),
    ],
    ["ends when its snapshot is gone", choosing, { snapshots: ok([BESIDE]) }, becomes("failed", "failed"), at(30)],
    ["bears a list that does not come", choosing, { snapshots: fails("transient") }, waits(), at(30)],
    ["is drawn anew when the VM went off, and asks on", choosing, off, becomes("choosing"), at(30)],
    ["expires", choosing, on, becomes("expired", "expired"), at(1800)],
  ]);
});

describe("a restore that shuts down", () => {
  const toAsk = aRestore("shutting_down", { asked: "no" }, { debt: undefined, plan: undefined, times: {} });
  const again = aRestore("shutting_down", { asked: "no" });
  check([
    ["asks the guest", toAsk, on, calls("shutdown", "shutting_down")],
    [
      "leaves the VM on when the snapshot is gone meanwhile",
      toAsk,
      { snapshots: ok([BESIDE]) },
      becomes("failed", "failed"),
    ],
    [
      "leaves the VM on when there is no room any more",
      toAsk,
      { snapshots: ok(full(9).concat(THERE)) },
      becomes("failed", "failed"),
    ],
    [
      "waits for the cooldown with the VM on",
      toAsk,
      { snapshots: ok([THERE, recent]) },
      becomes("queued", "queued_cooldown"),
    ],
    ["takes the safety snapshot when it is off", aRestore("shutting_down"), off, becomes("snapshotting", "off")],
    [
      "goes straight on to the restore without one",
      aRestore("shutting_down", {}, unsafe),
      off,
      becomes("restoring", "off"),
    ],
    [
      "goes on to the restore when it has one already",
      aRestore("shutting_down", {}, { times: { snapshotEnded: at(-9) } }),
      off,
      becomes("restoring", "off"),
    ],
    [
      "asks a second time without a look at room and cooldown",
      { ...again, times: { snapshotEnded: at(-9) } },
      { snapshots: ok(full(9).concat(recent)) },
      calls("shutdown", "shutting_down"),
    ],
    [
      "asks a person anew when nobody looked for long after the yes",
      toAsk,
      on,
      becomes("choosing", "choose"),
      at(180 + 60),
    ],
    [
      "asks a person, too, when the VM had been off for it already",
      again,
      on,
      becomes("shutdown_stuck", "stuck"),
      at(180 + 60),
    ],
    ["asks a person when the guest hangs", aRestore("shutting_down"), on, becomes("shutdown_stuck", "stuck"), at(180)],
    [
      "goes on when a stuck guest obeys after all",
      aRestore("shutdown_stuck"),
      off,
      becomes("snapshotting", "off"),
      at(600),
    ],
  ]);

  test("owes the VM its power before the call goes out", () => {
    expect(nextOf(decided(toAsk, on))).toMatchObject({ plan: "offline", debt: { since: NOW, graceUntil: at(180) } });
  });
});

describe("its safety snapshot", () => {
  const toStart = aRestore("snapshotting");
  const runs = aRestore("snapshotting", { operation: OPERATION }, { times: { off: at(-9), snapshotStarted: NOW } });
  const lost = aRestore("snapshotting", { intent: { name: NAME, at: NOW, looks: 0 } });
  const ended = (state: "succeeded" | "failed") => ({ operation: ok(anOperation({ state, error: "no room" })) });
  check([
    ["is started once", toStart, off, calls("snapshot", "snapshotting", "snapshot_asked")],
    ["is made, and the restore comes next", runs, ended("succeeded"), becomes("restoring", "snapshot_made")],
    [
      "is found by its name, and the restore comes next",
      lost,
      { snapshots: ok([aSnapshot({ name: NAME })]) },
      becomes("restoring", "snapshot_made"),
    ],
    ["fails: the VM on again, and nothing restored", runs, ended("failed"), becomes("powering_on", "snapshot_missed")],
    [
      "finds no room: the VM on again, and nothing restored",
      toStart,
      { snapshots: ok(full()) },
      becomes("powering_on"),
    ],
    ["comes too soon: the VM on until then", toStart, { snapshots: ok([recent]) }, becomes("powering_on")],
    [
      "of a VM that was off fails: nothing restored",
      aRestore("snapshotting", { operation: OPERATION }, { ...unowed, times: {} }),
      ended("failed"),
      becomes("failed", "snapshot_missed", "failed"),
    ],
  ]);

  test("keeps its name unique, and the restore knows it", () => {
    const step = decided(toStart, { snapshots: ok([THERE, aSnapshot({ name: NAME })]) });
    expect(nextOf(step)).toMatchObject({ wish: { kind: "restore", name: `${NAME}-2`, snapshot: { id: THERE.id } } });
  });
});

describe("a request that restores", () => {
  const toStart = aRestore("restoring");
  const calm = aRestore("restoring", {}, unowed);
  const tried = aRestore("restoring", { problem: aProblem("busy"), notBefore: at(2) });
  const INTENT = { at: NOW, looks: 0 };
  const lost = aRestore("restoring", { intent: INTENT });
  const sure = aRestore("restoring", { intent: { ...INTENT, looks: 2 } });
  const lostLate = aRestore("restoring", {
    intent: { at: at(299), looks: 0 },
    problem: aProblem("transient", { outcome: "unknown" }),
  });
  const lostAgain = aRestore("restoring", { ...lostLate.state, intent: { at: at(299), looks: 2 } });
  const runs = aRestore(
    "restoring",
    { intent: INTENT, operation: OPERATION },
    { times: { off: at(-9), restoreStarted: NOW } },
  );
  const vanished = aRestore("restoring", { intent: INTENT, vanished: NOW });
  const misfits = aRestore("restoring", { intent: INTENT, operation: OPERATION, misfits: { count: 4, since: NOW } });
  const done = aRestore(
    "restoring",
    { operation: OPERATION },
    { ...unowed, times: { ...unowed.times, restoreEnded: NOW } },
  );
  const restore = (changes = {}) => anOperation({ kind: "restore", ...changes });
  const busy = { ...off, operations: ok([anOperation({ kind: "delete" })]) };
  const lingering = { ...off, operations: ok([anOperation({ kind: "shutdown", startedAt: at(-9) })]) };
  const unlisted = { ...off, operations: fails("unsupported") };
  const safety = aSnapshot({ name: NAME, createdAt: NOW });
  check([
    ["stores that it will, and starts", toStart, off, calls("restore", "restoring", "restore_asked")],
    ["starts without a list of operations", toStart, unlisted, calls("restore", "restoring", "restore_asked")],
    [
      "does not touch a VM whose snapshot is gone, and switches it on",
      toStart,
      { power: ok("off"), snapshots: ok([BESIDE]) },
      becomes("powering_on"),
    ],
    ["ends there for a VM that was off", calm, { power: ok("off"), snapshots: ok([]) }, becomes("failed", "failed")],
    ["has a VM that somebody switched on shut down once more", toStart, on, becomes("shutting_down", "went_on")],
    ["asks a person first where the VM was off before", calm, on, becomes("choosing", "went_on", "choose")],
    ...(["starting", "stopping", "unknown"] as const satisfies Power[]).flatMap((power): Row[] => [
      [`waits while the VM is ${power}`, toStart, { ...off, power: ok(power) }, waits(1000)],
      [
        `does not wait for ever while it is ${power}`,
        toStart,
        { ...off, power: ok(power) },
        becomes("powering_on"),
        at(300),
      ],
    ]),
    ["waits while the VM is busy", toStart, busy, waits(1000)],
    ["does not wait for that for ever", toStart, busy, becomes("powering_on"), at(300)],
    ["lets a shutdown end that is still called running", toStart, lingering, waits(1000), at(4)],
    ["does not wait long for that", toStart, lingering, calls("restore", "restoring", "restore_asked"), at(5)],
    ["waits before it asks again", tried, off, waits(2000)],
    ["asks again", tried, off, calls("restore", "restoring"), at(2)],
    ["gives up after five minutes of refusals and switches on", tried, off, becomes("powering_on"), at(300)],

    ["after a lost answer, looks and does not ask", lost, off, notes("restoring")],
    ["asks again when three looks in ten seconds found nothing", sure, off, calls("restore", "restoring"), at(10)],
    ["looks on when three looks came too fast", sure, off, notes("restoring"), at(9)],
    ["does not ask again while the VM is not off", sure, on, notes("restoring"), at(10)],
    ["gives that up in the end", sure, on, becomes("powering_on"), at(300)],
    ["finds the operation", lost, { ...off, operations: ok([restore()]) }, becomes("restoring", "restore_started")],
    [
      "takes no older operation for it",
      lost,
      { ...off, operations: ok([restore({ startedAt: at(-90) })]) },
      notes("restoring"),
    ],
    ["never asks again where the cloud cannot tell", sure, unlisted, waits(), at(30)],
    ["leaves it there after a minute, and says that nobody knows", sure, unlisted, becomes("powering_on"), at(60)],
    ["looks for a lost answer also when it has long tried", lostLate, off, notes("restoring"), at(301)],
    ["does not ask for ever when every answer is lost", lostAgain, off, becomes("powering_on"), at(310)],
    ["asks again after a crash however long ago", sure, off, calls("restore", "restoring"), at(3600)],

    ["follows the operation", runs, { operation: ok(restore()) }, waits()],
    ["shows its percent", runs, { operation: ok(restore({ percent: 40 })) }, notes("restoring")],
    [
      "switches on when it is done",
      runs,
      { operation: ok(restore({ state: "succeeded" })) },
      becomes("powering_on", "restored"),
    ],
    [
      "stays in its status until the list is there, where nothing is owed",
      { ...runs, debt: undefined } as Request,
      { operation: ok(restore({ state: "succeeded" })) },
      becomes("restoring", "restored"),
    ],
    [
      "switches on when it failed",
      runs,
      { operation: ok(restore({ state: "failed" })) },
      becomes("powering_on", "restore_missed"),
    ],
    [
      "looks elsewhere when the cloud does not know the operation",
      runs,
      { operation: fails("not_found") },
      becomes("restoring"),
    ],
    ["then takes no operation for it", vanished, { ...off, operations: ok([restore()]) }, waits(3000)],
    ["then gives up after a minute and switches on", vanished, off, becomes("powering_on"), at(60)],
    ["bears an answer that does not fit", runs, { operation: fails("protocol") }, notes("restoring")],
    [
      "gives up when five in half a minute did not fit",
      misfits,
      { operation: fails("protocol") },
      becomes("powering_on"),
      at(30),
    ],
    [
      "bears a silent cloud while it runs, without end",
      { ...runs, trouble: { since: NOW, problem: aProblem("transient") } },
      { operation: fails("transient") },
      waits(5000),
      at(86_400),
    ],

    [
      "is done when the safety snapshot is listed",
      done,
      { snapshots: ok([THERE, safety]), power: ok("off") },
      becomes("done", "done"),
    ],
    ["waits for a list that is late", done, { ...listed, power: ok("off") }, waits(1000), at(3)],
    ["is done without it after a minute", done, { ...listed, power: ok("off") }, becomes("done", "done"), at(60)],
    [
      "needs no list without a safety snapshot",
      { ...done, ...unsafe },
      { ...listed, power: ok("off") },
      becomes("done", "done"),
    ],
  ]);

  test("takes no older restore for its own, however short ago that was", () => {
    const older = ok([restore({ state: "succeeded", startedAt: at(-9) })]);
    const begun = nextOf(decided(toStart, { ...off, operations: older }));
    expect(begun.state).toMatchObject({ intent: { at: NOW, looks: 0, known: OPERATION.id } });
    expect(outline(decided(begun, { ...off, operations: older }))).toEqual({ ...notes("restoring"), inMs: 3000 });
    const ours = restore({ id: OperationId.parse("78"), startedAt: at(1) });
    const both = ok([ours, ...(older.ok ? older.value : [])]);
    expect(outline(decided(begun, { ...off, operations: both }))).toEqual(becomes("restoring", "restore_started"));
  });

  const endingOf = (request: Request, world: Partial<Seen>, now = NOW) => {
    const { state } = nextOf(decided(request, world, now));
    if (state.status === "powering_on" && state.ending.status === "failed") return state.ending.failure.code;
    return state.status === "failed" ? state.failure.code : state.status;
  };

  test("says the truth when nobody knows whether the data was replaced", () => {
    const hopeless = { since: at(-60), problem: aProblem("auth") };
    expect(endingOf(vanished, off, at(60))).toBe("restore_lost");
    expect(endingOf(sure, unlisted, at(60))).toBe("restore_lost");
    expect(endingOf(lostAgain, off, at(310))).toBe("restore_lost");
    expect(endingOf(misfits, { operation: fails("protocol") }, at(30))).toBe("restore_lost");
    expect(endingOf({ ...lost, trouble: hopeless }, { snapshots: fails("auth") })).toBe("restore_lost");
    expect(endingOf({ ...toStart, trouble: hopeless }, { snapshots: fails("auth") })).toBe("auth");
    expect(endingOf(runs, { operation: ok(restore({ state: "failed" })) })).toBe("restore_failed");
    expect(endingOf(toStart, { power: ok("off"), snapshots: ok([]) })).toBe("snapshot_gone");
  });

  test("asks for the snapshot that was wished, and for no other", () => {
    expect(decided(toStart, { power: ok("off"), snapshots: ok([BESIDE, THERE]) })).toMatchObject({
      call: { kind: "restore", snapshot: THERE.id },
      next: { state: { intent: { at: NOW, looks: 0 } } },
    });
  });

  test("goes down once more with the debt that it has, and counts how long the VM is off from then", () => {
    const next = nextOf(decided(toStart, on));
    expect(next).toMatchObject({ debt: toStart.debt, state: { status: "shutting_down", asked: "no", by: ANNA } });
    expect(next.times.off).toBeUndefined();
    expect(next.times.snapshotEnded).toEqual(toStart.times.snapshotEnded);
  });

  test("says in the end what there is: the safety snapshot, and how the VM is", () => {
    const makers = new Map([[THERE.id, { by: ANNA, reason: "before" }]]);
    const world: Partial<Seen> = { snapshots: ok([THERE, safety]), power: ok("off"), makers };
    expect(nextOf(decided(done, world)).state).toEqual({
      status: "done",
      at: NOW,
      snapshot: safety,
      snapshots: [
        { ...safety, by: ANNA, reason: undefined },
        { ...THERE, by: ANNA, reason: "before" },
      ],
      power: "off",
    });
    expect(nextOf(decided(done, world)).followUp).toBeUndefined();
  });
});
