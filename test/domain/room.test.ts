import { describe, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "../../src/domain/durations.ts";
import {
  ANNA,
  aRequest,
  aRestore,
  aSnapshot,
  at,
  BORIS,
  becomes,
  full,
  NOW,
  ok,
  THERE,
  waits,
  wishOf,
} from "./builders.ts";
import { check, decided, nextOf } from "./tables.ts";

/** Where another snapshot would be one too many, the request waits, shows what could be deleted, and goes on by itself. */

const ten = [...full(9), THERE];
const shown = (snapshots = ten) => ({ why: { kind: "full", snapshots: [...snapshots].reverse() } }) as const;
const recent = aSnapshot({ name: "recent", createdAt: at(-60) });

describe("a create with no room", () => {
  const queued = aRequest("queued");
  const waiting = aRequest("queued", shown());
  const aDay = DAY_MS / 1000;
  check([
    ["says so, and what there is", queued, { snapshots: ok(ten) }, becomes("queued", "queued_full")],
    ["says so once", waiting, { snapshots: ok(ten) }, waits(1000)],
    ["looks less often as time goes by", waiting, { snapshots: ok(ten) }, waits(30_000), at(HOUR_MS / 1000)],
    ["draws anew when others are there now", waiting, { snapshots: ok(full(10)) }, becomes("queued")],
    [
      "draws anew when one is called something else now",
      waiting,
      { snapshots: ok([...full(9), { ...THERE, name: "after" }]) },
      becomes("queued"),
    ],
    ["goes on when there is room", waiting, { snapshots: ok(full(9)) }, becomes("choosing", "choose"), at(60)],
    [
      "goes on without a question where none is left",
      aRequest("queued", shown(), { wish: wishOf("create", { how: "live" }) }),
      { snapshots: ok(full(9)) },
      becomes("snapshotting", "chose_live"),
    ],
    [
      "waits for the ten minutes, too, when the room was made by deleting a new one",
      waiting,
      { snapshots: ok([...full(8), recent]) },
      becomes("queued", "queued_cooldown"),
    ],
    [
      "expires when nobody makes room for a day",
      waiting,
      { snapshots: ok(ten) },
      becomes("expired", "expired"),
      at(aDay),
    ],
    [
      "does not expire when there is room at last",
      waiting,
      { snapshots: ok(full(9)) },
      becomes("choosing", "choose"),
      at(aDay),
    ],
  ]);

  test("shows them oldest first, with who took them and why", () => {
    const makers = new Map([[recent.id, { by: BORIS, reason: "kernel" }]]);
    const { state } = nextOf(decided(queued, { snapshots: ok([recent, ...full(8), THERE]), makers }));
    if (state.status !== "queued" || state.why.kind !== "full") throw new Error("It does not wait for room");
    expect(state.why.snapshots).toHaveLength(10);
    expect(state.why.snapshots.at(-1)).toEqual({ ...recent, by: BORIS, reason: "kernel" });
    expect(state.why.snapshots[0]!.createdAt <= state.why.snapshots[8]!.createdAt).toBe(true);
  });

  test("waits a day from when it was full, however often the list changes", () => {
    const changed = nextOf(decided(waiting, { snapshots: ok(full(10)) }, at(3600)));
    expect(changed.state).toMatchObject({ since: NOW });
    expect(changed.requestedBy).toEqual(ANNA);
  });
});

describe("a restore with no room for its safety snapshot", () => {
  const waiting = aRestore("queued", shown());
  check([
    ["waits for it", aRestore("queued"), { snapshots: ok(ten) }, becomes("queued", "queued_full")],
    [
      "does not wait where none is wanted",
      aRestore("queued", {}, { wish: wishOf("restore", { safety: false }) }),
      { snapshots: ok(ten) },
      becomes("shutting_down"),
    ],
    [
      "does not wait when it has taken one already",
      aRestore("queued", {}, { times: { snapshotEnded: NOW } }),
      { snapshots: ok(ten) },
      becomes("shutting_down"),
    ],
    [
      "fails when its own snapshot is what was deleted",
      waiting,
      { snapshots: ok(full(9)) },
      becomes("failed", "failed"),
    ],
    [
      "goes on while its yes is fresh",
      waiting,
      { snapshots: ok([...full(8), THERE]) },
      becomes("shutting_down"),
      at(599),
    ],
    [
      "asks for the yes anew when that has become old",
      waiting,
      { snapshots: ok([...full(8), THERE]) },
      becomes("choosing", "choose"),
      at(600),
    ],
  ]);
});
