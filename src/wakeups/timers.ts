import { between, DAY_MS } from "../domain/durations.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Wakeups } from "../ports/wakeups.ts";

/** Plain timers of this process. They are forgotten with it and rebuilt from the rows at the next start. */
export function createTimers(clock: Clock, wake: (id: RequestId) => void): Wakeups {
  const timers = new Map<RequestId, { when: number; cancel: () => void }>();

  function forget(id: RequestId): void {
    timers.get(id)?.cancel();
    timers.delete(id);
  }

  return {
    now(id) {
      forget(id);
      wake(id);
    },
    at(id, when) {
      const known = timers.get(id);
      if (known && known.when <= when.getTime()) return;
      forget(id);
      const inMs = between(clock.now(), when);
      if (inMs > DAY_MS) return; // the sweep comes by much sooner
      const cancel = clock.after(inMs, () => {
        timers.delete(id);
        wake(id);
      });
      timers.set(id, { when: when.getTime(), cancel });
    },
    close() {
      for (const id of [...timers.keys()]) forget(id);
    },
  };
}
