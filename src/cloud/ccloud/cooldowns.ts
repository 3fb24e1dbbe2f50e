import type { Operation, Problem, Snapshot } from "../../domain/cloud.ts";
import { MINUTE_MS } from "../../domain/durations.ts";
import type { VmId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import { CloudError } from "../../ports/cloud.ts";
import { Hold } from "../hold.ts";
import { USUAL_RETRY_MS } from "../retry-after.ts";
import { LIMITS } from "./api.ts";

/** Rate limits are a matter of a minute; who is told to wait longer for a snapshot has met the VM's own limit. */
const LONGER_THAN_RATES_MS = MINUTE_MS;

/** Knows when each VM was last snapshotted, and so which 429 is the VM's ten minutes and which is everybody's limit. */
export class Cooldowns {
  readonly #clock: Clock;
  readonly #hold: Hold;
  readonly #lastStarts = new Map<VmId, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#hold = new Hold(clock);
  }

  started(vm: VmId, at: Date): void {
    this.#lastStarts.set(vm, Math.max(at.getTime(), this.#lastStarts.get(vm) ?? 0));
  }

  sawSnapshots(vm: VmId, snapshots: readonly Snapshot[]): void {
    for (const { createdAt } of snapshots) this.started(vm, createdAt);
  }

  sawOperations(vm: VmId, operations: readonly Operation[]): void {
    for (const { kind, startedAt } of operations) if (kind === "snapshot") this.started(vm, startedAt);
  }

  /** What a refused snapshot of this VM means; a cooldown holds back further ones of this VM only. */
  judge(vm: VmId, problem: Problem): Problem {
    if (problem.kind !== "rate_limited") return problem;
    const left = this.#leftOfTen(vm);
    const { retryAfterMs = left } = problem;
    if (left === 0 && retryAfterMs <= LONGER_THAN_RATES_MS) return problem;
    this.#hold.one(vm, retryAfterMs || USUAL_RETRY_MS);
    return { ...problem, kind: "cooldown", retryAfterMs };
  }

  /** Throws what a call would be answered that the cloud does not want yet. */
  mustNotWait(vm: VmId): void {
    const retryAfterMs = this.#hold.leftForOne(vm);
    if (retryAfterMs === 0) return;
    const detail = "This VM had a snapshot less than ten minutes ago.";
    throw new CloudError({ kind: "cooldown", outcome: "not_sent", detail, retryAfterMs });
  }

  /** Milliseconds until ten minutes have passed since the last snapshot that we know of. */
  #leftOfTen(vm: VmId): number {
    const sinceMs = this.#clock.now().getTime() - (this.#lastStarts.get(vm) ?? Number.NEGATIVE_INFINITY);
    return Math.min(LIMITS.cooldownMs, Math.max(0, LIMITS.cooldownMs - sinceMs));
  }
}
