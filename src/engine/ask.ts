import { isWatched } from "../domain/ahead.ts";
import { awaitApproval } from "../domain/approving.ts";
import type { Power, Problem, Snapshot, Vm } from "../domain/cloud.ts";
import type { ChannelId, RequestId, Who } from "../domain/ids.ts";
import { defaultName } from "../domain/naming.ts";
import {
  type How,
  isOpen,
  type Language,
  REASON_LENGTH,
  type Request,
  type Terms,
  type Wish,
} from "../domain/request.ts";
import { isFull, isSameWish, newestFirst } from "../domain/rules.ts";
import type { Stored } from "../ports/store.ts";
import type { Deps } from "./deps.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { look } from "./look.ts";

/** What somebody wants of a VM, after the words have been understood. */
export type Wanted = Wished & {
  /** The VM's name was typed for it. */
  isTyped?: boolean | undefined;
};

type Wished =
  | { kind: "create"; how: How; name: string | undefined; reason: string | undefined; safety: boolean }
  | {
      kind: "restore";
      snapshot: Snapshot;
      safety: boolean;
      confirmedAt?: Date | undefined;
      reason?: string | undefined;
    }
  | { kind: "delete"; snapshots: readonly Snapshot[]; reason?: string | undefined }
  | { kind: "rename"; snapshot: Snapshot; name: string; reason?: string | undefined }
  | {
      kind: "power";
      to: "on" | "off" | "hard_off";
      confirmedAt?: Date | undefined;
      reason?: string | undefined;
    };

/** Why a wish cannot become a request; nothing has been changed. */
export type Objection =
  | { kind: "name_empty" }
  | { kind: "name_too_long"; length: number; limit: number }
  | { kind: "reason_too_long"; length: number; limit: number }
  | { kind: "name_taken"; name: string }
  | { kind: "same_name"; name: string }
  | { kind: "full"; snapshots: readonly Snapshot[]; limit: number }
  | { kind: "snapshot_gone"; name: string }
  | { kind: "already"; power: Power }
  | { kind: "cloud_silent"; problem: Problem };

type Reads = Pick<Deps, "cloud" | "store">;

/**
 * Checks a wish against what the cloud has, with read calls only; undefined when nothing speaks against it. `full` is no
 * refusal: the request can be made, and waits for room.
 */
export async function objection(deps: Reads, vm: Vm, wanted: Wanted): Promise<Objection | undefined> {
  const wrong = ofLength(deps, wanted);
  if (wrong) return wrong;
  if (wanted.kind === "power") {
    const power = await look(() => deps.cloud.power(vm.id));
    if (!power.ok) return { kind: "cloud_silent", problem: power.problem };
    if (power.value !== (wanted.to === "on" ? "running" : "off")) return undefined;
    return wanted.to !== "on" && (await isComingOn(deps, vm)) ? undefined : { kind: "already", power: power.value };
  }
  const listed = await look(() => deps.cloud.snapshots(vm.id));
  if (!listed.ok) return { kind: "cloud_silent", problem: listed.problem };
  switch (wanted.kind) {
    case "create":
      return againstCreate(deps, vm, wanted.name, listed.value);
    case "restore":
      return missing([wanted.snapshot], listed.value);
    case "delete":
      // One of several that is not there any more does not matter: gone is what it was to be.
      return wanted.snapshots.every((each) => missing([each], listed.value))
        ? missing(wanted.snapshots, listed.value)
        : undefined;
    case "rename":
      return missing([wanted.snapshot], listed.value) ?? againstName(wanted, listed.value);
  }
}

/** Of the VM's requests, so many may have it off for a while. */
const LAST = 20;

/** The VM is off, and some request of ours will switch it on again. */
async function isComingOn({ store }: Reads, { id }: Vm): Promise<boolean> {
  const last = (await store.ofVm(id, LAST)).map((stored) => stored.request);
  return last.some((request) => isOpen(request) && request.debt !== undefined) || isWatched(last);
}

function ofLength({ cloud: { limits } }: Reads, wanted: Wanted): Objection | undefined {
  const name = wanted.kind === "create" || wanted.kind === "rename" ? wanted.name : undefined;
  if (name?.trim() === "") return { kind: "name_empty" };
  const nameLength = [...(name ?? "")].length;
  if (nameLength > limits.nameLength) return { kind: "name_too_long", length: nameLength, limit: limits.nameLength };
  const reasonLength = [...(wanted.reason ?? "")].length;
  return reasonLength > REASON_LENGTH
    ? { kind: "reason_too_long", length: reasonLength, limit: REASON_LENGTH }
    : undefined;
}

async function againstCreate(
  { cloud: { limits }, store }: Reads,
  vm: Vm,
  name: string | undefined,
  listed: readonly Snapshot[],
): Promise<Objection | undefined> {
  const open = await store.openOf(vm.id);
  const coming = open.flatMap(({ request: { wish } }) => (wish.kind === "create" ? [wish.name] : []));
  if (name !== undefined && [...listed.map((each) => each.name), ...coming].includes(name))
    return { kind: "name_taken", name };
  if (!isFull(listed, limits)) return undefined;
  return { kind: "full", snapshots: newestFirst(listed).reverse(), limit: limits.snapshotsPerVm };
}

function missing(wanted: readonly Snapshot[], listed: readonly Snapshot[]): Objection | undefined {
  const gone = wanted.find(({ id }) => !listed.some((each) => each.id === id));
  return gone && { kind: "snapshot_gone", name: gone.name };
}

function againstName(
  { snapshot, name }: { snapshot: Snapshot; name: string },
  listed: readonly Snapshot[],
): Objection | undefined {
  const holder = listed.find((each) => each.name === name);
  if (!holder) return undefined;
  return holder.id === snapshot.id ? { kind: "same_name", name } : { kind: "name_taken", name };
}

/**
 * Stores the request and takes it forward. Asking again with the same id changes nothing; an open request for the same
 * wish is returned instead of a new one.
 */
export async function ask(
  deps: Deps,
  vm: Pick<Vm, "id" | "name" | "diskGb">,
  wanted: Wanted,
  from: {
    id: RequestId;
    by: Who;
    channel: ChannelId;
    /** Asked for outside of any conversation. */
    atHome?: boolean;
    language: Language;
    retryOf?: RequestId;
    nameTemplate: string;
    /** The approval that is needed before it begins. */
    terms?: Terms | undefined;
  },
): Promise<{ stored: Stored; isNew: boolean }> {
  const now = deps.clock.now();
  const usual = (template: string) => defaultName(template, vm.name, now, deps.cloud.limits.nameLength);
  const wished: Request = {
    id: from.id,
    vm: { id: vm.id, name: vm.name, ...(vm.diskGb !== undefined && { diskGb: vm.diskGb }) },
    wish: wishOf(wanted, from.nameTemplate, usual),
    requestedBy: from.by,
    requestedAt: now,
    channel: from.channel,
    ...(from.atHome && { atHome: true }),
    language: from.language,
    ...(from.retryOf && { retryOf: from.retryOf }),
    times: {},
    state: { status: "queued", since: now, why: { kind: "new" } },
  };
  const gate = from.terms && awaitApproval(wished, "begin", from.by, from.terms, fingerprintOf(wished, "begin"), now);
  const request = gate?.next ?? wished;
  const asked = { code: "asked", by: from.by, kind: wanted.kind } as const;
  const story = [asked, ...(gate?.story ?? [])];
  const stored = await deps.store.create(request, (open) => isSameWish(open, request), story);
  const isNew = stored.request.id === request.id;
  if (isNew) {
    deps.log.info("request asked for", { request: request.id, kind: wanted.kind, vm: vm.id, by: from.by.id });
    deps.wakeups.now(request.id);
    deps.redraw();
  }
  return { stored, isNew };
}

/** What the snapshot before a restore is called; the VM's name and the time tell it from others. */
const SAFETY_NAME = "{vm}-before-restore-{unix}";

function wishOf({ isTyped: _, ...wanted }: Wanted, template: string, usual: (template: string) => string): Wish {
  switch (wanted.kind) {
    case "create": {
      const { how, name, reason, safety } = wanted;
      return {
        kind: "create",
        how,
        name: name ?? usual(template),
        nameGiven: name !== undefined,
        ...(reason !== undefined && { reason }),
        ...(safety && { safety }),
      };
    }
    case "restore":
      return { ...wanted, name: usual(SAFETY_NAME) };
    case "delete":
      return { ...wanted, snapshots: [...wanted.snapshots] };
    case "rename":
    case "power":
      return wanted;
  }
}
