import type { Vm } from "../../domain/cloud.ts";
import { between, SECOND_MS } from "../../domain/durations.ts";
import type { VmId } from "../../domain/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import { type Cloud, CloudError, type Listing } from "../../ports/cloud.ts";
import { DEADLINE_MS } from "../http.ts";
import { SharedReads } from "../shared-reads.ts";
import { APIS, LIMITS, PER_PAGE } from "./api.ts";
import { Cooldowns } from "./cooldowns.ts";
import { knownWords, type Log } from "./known-words.ts";
import { ccloudReads } from "./reads.ts";
import { Session } from "./session.ts";
import { ccloudWrites } from "./writes.ts";

export interface CcloudOptions {
  /** With its path, as `https://ccenter.internet1.de/api/v1`. */
  baseUrl: string;
  clientId: string;
  clientSecret: string;
  /** Which of the two guesses about snapshots holds; see `api.ts`. */
  snapshotApi: "actions" | "snapshots";
  clock: Clock;
  log?: Log;
  /** Real milliseconds that one HTTP call may take; a whole listing may take six times as long. */
  deadlineMs?: number;
}

/** So long one listing serves all who ask, in the clock's time: about a second for each call that it takes. */
const LISTING_GOOD_MS = { least: 2 * SECOND_MS, most: 30 * SECOND_MS };

const goodMs = ({ vms }: Listing): number =>
  Math.min(LISTING_GOOD_MS.most, Math.max(LISTING_GOOD_MS.least, Math.ceil(vms.length / PER_PAGE) * SECOND_MS));

/**
 * The ccloud³ adapter; not yet verified against the live service. Repeats nothing by itself, except once with a new
 * token after a 401. `close` waits for the calls under way.
 */
export function ccloud(options: CcloudOptions): Cloud & { close(): Promise<void> } {
  const { clock, deadlineMs = DEADLINE_MS } = options;
  const session = new Session({ ...options, deadlineMs });
  const cooldowns = new Cooldowns(clock);
  const known = knownWords(options.log ?? (() => {}));
  const deps = { api: APIS[options.snapshotApi], session, cooldowns, known, clock, deadlineMs };
  const reads = ccloudReads(deps);
  const writes = ccloudWrites(deps);
  const shared = new SharedReads();
  const listing = new SharedReads();
  let listed: Listing | undefined;

  const sharing = <T>(name: string, ids: readonly string[], read: () => Promise<T>): Promise<T> =>
    shared.once(JSON.stringify([name, ...ids]), read);

  async function alone<T>(write: Promise<T>): Promise<T> {
    shared.letGo();
    try {
      return await write;
    } finally {
      shared.letGo();
    }
  }

  async function listVms(): Promise<readonly Vm[]> {
    const ageMs = listed ? between(listed.at, clock.now()) : Number.NaN;
    if (listed && ageMs >= 0 && ageMs < goodMs(listed)) return listed.vms;
    return listing.once("all", async () => {
      const vms = await reads.listVms();
      listed = { at: clock.now(), vms };
      return vms;
    });
  }

  async function startSnapshot(vm: VmId, name: string) {
    cooldowns.mustNotWait(vm);
    try {
      const operation = await writes.startSnapshot(vm, name);
      cooldowns.started(vm, operation.startedAt);
      return operation;
    } catch (error) {
      if (error instanceof CloudError && error.problem.outcome === "unknown") cooldowns.started(vm, clock.now());
      throw error;
    }
  }

  return {
    limits: LIMITS,
    listVms,
    lastListing: () => listed,
    power: (vm) => sharing("power", [vm], () => reads.power(vm)),
    operation: (vm, id) => sharing("operation", [vm, id], () => reads.operation(vm, id)),
    operations: (vm) => sharing("operations", [vm], () => reads.operations(vm)),
    snapshots: (vm) => sharing("snapshots", [vm], () => reads.snapshots(vm)),
    shutdown: (vm) => alone(writes.shutdown(vm)),
    powerOff: (vm) => alone(writes.powerOff(vm)),
    powerOn: (vm) => alone(writes.powerOn(vm)),
    startSnapshot: (vm, name) => alone(startSnapshot(vm, name)),
    renameSnapshot: (vm, id, name) => alone(writes.renameSnapshot(vm, id, name)),
    deleteSnapshot: (vm, id) => alone(writes.deleteSnapshot(vm, id)),
    restore: (vm, id) => alone(writes.restore(vm, id)),
    check: () => reads.check(),
    close: () => session.close(),
  };
}
