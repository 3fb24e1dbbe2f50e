import type { Problem, Snapshot, Vm } from "../domain/cloud.ts";
import type { ChannelId, RequestId, Who } from "../domain/ids.ts";
import { defaultName } from "../domain/naming.ts";
import { type How, type Language, REASON_LENGTH, type Request } from "../domain/request.ts";
import { isFull, isSameWish, newestFirst } from "../domain/rules.ts";
import type { Stored } from "../ports/store.ts";
import type { Deps } from "./deps.ts";
import { look } from "./look.ts";

/** What somebody wants, after the words have been understood and the VM is known. */
export interface Wanted {
  vm: Vm;
  name: string | undefined;
  how: How;
  reason: string | undefined;
}

/** Why a wish cannot become a request; nothing has been changed. */
export type Objection =
  | { kind: "name_too_long"; length: number; limit: number }
  | { kind: "reason_too_long"; length: number; limit: number }
  | { kind: "name_taken"; name: string }
  | { kind: "full"; snapshots: readonly Snapshot[]; limit: number }
  | { kind: "cloud_silent"; problem: Problem };

/** Checks a wish against what the cloud has, with read calls only; undefined when nothing speaks against it. */
export async function objection(
  deps: Pick<Deps, "cloud" | "store">,
  { vm, name, reason }: Wanted,
): Promise<Objection | undefined> {
  const { limits } = deps.cloud;
  const nameLength = [...(name ?? "")].length;
  if (nameLength > limits.nameLength) return { kind: "name_too_long", length: nameLength, limit: limits.nameLength };
  const reasonLength = [...(reason ?? "")].length;
  if (reasonLength > REASON_LENGTH) return { kind: "reason_too_long", length: reasonLength, limit: REASON_LENGTH };
  const snapshots = await look(() => deps.cloud.snapshots(vm.id));
  if (!snapshots.ok) return { kind: "cloud_silent", problem: snapshots.problem };
  if (isFull(snapshots.value, limits))
    return { kind: "full", snapshots: newestFirst(snapshots.value).reverse(), limit: limits.snapshotsPerVm };
  if (name === undefined) return undefined;
  const open = await deps.store.openOf(vm.id);
  const taken = [...snapshots.value.map((snapshot) => snapshot.name), ...open.map(({ request }) => request.wish.name)];
  return taken.includes(name) ? { kind: "name_taken", name } : undefined;
}

/**
 * Stores the request and takes it forward. Asking again with the same id changes nothing; an open request for the same
 * wish is returned instead of a new one.
 */
export async function ask(
  deps: Deps,
  wanted: Wanted,
  from: { id: RequestId; by: Who; channel: ChannelId; language: Language; retryOf?: RequestId; nameTemplate: string },
): Promise<{ stored: Stored; isNew: boolean }> {
  const now = deps.clock.now();
  const { vm, how, reason } = wanted;
  const request: Request = {
    id: from.id,
    kind: "create",
    vm: { id: vm.id, name: vm.name, ...(vm.diskGb !== undefined && { diskGb: vm.diskGb }) },
    wish: {
      how,
      name: wanted.name ?? defaultName(from.nameTemplate, vm.name, now, deps.cloud.limits.nameLength),
      nameGiven: wanted.name !== undefined,
      ...(reason !== undefined && { reason }),
    },
    requestedBy: from.by,
    requestedAt: now,
    channel: from.channel,
    language: from.language,
    ...(from.retryOf && { retryOf: from.retryOf }),
    times: {},
    state: { status: "queued", since: now, why: { kind: "new" } },
  };
  const stored = await deps.store.create(request, (open) => isSameWish(open, request), [
    { code: "asked", by: from.by },
  ]);
  const isNew = stored.request.id === request.id;
  if (isNew) {
    deps.log.info("request asked for", { request: request.id, vm: vm.id, by: from.by.id });
    deps.wakeups.now(request.id);
    deps.redraw();
  }
  return { stored, isNew };
}
