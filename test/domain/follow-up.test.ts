import { describe, expect, test } from "vitest";
import { isFollowedUp } from "../../src/domain/decide/following-up.ts";
import { NEVER } from "../../src/domain/decide.ts";
import { DAY_MS, later } from "../../src/domain/durations.ts";
import { needs } from "../../src/domain/needs.ts";
import { press } from "../../src/domain/press.ts";
import type { Request } from "../../src/domain/request.ts";
import {
  ANNA,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BORIS,
  becomes,
  fails,
  live,
  NAME,
  NOW,
  OPERATION,
  OTHER,
  ok,
  outline,
  SETTINGS,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

/** A safety snapshot's requester is asked later what shall become of it. */

const DUE = later(NOW, DAY_MS);
const ours = aSnapshot({ name: NAME, createdAt: NOW });
const safety = { wish: wishOf("create", { safety: true }) };
const past = (ms: number) => later(DUE, ms);
const listed = { snapshots: ok([ours]) };
const asked = (times: number, more: object = {}) =>
  aRequest("done", { snapshot: ours, ...more }, { ...safety, followUp: { due: DUE, asked: times } });
const waiting = asked(0);

describe("a safety snapshot", () => {
  check([
    ["is not asked about before its time", waiting, listed, waits(DAY_MS)],
    ["is asked about then", waiting, listed, becomes("done", "follow_up"), DUE],
    ["is asked about also when Shutter was away", waiting, listed, becomes("done", "follow_up"), past(9 * DAY_MS)],
    ["is asked about once more", asked(1), listed, becomes("done", "follow_up"), DUE],
    ["is not asked about a third time", asked(2), listed, waits(Number(NEVER) - Number(DUE)), DUE],
    ["is not asked about when it is gone", waiting, { snapshots: ok([]) }, becomes("done"), DUE],
    ["is asked about later while the cloud is silent", waiting, { snapshots: fails("transient") }, waits(300_000), DUE],
    [
      "bears a cloud that does not know the VM for a moment",
      waiting,
      { snapshots: fails("not_found") },
      waits(300_000),
      DUE,
    ],
    [
      "is not asked about when the VM stays away",
      waiting,
      { snapshots: fails("not_found") },
      becomes("done"),
      past(600_000),
    ],
    [
      "is not asked about once it was deleted",
      waiting,
      { fate: { name: NAME, deleted: { by: BORIS, at: NOW } } },
      becomes("done"),
    ],
    [
      "is not asked about once it was rolled back to",
      asked(1),
      { fate: { name: NAME, restoredAt: NOW } },
      becomes("done"),
    ],
    [
      "is asked about though it was renamed",
      waiting,
      { ...listed, fate: { name: "after" } },
      becomes("done", "follow_up"),
      DUE,
    ],
    ["that nobody ever saw is not asked about", asked(0, { snapshot: undefined }), listed, becomes("done"), DUE],
  ]);

  test("is asked about by the name that it has now, and again a day later", () => {
    const step = decided(waiting, { snapshots: ok([{ ...ours, name: "after" }]) }, past(5000));
    expect(step).toMatchObject({ story: [{ code: "follow_up", name: "after" }] });
    expect(nextOf(step).followUp).toEqual({ due: past(5000 + DAY_MS), asked: 1 });
  });

  test("that nobody decides about stays, and stays to be decided", () => {
    const twice = nextOf(decided(asked(1), listed, DUE));
    expect(twice).toMatchObject({ followUp: { asked: 2 }, state: { status: "done", snapshot: ours } });
    expect(isFollowedUp(twice)).toBe(false);
  });

  test("is no more to be decided about when that has shown itself", () => {
    expect(nextOf(decided(waiting, { snapshots: ok([]) }, DUE)).followUp).toBeUndefined();
  });

  test("costs the cloud nothing until its time has come", () => {
    expect(needs(waiting, NOW)).toEqual(["fate"]);
    expect(needs(waiting, DUE)).toEqual(["fate", "snapshots"]);
    expect(needs(asked(2), DUE)).toEqual([]);
  });

  test("waits for a watch over its VM to be over", () => {
    const watched: Request = { ...waiting, watch: { until: at(600) } };
    expect(needs(watched, DUE)).toEqual(["takenOver", "power"]);
    expect(outline(decided(watched, {}, at(600)))).toEqual(becomes("done"));
    expect(nextOf(decided(watched, {}, at(600))).followUp).toEqual(waiting.followUp);
  });
});

describe("the end of a create", () => {
  const made = (changes: object) =>
    live("snapshotting", { operation: OPERATION }, { times: { snapshotEnded: NOW }, ...changes });

  test("of a safety snapshot begins the time until the question", () => {
    expect(nextOf(decided(made(safety), listed)).followUp).toEqual({ due: DUE, asked: 0 });
  });

  test("of any other begins none", () => {
    expect(nextOf(decided(made({}), listed)).followUp).toBeUndefined();
  });

  test("whose snapshot is never listed begins none", () => {
    expect(nextOf(decided(made(safety), {}, at(60))).followUp).toBeUndefined();
  });
});

describe("keeping it", () => {
  const pressed = (request: Request) => press(request, "keep", BORIS, NOW, SETTINGS, OTHER);

  test.each([
    ["before anybody asked", asked(0)],
    ["after the question", asked(1)],
    ["after the last question", asked(2)],
  ])("ends the questions: %s", (_, request) => {
    const result = pressed(request);
    if (result.kind === "refused") throw new Error(result.refusal);
    expect(outline(result.step)).toEqual(becomes("done", "kept"));
    expect(result.step.next.followUp).toBeUndefined();
    expect(result.step.next.state).toMatchObject({ keptBy: BORIS, snapshot: ours });
  });

  test("works for the one before a restore, too", () => {
    const result = pressed(aRestore("done", { snapshot: ours }));
    expect(result.kind === "changed" && result.step.next.state).toMatchObject({ keptBy: BORIS });
  });

  test.each([
    ["twice", asked(1, { keptBy: ANNA })],
    ["where there is none", aRestore("done")],
    ["of a snapshot that nobody asks about", aRequest("done", { snapshot: ours })],
    ["before the end", aRequest("snapshotting")],
    ["of a request that failed", aRequest("failed")],
  ])("is refused %s", (_, request) => {
    expect(pressed(request)).toEqual({ kind: "refused", refusal: "nothing_to_keep" });
  });
});
