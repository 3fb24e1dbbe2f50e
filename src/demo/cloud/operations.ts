import type { Agenda } from "./agenda.ts";
import { type End, lookAt, type Operation, type OperationType, type OperationView } from "./operation.ts";

/** The operations of one VM, past and present. At most one is in progress; whoever starts one asks `isBusy` first. */
export class Operations {
  readonly #agenda: Agenda;
  readonly #nextId: () => number;
  readonly #changed: () => void;
  readonly #all: Operation[] = [];
  #callOff: () => void = () => {};

  constructor(around: { agenda: Agenda; nextOperationId(): number; changed(): void }) {
    this.#agenda = around.agenda;
    this.#nextId = around.nextOperationId;
    this.#changed = around.changed;
  }

  get isBusy(): boolean {
    return this.#all.some(({ end }) => !end);
  }

  /** Newest first. */
  look(withPercent: boolean): OperationView[] {
    const now = this.#agenda.now();
    return this.#all.map((operation) => lookAt(operation, now, withPercent)).reverse();
  }

  /** Ends after `endsInMs`, which is less than its duration if it breaks off; `finish` does the work and says how it went. */
  start(type: OperationType, durationMs: number, finish: (at: Date) => End, endsInMs = durationMs): void {
    const operation = this.#add(type, durationMs);
    this.#callOff = this.#agenda.in(endsInMs, () => {
      operation.end = finish(this.#agenda.now());
      this.#changed();
    });
    this.#changed();
  }

  /** For what is done as soon as it is accepted. */
  atOnce(type: OperationType): void {
    this.#add(type, 0).end = { status: "completed", at: this.#agenda.now() };
    this.#changed();
  }

  /** What is in progress never ends. */
  stop(): void {
    this.#callOff();
  }

  #add(type: OperationType, durationMs: number): Operation {
    const operation = { id: this.#nextId(), type, startedAt: this.#agenda.now(), durationMs };
    this.#all.push(operation);
    return operation;
  }
}
