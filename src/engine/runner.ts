import { later, MINUTE_MS, SECOND_MS } from "../domain/durations.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Wakeups } from "../ports/wakeups.ts";

export interface Runner {
  /** Takes the request forward; never twice at the same time. */
  wake(id: RequestId): void;
  /** Looks at every open request, at once and then every minute: no debt depends on a timer that somebody forgot. */
  start(): Promise<void>;
  /** Lets what is under way come to its next stored point. */
  stop(): Promise<void>;
}

const SWEEP_MS = MINUTE_MS;
/** After an error that is ours; the row is as it was. */
const AFTER_ERROR_MS = 5 * SECOND_MS;

/** The loop around `advance`. */
export function createRunner(deps: {
  clock: Clock;
  log: Log;
  store: Pick<Store, "open" | "watched">;
  wakeups: () => Wakeups;
  advance: (id: RequestId) => Promise<Date>;
}): Runner {
  /** What is being taken forward; `true` when it was woken again meanwhile. */
  const running = new Map<RequestId, boolean>();
  const ends = new Set<Promise<void>>();
  let isStopped = false;
  let cancelSweep = () => {};

  function wake(id: RequestId): void {
    if (isStopped) return;
    if (running.has(id)) {
      running.set(id, true);
      return;
    }
    running.set(id, false);
    const end = run(id).finally(() => ends.delete(end));
    ends.add(end);
  }

  async function run(id: RequestId): Promise<void> {
    const until = await deps.advance(id).catch((error: unknown) => {
      deps.log.error("a request could not be taken forward", { request: id, error: String(error) });
      return later(deps.clock.now(), AFTER_ERROR_MS);
    });
    const wasWoken = running.get(id);
    running.delete(id);
    if (isStopped) return;
    if (wasWoken) deps.wakeups().now(id);
    else deps.wakeups().at(id, until);
  }

  async function sweep(): Promise<void> {
    try {
      for (const { request } of await deps.store.open()) wake(request.id);
      for (const { request } of await deps.store.watched()) wake(request.id);
    } catch (error) {
      deps.log.error("the sweep could not read the database", { error: String(error) });
    }
    if (!isStopped) cancelSweep = deps.clock.after(SWEEP_MS, () => void sweep());
  }

  return {
    wake,
    start: sweep,
    async stop() {
      isStopped = true;
      cancelSweep();
      await Promise.all(ends);
    },
  };
}
