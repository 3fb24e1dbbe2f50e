import type { Clock } from "../../ports/clock.ts";

interface Entry {
  at: number;
  run: () => void;
}

/**
 * What is going to happen, and when. Whoever looks at the cloud settles the agenda first; a timer does it when nobody
 * looks. Either way each entry runs at its own time, so a late timer never shows in the state.
 */
export class Agenda {
  readonly #clock: Clock;
  readonly #entries = new Set<Entry>();
  #running: Entry | undefined;
  #disarm: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The clock's time; for an entry that is being run, the time it was meant for. */
  now(): Date {
    return this.#running ? new Date(this.#running.at) : this.#clock.now();
  }

  /** Returns a function that calls it off. */
  in(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.now().getTime() + milliseconds, run };
    this.#entries.add(entry);
    this.#arm();
    return () => {
      this.#entries.delete(entry);
      this.#arm();
    };
  }

  /** Runs what is due, in the order of time. */
  settle(): void {
    if (this.#running) return; // an entry's listener looks at the cloud: it sees the state as of that entry
    for (let next = this.#next(); next && next.at <= this.#clock.now().getTime(); next = this.#next()) {
      this.#entries.delete(next);
      this.#running = next;
      try {
        next.run();
      } finally {
        this.#running = undefined;
      }
    }
    this.#arm();
  }

  clear(): void {
    this.#entries.clear();
    this.#disarm();
  }

  #next(): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of this.#entries) if (!next || entry.at < next.at) next = entry;
    return next;
  }

  #arm(): void {
    this.#disarm();
    const next = this.#next();
    if (next) this.#disarm = this.#clock.after(next.at - this.#clock.now().getTime(), () => this.settle());
  }
}
