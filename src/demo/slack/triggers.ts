import type { Clock } from "../../ports/clock.ts";

const TRIGGER_LIFE_MS = 3_000;

interface Trigger {
  user: string;
  /** Whether it came from a modal that is open: only then can a view be pushed on top of it. */
  fromModal: boolean;
  madeAt: number;
  used: boolean;
}

/** Trigger ids: made by what a person did, good for one view within three seconds. */
export class Triggers {
  readonly #clock: Clock;
  readonly #triggers = new Map<string, Trigger>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  make(user: string, fromModal = false): string {
    const id = `${this.#triggers.size + 1}.${this.#clock.now().getTime()}.${user.toLowerCase()}`;
    this.#triggers.set(id, { user, fromModal, madeAt: this.#clock.now().getTime(), used: false });
    return id;
  }

  /** Who it was made for; it stays as it is. */
  owner(id: string): string | undefined {
    return this.#triggers.get(id)?.user;
  }

  /** Uses it up. A string is Slack's word for why not. */
  exchange(id: string): { user: string; fromModal: boolean } | string {
    const trigger = this.#triggers.get(id);
    if (!trigger) return "invalid_trigger_id";
    if (trigger.used) return "exchanged_trigger_id";
    if (this.#clock.now().getTime() - trigger.madeAt > TRIGGER_LIFE_MS) return "expired_trigger_id";
    trigger.used = true;
    return trigger;
  }
}
