import { describe, expect, test } from "vitest";
import type { Power, Snapshot } from "../../src/domain/cloud.ts";
import { ChannelId, RequestId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import { ask, objection, type Wanted } from "../../src/engine/ask.ts";
import { type Cloud, CloudError } from "../../src/ports/cloud.ts";
import {
  ANNA,
  aPower,
  aProblem,
  aRequest,
  aSnapshot,
  at,
  aVm,
  BESIDE,
  BORIS,
  full,
  NOW,
  SETTINGS,
  THERE,
  wishOf,
} from "../domain/builders.ts";
import { depsWith } from "./rig.ts";

const vm = aVm("web-01");
const of = (power: Power, snapshots: readonly Snapshot[] = [THERE, BESIDE]): Partial<Cloud> => ({
  power: async () => power,
  snapshots: async () => snapshots,
});
const silent = () => Promise.reject(new CloudError(aProblem("transient")));
const create = (changes: Partial<Extract<Wanted, { kind: "create" }>> = {}): Wanted => ({
  kind: "create",
  how: "ask",
  name: undefined,
  reason: undefined,
  safety: false,
  ...changes,
});
const restore: Wanted = { kind: "restore", snapshot: THERE, safety: true };
const remove = (...snapshots: Snapshot[]): Wanted => ({ kind: "delete", snapshots });
const rename = (name: string): Wanted => ({ kind: "rename", snapshot: THERE, name });
const power = (to: "on" | "off" | "hard_off"): Wanted => ({ kind: "power", to });
const ten = Array.from({ length: 10 }, (_, n) => aSnapshot({ name: `s${n}`, createdAt: at(n - 9999) }));
const gone = (name: string) => ({ kind: "snapshot_gone", name });
const long = "x".repeat(256);
const crab = "🦀".repeat(255);

describe("against a wish", () => {
  test.each<[string, Wanted, Partial<Cloud>, object | undefined]>([
    ["to create nothing speaks", create(), of("running"), undefined],
    ["to create with a name of 255 characters nothing speaks", create({ name: crab }), of("running"), undefined],
    [
      "a name that is too long",
      create({ name: long }),
      of("running"),
      { kind: "name_too_long", length: 256, limit: 255 },
    ],
    ["a name of nothing but blanks", create({ name: "  " }), of("running"), { kind: "name_empty" }],
    ["a name that is taken", create({ name: "before" }), of("running"), { kind: "name_taken", name: "before" }],
    [
      "a reason that is too long",
      create({ reason: "x".repeat(501) }),
      of("running"),
      { kind: "reason_too_long", length: 501, limit: 500 },
    ],
    [
      "ten snapshots, oldest first",
      create(),
      of("running", [...ten].reverse()),
      { kind: "full", snapshots: ten, limit: 10 },
    ],
    [
      "a cloud that is silent",
      create(),
      { snapshots: silent },
      { kind: "cloud_silent", problem: aProblem("transient") },
    ],

    ["to restore nothing speaks", restore, of("running"), undefined],
    [
      "to restore nothing speaks with ten of them: it waits for room",
      restore,
      of("running", [...full(9), THERE]),
      undefined,
    ],
    ["a snapshot that is gone", restore, of("running", [BESIDE]), gone("before")],
    [
      "a reason that is too long, to restore",
      { ...restore, reason: "x".repeat(501) } as Wanted,
      of("running"),
      { kind: "reason_too_long" },
    ],

    ["to delete nothing speaks", remove(THERE, BESIDE), of("running"), undefined],
    [
      "to delete one of which another is gone nothing speaks",
      remove(THERE, BESIDE),
      of("running", [BESIDE]),
      undefined,
    ],
    ["all of them gone", remove(THERE, BESIDE), of("running", []), gone("before")],

    ["to rename nothing speaks", rename("after"), of("running"), undefined],
    ["a name that it has already", rename("before"), of("running"), { kind: "same_name", name: "before" }],
    ["a name that another one has", rename("beside"), of("running"), { kind: "name_taken", name: "beside" }],
    ["an empty name", rename(""), of("running"), { kind: "name_empty" }],
    [
      "a name that is too long, to rename",
      rename(long),
      of("running"),
      { kind: "name_too_long", length: 256, limit: 255 },
    ],
    ["a snapshot that is gone, to rename", rename("after"), of("running", []), gone("before")],

    ["to switch on a VM that is off nothing speaks", power("on"), of("off"), undefined],
    ["to switch on a VM in a state that nobody knows nothing speaks", power("on"), of("unknown"), undefined],
    ["to shut down a VM that stops nothing speaks", power("off"), of("stopping"), undefined],
    ["that it is on already", power("on"), of("running"), { kind: "already", power: "running" }],
    ["that it is off already", power("off"), of("off"), { kind: "already", power: "off" }],
    ["that it is off already, for the hard way", power("hard_off"), of("off"), { kind: "already", power: "off" }],
    ["a cloud that is silent, to switch", power("on"), { power: silent }, { kind: "cloud_silent" }],
  ])("%s", async (_, wanted, cloud, expected) => {
    const { deps } = depsWith(cloud);
    const found = await objection(deps, vm, wanted);
    if (expected) expect(found).toMatchObject(expected);
    else expect(found).toBeUndefined();
  });

  test("the name of a snapshot that is still to be made counts as taken", async () => {
    const { deps, create: store } = depsWith(of("running"));
    await store(aRequest("choosing", {}, { wish: wishOf("create", { name: "coming" }) }));
    expect(await objection(deps, vm, create({ name: "coming" }))).toEqual({ kind: "name_taken", name: "coming" });
    expect(await objection(deps, aVm("db-01"), create({ name: "coming" }))).toBeUndefined();
  });

  test.each<[string, Request, boolean]>([
    ["has it off for its work", aRequest("snapshotting"), true],
    ["watches over it and is about to switch it on", aRequest("cancelled", {}, { watch: { until: at(600) } }), true],
    ["has shut it down for good", aPower("done"), false],
    ["only waits", aRequest("choosing"), false],
  ])("that it is off already is not said when another request %s", async (_, other, willComeOn) => {
    const { deps, create: store } = depsWith(of("off"));
    await store(other);
    const found = await objection(deps, vm, power("off"));
    if (willComeOn) expect(found).toBeUndefined();
    else expect(found).toEqual({ kind: "already", power: "off" });
  });
});

describe("asking", () => {
  const from = (id: string, by = ANNA) => ({
    id: RequestId.parse(id),
    by,
    channel: ChannelId.parse("COPS"),
    language: "en" as const,
    nameTemplate: "{vm}-{unix}",
  });
  const unix = Number(NOW) / 1000;

  test.each<[Wanted, object]>([
    [create(), { kind: "create", how: "ask", name: `web-01-${unix}`, nameGiven: false }],
    [
      create({ name: "mine", reason: "kernel", how: "off" }),
      { kind: "create", how: "off", name: "mine", nameGiven: true, reason: "kernel" },
    ],
    [create({ safety: true }), { kind: "create", how: "ask", name: `web-01-${unix}`, nameGiven: false, safety: true }],
    [restore, { kind: "restore", snapshot: THERE, safety: true, name: `web-01-before-restore-${unix}` }],
    [
      { ...restore, confirmedAt: NOW, reason: "oops" } as Wanted,
      {
        kind: "restore",
        snapshot: THERE,
        safety: true,
        name: `web-01-before-restore-${unix}`,
        confirmedAt: NOW,
        reason: "oops",
      },
    ],
    [remove(THERE, BESIDE), { kind: "delete", snapshots: [THERE, BESIDE] }],
    [rename("after"), { kind: "rename", snapshot: THERE, name: "after" }],
    [power("hard_off"), { kind: "power", to: "hard_off" }],
  ])("keeps the wish: %j", async (wanted, wish) => {
    const { deps, woken } = depsWith({});
    const { stored, isNew } = await ask(deps, vm, wanted, from("r1"));
    expect(isNew).toBe(true);
    expect((await deps.store.load(stored.request.id))?.request).toEqual({
      id: "r1",
      vm: { id: "web-01", name: "web-01", diskGb: 40 },
      wish,
      requestedBy: ANNA,
      requestedAt: NOW,
      channel: "COPS",
      language: "en",
      times: {},
      state: { status: "queued", since: NOW, why: { kind: "new" } },
    });
    expect(await deps.store.untold(stored.request.id)).toMatchObject([{ line: { code: "asked", kind: wanted.kind } }]);
    expect(woken).toEqual(["r1"]);
  });

  test("twice within seconds is one request, and the second person is told so", async () => {
    const { deps, woken } = depsWith({});
    await ask(deps, vm, remove(THERE), from("r1"));
    const second = await ask(deps, vm, remove(THERE), from("r2", BORIS));
    expect([second.isNew, second.stored.request.id, second.stored.request.requestedBy]).toEqual([false, "r1", ANNA]);
    expect(woken).toEqual(["r1"]);
    expect((await ask(deps, vm, rename("after"), from("r3"))).isNew).toBe(true);
  });

  test("for nothing stores nothing", async () => {
    const { deps } = depsWith({});
    await expect(ask(deps, vm, remove(), from("r1"))).rejects.toThrow();
    expect(await deps.store.open()).toEqual([]);
    expect(SETTINGS.limits.nameLength).toBe(255);
  });
});
