import { describe, expect, test } from "vitest";
import { PROBLEM_KINDS, type Problem } from "../../src/domain/cloud.ts";
import { learn } from "../../src/domain/learn.ts";
import { isOpen, Request, type Status } from "../../src/domain/request.ts";
import type { Call } from "../../src/domain/step.ts";
import {
  aDelete,
  anOperation,
  aPower,
  aRename,
  aRequest,
  aRestore,
  at,
  becomes,
  fails,
  INTENT,
  live,
  NAME,
  NOW,
  notes,
  OPERATION,
  ok,
  outline,
  STATUSES,
  THERE,
  VM,
} from "./builders.ts";

const CALLS: { readonly [K in Call["kind"]]: Call } = {
  shutdown: { kind: "shutdown", vm: VM },
  power_off: { kind: "power_off", vm: VM },
  power_on: { kind: "power_on", vm: VM },
  snapshot: { kind: "snapshot", vm: VM, name: NAME },
  restore: { kind: "restore", vm: VM, snapshot: THERE.id },
  delete: { kind: "delete", vm: VM, snapshot: THERE.id },
  rename: { kind: "rename", vm: VM, snapshot: THERE.id, name: "after" },
};

const learnt = (request: Request, call: Call["kind"], answer: Parameters<typeof learn>[2], now = NOW) =>
  learn(request, CALLS[call], answer, now);
const outlined = (...args: Parameters<typeof learnt>) => {
  const step = learnt(...args);
  return step && outline(step, args[3]);
};
function nextOf(...args: Parameters<typeof learnt>): Request {
  const step = learnt(...args);
  if (!step || step.kind === "wait") throw new Error("Nothing was learnt");
  return step.next;
}

const asking = aRequest("shutting_down", { asked: "intended" });
const pulling = aRequest("shutting_down", { asked: "intended", mode: "hard" });
const starting = aRequest("snapshotting", { intent: INTENT });
const startingLive = live("snapshotting", { intent: INTENT });
const restoring = aRestore("restoring", { intent: { at: NOW, looks: 0 } });
const restoringCalm = aRestore("restoring", { intent: { at: NOW, looks: 0 } }, { debt: undefined });
const deleting = aDelete("deleting", { asked: { id: THERE.id, at: NOW } });
const renaming = aRename("queued", { why: { kind: "renaming", at: NOW } });
const switching = aRequest("powering_on", { attempts: 1, notBefore: at(30) }, { times: { powerOnAsked: NOW } });

const MAY_PASS: readonly Problem["kind"][] = ["busy", "rate_limited", "transient"];
const HOPELESS = PROBLEM_KINDS.filter((kind) => !MAY_PASS.includes(kind));

describe("an answer of yes", () => {
  test.each([
    ["the guest was asked", asking, "shutdown", becomes("shutting_down", "shutdown_asked")],
    ["the plug was pulled", pulling, "power_off", becomes("shutting_down", "power_off_asked")],
    ["the snapshot runs", starting, "snapshot", becomes("snapshotting", "snapshot_started")],
    ["the restore runs", restoring, "restore", becomes("restoring", "restore_started")],
    ["the VM is being switched on, which only its power state proves", switching, "power_on", notes("powering_on")],
  ] as const)("%s", (_, request, call, expected) => {
    expect(outlined(request, call, ok(anOperation()))).toEqual(expected);
  });

  test("to a restore brings the operation to follow", () => {
    const next = nextOf(restoring, "restore", ok(anOperation({ kind: "restore", startedAt: at(-2) })));
    expect(next).toMatchObject({
      times: { restoreStarted: at(-2) },
      state: { intent: { at: NOW }, operation: { id: OPERATION.id, startedAt: at(-2) } },
    });
  });

  test("brings the operation to follow", () => {
    const next = nextOf(starting, "snapshot", ok(anOperation({ startedAt: at(-2) })));
    expect(next).toMatchObject({
      times: { snapshotStarted: at(-2) },
      state: { intent: INTENT, operation: { id: OPERATION.id, startedAt: at(-2) } },
    });
  });
});

describe("a lost answer", () => {
  test.each(PROBLEM_KINDS)("(%s) leaves the intent, so that we look before asking again", (kind) => {
    const lost = fails(kind, { outcome: "unknown" });
    expect(nextOf(asking, "shutdown", lost).state).toMatchObject({ asked: "intended", notBefore: at(2) });
    expect(nextOf(starting, "snapshot", lost).state).toMatchObject({ intent: INTENT, notBefore: at(1) });
    expect(nextOf(restoring, "restore", lost).state).toMatchObject({ intent: { at: NOW }, notBefore: at(1) });
    expect(nextOf(switching, "power_on", lost).state).toMatchObject({ status: "powering_on", notBefore: at(3) });
  });
});

describe.each(["refused", "not_sent"] as const)("an answer of no (%s)", (outcome) => {
  test.each(MAY_PASS)("that may pass (%s) is waited for", (kind) => {
    const no = fails(kind, { outcome });
    expect(outlined(asking, "shutdown", no)).toEqual(becomes("shutting_down"));
    expect(nextOf(asking, "shutdown", no).state).toMatchObject({ asked: "no", notBefore: at(2) });
    expect(outlined(pulling, "power_off", no)).toEqual(becomes("shutting_down"));
    expect(outlined(starting, "snapshot", no)).toEqual(becomes("snapshotting"));
    expect(nextOf(starting, "snapshot", no).state).toMatchObject({ notBefore: at(2) });
    expect(nextOf(starting, "snapshot", no).state).not.toHaveProperty("intent");
    expect(outlined(restoring, "restore", no)).toEqual(becomes("restoring"));
    expect(nextOf(restoring, "restore", no).state).toMatchObject({ notBefore: at(2), problem: { kind } });
    expect(nextOf(restoring, "restore", no).state).not.toHaveProperty("intent");
  });

  test.each(HOPELESS)("that asking again does not heal (%s) ends it, the VM on", (kind) => {
    const no = fails(kind, { outcome });
    expect(outlined(asking, "shutdown", no)).toEqual(becomes("powering_on"));
    expect(outlined(pulling, "power_off", no)).toEqual(becomes("powering_on"));
    if (kind !== "auth") {
      expect(outlined(restoring, "restore", no)).toEqual(becomes("powering_on", "restore_missed"));
      expect(outlined(restoringCalm, "restore", no)).toEqual(becomes("failed", "restore_missed", "failed"));
    }
    if (kind === "cooldown" || kind === "auth") return; // have their own tests
    expect(outlined(starting, "snapshot", no)).toEqual(becomes("powering_on", "snapshot_missed"));
    expect(outlined(startingLive, "snapshot", no)).toEqual(becomes("failed", "snapshot_missed", "failed"));
  });

  test("a sign-in that is refused is waited for once the VM is off, since nothing could switch it on either", () => {
    const no = fails("auth", { outcome });
    expect(outlined(starting, "snapshot", no)).toEqual(becomes("snapshotting"));
    expect(nextOf(starting, "snapshot", no).state).toMatchObject({ notBefore: at(2), problem: { kind: "auth" } });
    expect(nextOf(restoring, "restore", no).state).toMatchObject({ notBefore: at(2), problem: { kind: "auth" } });
  });

  test.each([
    ["not_found", "snapshot_gone"],
    ["operation_failed", "restore_failed"],
    ["forbidden", "forbidden"],
    ["invalid", "refused"],
  ] as const)("to a restore (%s) says why: %s", (kind, code) => {
    expect(nextOf(restoringCalm, "restore", fails(kind, { outcome })).state).toMatchObject({ failure: { code } });
  });

  test.each(PROBLEM_KINDS)("(%s) never ends the switching on", (kind) => {
    const next = nextOf(switching, "power_on", fails(kind, { outcome }));
    expect(next).toMatchObject({ debt: switching.debt, state: { status: "powering_on", notBefore: at(3) } });
  });

  test("for the cooldown queues the request, the VM on until then", () => {
    const no = fails("cooldown", { outcome, retryAfterMs: 240_000 });
    expect(nextOf(starting, "snapshot", no).state).toMatchObject({
      status: "powering_on",
      ending: { status: "queued", until: at(240) },
    });
    expect(nextOf(startingLive, "snapshot", no).state).toMatchObject({
      status: "queued",
      why: { kind: "cooldown", until: at(240) },
    });
  });

  test("for the quota says so", () => {
    const { state } = nextOf(startingLive, "snapshot", fails("quota", { outcome }));
    expect(state).toMatchObject({ failure: { code: "quota" } });
  });

  test("is taken for sure: nothing is going off", () => {
    expect(nextOf(asking, "shutdown", fails("forbidden", { outcome }), at(9)).debt?.graceUntil).toEqual(at(9));
  });

  test("after a lost answer is not: the guest may have heard the first time", () => {
    const again = aRequest("shutting_down", { asked: "intended", mayHaveHeard: true });
    expect(nextOf(again, "shutdown", fails("busy", { outcome }))).toMatchObject({
      debt: again.debt,
      state: { asked: "intended" },
    });
    expect(nextOf(again, "shutdown", fails("forbidden", { outcome })).debt).toEqual(again.debt);
  });

  test("to pulling the plug does not undo that the guest was asked", () => {
    expect(nextOf(pulling, "power_off", fails("forbidden", { outcome }), at(9)).debt).toEqual(pulling.debt);
  });
});

describe("a pause that the cloud asks for", () => {
  const wanted = (retryAfterMs: number) => fails("rate_limited", { retryAfterMs });
  test.each([
    ["is kept", 60_000, at(60)],
    ["is never shorter than ours", 1, at(2)],
    ["is never absurd", 1e15, at(600)],
  ])("%s", (_, retryAfterMs, notBefore) => {
    expect(nextOf(asking, "shutdown", wanted(retryAfterMs)).state).toMatchObject({ notBefore });
    expect(nextOf(starting, "snapshot", wanted(retryAfterMs)).state).toMatchObject({ notBefore });
  });

  test("leaves no VM off for more than half a minute between two attempts", () => {
    expect(nextOf(switching, "power_on", wanted(20_000)).state).toMatchObject({ notBefore: at(20) });
    expect(nextOf(switching, "power_on", wanted(600_000)).state).toMatchObject({ notBefore: at(30) });
  });
});

describe("a VM that cannot be switched on", () => {
  const failing = (attempts: number, loud = false) =>
    aRequest("powering_on", { attempts, loud }, { times: { powerOnAsked: NOW } });
  test.each([
    ["is nobody's business for two attempts", failing(2), at(99), becomes("powering_on")],
    ["is nobody's business for some seconds", failing(9), at(14), becomes("powering_on")],
    ["is told loudly then", failing(3), at(15), becomes("powering_on", "power_on_fails")],
    ["is told once", failing(99, true), at(999), becomes("powering_on")],
  ])("%s", (_, request, now, expected) => {
    expect(outlined(request, "power_on", fails("transient"), now)).toEqual(expected);
  });

  test("is tried every few seconds at first, also when the guest took long to go off", () => {
    const late = aRequest("powering_on", { attempts: 1 }, { times: { powerOnAsked: at(600) } });
    expect(nextOf(late, "power_on", fails("transient"), at(601)).state).toMatchObject({ notBefore: at(604) });
  });
});

describe("an answer that comes too late", () => {
  const concerned: { readonly [K in Call["kind"]]: Status } = {
    shutdown: "shutting_down",
    power_off: "shutting_down",
    snapshot: "snapshotting",
    power_on: "powering_on",
    restore: "restoring",
    delete: "deleting",
    rename: "queued",
  };
  test.each(Object.keys(CALLS) as Call["kind"][])("to %s changes nothing of a request that has moved on", (call) => {
    for (const status of STATUSES.filter((each) => each !== concerned[call])) {
      expect(learnt(aRequest(status), call, ok(anOperation()))).toBeUndefined();
      expect(learnt(aRequest(status), call, fails("auth"))).toBeUndefined();
    }
  });

  test.each([
    ["asked already", aRequest("shutting_down"), "shutdown"],
    ["runs already", aRequest("snapshotting", { intent: INTENT, operation: OPERATION }), "snapshot"],
    ["another name", aRequest("snapshotting", { intent: { ...INTENT, name: "other" } }), "snapshot"],
    ["restores already", aRestore("restoring", { operation: OPERATION }), "restore"],
    ["not yet to be restored", aRestore("restoring"), "restore"],
    ["deleted already", aDelete("deleting", { gone: [THERE.id] }), "delete"],
    ["not yet to be renamed", aRename("queued"), "rename"],
  ] as const)("changes nothing: %s", (_, request, call) => {
    expect(learnt(request, call, ok(anOperation()))).toBeUndefined();
  });
});

test("no answer ends a request that owes something", () => {
  for (const [request, call] of [
    [asking, "shutdown"],
    [pulling, "power_off"],
    [starting, "snapshot"],
    [restoring, "restore"],
    [switching, "power_on"],
  ] as const)
    for (const kind of PROBLEM_KINDS)
      for (const outcome of ["refused", "not_sent", "unknown"] as const) {
        const next = nextOf(request, call, fails(kind, { outcome }));
        expect([isOpen(next), next.debt !== undefined]).toEqual([true, true]);
      }
});

test("every answer to every call fits into a row", () => {
  const asked: readonly (readonly [Request, Call["kind"]])[] = [
    [asking, "shutdown"],
    [aPower("shutting_down", { asked: "intended" }), "shutdown"],
    [aPower("shutting_down", { asked: "intended", mode: "hard" }), "power_off"],
    [pulling, "power_off"],
    [starting, "snapshot"],
    [startingLive, "snapshot"],
    [restoring, "restore"],
    [restoringCalm, "restore"],
    [deleting, "delete"],
    [renaming, "rename"],
    [switching, "power_on"],
    [aPower("powering_on", { attempts: 1 }), "power_on"],
  ];
  for (const [request, call] of asked) {
    const answers = PROBLEM_KINDS.flatMap((kind) =>
      (["refused", "not_sent", "unknown"] as const).map((outcome) => fails(kind, { outcome, retryAfterMs: 1 })),
    );
    for (const answer of [ok(anOperation()), ok(undefined), ...answers]) {
      if (answer.ok && !answer.value && (call === "shutdown" || call === "power_off")) continue;
      const row = JSON.parse(JSON.stringify(nextOf(request, call, answer)));
      expect(JSON.parse(JSON.stringify(Request.parse(row)))).toEqual(row);
    }
  }
});
