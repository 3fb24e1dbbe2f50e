import { DAY_MS, later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import { createRounds } from "./rounds.ts";

/** Removes from the audit what is older than is kept, once a day. */
export interface Retention {
  start(): void;
  stop(): Promise<void>;
}

export interface RetentionDeps {
  clock: Clock;
  store: Pick<Store, "prune">;
  log: Log;
  /** Undefined when everything is kept. */
  keepMs: number | undefined;
}

/** Cards come first after a start. */
const START_MS = 2 * MINUTE_MS;
/** So many rows go at once; nothing else can be written meanwhile. */
const MOST_ROWS = 5000;
const NEXT_MS = SECOND_MS;

export function createRetention({ clock, store, log, keepMs }: RetentionDeps): Retention {
  const rounds = createRounds(clock, round, (error) =>
    log.error("the audit could not be shortened", { error: String(error) }),
  );

  async function round(): Promise<number | undefined> {
    if (keepMs === undefined) return undefined;
    const now = clock.now();
    const rows = await store.prune(later(now, -keepMs), now, MOST_ROWS);
    if (rows > 0) log.info("rows of the audit were removed, as they are older than is kept", { rows });
    return rows < MOST_ROWS ? DAY_MS : NEXT_MS;
  }

  return {
    start() {
      if (keepMs !== undefined) rounds.beginIn(START_MS);
    },
    stop: () => rounds.stop(),
  };
}
