import { describe, expect, test } from "vitest";
import { decide, NEVER } from "../../src/domain/decide.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import { isOpen, type Request } from "../../src/domain/request.ts";
import type { Seen } from "../../src/domain/step.ts";
import {
  AHEAD,
  ANNA,
  anOperation,
  aProblem,
  aRequest,
  aSnapshot,
  at,
  BORIS,
  becomes,
  calls,
  fails,
  full,
  INTENT,
  live,
  NAME,
  NOW,
  notes,
  OPERATION,
  ok,
  outline,
  SETTINGS,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf, type Row } from "./tables.ts";

const off: Partial<Seen> = { power: ok("off") };
const bare = { plan: undefined, debt: undefined, times: {} };
const recent = aSnapshot({ name: "recent", createdAt: at(-60) });

describe("a queued request", () => {
  const queued = aRequest("queued");
  const cooling = aRequest("queued", { why: { kind: "cooldown", until: at(60) } });
  check([
    ["says behind whom it waits", queued, { ahead: AHEAD }, becomes("queued", "queued_behind")],
    ["says so once", aRequest("queued", { why: { kind: "behind", ...AHEAD } }), { ahead: AHEAD }, waits(30_000)],
    [
      "says it again when another one is directly ahead",
      aRequest("queued", { why: { kind: "behind", ...AHEAD, request: queued.id } }),
      { ahead: AHEAD },
      becomes("queued", "queued_behind"),
    ],
    [
      "does not need the cloud while it waits for another one",
      queued,
      { ahead: AHEAD, power: fails("transient") },
      becomes("queued", "queued_behind"),
    ],
    ["asks a person how, when the VM runs and nothing is in the way", queued, {}, becomes("choosing", "choose")],
    [
      "asks a person too when its turn has come",
      aRequest("queued", { why: { kind: "behind", ...AHEAD } }),
      {},
      becomes("choosing", "choose"),
    ],
    [
      "asks a person although shutting down was wanted: nothing goes off without that yes",
      aRequest("queued", {}, { wish: wishOf("create", { how: "off" }) }),
      {},
      becomes("choosing", "choose"),
    ],
    [
      "does not ask when a live snapshot was wanted",
      aRequest("queued", {}, { wish: wishOf("create", { how: "live" }) }),
      {},
      becomes("snapshotting", "chose_live"),
    ],
    ["does not ask when the VM is off", queued, off, becomes("snapshotting", "was_off")],
    ...(["starting", "stopping", "unknown"] as const).map(
      (power): Row => [`asks while the VM is ${power}`, queued, { power: ok(power) }, becomes("choosing", "choose")],
    ),
    [
      "waits while the cloud does something else with the VM, and says so",
      queued,
      { operations: ok([anOperation({ kind: "restore" })]) },
      becomes("queued", "queued_busy"),
    ],
    [
      "says that only once",
      aRequest("queued", { why: { kind: "busy" } }),
      { operations: ok([anOperation({ kind: "restore" })]) },
      waits(1000),
    ],
    [
      "is not held up by what the cloud has finished",
      queued,
      { operations: ok([anOperation({ kind: "restore", state: "succeeded" })]) },
      becomes("choosing", "choose"),
    ],
    [
      "waits for room when there are ten snapshots",
      queued,
      { snapshots: ok(full()) },
      becomes("queued", "queued_full"),
    ],
    ["goes on with nine", queued, { snapshots: ok(full(9)) }, becomes("choosing", "choose")],
    [
      "says when it goes on, after a snapshot less than ten minutes ago",
      queued,
      { snapshots: ok([recent]) },
      becomes("queued", "queued_cooldown"),
    ],
    [
      "counts an attempt that failed, too",
      queued,
      { operations: ok([anOperation({ state: "failed", startedAt: at(-60) })]) },
      becomes("queued", "queued_cooldown"),
    ],
    [
      "waits for that moment, the VM on",
      aRequest("queued", { why: { kind: "cooldown", until: at(540) } }),
      { snapshots: ok([recent]) },
      waits(540_000),
    ],
    [
      "goes on at that moment",
      aRequest("queued", { why: { kind: "cooldown", until: at(540) } }),
      { snapshots: ok([recent]) },
      becomes("choosing", "choose"),
      at(540),
    ],
    ["waits as long as the cloud has said, though it lists no reason", cooling, {}, waits(60_000)],
    [
      "waits for the later one of what the cloud says and what it lists",
      cooling,
      { snapshots: ok([recent]) },
      becomes("queued", "queued_cooldown"),
    ],
    ["goes on when what the cloud has said is over", cooling, {}, becomes("choosing", "choose"), at(60)],
    [
      "can do without a list of operations",
      queued,
      { operations: fails("unsupported") },
      becomes("choosing", "choose"),
    ],
  ]);

  test("tells on the card what is known before anything is done", () => {
    const [history, disk] = [[240_000, 120_000, 180_000, 9], []].map((past) => nextOf(decided(queued, { past })).facts);
    expect(history).toEqual({
      power: "running",
      diskGb: 40,
      snapshotCount: 0,
      expected: { ms: 180_000, basis: "history" },
      seenAt: NOW,
    });
    expect(disk?.expected).toEqual({ ms: 80 * MINUTE_MS, basis: "disk" });
  });
});

describe("a choosing request", () => {
  const choosing = aRequest("choosing");
  check([
    ["looks at nothing while what it says is fresh", choosing, { power: fails("transient") }, waits(5000)],
    ["is drawn anew when the VM went off", choosing, off, becomes("choosing"), at(30)],
    [
      "is drawn anew when a snapshot was made elsewhere",
      choosing,
      { snapshots: ok(full(8)) },
      becomes("choosing"),
      at(30),
    ],
    ["waits when nothing has changed", choosing, { snapshots: ok(full(7)) }, waits(5000), at(30)],
    ["bears a cloud that is silent", choosing, { power: fails("transient") }, waits(5000), at(30)],
    ["says that the VM is not there", choosing, { power: fails("not_found") }, becomes("choosing"), at(30)],
    [
      "fails when the VM stays away",
      aRequest("choosing", {}, { trouble: { since: at(20), problem: aProblem("not_found") } }),
      { power: fails("not_found") },
      becomes("failed", "failed"),
      at(30),
    ],
    ["wakes to expire in time", choosing, { snapshots: ok(full(7)) }, waits(1000), at(1799)],
    ["expires when nobody chooses", choosing, {}, becomes("expired", "expired"), at(1800)],
    [
      "expires although the cloud is silent",
      choosing,
      { power: fails("transient") },
      becomes("expired", "expired"),
      at(1800),
    ],
  ]);
});

describe("a request that shuts down", () => {
  const toAsk = aRequest("shutting_down", { asked: "no" }, bare);
  const tried = aRequest("shutting_down", { asked: "no", problem: aProblem("busy"), notBefore: at(2) });
  const asked = aRequest("shutting_down");
  const lost = aRequest("shutting_down", { asked: "intended" });
  const hard = aRequest("shutting_down", { asked: "no", mode: "hard" });
  const foreign = { operations: ok([anOperation({ kind: "restore" })]) };
  check([
    ["asks the guest, once", toAsk, {}, calls("shutdown", "shutting_down")],
    ["asks a VM in a state that nobody knows", toAsk, { power: ok("unknown") }, calls("shutdown", "shutting_down")],
    ["pulls the plug only when that was chosen", hard, {}, calls("power_off", "shutting_down")],
    ["takes a VM that somebody else turned off as it is", toAsk, off, becomes("snapshotting", "was_off")],
    ["leaves the VM on when there are ten snapshots", toAsk, { snapshots: ok(full()) }, becomes("failed", "failed")],
    ["leaves the VM on within the cooldown", toAsk, { snapshots: ok([recent]) }, becomes("queued", "queued_cooldown")],
    ["waits while the VM is busy", toAsk, foreign, waits(2000)],
    ["does not shut down long after the click", toAsk, foreign, becomes("failed", "failed"), at(180)],
    [
      "pulls the plug although the shutdown that hangs is still called running",
      hard,
      { operations: ok([anOperation({ kind: "shutdown" })]) },
      calls("power_off", "shutting_down"),
    ],
    ["waits before it asks again", tried, {}, waits(2000)],
    ["asks again", tried, {}, calls("shutdown", "shutting_down"), at(2)],
    [
      "asks a person anew when nobody looked for long after the click",
      toAsk,
      {},
      becomes("choosing", "choose"),
      at(180 + 60),
    ],
    [
      "gives up when the cloud refuses all the time, and sees that the VM is on",
      tried,
      {},
      becomes("powering_on"),
      at(180),
    ],
    ["goes on when the VM is off", asked, off, becomes("snapshotting", "off")],
    ["looks again soon while it is on", asked, {}, waits(500)],
    ["looks again soon while it stops", asked, { power: ok("stopping") }, waits(500)],
    ["does not trust an operation that is said to be done", asked, { operations: ok([]) }, waits(500)],
    ["looks exactly at the time limit", asked, {}, waits(100), at(179.9)],
    ["asks a person at the time limit", asked, {}, becomes("shutdown_stuck", "stuck"), at(180)],
    ["goes on when the VM is off, also after the time limit", asked, off, becomes("snapshotting", "off"), at(9999)],
    [
      "finds after a lost answer that the guest was asked",
      lost,
      { operations: ok([anOperation({ kind: "shutdown", state: "succeeded" })]) },
      becomes("shutting_down", "shutdown_asked"),
    ],
    [
      "takes nobody else's operation for its own",
      lost,
      { operations: ok([anOperation({ kind: "power_off" }), anOperation({ kind: "shutdown", startedAt: at(-99) })]) },
      calls("shutdown", "shutting_down"),
    ],
    ["asks again when there is no trace of it", lost, {}, calls("shutdown", "shutting_down")],
    [
      "waits a moment before it asks again",
      aRequest("shutting_down", { asked: "intended", notBefore: at(2) }),
      {},
      waits(2000),
    ],
    [
      "asks again without a list of operations",
      lost,
      { operations: fails("unsupported") },
      calls("shutdown", "shutting_down"),
    ],
    ["asks a person when answers get lost until the time limit", lost, {}, becomes("shutdown_stuck", "stuck"), at(180)],
    ["goes on when the VM is off although the answer was lost", lost, off, becomes("snapshotting", "off")],
  ]);

  test("owes the VM its power before the call goes out, for as long as the guest may obey", () => {
    const next = nextOf(decided(toAsk, {}, at(5)));
    expect(next).toMatchObject({
      plan: "offline",
      debt: { since: at(5), graceUntil: at(185) },
      times: { shutdownAsked: at(5) },
      state: { asked: "intended", until: at(185) },
    });
  });

  test("asks a person three minutes after the first attempt, however often it asks the guest", () => {
    const again = nextOf(decided(lost, {}, at(90)));
    expect(again).toMatchObject({ debt: { since: NOW, graceUntil: at(270) }, state: { until: at(180) } });
    expect(nextOf(decided(tried, {}, at(90))).state).toMatchObject({ until: at(180) });
  });

  test("owes nothing when the VM was off before anybody asked", () => {
    expect(nextOf(decided(toAsk, off))).toMatchObject({ plan: "stays_off", state: { status: "snapshotting" } });
    expect(nextOf(decided(toAsk, off)).debt).toBeUndefined();
  });

  test("remembers when the VM went off", () => {
    expect(nextOf(decided(asked, off, at(20)))).toMatchObject({ plan: "offline", times: { off: at(20) } });
  });
});

describe("a stuck request", () => {
  const stuck = aRequest("shutdown_stuck");
  check([
    ["waits for a person, however long", stuck, {}, waits(5000), at(86_400)],
    ["goes on when the VM is off after all", stuck, off, becomes("snapshotting", "off"), at(3600)],
    ["does nothing by itself to a VM that stops", stuck, { power: ok("stopping") }, waits()],
    ["says that the cloud is silent", stuck, { power: fails("transient") }, becomes("shutdown_stuck")],
  ]);
});

describe("a request that snapshots", () => {
  const toStart = aRequest("snapshotting");
  const liveStart = live("snapshotting");
  const tried = aRequest("snapshotting", { problem: aProblem("busy"), notBefore: at(2) });
  const lost = aRequest("snapshotting", { intent: INTENT });
  const sure = aRequest("snapshotting", { intent: { ...INTENT, looks: 2 } });
  const lostAgain = aRequest("snapshotting", {
    intent: { name: NAME, at: at(300), looks: 2 },
    problem: aProblem("transient", { outcome: "unknown" }),
  });
  const runs = aRequest(
    "snapshotting",
    { intent: INTENT, operation: OPERATION },
    { times: { off: at(-9), snapshotStarted: NOW } },
  );
  const runsLive = live("snapshotting", { intent: INTENT, operation: OPERATION }, { times: { snapshotStarted: NOW } });
  const vanished = aRequest("snapshotting", { intent: INTENT, vanished: NOW });
  const misfits = aRequest("snapshotting", { operation: OPERATION, misfits: { count: 4, since: NOW } });
  const made = live(
    "snapshotting",
    { operation: OPERATION },
    { times: { snapshotStarted: at(-9), snapshotEnded: NOW } },
  );
  const ours = aSnapshot({ name: NAME, createdAt: NOW });
  const foreign = { operations: ok([anOperation({ kind: "restore" })]) };
  const lingering = { operations: ok([anOperation({ kind: "shutdown", startedAt: at(-9) })]) };
  check([
    ["stores the name and starts", toStart, {}, calls("snapshot", "snapshotting", "snapshot_asked")],
    ["starts live", liveStart, {}, calls("snapshot", "snapshotting", "snapshot_asked")],
    [
      "starts without a list of operations",
      toStart,
      { operations: fails("unsupported") },
      calls("snapshot", "snapshotting", "snapshot_asked"),
    ],
    ["switches on instead when there are ten", toStart, { snapshots: ok(full()) }, becomes("powering_on")],
    ["fails live when there are ten", liveStart, { snapshots: ok(full()) }, becomes("failed", "failed")],
    ["switches on instead within the cooldown", toStart, { snapshots: ok([recent]) }, becomes("powering_on")],
    [
      "queues a live one within the cooldown",
      liveStart,
      { snapshots: ok([recent]) },
      becomes("queued", "queued_cooldown"),
    ],
    ["waits while the VM is busy", toStart, foreign, waits(1000)],
    ["does not wait for that for ever with the VM off", toStart, foreign, becomes("powering_on"), at(300)],
    ["lets a shutdown end that is still called running", toStart, lingering, waits(1000), at(4)],
    [
      "does not wait long for that: the VM is off, which decides",
      toStart,
      lingering,
      calls("snapshot", "snapshotting", "snapshot_asked"),
      at(5),
    ],
    ["waits before it asks again", tried, {}, waits(2000)],
    ["asks again", tried, {}, calls("snapshot", "snapshotting"), at(2)],
    ["gives up after five minutes of refusals and switches on", tried, {}, becomes("powering_on"), at(300)],

    ["after a lost answer, looks and does not ask", lost, {}, notes("snapshotting")],
    ["asks again when three looks in ten seconds found nothing", sure, {}, calls("snapshot", "snapshotting"), at(10)],
    ["looks on when three looks came too fast", sure, {}, notes("snapshotting"), at(9)],
    ["finds the operation", lost, { operations: ok([anOperation()]) }, becomes("snapshotting", "snapshot_started")],
    [
      "finds it also when two clocks differ",
      lost,
      { operations: ok([anOperation({ startedAt: at(-30) })]) },
      becomes("snapshotting", "snapshot_started"),
    ],
    ["finds the snapshot by its name", lost, { snapshots: ok([ours]) }, becomes("powering_on", "snapshot_made")],
    [
      "takes no older operation for it",
      lost,
      { operations: ok([anOperation({ startedAt: at(-90), state: "succeeded" })]) },
      notes("snapshotting"),
    ],
    ["never asks again where the cloud cannot tell", sure, { operations: fails("unsupported") }, waits(), at(30)],
    [
      "leaves it there after a minute, switches on and says so",
      sure,
      { operations: fails("unsupported") },
      becomes("powering_on"),
      at(60),
    ],
    [
      "does not ask for ever when every answer is lost and nothing comes of it",
      lostAgain,
      {},
      becomes("powering_on"),
      at(310),
    ],

    ["watches it run", runs, {}, waits(500)],
    ["watches it run for hours: slow is not failed", runs, {}, waits(5000), at(36_000)],
    ["notes the percent", runs, { operation: ok(anOperation({ percent: 40 })) }, notes("snapshotting"), at(60)],
    [
      "switches on when it is made",
      runs,
      { operation: ok(anOperation({ state: "succeeded" })) },
      becomes("powering_on", "snapshot_made"),
    ],
    [
      "stays in its status live until it is listed",
      runsLive,
      { operation: ok(anOperation({ state: "succeeded" })) },
      becomes("snapshotting", "snapshot_made"),
    ],
    [
      "switches on when it failed",
      runs,
      { operation: ok(anOperation({ state: "failed" })) },
      becomes("powering_on", "snapshot_missed"),
    ],
    [
      "fails live when it failed",
      runsLive,
      { operation: ok(anOperation({ state: "failed" })) },
      becomes("failed", "snapshot_missed", "failed"),
    ],
    [
      "looks elsewhere when the cloud does not know the operation",
      runs,
      { operation: fails("not_found") },
      becomes("snapshotting"),
    ],
    [
      "then takes the snapshot for the answer",
      vanished,
      { snapshots: ok([ours]) },
      becomes("powering_on", "snapshot_made"),
    ],
    ["then never asks again", vanished, {}, waits(3000), at(30)],
    ["then gives up after a minute and switches on", vanished, {}, becomes("powering_on"), at(60)],
    ["bears an answer that does not fit", runs, { operation: fails("protocol") }, notes("snapshotting")],
    [
      "gives up when five in half a minute did not fit",
      misfits,
      { operation: fails("protocol") },
      becomes("powering_on"),
      at(30),
    ],
    ["goes on bearing when they came fast", misfits, { operation: fails("protocol") }, notes("snapshotting"), at(29)],
    ["forgets misfits when one fits", misfits, {}, notes("snapshotting"), at(40)],
    ["bears a silent cloud while it runs", runs, { operation: fails("transient") }, becomes("snapshotting")],
    [
      "bears it without end",
      { ...runs, trouble: { since: NOW, problem: aProblem("transient") } },
      { operation: fails("transient") },
      waits(5000),
      at(86_400),
    ],

    ["is done when the snapshot is listed", made, { snapshots: ok([ours]) }, becomes("done", "done")],
    ["waits for a list that is late", made, {}, waits(1000), at(3)],
    ["is done without the list after a minute", made, {}, becomes("done", "done"), at(60)],
  ]);

  test("does nothing when it was too soon to look, and no longer is", () => {
    for (const request of [tried, runs, lost, made])
      expect(outline(decide(request, {}, at(3), SETTINGS), at(3))).toEqual(waits(100));
  });

  test("keeps the name unique on the VM, before it is stored", () => {
    const step = decided(toStart, { snapshots: ok([aSnapshot({ name: NAME }), aSnapshot({ name: `${NAME}-2` })]) });
    expect(step).toMatchObject({ call: { kind: "snapshot", name: `${NAME}-3` } });
    expect(nextOf(step)).toMatchObject({
      wish: { name: `${NAME}-3` },
      state: { intent: { name: `${NAME}-3`, at: NOW, looks: 0 } },
    });
  });

  test("asks again for the same name, so that both can be told to be the same", () => {
    expect(decided(sure, {}, at(10))).toMatchObject({ call: { kind: "snapshot", name: NAME } });
  });

  test("never shows a lower percent than before", () => {
    const at40 = aRequest("snapshotting", { operation: OPERATION, percent: 40 });
    const { state } = nextOf(decided({ ...at40, times: {} }, { operation: ok(anOperation({ percent: 41 })) }));
    expect(state).toMatchObject({ percent: 41 });
    expect(outline(decided(at40, { operation: ok(anOperation({ percent: 30 })) }))).toMatchObject(waits());
  });

  test("says in the end who took it and why, newest first", () => {
    const why = { ...made, wish: { ...made.wish, reason: "kernel" } };
    const older = aSnapshot({ name: "older" });
    const makers = new Map([[older.id, { by: BORIS, reason: "before" }]]);
    expect(nextOf(decided(why, { snapshots: ok([older, ours]), makers })).state).toEqual({
      status: "done",
      at: NOW,
      snapshot: ours,
      snapshots: [
        { ...ours, by: ANNA, reason: "kernel" },
        { ...older, by: BORIS, reason: "before" },
      ],
    });
  });

  test("says the truth when nobody knows whether there is a snapshot", () => {
    const failure = (request: Request, world: Partial<Seen>) => {
      const { state } = nextOf(decided(request, world, at(360)));
      return state.status === "powering_on" && state.ending.status === "failed" && state.ending.failure.code;
    };
    expect(failure(vanished, {})).toBe("lost");
    expect(failure(sure, { operations: fails("unsupported") })).toBe("lost");
    expect(failure(lost, { snapshots: fails("transient") })).toBe("lost");
    expect(failure(toStart, { snapshots: fails("transient") })).toBe("unavailable");
  });
});

describe("a request that switches on", () => {
  const made = aRequest("powering_on");
  const asked = aRequest(
    "powering_on",
    { attempts: 1, notBefore: at(30) },
    { times: { off: at(-9), powerOnAsked: NOW } },
  );
  const cancelled = { ending: { status: "cancelled", by: ANNA } } as const;
  const neverSeenOff = aRequest("powering_on", cancelled, { times: { shutdownAsked: NOW } });
  const missing = (count: number) => aRequest("powering_on", { missing: { count, since: NOW } });
  const paid = aRequest("powering_on", {}, { debt: undefined });
  check([
    ["switches on a VM that is off", made, off, calls("power_on", "powering_on", "power_on_asked")],
    [
      "switches on a VM in a state that nobody knows",
      made,
      { power: ok("unknown") },
      calls("power_on", "powering_on", "power_on_asked"),
    ],
    ...(["transient", "protocol", "auth", "forbidden", "rate_limited", "unsupported", "invalid"] as const).map(
      (kind): Row => [
        `switches on although the look says ${kind}`,
        made,
        { power: fails(kind) },
        calls("power_on", "powering_on", "power_on_asked"),
      ],
    ),
    ["has paid when the VM runs", made, { power: ok("running") }, becomes("powering_on", "on")],
    ["waits while it boots", asked, { power: ok("starting") }, waits(500)],
    [
      "switches on a VM that another one starts",
      made,
      { power: ok("starting") },
      calls("power_on", "powering_on", "power_on_asked"),
    ],
    ["looks often while it waits for the next attempt", asked, off, waits(500)],
    ["tries again after half a minute", asked, off, calls("power_on", "powering_on"), at(30)],
    [
      "says loudly after three minutes that the VM does not come",
      asked,
      off,
      becomes("powering_on", "power_on_fails"),
      at(180),
    ],
    [
      "says so too when it boots for ever",
      asked,
      { power: ok("starting") },
      becomes("powering_on", "power_on_fails"),
      at(180),
    ],
    [
      "goes on trying after that",
      aRequest("powering_on", { attempts: 9, loud: true }, { times: { powerOnAsked: NOW } }),
      off,
      calls("power_on", "powering_on"),
      at(86_400),
    ],
    [
      "is not loud before the first attempt, however long the guest took to go off",
      neverSeenOff,
      off,
      calls("power_on", "powering_on", "power_on_asked"),
      at(500),
    ],

    ["does not take a VM for safe that may still obey", neverSeenOff, {}, waits(), at(179)],
    ["does not switch on a VM that may still go off", neverSeenOff, { power: ok("stopping") }, waits(), at(179)],
    [
      "switches on when it goes off late",
      neverSeenOff,
      off,
      calls("power_on", "powering_on", "power_on_asked"),
      at(179),
    ],
    ["takes it for safe when it has had its time", neverSeenOff, {}, becomes("cancelled", "on", "cancelled"), at(180)],
    [
      "does not trust a look that failed, but acts in the end",
      neverSeenOff,
      { power: fails("transient") },
      calls("power_on", "powering_on", "power_on_asked"),
      at(180),
    ],

    ["bears that the cloud does not know the VM", made, { power: fails("not_found") }, notes("powering_on")],
    ["bears it for less than a minute", missing(9), { power: fails("not_found") }, notes("powering_on"), at(59)],
    ["bears two in more than a minute", missing(1), { power: fails("not_found") }, notes("powering_on"), at(99)],
    [
      "has nothing to switch on when the VM is gone for good",
      missing(2),
      { power: fails("not_found") },
      becomes("failed", "failed"),
      at(60),
    ],
    ["starts counting anew when the VM was there in between", missing(2), off, notes("powering_on"), at(60)],
    ["counts no other failure as gone", missing(2), { power: fails("transient") }, notes("powering_on"), at(60)],

    [
      "is done when it is paid and the snapshot is listed",
      paid,
      { snapshots: ok([aSnapshot({ name: NAME })]) },
      becomes("done", "done"),
    ],
    ["waits for the list when it is paid", paid, {}, waits()],
  ]);

  const endings = [
    [{ status: "failed", failure: { code: "busy" } }, "failed", ["on", "failed"]],
    [{ status: "cancelled", by: ANNA }, "cancelled", ["on", "cancelled"]],
    [{ status: "queued", until: at(60) }, "queued", ["on", "queued_cooldown"]],
  ] as const;
  test.each(endings)("becomes %o once the VM runs", (ending, status, story) => {
    const next = decided(aRequest("powering_on", { ending }), { power: ok("running") });
    expect(outline(next)).toEqual({ step: "become", status, story });
    expect(nextOf(next).debt).toBeUndefined();
  });

  test("tells how long the VM was off", () => {
    const step = decided(aRequest("powering_on", {}, { times: { off: at(-90) } }), { power: ok("running") });
    expect(step).toMatchObject({ story: [{ code: "on", offMs: 90_000 }], next: { times: { on: NOW } } });
  });

  test("begins anew after a cooldown", () => {
    const queued = nextOf(decided(aRequest("powering_on", { ending: { status: "queued", until: at(60) } }), {}));
    expect(queued).toMatchObject({ times: {}, state: { why: { kind: "cooldown", until: at(60) } } });
    expect(queued.plan).toBeUndefined();
  });
});

describe("a request that has ended", () => {
  const ends = ["done", "failed", "cancelled", "expired"] as const;
  test.each(ends)("stays %s", (status) => {
    const request = aRequest(status);
    expect(isOpen(request)).toBe(false);
    expect(decided(request, { power: ok("off") }, at(86_400))).toEqual({ kind: "wait", until: NEVER });
  });
});

describe("a cloud that does not tell", () => {
  const noted = (kind: Parameters<typeof fails>[0], since: number, sameSince?: number) => ({
    since: at(since),
    problem: aProblem(kind),
    ...(sameSince !== undefined && { sameSince: at(sameSince) }),
  });
  const queued = (trouble?: Request["trouble"]) => aRequest("queued", {}, { trouble });
  const waiting = (trouble?: Request["trouble"]) => aRequest("shutting_down", { until: at(9999) }, { trouble });
  const silent = { power: fails("transient") };
  check([
    ["is told on the card, and not asked again at once", queued(), silent, { ...becomes("queued"), inMs: 1000 }],
    [
      "is asked on, without end, while nothing is at stake",
      queued(noted("transient", 0)),
      silent,
      waits(30_000),
      at(86_400),
    ],
    [
      "is given the time that it asks for",
      queued(),
      { power: fails("rate_limited", { retryAfterMs: 120_000 }) },
      { ...becomes("queued"), inMs: 120_000 },
    ],
    [
      "is not given an absurd time",
      queued(noted("rate_limited", 0)),
      { power: fails("rate_limited", { retryAfterMs: 1e15 }) },
      waits(600_000),
    ],
    ["is told anew when it says something else", queued(noted("auth", 0)), silent, becomes("queued"), at(10)],
    ["is calm again", queued(noted("transient", 0)), {}, becomes("queued"), at(10)],
    ["may say nothing of the VM's snapshots", queued(), { snapshots: fails("transient") }, becomes("queued")],
    ["may say nothing of its operations", queued(), { operations: fails("transient") }, becomes("queued")],
    ...(["auth", "forbidden", "protocol", "invalid", "unsupported", "quota"] as const).flatMap((kind): Row[] => [
      [
        `is borne for half a minute when it says ${kind}`,
        queued(noted(kind, 0)),
        { power: fails(kind) },
        waits(),
        at(29),
      ],
      [
        `is not asked for ever when it says ${kind}`,
        queued(noted(kind, 0)),
        { power: fails(kind) },
        becomes("failed", "failed"),
        at(30),
      ],
      [
        `gets the VM switched on when it says ${kind}`,
        waiting(noted(kind, 0)),
        { power: fails(kind) },
        becomes("powering_on"),
        at(30),
      ],
    ]),
    ["may not know the VM for a moment", queued(noted("not_found", 0)), { power: fails("not_found") }, waits(), at(9)],
    [
      "has lost the VM after ten seconds",
      queued(noted("not_found", 0)),
      { power: fails("not_found") },
      becomes("failed", "failed"),
      at(10),
    ],
    [
      "has lost a VM that we owe after a minute",
      waiting(noted("not_found", 0)),
      { power: fails("not_found") },
      becomes("powering_on"),
      at(60),
    ],
    [
      "does not lose the VM by one blip after an hour of silence",
      waiting(noted("transient", 0)),
      { power: fails("not_found") },
      becomes("shutting_down"),
      at(3600),
    ],
    [
      "is not given up for one bad answer after an hour of silence",
      waiting(noted("transient", 0)),
      { power: fails("protocol") },
      becomes("shutting_down"),
      at(3600),
    ],
    [
      "is given up for a row of them",
      waiting(noted("protocol", 0, 3600)),
      { power: fails("protocol") },
      becomes("powering_on"),
      at(3630),
    ],
    ["is waited for once the guest was asked", waiting(noted("transient", 0)), silent, waits(5000), at(3600)],
    [
      "is not waited for long before the guest is asked",
      aRequest("shutting_down", { asked: "no" }, { ...bare, trouble: noted("transient", 0) }),
      silent,
      becomes("failed", "failed"),
      at(180),
    ],
    [
      "is asked once more just when that time is over",
      aRequest("shutting_down", { asked: "no" }, { ...bare, trouble: noted("transient", 0) }),
      silent,
      waits(1000),
      at(179),
    ],
    [
      "is not waited for long before the snapshot is started",
      aRequest("snapshotting", {}, { trouble: noted("transient", 0) }),
      { snapshots: fails("transient") },
      becomes("powering_on"),
      at(300),
    ],
    [
      "is given five minutes from the lost answer to tell what came of it",
      aRequest("snapshotting", { intent: { ...INTENT, at: at(290) } }, { trouble: noted("transient", 290) }),
      { snapshots: fails("transient") },
      waits(),
      at(300),
    ],
  ]);

  test("leaves a guest that was asked its time to obey", () => {
    const stuck = aRequest("shutdown_stuck", {}, { trouble: noted("auth", 0) });
    expect(nextOf(decided(stuck, { power: fails("auth") }, at(30)))).toMatchObject({
      debt: { graceUntil: at(90) },
      state: { status: "powering_on" },
    });
  });
});
