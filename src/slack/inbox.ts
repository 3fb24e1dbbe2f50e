import { between, HOUR_MS, later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Delivery, Store } from "../ports/store.ts";
import { Sent } from "./deliveries.ts";

/**
 * What people send is stored before Slack is told that it has arrived, and then seen through: also by the next process,
 * if this one dies in between.
 */
export interface Inbox {
  /** False when it was delivered before. Throws when it cannot be stored; then Slack must not be told that it has arrived. */
  receive(key: string, sent: Sent): Promise<boolean>;
  /** Sees through what an earlier process has left. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** So long after it was sent a wish may still take effect, by this process or the next; later it would be a surprise. */
const GIVE_UP_MS = 10 * MINUTE_MS;
/** Slack's signatures are good for 5 minutes; whatever is older cannot be replayed. */
const REMEMBER_MS = HOUR_MS;

export function createInbox(deps: {
  store: Store;
  clock: Clock;
  log: Log;
  /** Does what was sent; throws when it should be tried again. */
  handle: (sent: Sent, key: string) => Promise<void>;
  /** Tells the sender that nothing came of it. */
  giveUp: (sent: Sent) => Promise<void>;
  /** How long Slack wants to be left alone after this error; undefined when it did not say so. */
  retryAfterMs: (error: unknown) => number | undefined;
}): Inbox {
  const { store, clock, log } = deps;
  const ends = new Set<Promise<void>>();
  const timers = new Set<() => void>();
  let isStopped = false;

  function begin(delivery: Delivery, tries: number): void {
    if (isStopped) return;
    const end = attempt(delivery, tries).finally(() => ends.delete(end));
    ends.add(end);
  }

  async function attempt(delivery: Delivery, tries: number): Promise<void> {
    const sent = Sent.safeParse(delivery.body);
    const isTooOld = () => between(delivery.at, clock.now()) >= GIVE_UP_MS;
    try {
      if (sent.success && !isTooOld()) await deps.handle(sent.data, delivery.key);
      else if (sent.success) await deps.giveUp(sent.data);
      await store.handled(delivery.key);
    } catch (error) {
      const isLate = isTooOld();
      log[isLate ? "error" : "warn"]("a wish could not be carried out", { tries, isLate, error: String(error) });
      if (!isLate) return again(delivery, tries + 1, deps.retryAfterMs(error) ?? 0);
      if (sent.success) await deps.giveUp(sent.data);
      await store.handled(delivery.key).catch(() => {}); // the next start tries once more
    }
  }

  function again(delivery: Delivery, tries: number, leastMs: number): void {
    if (isStopped) return;
    const restMs = Math.max(leastMs, Math.min(30 * SECOND_MS, SECOND_MS * 2 ** (tries - 1)));
    const cancel = clock.after(restMs, () => {
      timers.delete(cancel);
      begin(delivery, tries);
    });
    timers.add(cancel);
  }

  function forgetOld(): void {
    if (isStopped) return;
    store
      .forgetDeliveries(later(clock.now(), -REMEMBER_MS))
      .catch((error: unknown) => log.warn("old deliveries could not be forgotten", { error: String(error) }));
    const cancel = clock.after(REMEMBER_MS, () => {
      timers.delete(cancel);
      forgetOld();
    });
    timers.add(cancel);
  }

  return {
    async receive(key, body) {
      const delivery = { key, at: clock.now(), body };
      if (!(await store.receive(delivery))) return false;
      begin(delivery, 0);
      return true;
    },
    async start() {
      for (const delivery of await store.unhandled()) begin(delivery, 0);
      forgetOld();
    },
    async stop() {
      isStopped = true;
      for (const cancel of timers) cancel();
      await Promise.all(ends);
    },
  };
}
