import { describe, expect, test } from "vitest";
import { aheadOf, onlyWaits } from "../../src/domain/ahead.ts";
import { RequestId } from "../../src/domain/ids.ts";
import { needs } from "../../src/domain/needs.ts";
import {
  aDelete,
  aPower,
  aRename,
  aRequest,
  at,
  BORIS,
  becomes,
  fails,
  NOW,
  ok,
  stuckMeanwhile,
  TERMS,
  waits,
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

const off = { power: ok("off" as const) };
const reminding = { terms: { ...TERMS, remindMs: 600_000 }, remindAt: at(600) };

/** Its card says already how the VM is. */
const seen = (state: object = {}) =>
  aRequest("awaiting_approval", state, { facts: { power: "running", snapshotCount: 0, seenAt: NOW } });

describe("while people have to approve", () => {
  check([
    ["it says what it costs", aRequest("awaiting_approval"), {}, becomes("awaiting_approval")],
    ["it says how the VM is now", seen(), off, becomes("awaiting_approval")],
    ["it looks whether that is still so", seen(), {}, waits(5000)],
    ["it looks less often the longer it takes", seen(), {}, waits(60_000), at(600)],
    ["it rests when nothing is to be seen", aDelete("awaiting_approval"), {}, waits(3_600_000)],
    ["it looks up to expire", seen(), {}, waits(1000), at(3599)],
    ["it looks up to remind", seen(reminding), {}, waits(1000), at(599)],
    ["it bears a silent cloud", aRequest("awaiting_approval"), { power: fails("transient") }, waits(5000)],
    [
      "it reminds",
      aRequest("awaiting_approval", reminding),
      {},
      becomes("awaiting_approval", "approval_reminder"),
      at(600),
    ],
    ["it expires", aRequest("awaiting_approval"), {}, becomes("expired", "approval_expired"), at(3600)],
    [
      "it expires rather than reminds",
      aRequest("awaiting_approval", reminding),
      {},
      becomes("expired", "approval_expired"),
      at(9999),
    ],
    [
      "a chosen shutdown expires, too",
      aRequest("awaiting_approval", { what: "shutdown" }),
      {},
      becomes("expired", "approval_expired"),
      at(3600),
    ],
  ]);

  test("nothing but what the card tells is looked at", () => {
    for (const what of ["begin", "shutdown", "live"] as const)
      expect(needs(aRequest("awaiting_approval", { what }), NOW)).toEqual(["past", "power", "snapshots"]);
    for (const wanted of [aDelete, aRename, aPower]) expect(needs(wanted("awaiting_approval"), NOW)).toEqual([]);
  });

  test("each reminder comes so long after the last one, and none after the end", () => {
    const [first, second] = [600, 1200].map(at);
    const once = nextOf(decided(aDelete("awaiting_approval", reminding), {}, first));
    expect(once.state).toMatchObject({ remindAt: second });
    const late = nextOf(decided(once, {}, at(3300)));
    expect(late.state).not.toHaveProperty("remindAt");
    expect(decided(late, {}, at(3300))).toEqual({ kind: "wait", until: at(3600) });
  });

  test("the end says that it was not approved", () => {
    expect(nextOf(decided(aRequest("awaiting_approval"), {}, at(3600))).state).toEqual({
      status: "expired",
      at: at(3600),
      isUnapproved: true,
    });
  });
});

describe("while a guest hangs and people have to approve what becomes of it", () => {
  check([
    ["it is looked at again and again", stuckMeanwhile(), { power: ok("running") }, { step: "wait" }],
    ["it goes off after all: what it was for", stuckMeanwhile(), off, becomes("snapshotting", "off")],
    [
      "so also where a live snapshot was to be approved",
      stuckMeanwhile({ what: "live" }),
      off,
      becomes("snapshotting", "off"),
    ],
    ["so also where it was only to be off", stuckMeanwhile({}, "power"), off, becomes("done", "off")],
    [
      "it expires: the question comes back",
      stuckMeanwhile(),
      {},
      becomes("shutdown_stuck", "approval_expired"),
      at(3600),
    ],
    [
      "for a live snapshot as well",
      stuckMeanwhile({ what: "live" }),
      {},
      becomes("shutdown_stuck", "approval_expired"),
      at(3600),
    ],
  ]);

  test.each(["power_off", "live"] as const)("what the VM is owed stays, whatever comes (%s)", (what) => {
    const { debt } = stuckMeanwhile();
    for (const [world, now] of [
      [off, at(10)],
      [{}, at(3600)],
    ] as const)
      expect(nextOf(decided(stuckMeanwhile({ what }), world, now)).debt).toEqual(debt);
  });

  test("what was not heard is remembered", () => {
    const { state } = nextOf(decided(stuckMeanwhile({ isUnheard: true }), {}, at(3600)));
    expect(state).toMatchObject({ status: "shutdown_stuck", isUnheard: true });
  });

  test("nobody else touches the VM; where nothing was begun, quick ones pass", () => {
    const id = RequestId.parse("r9");
    const quick = aRequest("queued", {}, { id, requestedBy: BORIS, wish: { kind: "power", to: "on" } });
    expect(aheadOf(quick, [stuckMeanwhile({ what: "live" }), quick])?.id).toBe("r1");
    expect(aheadOf(quick, [aRequest("awaiting_approval"), quick])).toBeUndefined();
    expect([stuckMeanwhile(), stuckMeanwhile({ what: "live" }), aRequest("awaiting_approval")].map(onlyWaits)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
