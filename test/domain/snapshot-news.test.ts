import { describe, expect, test } from "vitest";
import { snapshotNews } from "../../src/domain/snapshot-news.ts";
import {
  ANNA,
  aDelete,
  aPower,
  aRename,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BESIDE,
  NAME,
  NOW,
  THERE,
  wishOf,
} from "./builders.ts";

const ours = aSnapshot({ name: NAME, createdAt: NOW });
const both = { wish: wishOf("delete", { snapshots: [THERE, BESIDE] }) };
const deleted = (id: typeof THERE.id) => ({ kind: "deleted", id, by: ANNA, at: NOW });

describe("what a change means for snapshots", () => {
  test.each([
    [
      "a create that is done has made one",
      aRequest("powering_on"),
      aRequest("done", { snapshot: ours }, { wish: wishOf("create", { reason: "kernel" }) }),
      [{ kind: "made", snapshot: ours, by: ANNA, reason: "kernel" }],
    ],
    ["one that was never listed has made none that is known", aRequest("powering_on"), aRequest("done"), []],
    [
      "a restore that is done has made one for safety, and restored the other",
      aRestore("powering_on"),
      aRestore("done", { snapshot: ours }),
      [
        { kind: "made", snapshot: ours, by: ANNA, reason: undefined },
        { kind: "restored", id: THERE.id, at: NOW },
      ],
    ],
    ["a restore that failed has restored nothing that is sure", aRestore("powering_on"), aRestore("failed"), []],
    [
      "a rename that is done has renamed it",
      aRename("queued"),
      aRename("done"),
      [{ kind: "renamed", id: THERE.id, name: "after" }],
    ],
    [
      "a rename that is asked for has not",
      aRename("queued"),
      aRename("queued", { why: { kind: "renaming", at: NOW } }),
      [],
    ],
    [
      "each deletion counts when it is known",
      aDelete("deleting", {}, both),
      aDelete("deleting", { gone: [THERE.id] }, both),
      [deleted(THERE.id)],
    ],
    [
      "and once",
      aDelete("deleting", { gone: [THERE.id] }, both),
      aDelete("deleting", { gone: [THERE.id, BESIDE.id] }, both),
      [deleted(BESIDE.id)],
    ],
    ["the end tells nothing new", aDelete("deleting", { gone: [THERE.id] }), aDelete("done"), []],
    [
      "nor does an end with some of them left",
      aDelete("deleting", { gone: [THERE.id] }, both),
      aDelete("failed", { gone: [THERE.id] }, both),
      [],
    ],
    [
      "one that is listed on is still there",
      aDelete("deleting", { gone: [THERE.id, BESIDE.id] }, both),
      aDelete("failed", { gone: [BESIDE.id] }, both),
      [{ kind: "still_there", id: THERE.id }],
    ],
    [
      "trying again changes nothing",
      aDelete("failed", { gone: [THERE.id] }, both),
      aDelete("failed", { gone: [THERE.id], retriedAs: aRequest("queued").id }, both),
      [],
    ],
    [
      "what changes after the end is not told twice",
      aRequest("done", { snapshot: ours }, { followUp: { due: at(9), asked: 0 } }),
      aRequest("done", { snapshot: ours, keptBy: ANNA }),
      [],
    ],
    ["switching a VM changes none", aPower("shutting_down"), aPower("done"), []],
  ])("%s", (_, before, next, news) => {
    expect(snapshotNews(before, next, NOW)).toEqual(news);
  });
});
