import { describe, expect, test } from "vitest";
import { aheadOf, onlyWaits } from "../../src/domain/ahead.ts";
import { RequestId } from "../../src/domain/ids.ts";
import { needs } from "../../src/domain/needs.ts";
import { aRequest, at, BORIS, becomes, NOW, ok, stuckMeanwhile, TERMS, waits } from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

const off = { power: ok("off" as const) };
const reminding = { terms: { ...TERMS, remindMs: 600_000 }, remindAt: at(600) };

describe("while people have to approve", () => {
  check([
    ["it rests until it expires", aRequest("awaiting_approval"), {}, waits(3_600_000)],
    ["it looks up to remind", aRequest("awaiting_approval", reminding), {}, waits(600_000)],
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

  test("a VM that nothing has been done to is not looked at", () => {
    for (const what of ["begin", "shutdown", "live"] as const)
      expect(needs(aRequest("awaiting_approval", { what }), NOW)).toEqual([]);
  });

  test("each reminder comes so long after the last one, and none after the end", () => {
    const [first, second] = [600, 1200].map(at);
    const once = nextOf(decided(aRequest("awaiting_approval", reminding), {}, first));
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
