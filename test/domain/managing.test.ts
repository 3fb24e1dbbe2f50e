import { describe, expect, test } from "vitest";
import { isBeingMade, isToCome, safetyRoom, wrongName } from "../../src/domain/managing.ts";
import type { Request } from "../../src/domain/request.ts";
import { anOperation, aRequest, aSnapshot, at, full, INTENT, LIMITS, NAME, NOW, OPERATION } from "./builders.ts";

const restoring = (safety: boolean): Request =>
  aRequest("queued", {}, { wish: { kind: "restore", snapshot: aSnapshot(), safety, name: NAME } });
const renaming = (name: string): Request =>
  aRequest("queued", {}, { wish: { kind: "rename", snapshot: aSnapshot(), name } });

describe("room for a safety snapshot", () => {
  test.each([
    ["is there", [aSnapshot()], [], { kind: "now" }],
    ["is there when the VM has none yet", [], [], { kind: "now" }],
    [
      "comes when the last one is ten minutes old",
      [aSnapshot({ createdAt: NOW })],
      [],
      { kind: "later", until: at(600) },
    ],
    [
      "counts from a start that has failed, too",
      [],
      [anOperation({ state: "failed" })],
      { kind: "later", until: at(600) },
    ],
    ["is not there at ten of ten", full(), [], { kind: "full", count: 10, limit: 10 }],
  ])("%s", (_, snapshots, operations, room) => {
    expect(safetyRoom(snapshots, operations, LIMITS, NOW)).toEqual(room);
  });
});

describe("a snapshot that is still being made", () => {
  test.each([
    ["is known by the intent", aRequest("snapshotting", { intent: INTENT }), true],
    ["is known by the operation", aRequest("snapshotting", { operation: OPERATION }), true],
    ["has not begun: the one of this name is another", aRequest("snapshotting"), false],
    ["is whole", aRequest("snapshotting", { operation: OPERATION }, { times: { snapshotEnded: NOW } }), false],
    ["is not what a queued request has", aRequest("queued"), false],
  ])("%s", (_, request, isSo) => {
    const named: Request = { ...request, wish: { ...request.wish, name: NAME } as Request["wish"] };
    expect(isBeingMade(aSnapshot({ name: NAME }), [named])).toBe(isSo);
    expect(isBeingMade(aSnapshot({ name: "other" }), [named])).toBe(false);
  });
});

test("a name that an open request is to give to a new snapshot is to come", () => {
  expect(isToCome(NAME, [aRequest("choosing")])).toBe(true);
  expect(isToCome(NAME, [restoring(true)])).toBe(true);
  expect(isToCome(NAME, [restoring(false)])).toBe(false);
  expect(isToCome(NAME, [])).toBe(false);
});

describe("a new name", () => {
  const snapshot = aSnapshot({ name: "old" });
  const listed = [snapshot, aSnapshot({ name: "there" })];
  test.each([
    ["", "empty"],
    ["x".repeat(256), "too_long"],
    ["🦀".repeat(255), undefined],
    ["old", "same"],
    ["there", "taken"],
    [NAME, "taken"],
    ["renamed", "taken"],
    ["free", undefined],
  ])("%j", (name, wrong) => {
    const open = [aRequest("choosing"), renaming("renamed")];
    expect(wrongName(name, snapshot, listed, open, LIMITS)).toBe(wrong);
  });
});
