import fc from "fast-check";
import { expect, test } from "vitest";
import { decide, NEVER } from "../../src/domain/decide.ts";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/durations.ts";
import { RequestId } from "../../src/domain/ids.ts";
import { learn } from "../../src/domain/learn.ts";
import { needs } from "../../src/domain/needs.ts";
import { type Press, press } from "../../src/domain/press.ts";
import { progressOf } from "../../src/domain/progress.ts";
import { isOpen, Request } from "../../src/domain/request.ts";
import type { Step } from "../../src/domain/step.ts";
import { ANNA, aRequest, BORIS, NOW, SETTINGS } from "./builders.ts";
import { type Weather, World } from "./world.ts";

/**
 * Requests on random walks: through every kind of cloud and guest, with presses at random moments and a process that is
 * killed at any point. Whatever happens on the way, what product.md promises holds all along and at the end.
 */

const BUTTONS: readonly Press[] = ["shutdown", "live", "power_off", "wait", "cancel", "power_on", "retry"];

interface Habits {
  how: Request["wish"]["how"];
  /** Of 100 moments, at so many somebody presses something. */
  presses: number;
  /** What people mostly choose. */
  choice: Press;
  /** Nobody presses anything while the VM shuts down. */
  isPatient: boolean;
  /** Of 100 moments, at so many the process is killed. */
  crashes: number;
  /** How long a look takes. */
  lookMs: number;
}

const weather: fc.Arbitrary<Weather> = fc.record({
  wasOn: fc.boolean(),
  // A guest that obeys later than the time limit after all is met in press.test.ts and decide.test.ts.
  obeysMs: fc.oneof(fc.integer({ min: 1, max: 170_000 }), fc.constant(undefined)),
  bootMs: fc.integer({ min: 1, max: 100_000 }),
  snapshotMs: fc.integer({ min: 1, max: 2 * HOUR_MS }),
  badReads: fc.constantFrom(0, 5, 30, 60, 100),
  badCalls: fc.constantFrom(0, 10, 50, 90),
  healthyAt: fc.integer({ min: 0, max: 2 * HOUR_MS }),
  lateMs: fc.integer({ min: 0, max: 8000 }),
  reportsPercent: fc.constantFrom("never", "always", "late"),
  listsOperations: fc.boolean(),
  busyMs: fc.constantFrom(0, 0, 30_000, 10 * MINUTE_MS),
  lastSnapshotMs: fc.constantFrom(undefined, MINUTE_MS, HOUR_MS),
});

const habits: fc.Arbitrary<Habits> = fc.record({
  how: fc.constantFrom("ask", "off", "live"),
  presses: fc.constantFrom(1, 10, 40),
  choice: fc.constantFrom("shutdown", "shutdown", "live"),
  isPatient: fc.boolean(),
  crashes: fc.constantFrom(0, 2, 20),
  lookMs: fc.constantFrom(0, 50, 2000),
});

/** A small generator with a seed (mulberry32), so that a failing walk can be walked again. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Walk {
  readonly world: World;
  request: Request;
  readonly log: string[] = [];
  #roll: () => number;
  #habits: Habits;
  #pulled = 0;
  #shown = 0;
  #same = { key: "", count: 0 };

  constructor(conditions: Weather, manners: Habits, seed: number) {
    this.#roll = dice(seed);
    this.#habits = manners;
    this.world = new World(conditions, (percent) => this.#roll() * 100 < percent, NOW);
    this.request = aRequest("queued", {}, { wish: { how: manners.how, name: "web-01-1", nameGiven: false } });
  }

  get now(): Date {
    return new Date(this.world.now);
  }

  run(): void {
    for (let steps = 0; isOpen(this.request) || this.request.watch; steps++) {
      if (steps > 20_000) throw new Error("The request never ends");
      if (this.#chance(this.#habits.presses)) this.#press();
      this.#step();
    }
    this.#stays();
  }

  #chance(percent: number): boolean {
    return this.#roll() * 100 < percent;
  }

  #isKilled(): boolean {
    return this.#chance(this.#habits.crashes);
  }

  #press(): void {
    const { status } = this.request.state;
    if (status === "shutting_down" && this.#habits.isPatient) return;
    const isChoice = status === "choosing" && this.#chance(80);
    const button = isChoice ? this.#habits.choice : BUTTONS[Math.floor(this.#roll() * BUTTONS.length)]!;
    const by = this.#chance(50) ? ANNA : BORIS;
    const result = press(this.request, button, by, this.now, SETTINGS, RequestId.parse("r9"));
    if (result.kind === "refused") return;
    if (button === "power_off") this.#pulled++;
    this.#commit(result.step, `pressed ${button}`);
  }

  #step(): void {
    const { state } = this.request;
    const following = state.status === "snapshotting" ? state.operation?.id : undefined;
    const seen = this.world.see(needs(this.request, this.now), following);
    this.world.moveTo(this.world.now + this.#habits.lookMs);
    const step = decide(this.request, seen, this.now, SETTINGS);
    this.#noHotLoop(step);
    if (this.#isKilled()) return;
    if (step.kind === "wait") {
      this.#sleepUntil(step.until);
      return;
    }
    this.#commit(step, step.kind === "call" ? `calls ${step.call.kind}` : "");
    if (step.kind === "become" && step.until) this.#sleepUntil(step.until);
    if (step.kind === "become" || this.#isKilled()) return;
    const answer = this.world.call(step.call);
    this.world.moveTo(this.world.now + this.#habits.lookMs);
    if (this.#chance(this.#habits.presses)) this.#press();
    if (this.#isKilled()) return;
    const learnt = learn(this.request, step.call, answer, this.now);
    if (learnt && learnt.kind !== "wait") this.#commit(learnt, answer.ok ? "yes" : answer.problem.outcome);
  }

  /** Until then, or until somebody presses, or the sweep comes by. */
  #sleepUntil(until: Date): void {
    const ms = Math.min(MINUTE_MS, Number(until) - this.world.now);
    this.world.moveTo(this.world.now + (this.#chance(this.#habits.presses) ? Math.ceil(ms * this.#roll()) : ms));
  }

  /** Writes the row and reads it again, as every process does. */
  #commit(step: Exclude<Step, { kind: "wait" }>, why: string): void {
    const { next } = step;
    const codes = step.story.map(({ code }) => code).join(" ");
    this.log.push(`${Math.round((this.world.now - Number(NOW)) / 1000)} s: ${why} ${next.state.status} ${codes}`);
    const isLeft = !isOpen(this.request) && next.state.status !== this.request.state.status;
    if (isLeft) throw new Error("An end was left");
    if (!isOpen(next) && next.debt) throw new Error("It ended with a debt");
    this.request = Request.parse(JSON.parse(JSON.stringify(next)));
    this.#percentNeverFalls();
  }

  #percentNeverFalls(): void {
    const percent = progressOf(this.request, this.now)?.percent;
    if (this.request.state.status !== "snapshotting") this.#shown = 0;
    if (percent === undefined) return;
    if (percent < this.#shown) throw new Error(`The percent fell from ${this.#shown} to ${percent}`);
    this.#shown = percent;
  }

  #noHotLoop(step: Step): void {
    const key = `${step.kind} ${this.world.now}`;
    this.#same = { key, count: key === this.#same.key ? this.#same.count + 1 : 1 };
    if (this.#same.count > 20) throw new Error(`A hot loop of ${step.kind}`);
  }

  #stays(): void {
    expect(decide(this.request, {}, this.now, SETTINGS)).toEqual({ kind: "wait", until: NEVER });
    for (const button of BUTTONS) {
      const result = press(this.request, button, ANNA, this.now, SETTINGS, RequestId.parse("r9"));
      if (result.kind === "changed") expect([button, isOpen(result.step.next)]).toEqual(["retry", false]);
    }
  }

  hasPulledUnasked(): boolean {
    return this.world.calls.includes("power_off") && this.#pulled === 0;
  }
}

/** Walks once and says what happened when a promise is broken. */
function walk(conditions: Weather, manners: Habits, seed: number): Walk {
  const taken = new Walk(conditions, manners, seed);
  try {
    taken.run();
    const settled = taken.world.now + MINUTE_MS * 5;
    taken.world.moveTo(settled);
    expect(taken.world.power).toBe(conditions.wasOn ? "running" : "off");
    expect(taken.world.started).toBeLessThanOrEqual(1);
    if (taken.request.state.status === "done") expect(taken.world.started).toBe(1);
    expect(taken.hasPulledUnasked()).toBe(false);
    if (!conditions.wasOn) expect(taken.world.calls.filter((call) => call !== "snapshot")).toEqual([]);
  } catch (error) {
    throw new Error(`${String(error)}\n${taken.log.slice(-60).join("\n")}`, { cause: error });
  }
  return taken;
}

test("a VM comes back, a snapshot is taken once, and the card never goes backwards", () => {
  fc.assert(
    fc.property(weather, habits, fc.integer(), (...walked) => void walk(...walked)),
    { numRuns: 1500, interruptAfterTimeLimit: 15_000 },
  );
});

test("the walks get everywhere", () => {
  const reached = new Set<string>();
  for (const [conditions, manners, seed] of fc.sample(fc.tuple(weather, habits, fc.integer()), {
    seed: 7,
    numRuns: 400,
  })) {
    const { log, request } = walk(conditions, manners, seed);
    for (const line of log) for (const word of line.split(" ")) reached.add(word);
    reached.add(request.state.status);
  }
  const everywhere = [
    "done",
    "failed",
    "cancelled",
    "expired",
    "stuck",
    "waits_on",
    "chose_power_off",
    "snapshot_made",
    "snapshot_missed",
    "power_on_fails",
    "queued_cooldown",
    "queued_busy",
    "on",
  ];
  expect(everywhere.filter((word) => !reached.has(word))).toEqual([]);
});
