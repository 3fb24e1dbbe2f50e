import { startOfSecond } from "date-fns";
import type { Agenda } from "./agenda.ts";
import { type DemoVm, type Timing, type Trouble, USUAL_TIMING } from "./demo-vm.ts";
import type { End, OperationType, OperationView, PowerAction } from "./operation.ts";
import { Operations } from "./operations.ts";
import { type OffPeriod, Power } from "./power.ts";
import type { Refusal } from "./refusal.ts";
import { defaultName, estimatedSizeGb, firstSnapshots, type Snapshot } from "./snapshot.ts";
import { SnapshotShelf } from "./snapshot-shelf.ts";
import {
  breaksOffInMs,
  failureOf,
  guestOffInMs,
  mergeTrouble,
  noDeletion,
  oneFailureLess,
  powersOnInMs,
  stateWord,
} from "./trouble.ts";

const USUAL_DISK_GB = 40;

/** What a VM needs from the cloud around it. */
export interface Surroundings {
  agenda: Agenda;
  nextOperationId(): number;
  nextSnapshotId(): number;
  changed(): void;
}

/** One VM with its power, snapshots and operations. Does one operation at a time; knows nothing of HTTP. */
export class Vm {
  readonly id: number;
  readonly name: string;
  readonly customName: string | undefined;
  readonly diskGb: number;
  readonly tags: readonly string[];
  readonly #around: Surroundings;
  readonly #timing: Timing;
  readonly #power: Power;
  readonly #shelf: SnapshotShelf;
  readonly #operations: Operations;
  #trouble: Trouble;
  #hardPowerOffs = 0;
  #restoredFrom: number | undefined;

  constructor(id: number, seed: DemoVm, around: Surroundings) {
    this.id = id;
    this.name = seed.name;
    this.customName = seed.customName;
    this.diskGb = seed.diskGb ?? USUAL_DISK_GB;
    this.tags = seed.tags ?? [];
    this.#around = around;
    this.#timing = { ...USUAL_TIMING, ...seed.timing };
    this.#power = new Power(around.agenda, seed.power === "Stopped", around.changed);
    this.#shelf = new SnapshotShelf(firstSnapshots(seed, this.diskGb, around.agenda.now(), around.nextSnapshotId));
    this.#operations = new Operations(around);
    this.#trouble = { ...seed.trouble };
  }

  get power(): "Running" | "Stopped" {
    return this.#power.isOff ? "Stopped" : "Running";
  }

  /** The power in the API's words: the usual two, or what the trouble makes of them. */
  get stateWord(): string {
    return stateWord(this.#trouble, this.#power.phase, this.power);
  }

  get offPeriods(): OffPeriod[] {
    return this.#power.offPeriods;
  }

  get hardPowerOffs(): number {
    return this.#hardPowerOffs;
  }

  /** All there are, listed or not, oldest first. */
  get snapshots(): Snapshot[] {
    return this.#shelf.all;
  }

  /** What lists show, oldest first. */
  get listedSnapshots(): Snapshot[] {
    return this.#shelf.listed(this.#around.agenda.now(), this.#trouble.listsUnfinished);
  }

  /** The snapshot that is on its disk since the last complete restore. */
  get restoredFrom(): number | undefined {
    return this.#restoredFrom;
  }

  /** Made or being made. */
  hasSnapshot(id: number): boolean {
    return this.#shelf.has(id) || this.#shelf.isMaking(id);
  }

  /** Newest first. */
  get operations(): OperationView[] {
    return this.#operations.look(!this.#trouble.noPercent);
  }

  get trouble(): Trouble {
    return { ...this.#trouble };
  }

  /** Merges; what is `undefined` goes away. */
  addTrouble(trouble: Trouble): void {
    this.#trouble = mergeTrouble(this.#trouble, trouble);
  }

  switch(action: PowerAction): OperationView | Refusal {
    if (this.#operations.isBusy) return { refused: "busy" };
    if (action === "power_on") return this.#powerOn();
    if (action === "shutdown") this.#askGuest();
    else if (!this.#power.isOff) {
      this.#hardPowerOffs += 1;
      this.#power.cut();
    }
    return this.#atOnce(action);
  }

  /** The guest shuts down by itself, as after `sudo shutdown -h now`. */
  goOff(): void {
    this.#power.cut();
  }

  takeSnapshot(name?: string): OperationView | Refusal {
    const now = this.#around.agenda.now();
    if (this.#operations.isBusy) return { refused: "busy" };
    const refusal = this.#shelf.refusal(now);
    if (refusal) return refusal;

    // The API tells times in whole seconds. The cooldown counts from that time, not from the moment within the second:
    // who adds ten minutes to what the API told is never too early.
    const createdAt = startOfSecond(now);
    const id = this.#around.nextSnapshotId();
    const live = !this.#power.isOff;
    this.#shelf.begin({ id, name: name ?? defaultName(this.name, createdAt), createdAt, sizeGb: 0, live });
    const { snapshotMs } = this.#timing;
    const breakMs = breaksOffInMs(this.#trouble.snapshotStopsAt, snapshotMs);
    const finish = (at: Date) => this.#finishSnapshot(at, breakMs !== undefined);
    return this.#start("snapshot", snapshotMs, finish, breakMs);
  }

  /** Replaces the disk. Takes its time and leaves the power as it is. */
  restore(snapshotId: number): OperationView | Refusal {
    if (!this.#shelf.has(snapshotId)) return { refused: "not_found" };
    if (this.#operations.isBusy) return { refused: "busy" };
    const { restoreMs } = this.#timing;
    const breakMs = breaksOffInMs(this.#trouble.restoreStopsAt, restoreMs);
    const finish = (at: Date) => this.#finishRestore(snapshotId, at, breakMs !== undefined);
    return this.#start("restore", restoreMs, finish, breakMs);
  }

  renameSnapshot(snapshotId: number, name: string): Snapshot | Refusal {
    const { renameRefused } = this.#trouble;
    if (!this.#shelf.has(snapshotId)) return { refused: "not_found" };
    if (renameRefused) return { refused: "name_taken", as: renameRefused };
    const renamed = this.#shelf.rename(snapshotId, name);
    if (renamed) this.#around.changed();
    return renamed ?? { refused: "not_found" };
  }

  deleteSnapshot(snapshotId: number): OperationView | Refusal {
    if (!this.#shelf.has(snapshotId)) return { refused: "not_found" };
    const refusal = noDeletion(this.#trouble);
    if (refusal) return refusal;
    if (this.#operations.isBusy) return { refused: "busy" };
    const { listsGoneLateMs = 0 } = this.#trouble;
    this.#shelf.delete(snapshotId, this.#around.agenda.now(), listsGoneLateMs);
    if (listsGoneLateMs > 0) this.#around.agenda.in(listsGoneLateMs, this.#around.changed);
    return this.#atOnce("delete_snapshot");
  }

  /** Nothing that was going to happen to this VM happens any more. */
  vanish(): void {
    this.#power.stop();
    this.#operations.stop();
  }

  #askGuest(): void {
    const offInMs = guestOffInMs(this.#trouble, this.#timing.shutdownMs);
    if (offInMs !== undefined) this.#power.offIn(offInMs);
  }

  #powerOn(): OperationView | Refusal {
    if (this.#trouble.powerOnFails) {
      this.#trouble = oneFailureLess(this.#trouble);
      return { refused: "fault" };
    }
    if (!this.#power.isOff) return this.#atOnce("power_on");
    this.#power.startBoot();
    return this.#start("power_on", this.#timing.bootMs, (at) => {
      this.#power.endBoot(!this.#trouble.bootNever);
      return { status: "completed", at };
    });
  }

  #finishSnapshot(at: Date, brokeOff: boolean): End {
    const failure = failureOf("snapshot", this.#trouble, brokeOff);
    if (failure) {
      this.#shelf.giveUp();
      return { status: "errored", at, failure };
    }
    const { listsLateMs = 0 } = this.#trouble;
    if (listsLateMs > 0) this.#around.agenda.in(listsLateMs, this.#around.changed);
    return { status: "completed", at, snapshotId: this.#shelf.finish(estimatedSizeGb(this.diskGb), at, listsLateMs) };
  }

  #finishRestore(snapshotId: number, at: Date, brokeOff: boolean): End {
    const failure = failureOf("restore", this.#trouble, brokeOff);
    if (failure) return { status: "errored", at, failure };
    this.#restoredFrom = snapshotId;
    const onInMs = powersOnInMs(this.#trouble);
    if (onInMs !== undefined) this.#power.onIn(onInMs);
    return { status: "completed", at };
  }

  #start(...started: Parameters<Operations["start"]>): OperationView {
    this.#operations.start(...started);
    return this.operations[0]!;
  }

  #atOnce(type: OperationType): OperationView {
    this.#operations.atOnce(type);
    return this.operations[0]!;
  }
}
