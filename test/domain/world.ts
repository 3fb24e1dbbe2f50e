import type { Look, Operation, Power, Problem, Snapshot } from "../../src/domain/cloud.ts";
import { OperationId, SnapshotId } from "../../src/domain/ids.ts";
import type { Need } from "../../src/domain/needs.ts";
import type { Call, Seen } from "../../src/domain/step.ts";
import { anOperation, LIMITS } from "./builders.ts";

/** How a cloud and its VM behave in one walk. Times in milliseconds. */
export interface Weather {
  wasOn: boolean;
  /** How long the guest takes to obey; undefined: never. */
  obeysMs: number | undefined;
  bootMs: number;
  snapshotMs: number;
  /** Of 100 answers, so many are bad, until `healthyAt`. */
  badReads: number;
  badCalls: number;
  healthyAt: number;
  /** A lost call takes effect so much later. */
  lateMs: number;
  reportsPercent: "never" | "always" | "late";
  listsOperations: boolean;
  /** Something else that the cloud does with the VM in the beginning. */
  busyMs: number;
  /** The age of the last snapshot at the beginning; undefined: none. */
  lastSnapshotMs: number | undefined;
}

type Under = Operation & { endsAt: number; fails: boolean };
type Chance = (percent: number) => boolean;

const READ_PROBLEMS: readonly Problem["kind"][] = ["transient", "rate_limited", "protocol", "auth", "not_found"];
const no = (kind: Problem["kind"], outcome: Problem["outcome"] = "refused"): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind, outcome, detail: kind },
});

/** A model of a cloud with one VM: it obeys late or never, loses answers, and tells the truth when it tells anything. */
export class World {
  now: number;
  /** Every call that has reached the cloud. */
  readonly calls: Call["kind"][] = [];
  readonly #weather: Weather;
  readonly #chance: Chance;
  readonly #begin: number;
  #power: Power;
  #boots = 0;
  #agenda: { at: number; does: () => void }[] = [];
  #operations: Under[] = [];
  #snapshots: Snapshot[] = [];

  constructor(weather: Weather, chance: Chance, begin: Date) {
    this.#weather = weather;
    this.#chance = chance;
    this.now = this.#begin = begin.getTime();
    this.#power = weather.wasOn ? "running" : "off";
    if (weather.busyMs > 0) this.#operate("restore", weather.busyMs);
    if (weather.lastSnapshotMs !== undefined) this.#keep("older", this.now - weather.lastSnapshotMs);
  }

  get power(): Power {
    return this.#power;
  }

  get isHealthy(): boolean {
    return this.now >= this.#begin + this.#weather.healthyAt;
  }

  get started(): number {
    return this.#operations.filter(({ kind }) => kind === "snapshot").length;
  }

  moveTo(moment: number): void {
    for (;;) {
      const due = this.#agenda.filter(({ at }) => at <= moment).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#agenda = this.#agenda.filter((each) => each !== due);
      this.now = Math.max(this.now, due.at);
      due.does();
    }
    this.now = Math.max(this.now, moment);
  }

  see(needs: readonly Need[], following: OperationId | undefined): Seen {
    const isSilent = !this.isHealthy && this.#weather.badReads >= 100;
    const look = <T>(value: () => Look<T>): Look<T> => {
      if (this.isHealthy || !(isSilent || this.#chance(this.#weather.badReads))) return value();
      return no(isSilent ? "transient" : (READ_PROBLEMS.find(() => this.#chance(50)) ?? "transient"));
    };
    const all: { readonly [N in Need]: () => Seen[N] } = {
      ahead: () => undefined,
      owedElsewhere: () => false,
      past: () => [],
      makers: () => new Map(),
      power: () => look(() => ({ ok: true, value: this.#power })),
      snapshots: () => look(() => ({ ok: true, value: [...this.#snapshots] })),
      operations: () =>
        look(() => {
          if (!this.#weather.listsOperations) return no("unsupported");
          return { ok: true, value: this.#operations.map((operation) => this.#view(operation)) };
        }),
      operation: () =>
        look(() => {
          const found = this.#operations.find(({ id }) => id === following);
          return found ? { ok: true, value: this.#view(found) } : no("not_found");
        }),
    };
    return Object.fromEntries(needs.map((need) => [need, all[need]()]));
  }

  /** One call: refused, not sent, done, done with its answer lost, or lost before it was done. */
  call(call: Call): Look<Operation> {
    if (this.isHealthy || !this.#chance(this.#weather.badCalls)) return this.#do(call);
    if (this.#chance(25)) return no(this.#chance(80) ? "transient" : "rate_limited", "not_sent");
    if (this.#chance(33)) return no(this.#chance(70) ? "busy" : "forbidden");
    if (this.#chance(50)) this.#agenda.push({ at: this.now + this.#weather.lateMs, does: () => void this.#do(call) });
    return no("transient", "unknown");
  }

  #do(call: Call): Look<Operation> {
    this.calls.push(call.kind);
    if (this.#operations.some((operation) => this.#stateOf(operation) === "running")) return no("busy");
    switch (call.kind) {
      case "shutdown":
        if (this.#weather.obeysMs !== undefined) this.#goOffIn(this.#weather.obeysMs);
        return { ok: true, value: this.#operate("shutdown", 0) };
      case "power_off":
        this.#goOffIn(1000);
        return { ok: true, value: this.#operate("power_off", 0) };
      case "power_on":
        if (this.#power === "off") this.#boot();
        return { ok: true, value: this.#operate("power_on", 0) };
      case "snapshot":
        return this.#snapshot(call.name);
    }
  }

  #snapshot(name: string): Look<Operation> {
    const last = Math.max(0, ...this.#snapshots.map(({ createdAt }) => Number(createdAt)));
    if (this.now - last < LIMITS.cooldownMs)
      return { ok: false, problem: { ...no("cooldown").problem, retryAfterMs: LIMITS.cooldownMs - (this.now - last) } };
    const fails = !this.isHealthy && this.#chance(10);
    const { snapshotMs } = this.#weather;
    const startedAt = this.now;
    const operation = this.#operate("snapshot", snapshotMs, fails);
    if (!fails) this.#later(snapshotMs, () => this.#keep(name, startedAt));
    return { ok: true, value: operation };
  }

  #boot(): void {
    this.#power = "starting";
    this.#boots++;
    const fails = !this.isHealthy && this.#chance(20);
    this.#later(this.#weather.bootMs, () => {
      this.#power = fails ? "off" : "running";
    });
  }

  /** A guest that has gone off has forgotten what else it was asked. */
  #goOffIn(ms: number): void {
    const boots = this.#boots;
    this.#later(ms, () => {
      if (this.#power === "running" && this.#boots === boots) this.#power = "off";
    });
  }

  #later(ms: number, does: () => void): void {
    this.#agenda.push({ at: this.now + ms, does });
  }

  #keep(name: string, at: number): void {
    this.#snapshots.push({ id: SnapshotId.parse(`${name}@${at}`), name, createdAt: new Date(at) });
  }

  #operate(kind: Operation["kind"], ms: number, fails = false): Operation {
    const id = OperationId.parse(String(this.#operations.length + 1));
    const operation = {
      ...anOperation({ id, kind, startedAt: new Date(this.now) }),
      endsAt: this.now + ms,
      fails,
    };
    this.#operations.push(operation);
    return this.#view(operation);
  }

  #stateOf({ endsAt, fails }: { endsAt: number; fails: boolean }): Operation["state"] {
    if (this.now < endsAt) return "running";
    return fails ? "failed" : "succeeded";
  }

  #view({ endsAt, fails, ...operation }: Under): Operation {
    const share = (this.now - Number(operation.startedAt)) / (endsAt - Number(operation.startedAt) || 1);
    const { reportsPercent } = this.#weather;
    const reports = reportsPercent === "always" || (reportsPercent === "late" && share > 0.4);
    return {
      ...operation,
      state: this.#stateOf({ endsAt, fails }),
      percent: reports ? Math.min(100, 90 * share) : undefined,
    };
  }
}
