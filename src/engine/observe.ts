import { aheadOf, isWatched, mayStillObey, takenOver } from "../domain/ahead.ts";
import { type Need, needs } from "../domain/needs.ts";
import type { Request } from "../domain/request.ts";
import type { Seen } from "../domain/step.ts";
import type { Deps } from "./deps.ts";
import { look } from "./look.ts";

/**
 * Looks at the world, at what the next decision needs and nothing more. The power state comes last: an operation that ends
 * between two looks is then seen as still running, never as a VM that was off and free.
 */
export async function observe(deps: Deps, request: Request): Promise<Seen> {
  const all = needs(request, deps.clock.now());
  const lookAt = (wanted: readonly Need[]) => Promise.all(wanted.map((need) => LOOKS[need](deps, request)));
  const first = await lookAt(all.filter((need) => need !== "power"));
  const last = await lookAt(all.filter((need) => need === "power"));
  return Object.assign({}, ...first, ...last);
}

/** Of the requests that have ended, so many may have something to do with a VM that is watched for minutes only. */
const LAST = 20;

const LOOKS: { readonly [N in Need]-?: (deps: Deps, request: Request) => Promise<Pick<Seen, N>> } = {
  async ahead({ store }, request) {
    const open = await store.openOf(request.vm.id);
    const ahead = aheadOf(
      request,
      open.map((stored) => stored.request),
    );
    return { ahead: ahead && { request: ahead.id, by: ahead.requestedBy } };
  },
  async takenOver({ store }, request) {
    const [open, last] = await Promise.all([store.openOf(request.vm.id), store.ofVm(request.vm.id, LAST)]);
    const others = [...open, ...last].map((stored) => stored.request);
    return { takenOver: takenOver(request, others) };
  },
  async watched({ store }, { id, vm }) {
    const last = (await store.ofVm(vm.id, LAST)).map((stored) => stored.request);
    return { watched: isWatched(last.filter((other) => other.id !== id)) };
  },
  async mayStillObey({ store, clock }, { vm }) {
    const last = await store.ofVm(vm.id, LAST);
    return {
      mayStillObey: mayStillObey(
        last.map((stored) => stored.request),
        clock.now(),
      ),
    };
  },
  async fate({ store }, { vm, state }) {
    const snapshot = state.status === "done" ? state.snapshot : undefined;
    return { fate: snapshot && (await store.fate(vm.id, snapshot.id)) };
  },
  past: async ({ store }, { vm }) => ({ past: await store.pastDurations(vm.id) }),
  makers: async ({ store }, { vm }) => ({ makers: await store.makers(vm.id) }),
  power: async ({ cloud }, { vm }) => ({ power: await look(() => cloud.power(vm.id)) }),
  snapshots: async ({ cloud }, { vm }) => ({ snapshots: await look(() => cloud.snapshots(vm.id)) }),
  operations: async ({ cloud }, { vm }) => ({ operations: await look(() => cloud.operations(vm.id)) }),
  async operation({ cloud }, { vm, state }) {
    if ((state.status !== "snapshotting" && state.status !== "restoring") || !state.operation) return {};
    const { id } = state.operation;
    return { operation: await look(() => cloud.operation(vm.id, id)) };
  },
};
