import type { Look, Operation, Power, Problem, Snapshot } from "../../src/domain/cloud.ts";
import { OperationId, SnapshotId } from "../../src/domain/ids.ts";
import type { Answer, Call, Seen } from "../../src/domain/step.ts";
import { anOperation, LIMITS } from "./builders.ts";

/** How a cloud and its VM behave in one walk. Times in milliseconds. */
export interface Weather {
  wasOn: boolean;
  /** How long the guest takes to obey; undefined: never. */
  obeysMs: number | undefined;
  bootMs: number;
  snapshotMs: number;
  restoreMs: number;
  /** Of 100 answers, so many are bad, until `healthyAt`. */
  badReads: number;
  badCalls: number;
  healthyAt: number;
  /** A lost call takes effect so much later. */
  lateMs: number;
  /** The list of snapshots is as old as this. */
  lagMs: number;
  reportsPercent: "never" | "always" | "late";
  listsOperations: boolean;
  /** Something else that the cloud does with the VM in the beginning. */
  busyMs: number;
  /** The ages of the snapshots at the beginning. */
  snapshots: readonly number[];
  /** The first of them cannot be deleted. */
  protects: boolean;
  /** What somebody does past Shutter, and when: switches the VM on, or deletes its second snapshot. */
  outside: { at: number; does: "on" | "delete" } | undefined;
}

/** What of the cloud can be seen, without what only Shutter knows. */
export type Sight = Pick<Seen, "power" | "snapshots" | "operations" | "operation">;

type Under = Operation & { endsAt: number; fails: boolean };
type Chance = (percent: number) => boolean;

const SWITCHING: ReadonlySet<Call["kind"]> = new Set<Call["kind"]>(["shutdown", "power_off", "power_on"]);
const READ_PROBLEMS: readonly Problem["kind"][] = ["transient", "rate_limited", "protocol", "auth", "not_found"];
const no = (kind: Problem["kind"], outcome: Problem["outcome"] = "refused"): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind, outcome, detail: kind },
});

/** A model of a cloud with one VM: it obeys late or never, loses answers, and tells the truth when it tells anything. */
export class World {
  now: number;
  /** Every call that has reached the cloud, with whose it was and whether the cloud took it. */
  readonly calls: { by: string; call: Call; at: number; taken: boolean }[] = [];
  /** What the VM was set back to, in the order in which that ended. */
  readonly restored: SnapshotId[] = [];
  /** A call that was long lost has taken effect after everybody had gone on; no program can know of it in time. */
  isSurprised = false;
  /** When somebody has switched the VM on past Shutter. */
  switchedOnAt: number | undefined;
  readonly #weather: Weather;
  readonly #chance: Chance;
  readonly #begin: number;
  #power: Power;
  #boots = 0;
  #offs = 0;
  #names = 0;
  #agenda: { at: number; does: () => void }[] = [];
  #operations: Under[] = [];
  /** Each list of snapshots that there was, and since when. */
  #lists: { since: number; snapshots: readonly Snapshot[] }[] = [{ since: 0, snapshots: [] }];

  constructor(weather: Weather, chance: Chance, begin: Date) {
    this.#weather = weather;
    this.#chance = chance;
    this.now = this.#begin = begin.getTime();
    this.#power = weather.wasOn ? "running" : "off";
    if (weather.busyMs > 0) this.#operate("other", weather.busyMs);
    const old = weather.snapshots.map((age, index) => ({
      id: SnapshotId.parse(`old${index}`),
      name: `old${index}`,
      createdAt: new Date(this.now - age),
    }));
    this.#lists = [{ since: 0, snapshots: old }];
    const { outside } = weather;
    if (outside) this.#later(outside.at, () => this.#doOutside(outside.does));
  }

  get power(): Power {
    return this.#power;
  }

  get isHealthy(): boolean {
    return this.now >= this.#begin + this.#weather.healthyAt;
  }

  /** The snapshots that there really are. */
  get snapshots(): readonly Snapshot[] {
    return this.#lists.at(-1)!.snapshots;
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

  see<N extends keyof Sight>(needs: readonly N[], following: OperationId | undefined): Pick<Sight, N> {
    const isSilent = !this.isHealthy && this.#weather.badReads >= 100;
    const look = <T>(value: () => Look<T>): Look<T> => {
      if (this.isHealthy || !(isSilent || this.#chance(this.#weather.badReads))) return value();
      return no(isSilent ? "transient" : (READ_PROBLEMS.find(() => this.#chance(50)) ?? "transient"));
    };
    const all: { readonly [K in keyof Sight]-?: () => Sight[K] } = {
      power: () => look(() => ({ ok: true, value: this.#power })),
      snapshots: () => look(() => ({ ok: true, value: this.#listed() })),
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
    return Object.fromEntries(needs.map((need) => [need, all[need]()])) as Pick<Sight, N>;
  }

  /** One call: refused, not sent, done, done with its answer lost, or lost before it was done. */
  call(by: string, call: Call, isOver: () => boolean): Answer {
    if (this.isHealthy || !this.#chance(this.#weather.badCalls)) return this.#do(by, call);
    if (this.#chance(25)) return no(this.#chance(80) ? "transient" : "rate_limited", "not_sent");
    if (this.#chance(33)) return no(this.#chance(70) ? "busy" : "forbidden");
    const [offs, names] = [this.#offs, this.#names];
    if (this.#chance(50))
      this.#later(this.#weather.lateMs, () => {
        this.isSurprised ||= SWITCHING.has(call.kind) && (offs !== this.#offs || isOver());
        this.isSurprised ||= call.kind === "rename" && names !== this.#names;
        this.#do(by, call);
      });
    return no("transient", "unknown");
  }

  #do(by: string, call: Call): Answer {
    const isBusy = this.#operations.some((operation) => this.#stateOf(operation) === "running");
    const answer = isBusy ? no("busy") : this.#take(call);
    this.calls.push({ by, call, at: this.now, taken: answer.ok });
    return answer;
  }

  #take(call: Call): Answer {
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
      case "restore":
        return this.#restore(call.snapshot);
      case "delete":
        return this.#delete(call.snapshot);
      case "rename":
        return this.#rename(call.snapshot, call.name);
    }
  }

  #snapshot(name: string): Answer {
    const last = Math.max(0, ...this.snapshots.map(({ createdAt }) => Number(createdAt)));
    if (this.now - last < LIMITS.cooldownMs)
      return { ok: false, problem: { ...no("cooldown").problem, retryAfterMs: LIMITS.cooldownMs - (this.now - last) } };
    if (this.snapshots.length >= LIMITS.snapshotsPerVm) return no("quota");
    const fails = !this.isHealthy && this.#chance(10);
    const createdAt = new Date(this.now);
    const operation = this.#operate("snapshot", this.#weather.snapshotMs, fails, () =>
      this.#list([...this.snapshots, { id: SnapshotId.parse(`${name}@${Number(createdAt)}`), name, createdAt }]),
    );
    return { ok: true, value: operation };
  }

  #restore(id: SnapshotId): Answer {
    if (!this.snapshots.some((snapshot) => snapshot.id === id)) return no("not_found");
    if (this.#power !== "off") return no("invalid");
    const fails = !this.isHealthy && this.#chance(10);
    return { ok: true, value: this.#operate("restore", this.#weather.restoreMs, fails, () => this.restored.push(id)) };
  }

  #delete(id: SnapshotId): Answer {
    if (this.#weather.protects && id === "old0") return no("protected");
    this.#list(this.snapshots.filter((snapshot) => snapshot.id !== id));
    return { ok: true, value: undefined };
  }

  #rename(id: SnapshotId, name: string): Answer {
    if (!this.snapshots.some((snapshot) => snapshot.id === id)) return no("not_found");
    this.#names++;
    this.#list(this.snapshots.map((snapshot) => (snapshot.id === id ? { ...snapshot, name } : snapshot)));
    return { ok: true, value: undefined };
  }

  #doOutside(does: "on" | "delete"): void {
    if (does === "delete") this.#list(this.snapshots.filter(({ id }) => id !== "old1"));
    if (does !== "on" || this.#power !== "off") return;
    this.switchedOnAt = this.now;
    this.#power = "running";
    this.#boots++;
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
      if (this.#power !== "running" || this.#boots !== boots) return;
      this.#power = "off";
      this.#offs++;
    });
  }

  #later(ms: number, does: () => void): void {
    this.#agenda.push({ at: this.now + ms, does });
  }

  #list(snapshots: readonly Snapshot[]): void {
    this.#lists.push({ since: this.now, snapshots });
  }

  #listed(): readonly Snapshot[] {
    const seenAt = this.now - this.#weather.lagMs;
    return this.#lists.findLast(({ since }) => since <= seenAt)!.snapshots;
  }

  #operate(kind: Operation["kind"], ms: number, fails = false, ends: () => void = () => {}): Operation {
    const id = OperationId.parse(String(this.#operations.length + 1));
    const operation = {
      ...anOperation({ id, kind, startedAt: new Date(this.now) }),
      endsAt: this.now + ms,
      fails,
    };
    this.#operations.push(operation);
    if (!fails) this.#later(ms, ends);
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
