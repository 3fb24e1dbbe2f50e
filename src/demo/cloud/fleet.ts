import type { Agenda } from "./agenda.ts";
import type { DemoVm } from "./demo-vm.ts";
import type { OperationView } from "./operation.ts";
import { Vm } from "./vm.ts";

/** All VMs of the account. Ids are counted through the whole account, as a real cloud does. */
export class Fleet {
  readonly #vms = new Map<string, Vm>();
  readonly #listeners = new Set<() => void>();

  constructor(seeds: DemoVm[], agenda: Agenda) {
    const around = {
      agenda,
      nextOperationId: counter(36_804_636),
      nextSnapshotId: counter(4_711),
      changed: () => this.#tell(),
    };
    const nextVmId = counter(1_001);
    for (const seed of seeds) {
      if (this.#vms.has(seed.name)) throw new Error(`Two VMs named ${seed.name}`);
      this.#vms.set(seed.name, new Vm(nextVmId(), seed, around));
    }
  }

  get vms(): Vm[] {
    return [...this.#vms.values()];
  }

  find(name: string): Vm | undefined {
    return this.#vms.get(name);
  }

  findSnapshotOwner(snapshotId: number): Vm | undefined {
    return this.vms.find((vm) => vm.hasSnapshot(snapshotId));
  }

  findOperation(operationId: number): { vm: Vm; operation: OperationView } | undefined {
    for (const vm of this.vms) {
      const operation = vm.operations.find(({ id }) => id === operationId);
      if (operation) return { vm, operation };
    }
    return undefined;
  }

  /** The VM, its snapshots and its operations are gone. */
  destroy(vm: Vm): void {
    vm.vanish();
    this.#vms.delete(vm.name);
    this.#tell();
  }

  /** Told when power, an operation or the snapshots of any VM changed. Returns a function that stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function counter(first: number): () => number {
  let next = first;
  return () => next++;
}
