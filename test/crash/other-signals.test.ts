import { describe, expect, test } from "vitest";
import { BORIS } from "../rig.ts";
import { isRead } from "./calls.ts";
import { record, survives } from "./harness.ts";
import { BEFORE, DELETE, RESTORE } from "./managing-scenes.ts";
import type { Scene } from "./scene.ts";
import { CANCELLED, OFFLINE } from "./scenes.ts";

/** The lines of the thread are all told alike. */
const isSkipped = (name: string): boolean => isRead(name) || /line [3-9]|update choosing/.test(name);

const writes = (await record(OFFLINE)).filter((name) => !isSkipped(name));

describe.concurrent("told to stop (SIGTERM), then started again", { timeout: 120_000 }, () => {
  test.each([...writes, "auth.test", "users.info UANNA", "GET listing, asked", "GET operation, snapshotting"])(
    "at %s",
    (at) => survives(OFFLINE, [{ at, how: "SIGTERM" }]),
  );

  test("at the call that follows a cancel", () =>
    survives(CANCELLED, [{ at: "chat.update powering_on", how: "SIGTERM" }]));
});

describe.concurrent("stalled for 3 s (SIGSTOP), then going on", { timeout: 120_000 }, () => {
  test.each([
    "chat.postMessage card",
    "POST shutdown",
    "GET state, going off",
    "POST snapshot",
    "GET operation, snapshotting",
    "POST power_on",
  ])("at %s", (at) => survives(OFFLINE, [{ at, how: "SIGSTOP" }]));
});

const MANAGING = [
  { name: "a restore", scene: RESTORE, at: "views.open" },
  { name: "a restore", scene: RESTORE, at: "POST restore" },
  { name: "a restore", scene: RESTORE, at: "GET operation, restoring" },
  { name: "a deletion", scene: DELETE, at: "DELETE snapshot third" },
  { name: "a safety snapshot", scene: BEFORE, at: "chat.postMessage question 1" },
];

describe.concurrent.each(["SIGTERM", "SIGSTOP"] as const)("%s in what is done to snapshots", (how) => {
  test.each(MANAGING)("$name: $at", { timeout: 120_000 }, ({ scene, at }) => survives(scene, [{ at, how }]));
});

const withAnother = (people: Scene["people"]): Scene => ({ ...OFFLINE, people });

const rival = withAnother(async (play) => {
  await play.says(BORIS, "status"); // so that the first surely has the file
  const other = play.launchAnother("rival");
  await OFFLINE.people(play);
  expect(await other.exit).toEqual({ code: 1, signal: null });
  expect(other.output()).toContain("Another process is using shutter.db.");
  expect(play.lives).toHaveLength(1);
});

const heirAfter = (how: "SIGKILL" | "SIGTERM") =>
  withAnother(async (play) => {
    await OFFLINE.people(play);
    await play.shows(["snapshotting"]);
    play.launchAnother("heir");
    await play.strike(how);
    await play.shows(["done"]);
    expect(play.lives).toHaveLength(2);
  });

describe.concurrent("a second process on the same file", { timeout: 120_000 }, () => {
  test("refuses, and the first goes on", () => survives(rival, []));

  test("refuses also while the first is stalled", () => survives(rival, [{ at: "POST snapshot", how: "SIGSTOP" }]));

  test.each(["SIGKILL", "SIGTERM"] as const)("takes over when the first ends by %s", (how) =>
    survives(heirAfter(how), []),
  );
});
