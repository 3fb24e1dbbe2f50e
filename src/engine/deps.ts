import type { Settings } from "../domain/step.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cloud } from "../ports/cloud.ts";
import type { Log } from "../ports/log.ts";
import type { Store } from "../ports/store.ts";
import type { Wakeups } from "../ports/wakeups.ts";

/** What the engine works with. */
export interface Deps {
  clock: Clock;
  cloud: Cloud;
  store: Store;
  wakeups: Wakeups;
  settings: Settings;
  log: Log;
  /** A card, or the thread of one, has something new to show. */
  redraw: () => void;
}
