import { describe, expect, test } from "vitest";
import { PROBLEM_KINDS } from "../../src/domain/cloud.ts";
import { learn } from "../../src/domain/learn.ts";
import type { Request } from "../../src/domain/request.ts";
import {
  AHEAD,
  aDelete,
  anOperation,
  aProblem,
  at,
  BESIDE,
  BORIS,
  becomes,
  calls,
  fails,
  NOW,
  notes,
  ok,
  outline,
  THERE,
  VM,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

const both = { wish: wishOf("delete", { snapshots: [THERE, BESIDE] }) };
const listed = { snapshots: ok([THERE, BESIDE]) };
const asked = { id: THERE.id, at: NOW };
const problem = aProblem("protected");

describe("a queued delete", () => {
  const queued = aDelete("queued");
  check([
    ["begins at once", queued, listed, becomes("deleting")],
    ["begins also where the snapshot is gone", queued, {}, becomes("deleting")],
    ["does not ask for the VM's power", queued, { ...listed, power: fails("transient") }, becomes("deleting")],
    [
      "waits while the cloud does something else with the VM",
      queued,
      { operations: ok([anOperation({ kind: "restore" })]) },
      becomes("queued", "queued_busy"),
    ],
    ["waits behind another request", queued, { ahead: AHEAD }, becomes("queued", "queued_behind")],
  ]);
});

describe("a request that deletes", () => {
  const one = aDelete("deleting");
  const two = aDelete("deleting", {}, both);
  const underWay = aDelete("deleting", { asked, notBefore: at(3) });
  const busy = aProblem("busy");
  const tried = (more: object = {}) => aDelete("deleting", { asked, problem: busy, notBefore: at(299), ...more });
  const through = aDelete("deleting", { gone: [THERE.id], through: NOW });
  check([
    ["asks the cloud", one, listed, calls("delete", "deleting", "delete_asked")],
    [
      "counts one that is not there any more as done",
      one,
      { snapshots: ok([BESIDE]) },
      becomes("deleting", "was_gone"),
    ],
    [
      "is done when none is left",
      aDelete("deleting", { gone: [THERE.id] }),
      { snapshots: ok([BESIDE]) },
      becomes("done", "done"),
    ],
    ["after a lost answer, looks and does not ask", underWay, listed, waits(3000)],
    ["finds that it took effect", underWay, { snapshots: ok([]) }, becomes("deleting", "deleted")],
    ["asks again when it did not; twice does no harm", underWay, listed, calls("delete", "deleting"), at(3)],
    [
      "goes on with the next one",
      { ...two, state: { ...two.state, gone: [THERE.id] } },
      { snapshots: ok([BESIDE]) },
      calls("delete", "deleting", "delete_asked"),
    ],
    [
      "goes on with the next one also when one was refused",
      { ...two, state: { ...two.state, kept: [{ id: THERE.id, problem }] } },
      listed,
      calls("delete", "deleting", "delete_asked"),
    ],

    ["bears a cloud that puts it off", tried(), listed, calls("delete", "deleting"), at(299)],
    ["leaves it after five minutes", tried(), listed, becomes("deleting", "not_deleted"), at(300)],
    [
      "does not leave one for which nobody has asked for long",
      tried({ notBefore: at(2) }),
      listed,
      calls("delete", "deleting"),
      at(3600),
    ],
    [
      "waits on while another request of ours keeps the VM busy",
      tried(),
      { ...listed, ahead: AHEAD },
      notes("deleting"),
      at(300),
    ],
    [
      "does not wait on for that where something else is wrong",
      tried({ problem: aProblem("auth") }),
      { ...listed, ahead: AHEAD },
      becomes("deleting", "not_deleted"),
      at(300),
    ],

    ["gives the list time to show it", aDelete("deleting", { gone: [THERE.id] }), listed, becomes("deleting")],
    ["looks again soon", through, listed, waits(1000), at(59)],
    ["is done when the list shows it at last", through, { snapshots: ok([]) }, becomes("done", "done"), at(59)],
    ["says after a minute that it is still there", through, listed, becomes("failed", "failed"), at(60)],

    [
      "fails when all were refused",
      aDelete("deleting", { kept: [{ id: THERE.id, problem }] }),
      listed,
      becomes("failed", "failed"),
    ],
    [
      "fails when one of them was refused",
      aDelete("deleting", { gone: [BESIDE.id], kept: [{ id: THERE.id, problem }] }, both),
      { snapshots: ok([THERE]) },
      becomes("failed", "failed"),
    ],

    ["says that the cloud is silent", one, { snapshots: fails("transient") }, becomes("deleting")],
    [
      "bears that for less than five minutes",
      aDelete("deleting", {}, { trouble: { since: NOW, problem: aProblem("transient") } }),
      { snapshots: fails("transient") },
      waits(),
      at(299),
    ],
    [
      "gives up then",
      aDelete("deleting", {}, { trouble: { since: NOW, problem: aProblem("transient") } }),
      { snapshots: fails("transient") },
      becomes("failed", "failed"),
      at(300),
    ],
    [
      "fails when the VM is gone",
      aDelete("deleting", {}, { trouble: { since: NOW, problem: aProblem("not_found") } }),
      { snapshots: fails("not_found") },
      becomes("failed", "failed"),
      at(10),
    ],
  ]);

  test("tries each of several for as long as the first", () => {
    const next = nextOf(decided({ ...tried(), ...both } as Request, listed, at(300)));
    expect(next.state).toEqual({ status: "deleting", since: NOW, gone: [], kept: [{ id: THERE.id, problem: busy }] });
    expect(outline(decided(next, listed, at(300)))).toEqual(calls("delete", "deleting", "delete_asked"));
  });

  test("tries again after another request of ours has ended, before it gives up", () => {
    const held = nextOf(decided(tried(), { ...listed, ahead: AHEAD }, at(300)));
    expect(outline(decided(held, listed, at(303)))).toEqual(calls("delete", "deleting"));
  });

  test("says in the end which are left, and of whom", () => {
    const makers = new Map([[BESIDE.id, { by: BORIS }]]);
    const over = aDelete("deleting", { gone: [THERE.id] });
    expect(nextOf(decided(over, { snapshots: ok([BESIDE]), makers })).state).toEqual({
      status: "done",
      at: NOW,
      snapshots: [{ ...BESIDE, by: BORIS }],
    });
  });

  test("says which are gone when it failed, and why the first one is not", () => {
    const state = { gone: [BESIDE.id], kept: [{ id: THERE.id, problem }] };
    expect(nextOf(decided(aDelete("deleting", state, both), { snapshots: ok([THERE]) })).state).toEqual({
      status: "failed",
      at: NOW,
      failure: { code: "not_deleted", detail: "said protected" },
      gone: [BESIDE.id],
    });
  });

  test("says of none that it is gone while the list shows it", () => {
    const lingering = aDelete("deleting", { gone: [THERE.id, BESIDE.id], through: NOW }, both);
    expect(nextOf(decided(lingering, { snapshots: ok([THERE]) }, at(60))).state).toMatchObject({
      failure: { code: "not_deleted" },
      gone: [BESIDE.id],
    });
  });

  test("keeps what is gone when the cloud falls silent for good", () => {
    const trouble = { since: NOW, problem: aProblem("transient") };
    const silent = aDelete("deleting", { gone: [THERE.id] }, { ...both, trouble });
    expect(nextOf(decided(silent, { snapshots: fails("transient") }, at(300))).state).toMatchObject({
      failure: { code: "unavailable" },
      gone: [THERE.id],
    });
  });
});

describe("the answer to a deletion", () => {
  const asking = aDelete("deleting", { asked, notBefore: at(3) }, both);
  const learnt = (answer: Parameters<typeof learn>[2], request: Request = asking, snapshot = THERE.id) =>
    learn(request, { kind: "delete", vm: VM, snapshot }, answer, NOW);
  const outlined = (answer: Parameters<typeof learn>[2]) => outline(learnt(answer)!);

  test("of yes goes on to the next one", () => {
    const step = learnt(ok(undefined))!;
    expect(outline(step)).toEqual(becomes("deleting", "deleted"));
    expect(nextOf(step).state).toEqual({ status: "deleting", since: NOW, gone: [THERE.id], kept: [] });
  });

  test.each(PROBLEM_KINDS)("that was lost (%s) leaves it to the list", (kind) => {
    const lost = fails(kind, { outcome: "unknown" });
    expect(outlined(lost)).toEqual(notes("deleting"));
    expect(nextOf(learnt(lost)!).state).toMatchObject({ asked, notBefore: at(3), problem: { kind } });
  });

  test.each(["busy", "rate_limited", "transient", "auth", "not_found"] as const)(
    "of a no that may pass (%s) is waited for",
    (kind) => {
      expect(outlined(fails(kind))).toEqual(becomes("deleting"));
      expect(nextOf(learnt(fails(kind))!).state).toMatchObject({ asked, notBefore: at(2), gone: [], kept: [] });
    },
  );

  test.each(["forbidden", "invalid", "unsupported", "protected", "protocol", "quota", "operation_failed"] as const)(
    "of a clear no (%s) leaves this one and goes on to the next",
    (kind) => {
      const step = learnt(fails(kind))!;
      expect(outline(step)).toEqual(becomes("deleting", "not_deleted"));
      expect(nextOf(step).state).toEqual({
        status: "deleting",
        since: NOW,
        gone: [],
        kept: [{ id: THERE.id, problem: aProblem(kind) }],
      });
    },
  );

  test.each([
    ["about another snapshot", asking, BESIDE.id],
    ["after it was found to be gone", aDelete("deleting", { gone: [THERE.id] }), THERE.id],
    ["after the end", aDelete("done"), THERE.id],
  ] as const)("comes too late %s", (_, request, snapshot) => {
    expect(learnt(ok(undefined), request, snapshot)).toBeUndefined();
    expect(learnt(fails("protected"), request, snapshot)).toBeUndefined();
  });
});
