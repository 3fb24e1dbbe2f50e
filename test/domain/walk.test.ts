import fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/durations.ts";
import { type Habits, Walk, type Wanted } from "./walker.ts";
import type { Weather } from "./world.ts";

/**
 * Requests on random walks: through every kind of cloud and guest, several of them at one VM, with presses at random
 * moments and a process that is killed at any point. Whatever happens on the way, what product.md promises (`promises.ts`)
 * holds all along and at the end.
 */

const AGES = [11 * MINUTE_MS, HOUR_MS, 24 * HOUR_MS];
const weather: fc.Arbitrary<Weather> = fc.record({
  wasOn: fc.boolean(),
  obeysMs: fc.oneof(fc.integer({ min: 1, max: 400_000 }), fc.integer({ min: 1, max: 5000 }), fc.constant(undefined)),
  bootMs: fc.integer({ min: 1, max: 100_000 }),
  snapshotMs: fc.integer({ min: 1, max: 2 * HOUR_MS }),
  restoreMs: fc.integer({ min: 1, max: HOUR_MS }),
  badReads: fc.constantFrom(0, 5, 30, 60, 100),
  badCalls: fc.constantFrom(0, 10, 50, 90),
  healthyAt: fc.integer({ min: 0, max: 2 * HOUR_MS }),
  lateMs: fc.integer({ min: 0, max: 8000 }),
  lagMs: fc.constantFrom(0, 0, 5000),
  reportsPercent: fc.constantFrom("never", "always", "late"),
  listsOperations: fc.boolean(),
  busyMs: fc.constantFrom(0, 0, 30_000, 10 * MINUTE_MS),
  snapshots: fc.oneof(
    fc.constantFrom([], [MINUTE_MS], AGES),
    fc.constant(Array.from({ length: 10 }, (_, index) => (index + 1) * HOUR_MS)),
  ),
  protects: fc.boolean(),
  outside: fc.option(
    fc.record({ at: fc.integer({ min: 0, max: 2 * HOUR_MS }), does: fc.constantFrom("on", "delete") }),
    { nil: undefined },
  ),
});

const afterMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: HOUR_MS }));
const of = fc.nat(9);
const isConfirmed = fc.boolean();
const safety = fc.boolean();
const wanted: fc.Arbitrary<Wanted> = fc.oneof(
  fc.record({ afterMs, kind: fc.constant("create" as const), how: fc.constantFrom("ask", "off", "live"), safety }),
  fc.record({ afterMs, kind: fc.constant("restore" as const), of, safety, isConfirmed }),
  fc.record({
    afterMs,
    kind: fc.constant("delete" as const),
    of: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ afterMs, kind: fc.constant("rename" as const), of }),
  fc.record({
    afterMs,
    kind: fc.constant("power" as const),
    to: fc.constantFrom("on", "off", "hard_off"),
    isConfirmed,
  }),
);

const habits: fc.Arbitrary<Habits> = fc.record({
  wanted: fc.array(wanted, { minLength: 1, maxLength: 4 }),
  presses: fc.constantFrom(1, 10, 40),
  choice: fc.constantFrom("shutdown", "shutdown", "live"),
  isPatient: fc.boolean(),
  crashes: fc.constantFrom(0, 2, 50),
  gated: fc.constantFrom(0, 0, 30, 100),
  lookMs: fc.constantFrom(0, 50, 2000),
});

/** Walks once and says what happened when a promise is broken. */
function walk(conditions: Weather, manners: Habits, seed: number): Walk {
  const taken = new Walk(conditions, manners, seed);
  try {
    taken.run();
  } catch (error) {
    throw new Error(`${String(error)}\n${taken.log.slice(-60).join("\n")}`, { cause: error });
  }
  return taken;
}

/** `WALKS=100000` for a long one by hand. */
const RUNS = Number(process.env.WALKS ?? 1200);
const LONG_MS = HOUR_MS;

test(
  "a VM comes back, everything is done once, and the card never goes backwards",
  () => {
    const walks = fc.property(weather, habits, fc.integer(), (...walked) => void walk(...walked));
    fc.assert(walks, { numRuns: RUNS, endOnFailure: RUNS > 5000 });
  },
  LONG_MS,
);

const EVERYWHERE = [
  ...["create", "restore", "delete", "rename", "power"].flatMap((kind) => [
    `${kind} done`,
    `${kind} failed`,
    `${kind} cancelled`,
  ]),
  ...["create expired", "restore expired", "power expired"],
  ...["stuck", "waits_on", "chose_live", "chose_shutdown", "chose_restore", "chose_off", "chose_power_off"],
  ...["snapshot_made", "snapshot_missed", "restored", "restore_missed", "went_on"],
  ...["deleted", "was_gone", "not_deleted", "renamed", "power_as_wished"],
  ...["queued_behind", "queued_cooldown", "queued_busy", "queued_full", "follow_up", "kept"],
  ...["on", "power_on_fails", "went_off_late"],
  ...["approval_asked", "approval_reminder", "approval_expired", "approved", "denied", "emergency", "create denied"],
];

test("the walks get everywhere", () => {
  const reached = new Set<string>();
  for (const walked of fc.sample(fc.tuple(weather, habits, fc.integer()), { seed: 7, numRuns: 800 })) {
    const { log, rows } = walk(...walked);
    for (const line of log) for (const word of line.split(" ")) reached.add(word);
    for (const { request } of rows) reached.add(`${request.wish.kind} ${request.state.status}`);
  }
  expect(EVERYWHERE.filter((word) => !reached.has(word))).toEqual([]);
});
