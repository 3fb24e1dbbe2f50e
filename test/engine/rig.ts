import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { RequestId } from "../../src/domain/ids.ts";
import type { Request } from "../../src/domain/request.ts";
import type { Deps } from "../../src/engine/deps.ts";
import type { Court } from "../../src/engine/judge.ts";
import { rulesOf } from "../../src/policy/rules.ts";
import type { Cloud } from "../../src/ports/cloud.ts";
import type { Store } from "../../src/ports/store.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { LIMITS, NOW, SETTINGS } from "../domain/builders.ts";
import { manualClock } from "../manual-clock.ts";

/** A real store in a folder of its own, which goes with the test. */
export function openStore(): Store {
  const folder = mkdtempSync(join(tmpdir(), "shutter-"));
  const store = openSqlite(join(folder, "shutter.db"));
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return store;
}

/** What the engine works with: a real store, a clock that stands still, and of the cloud what a test says. */
export function depsWith(cloud: Partial<Cloud>, store = openStore()) {
  const woken: RequestId[] = [];
  const clock = manualClock(NOW);
  const rules = rulesOf({ policy: undefined, breakGlass: undefined, limits: [], zone: "Europe/Berlin" });
  const deps: Deps & Court = {
    rules: () => rules,
    standings: {
      standingOf: async (person, channel) => ({
        person: { ...person, groups: "unknown", isInChannel: undefined },
        channel: channel && { id: channel, name: undefined, isDirect: false },
      }),
    },
    store,
    cloud: { limits: LIMITS, ...cloud } as Cloud,
    clock,
    settings: SETTINGS,
    wakeups: { now: (id) => void woken.push(id), at() {}, close() {} },
    log: { info() {}, warn() {}, error() {} },
    redraw() {},
  };
  const create = (request: Request) => store.create(request, () => false, []);
  return { deps, store, clock, woken, create };
}
