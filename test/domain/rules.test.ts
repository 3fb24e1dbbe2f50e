import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/domain/cloud.ts";
import { MINUTE_MS } from "../../src/domain/durations.ts";
import type { Request, WishOf } from "../../src/domain/request.ts";
import { cooldownUntil, expectedDuration, expectedRestore, isSameWish, traceOf } from "../../src/domain/rules.ts";
import {
  aDelete,
  anOperation,
  aPower,
  aRename,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BESIDE,
  BORIS,
  full,
  LIMITS,
  NAME,
  NOW,
  THERE,
  wishOf,
} from "./builders.ts";

describe("the cooldown", () => {
  const snapshot = (seconds: number) => aSnapshot({ createdAt: at(seconds) });
  const operation = (seconds: number, changes = {}) => anOperation({ startedAt: at(seconds), ...changes });
  test.each([
    ["is none for a VM without a history", [], [], undefined],
    ["lasts ten minutes from the start of the last snapshot", [snapshot(-60), snapshot(-300)], [], at(540)],
    ["is over then", [snapshot(-600)], [], undefined],
    ["is not over a moment before", [snapshot(-599.9)], [], at(0.1)],
    ["counts from a snapshot that runs", [], [operation(-60)], at(540)],
    ["counts from an attempt that failed", [], [operation(-60, { state: "failed" })], at(540)],
    ["counts from the later of both", [snapshot(-90)], [operation(-60)], at(540)],
    ["does not count what is no snapshot", [], [operation(-60, { kind: "shutdown" })], undefined],
  ])("%s", (_, snapshots, operations, until) => {
    expect(cooldownUntil(snapshots, operations, LIMITS, NOW)).toEqual(until);
  });
});

describe("what became of an intent", () => {
  const intent = { name: NAME, at: NOW };
  const ours = aSnapshot({ name: NAME });
  test.each([
    ["nothing, when there is nothing", [], [], { kind: "nothing" }],
    ["nothing, when there are only others", [anOperation({ startedAt: at(-61) })], full(3), { kind: "nothing" }],
    ["nothing, when the VM was only shut down", [anOperation({ kind: "shutdown" })], [], { kind: "nothing" }],
    ["the snapshot of that name", [], [...full(3), ours], { kind: "snapshot", snapshot: ours }],
    ["an operation that started then", [anOperation()], [], { kind: "operation", operation: anOperation() }],
    ["an operation by another clock", [anOperation({ startedAt: at(-60) })], [], { kind: "operation" }],
    [
      "the newest operation",
      [anOperation({ startedAt: at(1) }), anOperation({ startedAt: at(5) }), anOperation({ startedAt: at(3) })],
      [],
      { kind: "operation", operation: anOperation({ startedAt: at(5) }) },
    ],
  ])("%s", (_, operations, snapshots, trace) => {
    expect(traceOf(intent, operations, snapshots)).toMatchObject(trace);
  });
});

describe("two wishes", () => {
  const open = aRequest("queued", {}, { requestedAt: NOW });
  const wish = (changes: Partial<WishOf<"create">>) => ({ ...open, wish: wishOf("create", changes) });
  test.each([
    ["are one when they are the same", open, true],
    ["are one when another person has the same", { ...open, requestedBy: BORIS }, true],
    ["are one within five seconds", { ...open, requestedAt: at(5) }, true],
    ["are one when the clock was set back a little", { ...open, requestedAt: at(-5) }, true],
    ["are two after that", { ...open, requestedAt: at(5.001) }, false],
    ["are two for two VMs", { ...open, vm: { ...open.vm, id: aRequest("queued").requestedBy.id as never } }, false],
    ["are two when one is to be live", wish({ how: "live" }), false],
    ["are two when one has a reason", wish({ reason: "kernel" }), false],
    ["are two when one has a name", wish({ name: "mine", nameGiven: true }), false],
    ["are one although the default name has moved on by a second", wish({ name: "web-01-1731398401" }), true],
  ])("%s", (_, other, isSame) => {
    expect(isSameWish(open, other)).toBe(isSame);
  });
});

describe("two wishes of another kind", () => {
  const same = (a: Request, b: Request) => isSameWish({ ...a, requestedAt: NOW }, { ...b, requestedAt: at(1) });
  const restore = (changes: Partial<WishOf<"restore">>) => aRestore("queued", {}, { wish: wishOf("restore", changes) });
  const remove = (...snapshots: Snapshot[]) => aDelete("queued", {}, { wish: wishOf("delete", { snapshots }) });
  const rename = (changes: Partial<WishOf<"rename">>) => aRename("queued", {}, { wish: wishOf("rename", changes) });
  const power = (to: "on" | "off" | "hard_off") => aPower("queued", {}, { wish: wishOf("power", { to }) });
  test.each([
    ["restores are one", restore({}), restore({ confirmedAt: undefined, name: "later" }), true],
    ["restores of two snapshots are two", restore({}), restore({ snapshot: BESIDE }), false],
    ["restores are two when one is to be safe", restore({}), restore({ safety: false }), false],
    ["deletions are one", remove(THERE, BESIDE), remove(THERE, { ...BESIDE, name: "renamed since" }), true],
    ["deletions are two when one goes further", remove(THERE), remove(THERE, BESIDE), false],
    ["renames are one", rename({}), rename({}), true],
    ["renames to two names are two", rename({}), rename({ name: "other" }), false],
    ["to switch on is one", power("on"), power("on"), true],
    ["to shut down and to pull the plug are two", power("off"), power("hard_off"), false],
    ["to delete and to restore are two", remove(THERE), restore({}), false],
    ["to create and to restore are two", aRequest("queued"), restore({}), false],
    [
      "a safety snapshot is another one than a plain one",
      aRequest("queued"),
      aRequest("queued", {}, { wish: wishOf("create", { safety: true }) }),
      false,
    ],
  ])("%s", (_, a, b, isSame) => {
    expect(same(a, b)).toBe(isSame);
  });
});

describe("how long a restore takes", () => {
  test.each([
    ["follows the snapshot's size", 12, 40, { ms: 24 * MINUTE_MS, basis: "size" }],
    ["follows the disk where no size is known", undefined, 40, { ms: 80 * MINUTE_MS, basis: "disk" }],
    ["is not told when nothing is known", undefined, undefined, undefined],
  ])("%s", (_, sizeGb, diskGb, expected) => {
    expect(expectedRestore({ ...BESIDE, ...(sizeGb && { sizeGb }) }, diskGb, LIMITS)).toEqual(expected);
  });
});

describe("the expected duration", () => {
  test.each([
    ["is the mean of the last three", [60_000, 120_000, 180_000, 9e9], 40, { ms: 120_000, basis: "history" }],
    ["is what there is of them", [60_000], 40, { ms: 60_000, basis: "history" }],
    ["is the documented rate without a history", [], 40, { ms: 4_800_000, basis: "disk" }],
    ["is not told when nothing is known", [], undefined, undefined],
  ])("%s", (_, past, diskGb, expected) => {
    expect(expectedDuration(past, diskGb, LIMITS)).toEqual(expected);
  });
});
