import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aheadOf, isWatched, onlyWaits, takenOver, takesOver } from "../../src/domain/ahead.ts";
import { RequestId } from "../../src/domain/ids.ts";
import { isOpen, type Kind, type Request, type Status } from "../../src/domain/request.ts";
import {
  AHEAD,
  aDelete,
  aPower,
  aRename,
  aRequest,
  aRestore,
  at,
  becomes,
  calls,
  fails,
  full,
  INTENT,
  KINDS,
  live,
  ok,
  STATUSES,
  THERE,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

const named = (id: string, request: Request): Request => ({ ...request, id: RequestId.parse(id) });
/** Whom the last of some open requests of a VM waits for. */
const aheadOfLast = (...open: Request[]) => {
  const all = open.map((request, index) => named(`r${index}`, request));
  return aheadOf(all.at(-1)!, all)?.id;
};

const create = aRequest("queued");
const choosing = aRequest("choosing");
const isFull = aRequest("queued", { why: { kind: "full", snapshots: [] } });
const cooling = aRequest("queued", { why: { kind: "cooldown", until: at(60) } });
const behind = aRequest("queued", { why: { kind: "behind", ...AHEAD } });
const acting = aRequest("snapshotting");
const unapproved = aRequest("awaiting_approval");
const unapprovedPlug = aRequest("awaiting_approval", { what: "power_off" });
const restore = aRestore("queued");
const remove = aDelete("queued");
const rename = aRename("queued");
const shutDown = aPower("queued");
const askedToShutDown = aPower("choosing");

describe("a request waits", () => {
  test.each([
    ["for nobody when it is alone", [create], undefined],
    ["for whatever acts on the VM", [acting, create], "r0"],
    ["for that also when it is a quick one", [acting, remove], "r0"],
    ["for that also when it was asked for later", [create, aDelete("deleting"), create], "r1"],
    ["for what was asked for directly before it", [create, create, create], "r1"],
    ["for a question to be answered", [choosing, create], "r0"],
    ["for a question about switching off, too", [askedToShutDown, create], "r0"],
    ["for a quick one before it", [remove, create], "r0"],
    ["for a restore as for a create", [restore, create], "r0"],

    ["not for what nobody has approved yet", [unapproved, create], undefined],
    ["not for that with others between them", [create, unapproved, create], "r0"],
    ["for a guest that hangs, also while it has to be approved what becomes of it", [unapprovedPlug, create], "r0"],

    ["a quick one, not for a question", [choosing, remove], undefined],
    ["a quick one, not for a question about another quick one", [askedToShutDown, rename], undefined],
    ["a quick one, not for somebody who waits for room", [isFull, remove], undefined],
    ["a quick one, not for somebody who waits for the cooldown", [cooling, shutDown], undefined],
    ["a quick one, not for somebody who waits for such a one", [choosing, behind, remove], undefined],
    ["a quick one, for what is about to begin", [create, remove], "r0"],
    ["a quick one, for a confirmed restore that is about to begin", [restore, remove], "r0"],
    ["a quick one, for what waits for a quick one that is about to begin", [remove, behind, shutDown], "r1"],
    ["a quick one, for another quick one", [choosing, remove, rename], "r1"],
  ] as const)("%s", (_, open, ahead) => {
    expect(aheadOfLast(...open)).toBe(ahead);
  });

  test("for nobody who waits, once it is no longer queued", () => {
    expect(aheadOfLast(create, aPower("shutting_down"))).toBeUndefined();
    expect(aheadOfLast(acting, aPower("shutting_down"))).toBe("r0");
  });
});

test("a delete passes a create that waits for room, and the create goes on afterwards", () => {
  const [full9, waiting] = [full(9), named("r0", isFull)];
  const deleting = named("r1", aDelete("deleting"));
  expect(aheadOf(named("r1", remove), [waiting, named("r1", remove)])).toBeUndefined();
  expect(aheadOf(waiting, [waiting, deleting])?.id).toBe("r1");
  expect(aheadOf(waiting, [waiting])).toBeUndefined();
  expect(nextOf(decided(waiting, { snapshots: ok(full9) })).state.status).toBe("choosing");
});

const aRequestOf: { readonly [K in Kind]: (status: Status) => Request } = {
  create: aRequest,
  restore: aRestore,
  delete: aDelete,
  rename: aRename,
  power: aPower,
};
const anyOpen = fc
  .array(
    fc.oneof(
      fc
        .tuple(fc.constantFrom(...KINDS), fc.constantFrom(...STATUSES))
        .map(([kind, status]) => aRequestOf[kind](status)),
      fc.constantFrom<Request>(isFull, cooling, behind, aRequest("queued", { why: { kind: "busy" } })),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((some) => some.filter(isOpen).map((request, index) => named(`r${index}`, request)));

test("nobody waits for each other in a circle, and somebody can always go on", () => {
  fc.assert(
    fc.property(anyOpen, (open) => {
      for (const request of open) {
        const seen = new Set<string>();
        for (let each: Request | undefined = request; each; each = aheadOf(each, open)) {
          if (each.state.status !== "queued") break;
          expect(seen.has(each.id)).toBe(false);
          seen.add(each.id);
        }
      }
      const isGoingOn = (request: Request) => request.state.status !== "queued" || !aheadOf(request, open);
      if (open.length > 0) expect(open.some(isGoingOn)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a long queue is no work", () => {
  const open = [
    named("r", choosing),
    ...Array.from({ length: 200 }, (_, n) => named(`r${n}`, n % 2 ? remove : rename)),
  ];
  expect(aheadOf(open.at(-1)!, open)?.id).toBe("r198");
});

test("a quick one that waits for nobody waits for people or room only", () => {
  fc.assert(
    fc.property(anyOpen, (open) => {
      const last = named("last", remove);
      if (aheadOf(last, [...open, last])) return;
      expect(open.every((each) => onlyWaits(each) || aheadOf(each, open) !== undefined)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

describe("two that begin in the same moment", () => {
  const toShutDown = aRequest("shutting_down", { asked: "no" }, { debt: undefined, plan: undefined, times: {} });
  const stillOff = { debt: undefined, plan: "stays_off", times: {} } as const;
  const both = { ahead: AHEAD, power: ok("running" as const) };
  check([
    ["a snapshot that somebody has said yes to waits a moment", toShutDown, both, waits(2000)],
    ["and then for its turn", toShutDown, both, becomes("queued", "queued_behind"), at(180)],
    ["a live snapshot that somebody chose waits", live("snapshotting"), both, waits(1000)],
    ["but not for ever", live("snapshotting"), both, becomes("failed", "failed"), at(300)],
    [
      "a snapshot that nobody had to choose waits for its turn",
      aRequest("snapshotting", {}, stillOff),
      both,
      becomes("queued", "queued_behind"),
    ],
    [
      "a restore of a VM that is off, too",
      aRestore("restoring", {}, stillOff),
      { ...both, power: ok("off") },
      becomes("queued", "queued_behind"),
    ],
    ["who has asked the cloud already goes on", live("snapshotting", { intent: INTENT }), both, { step: "note" }],
    [
      "who has the VM off already goes on",
      aRequest("snapshotting"),
      { ...both, power: ok("off") },
      calls("snapshot", "snapshotting", "snapshot_asked"),
    ],
    [
      "who asked the guest already goes on",
      aPower("shutting_down", { asked: "no", mode: "hard" }),
      both,
      calls("power_off", "shutting_down"),
    ],
  ]);
});

describe("a watch", () => {
  const watching = aRequest("cancelled", { at: at(0) }, { watch: { until: at(600) } });
  const other = (request: Request) => named("r2", request);
  const off = (
    status: "shutting_down" | "done" | "cancelled" | "failed" | "choosing",
    shutdownAsked?: number,
    more: object = {},
  ) => other(aPower(status, more, { times: shutdownAsked === undefined ? {} : { shutdownAsked: at(shutdownAsked) } }));
  test.each([
    ["rests while another one owes the VM its power", other(aRequest("shutting_down")), "meanwhile"],
    ["goes on while another one owes nothing", other(aRequest("choosing")), undefined],
    ["goes on when another one's debt is paid", other(aRequest("done")), undefined],
    ["goes on while another one only switches on: both may try", other(aPower("powering_on")), undefined],
    ["rests while somebody has it shut down", off("shutting_down", 5), "meanwhile"],
    [
      "rests while somebody is about to have it shut down",
      off("shutting_down", undefined, { since: at(5) }),
      "meanwhile",
    ],
    ["is over when somebody has since had it shut down", off("done", 5), "for_good"],
    ["is over when that was found to be so already", off("done", undefined, { at: at(5) }), "for_good"],
    ["is over when that one watches over it now", off("cancelled", 5), "for_good"],
    ["goes on when that was before", off("done", -5, { at: at(-1) }), undefined],
    ["goes on while that is only asked about", off("choosing"), undefined],
    ["goes on when that was surely not heard", off("failed"), undefined],
    ["is not taken over by itself", watching, undefined],
  ])("%s", (_, request, how) => {
    expect(takesOver(request, watching)).toBe(how);
    expect(isWatched([watching, request])).toBe(how === undefined);
  });

  test("is over when one of several ends it", () => {
    const others = [other(aRequest("shutting_down")), off("done", 5)];
    expect(takenOver(watching, others)).toBe("for_good");
    expect(takenOver(watching, others.slice(0, 1))).toBe("meanwhile");
    expect(takenOver(watching, [])).toBeUndefined();
  });

  test("where there is none, nothing is watched", () => {
    expect(isWatched([aRequest("cancelled"), aRequest("snapshotting")])).toBe(false);
  });
});

describe("a VM that is off because a guest obeyed late", () => {
  const late = { power: ok("off" as const), watched: true, snapshots: ok([THERE]) };
  const busy = aRequest("queued", { why: { kind: "busy" } });
  const confirmed = aRestore("queued", { why: { kind: "busy" } });
  const toBeOff = aPower("shutting_down", { asked: "no" }, { times: {} });
  const toShutDown = aRestore("shutting_down", { asked: "no" }, { debt: undefined, plan: undefined, times: {} });
  check([
    ["is about to come on, which a create waits for", aRequest("queued"), late, becomes("queued", "queued_busy")],
    ["and a restore, too", aRestore("queued"), late, becomes("queued", "queued_busy")],
    ["and one that was just confirmed", toShutDown, late, waits(2000)],
    ["is waited for", busy, late, waits(5900), at(59)],
    ["is snapshotted when it does not come on", busy, late, becomes("snapshotting", "off"), at(60)],
    ["is restored when it does not come on", confirmed, late, becomes("snapshotting", "off"), at(60)],
    [
      "is restored when it does not come on after the yes",
      { ...toShutDown, wish: wishOf("restore", { safety: false }) },
      late,
      becomes("restoring", "off"),
      at(180),
    ],
    ["is taken in hand for whoever wants it off", aPower("queued"), late, becomes("shutting_down")],
    ["is not off for sure at once, since it may just be switched on", toBeOff, late, waits(2000)],
    ["is off for sure when it stays off", toBeOff, late, becomes("done", "off"), at(30)],
    ["is no end of the question", aPower("choosing"), late, waits(5000)],
  ]);

  test("is owed its power from then on, and left alone until the watch has seen that", () => {
    expect(nextOf(decided(busy, late, at(60)))).toMatchObject({
      plan: "offline",
      debt: { since: at(60), graceUntil: at(60) },
      times: { off: at(60) },
      state: { status: "snapshotting", notBefore: at(70) },
    });
  });

  const cooling = aRequest("queued", { why: { kind: "cooldown", until: at(300) } }, { watch: { until: at(500) } });
  check([
    [
      "comes on first when it is the waiting request's own guest",
      cooling,
      { power: ok("off" as const) },
      becomes("powering_on", "went_off_late"),
    ],
    [
      "stays off when that is long ago",
      cooling,
      { power: ok("off" as const) },
      becomes("snapshotting", "was_off"),
      at(500),
    ],
    ["is not looked at while the cloud is silent", cooling, { power: fails("transient") }, becomes("queued")],
  ]);

  test("and the request waits on as it did", () => {
    const next = nextOf(decided(cooling, { power: ok("off") }));
    expect(next).toMatchObject({ debt: { since: at(0) }, state: { ending: { status: "queued", until: at(300) } } });
    expect(next.watch).toBeUndefined();
  });
});
