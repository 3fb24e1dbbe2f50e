import type { Agenda } from "./agenda.ts";

/** The four phases a guest goes through. The API's own words know only two of them: a VM on its way off still runs. */
export type Phase = "Running" | "Stopping" | "Stopped" | "Starting";

export interface OffPeriod {
  from: Date;
  /** Missing while the VM is still off. */
  to?: Date;
}

/** A VM's power supply and the guest behind it. */
export class Power {
  readonly #agenda: Agenda;
  readonly #changed: () => void;
  readonly #offPeriods: OffPeriod[] = [];
  #isOff = false;
  #isStarting = false;
  #callOffOn: () => void = () => {};
  #goingOff: { at: number; callOff: () => void } | undefined;

  constructor(agenda: Agenda, isOff: boolean, changed: () => void) {
    this.#agenda = agenda;
    this.#changed = changed;
    if (isOff) this.cut();
  }

  get isOff(): boolean {
    return this.#isOff;
  }

  get phase(): Phase {
    if (this.#isOff) return this.#isStarting ? "Starting" : "Stopped";
    return this.#goingOff ? "Stopping" : "Running";
  }

  get offPeriods(): OffPeriod[] {
    return this.#offPeriods.map((period) => ({ ...period }));
  }

  /** The guest has understood and will be off in so many milliseconds. Asking again never makes it later. */
  offIn(milliseconds: number): void {
    const at = this.#agenda.now().getTime() + milliseconds;
    if (this.#isOff || (this.#goingOff && this.#goingOff.at <= at)) return;
    this.#goingOff?.callOff();
    this.#goingOff = { at, callOff: this.#agenda.in(milliseconds, () => this.cut()) };
    this.#changed();
  }

  /** Off, now. */
  cut(): void {
    this.stopWaiting();
    if (this.#isOff) return;
    this.#isOff = true;
    this.#offPeriods.push({ from: this.#agenda.now() });
    this.#changed();
  }

  startBoot(): void {
    this.#isStarting = true;
  }

  endBoot(isUp: boolean): void {
    this.#isStarting = false;
    if (!isUp || !this.#isOff) return;
    this.#isOff = false;
    const period = this.#offPeriods.at(-1);
    if (period) period.to = this.#agenda.now();
  }

  /** The cloud itself switches it on, in so many milliseconds. Who powers it off meanwhile does not change that. */
  onIn(milliseconds: number): void {
    if (!this.#isOff) return;
    this.#isStarting = true;
    this.#callOffOn = this.#agenda.in(milliseconds, () => {
      this.endBoot(true);
      this.#changed();
    });
  }

  stopWaiting(): void {
    this.#goingOff?.callOff();
    this.#goingOff = undefined;
  }

  /** Nothing changes any more. */
  stop(): void {
    this.stopWaiting();
    this.#callOffOn();
  }
}
