import { describe, expect, test } from "vitest";
import { PROBLEM_KINDS } from "../../src/domain/cloud.ts";
import { learn } from "../../src/domain/learn.ts";
import { needs } from "../../src/domain/needs.ts";
import {
  AHEAD,
  aProblem,
  aRename,
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
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

const listed = { snapshots: ok([THERE, BESIDE]) };
const renamed = { ...THERE, name: "after" };
const why = (more: object = {}) => ({ kind: "renaming", at: NOW, notBefore: at(3), ...more }) as const;
const lost = aProblem("transient", { outcome: "unknown" });

describe("a rename", () => {
  const queued = aRename("queued");
  const asked = aRename("queued", { why: why() });
  const late = (more: object = {}) => aRename("queued", { why: why({ at: at(118), notBefore: at(121), ...more }) });
  check([
    ["is asked for at once", queued, listed, calls("rename", "queued", "rename_asked")],
    ["waits behind another request", queued, { ahead: AHEAD }, becomes("queued", "queued_behind")],
    [
      "does not wait for what the cloud does with the VM",
      queued,
      { ...listed, operations: fails("transient") },
      calls("rename", "queued", "rename_asked"),
    ],
    [
      "is done when the snapshot is called so already",
      queued,
      { snapshots: ok([renamed]) },
      becomes("done", "renamed", "done"),
    ],
    ["fails when the snapshot is gone", queued, { snapshots: ok([BESIDE]) }, becomes("failed", "failed")],
    [
      "fails when another one is called so",
      queued,
      { snapshots: ok([THERE, { ...BESIDE, name: "after" }]) },
      becomes("failed", "failed"),
    ],
    ["is done when the list shows it", asked, { snapshots: ok([renamed]) }, becomes("done", "renamed", "done")],
    ["gives the list a moment, and looks again soon", asked, listed, waits(1000)],
    ["does so to the moment when it is asked for again", asked, listed, waits(500), at(2.5)],
    ["is asked for again then; twice does no harm", asked, listed, calls("rename", "queued"), at(3)],
    ["is given up after two minutes", late(), listed, becomes("failed", "failed"), at(121)],
    [
      "is not given up before it was tried again after a pause of ours",
      asked,
      listed,
      calls("rename", "queued"),
      at(3600),
    ],
    ["fails when the snapshot is gone meanwhile", asked, { snapshots: ok([]) }, becomes("failed", "failed")],
    ["says that the cloud is silent", asked, { snapshots: fails("transient") }, becomes("queued")],
    [
      "fails when the VM is gone",
      aRename("queued", {}, { trouble: { since: NOW, problem: aProblem("not_found") } }),
      { snapshots: fails("not_found") },
      becomes("failed", "failed"),
      at(10),
    ],
  ]);

  test.each([
    ["was asked for", why(), false],
    ["may have been heard", why({ problem: lost }), false],
    ["was refused", why({ problem: aProblem("busy") }), true],
  ])("that %s: does it still wait for its turn?", (_, state, waitsForTurn) => {
    expect(needs(aRename("queued", { why: state }), NOW).includes("ahead")).toBe(waitsForTurn);
  });

  test("says why it was given up", () => {
    const codeOf = (request: Parameters<typeof decided>[0]) => nextOf(decided(request, listed, at(121))).state;
    expect(codeOf(late())).toMatchObject({ failure: { code: "unavailable" } });
    expect(codeOf(late({ problem: aProblem("auth") }))).toMatchObject({ failure: { code: "auth" } });
    expect(nextOf(decided(queued, { snapshots: ok([]) })).state).toMatchObject({ failure: { code: "snapshot_gone" } });
  });

  test("stores that it is asked for before it is", () => {
    expect(decided(asked, listed, at(3))).toMatchObject({
      call: { kind: "rename", vm: VM, snapshot: THERE.id, name: "after" },
      next: { state: { since: NOW, why: { kind: "renaming", at: at(3), notBefore: at(6) } } },
    });
  });

  test("tells both names, and what there is", () => {
    const step = decided(asked, { snapshots: ok([renamed]), makers: new Map([[THERE.id, { by: BORIS }]]) });
    expect(step).toMatchObject({ story: [{ code: "renamed", from: "before", to: "after" }, { code: "done" }] });
    expect(nextOf(step).state).toEqual({ status: "done", at: NOW, snapshots: [{ ...renamed, by: BORIS }] });
  });
});

describe("the answer to a rename", () => {
  const asking = aRename("queued", { why: why() });
  const learnt = (answer: Parameters<typeof learn>[2], request = asking) =>
    learn(request, { kind: "rename", vm: VM, snapshot: THERE.id, name: "after" }, answer, NOW);

  test("of yes is read off the list", () => {
    expect(outline(learnt(ok(undefined))!)).toEqual(notes("queued"));
    expect(nextOf(learnt(ok(undefined))!).state).toMatchObject({ why: why({ notBefore: at(30) }) });
  });

  test.each(PROBLEM_KINDS)("that was lost (%s) is read off the list, too", (kind) => {
    const next = nextOf(learnt(fails(kind, { outcome: "unknown" }))!);
    expect(next.state).toMatchObject({
      status: "queued",
      why: { kind: "renaming", notBefore: at(2), problem: { kind } },
    });
  });

  test.each(["busy", "rate_limited", "transient", "auth"] as const)(
    "of a no that may pass (%s) is waited for",
    (kind) => {
      expect(outline(learnt(fails(kind))!)).toEqual(notes("queued"));
      expect(nextOf(learnt(fails(kind, { retryAfterMs: 60_000 }))!).state).toMatchObject({
        why: { notBefore: at(60) },
      });
    },
  );

  test.each([
    ["not_found", "snapshot_gone"],
    ["forbidden", "forbidden"],
    ["invalid", "refused"],
    ["protected", "refused"],
    ["unsupported", "refused"],
    ["protocol", "protocol"],
  ] as const)("of a clear no (%s) ends it", (kind, code) => {
    expect(nextOf(learnt(fails(kind))!).state).toMatchObject({ status: "failed", failure: { code } });
  });

  test.each([
    ["has ended", aRename("done")],
    ["waits behind another one", aRename("queued", { why: { kind: "behind", ...AHEAD } })],
  ])("changes nothing of a rename that %s", (_, request) => {
    expect(learnt(ok(undefined), request as typeof asking)).toBeUndefined();
    expect(learnt(fails("invalid"), request as typeof asking)).toBeUndefined();
  });
});
