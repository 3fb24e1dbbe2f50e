import type { CloudLimits, Look, Operation, Power, Problem, Snapshot, Vm } from "../../src/domain/cloud.ts";
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from "../../src/domain/durations.ts";
import { ChannelId, OperationId, RequestId, SnapshotId, UserId, VmId, type Who } from "../../src/domain/ids.ts";
import { needs } from "../../src/domain/needs.ts";
import {
  type InStatus,
  type Kind,
  Request,
  type RequestIn,
  type State,
  type Status,
  type Terms,
  type WishOf,
} from "../../src/domain/request.ts";
import type { Call, Seen, Settings, Step } from "../../src/domain/step.ts";

/** Requests in every status and what can be seen of the world, for the tests of the pure core. */

export const NOW = new Date("2026-11-16T10:00:00Z");
/** The moment so many seconds after `NOW`; negative ones lie before. */
export const at = (seconds: number): Date => later(NOW, seconds * SECOND_MS);

export const LIMITS: CloudLimits = {
  snapshotsPerVm: 10,
  cooldownMs: 10 * MINUTE_MS,
  msPerGb: 2 * MINUTE_MS,
  nameLength: 255,
};
export const SETTINGS: Settings = {
  shutdownTimeoutMs: 3 * MINUTE_MS,
  choiceTimeoutMs: 30 * MINUTE_MS,
  followUpMs: DAY_MS,
  limits: LIMITS,
};

export const ANNA: Who = { id: UserId.parse("UANNA"), name: "Anna" };
export const BORIS: Who = { id: UserId.parse("UBORIS"), name: "Boris" };
export const AHEAD = { request: RequestId.parse("r0"), by: BORIS };
export const OTHER = RequestId.parse("r2");

export const VM = VmId.parse("web-01");
export const NAME = "web-01-1731398400";

/** The snapshot that is restored, renamed or deleted, and another one. */
export const THERE: Snapshot = { id: SnapshotId.parse("there"), name: "before", createdAt: at(-86_400), sizeGb: 12 };
export const BESIDE: Snapshot = { id: SnapshotId.parse("beside"), name: "beside", createdAt: at(-43_200) };

/** A wish of each kind; the VM's owner has said yes on the way where one is needed. */
const WISHES: { readonly [K in Kind]: WishOf<K> } = {
  create: { kind: "create", how: "ask", name: NAME, nameGiven: false },
  restore: { kind: "restore", snapshot: THERE, safety: true, name: NAME, confirmedAt: NOW },
  delete: { kind: "delete", snapshots: [THERE] },
  rename: { kind: "rename", snapshot: THERE, name: "after" },
  power: { kind: "power", to: "off", confirmedAt: NOW },
};
export const KINDS = Object.keys(WISHES) as Kind[];

/** A wish with something else in it; `undefined` takes a field away. */
export const wishOf = <K extends Kind>(
  kind: K,
  changes: { [F in keyof Omit<WishOf<K>, "kind">]?: WishOf<K>[F] | undefined } = {},
): WishOf<K> => ({ ...WISHES[kind], ...changes }) as WishOf<K>;

type States = { readonly [S in Status]: InStatus<S> };

const FACTS = { power: "running", diskGb: 40, snapshotCount: 7, seenAt: NOW } as const;
const OWED = { plan: "offline", facts: FACTS, debt: { since: NOW, graceUntil: at(180) } } as const;
const OFF = { shutdownAsked: at(-60), off: at(-30) };
const MADE = { ...OFF, snapshotStarted: at(-20), snapshotEnded: at(-1) };
const RESTORED = { ...MADE, restoreStarted: at(-1), restoreEnded: NOW };

/** One yes of group:sre, not the requester's, within an hour. */
export const TERMS: Terms = {
  rule: 1,
  by: ["group:sre"],
  count: 1,
  not: "requester",
  lostRight: "void",
  expiresMs: 3600 * SECOND_MS,
};

const STATES: States = {
  queued: { status: "queued", since: NOW, why: { kind: "new" } },
  choosing: { status: "choosing", since: NOW, expiresAt: at(1800) },
  awaiting_approval: {
    status: "awaiting_approval",
    since: NOW,
    expiresAt: at(3600),
    what: "begin",
    wantedBy: ANNA,
    terms: TERMS,
    fingerprint: "0123abcd",
    yeses: [],
  },
  shutting_down: { status: "shutting_down", since: NOW, by: ANNA, mode: "graceful", asked: "yes", until: at(180) },
  shutdown_stuck: { status: "shutdown_stuck", since: NOW },
  snapshotting: { status: "snapshotting", since: NOW },
  restoring: { status: "restoring", since: NOW },
  deleting: { status: "deleting", since: NOW, gone: [], kept: [] },
  powering_on: { status: "powering_on", since: NOW, ending: { status: "done" }, attempts: 0, loud: false },
  done: { status: "done", at: NOW, snapshots: [] },
  failed: { status: "failed", at: NOW, failure: { code: "snapshot_failed" } },
  cancelled: { status: "cancelled", at: NOW, by: ANNA },
  denied: { status: "denied", at: NOW, by: BORIS, reason: "not tonight" },
  expired: { status: "expired", at: NOW },
};
export const STATUSES = Object.keys(STATES) as Status[];

/** Changes of a request; `undefined` takes a field away. */
type Changes = { [K in keyof Omit<Request, "state">]?: Request[K] | undefined };

/** What a request has gathered by the time it is in a status: asked for by Anna, offline where that is decided. */
const GATHERED: { readonly [S in Status]: Partial<Request> } = {
  queued: {},
  choosing: { facts: FACTS },
  awaiting_approval: {},
  shutting_down: { ...OWED, times: { shutdownAsked: NOW } },
  shutdown_stuck: { ...OWED, times: { shutdownAsked: at(-180) }, debt: { since: at(-180), graceUntil: NOW } },
  snapshotting: { ...OWED, times: OFF },
  restoring: { ...OWED, times: MADE },
  deleting: {},
  powering_on: { ...OWED, times: MADE },
  done: { plan: "offline", facts: FACTS, times: { ...MADE, on: NOW } },
  failed: { plan: "offline", facts: FACTS, times: { ...OFF, on: NOW } },
  cancelled: { facts: FACTS },
  denied: {},
  expired: { facts: FACTS },
};

/** What differs from that for other kinds: whoever only wants a VM off is owed nothing. */
const UNOWED = { facts: FACTS, plan: undefined, debt: undefined, times: { shutdownAsked: NOW } };
const GATHERED_BY: { readonly [K in Kind]?: { readonly [S in Status]?: Changes } } = {
  restore: { powering_on: { times: RESTORED }, done: { times: { ...RESTORED, on: at(1) } } },
  delete: { done: UNOWED, failed: UNOWED },
  rename: { done: UNOWED, failed: UNOWED },
  power: {
    shutting_down: UNOWED,
    shutdown_stuck: UNOWED,
    powering_on: { ...UNOWED, debt: { since: NOW, graceUntil: NOW }, times: {}, wish: wishOf("power", { to: "on" }) },
    done: { ...UNOWED, times: { shutdownAsked: at(-60), off: NOW } },
    failed: UNOWED,
    cancelled: UNOWED,
  },
};
const KIND_IN: { readonly [S in Status]?: Kind } = { restoring: "restore", deleting: "delete" };

export function aRequest<S extends Status>(
  status: S,
  state: { [K in keyof Omit<InStatus<S>, "status">]?: InStatus<S>[K] | undefined } = {},
  changes: Changes = {},
): RequestIn<S> {
  const kind = changes.wish?.kind ?? KIND_IN[status] ?? "create";
  const request = {
    id: "r1",
    vm: { id: VM, name: "web-01", diskGb: 40 },
    wish: WISHES[kind],
    requestedBy: ANNA,
    requestedAt: at(-120),
    channel: ChannelId.parse("COPS"),
    language: "en",
    times: {},
    ...GATHERED[status],
    ...GATHERED_BY[kind]?.[status],
    ...changes,
    state: { ...STATES[status], ...state },
  };
  return withoutHoles(Request.parse(request)) as RequestIn<S>;
}

/** Parsed values keep `undefined` fields that were given; a row from the database has none. */
const withoutHoles = (request: Request): Request => Request.parse(JSON.parse(JSON.stringify(request)));

type Builder = <S extends Status>(
  status: S,
  state?: Parameters<typeof aRequest<S>>[1],
  changes?: Changes,
) => RequestIn<S>;

/** A request of another kind; what it has gathered follows from kind and status. */
const aRequestTo =
  (kind: Kind): Builder =>
  (status, state = {}, changes = {}) =>
    aRequest(status, state, { wish: GATHERED_BY[kind]?.[status]?.wish ?? WISHES[kind], ...changes });
export const aRestore = aRequestTo("restore");
export const aDelete = aRequestTo("delete");
export const aRename = aRequestTo("rename");
export const aPower = aRequestTo("power");

/** A guest does not obey, and what shall become of it has to be approved. */
export const stuckMeanwhile = (
  state: Parameters<typeof aRequest<"awaiting_approval">>[1] = {},
  kind: Extract<Kind, "create" | "restore" | "power"> = "create",
): RequestIn<"awaiting_approval"> =>
  aRequestTo(kind)(
    "awaiting_approval",
    { what: "power_off", ...state },
    { ...GATHERED.shutdown_stuck, ...(kind === "power" && UNOWED) },
  );

/** A request that took the way without a shutdown. */
export const live = <S extends Status>(
  status: S,
  state: Parameters<typeof aRequest<S>>[1] = {},
  changes: Changes = {},
) => aRequest(status, state, { plan: "live", debt: undefined, times: {}, ...changes });

export const INTENT = { name: NAME, at: NOW, looks: 0 };
export const OPERATION = { id: OperationId.parse("77"), startedAt: NOW };

export const anOperation = (changes: Partial<Operation> = {}): Operation => ({
  id: OPERATION.id,
  kind: "snapshot",
  state: "running",
  percent: undefined,
  startedAt: NOW,
  error: undefined,
  ...changes,
});

export const aSnapshot = (changes: Partial<Omit<Snapshot, "id">> & { id?: string } = {}): Snapshot => ({
  name: "older",
  createdAt: at(-86_400),
  ...changes,
  id: SnapshotId.parse(changes.id ?? changes.name ?? "older"),
});

export const full = (count = 10): Snapshot[] => Array.from({ length: count }, (_, n) => aSnapshot({ name: `s${n}` }));

export const aVm = (id: string, name = id): Vm => ({
  id: VmId.parse(id),
  name,
  tags: [],
  diskGb: 40,
  power: "running",
  snapshotCount: 0,
});

export const ok = <T>(value: T): Look<T> => ({ ok: true, value });

export const aProblem = (kind: Problem["kind"], changes: Partial<Problem> = {}): Problem => ({
  kind,
  outcome: "refused",
  detail: `said ${kind}`,
  ...changes,
});
export const fails = (kind: Problem["kind"], changes: Partial<Problem> = {}): Look<never> => ({
  ok: false,
  problem: aProblem(kind, changes),
});

/** The whole world at once: a healthy cloud with a running VM, an empty shelf and nothing under way, but for what is said. */
const seenAll = (changes: Partial<Seen> = {}): Required<Omit<Seen, "ahead" | "fate">> & Seen => ({
  ahead: undefined,
  takenOver: undefined,
  watched: false,
  mayStillObey: false,
  fate: undefined,
  past: [],
  makers: new Map(),
  power: ok<Power>("running"),
  snapshots: ok([]),
  operations: ok([]),
  operation: ok(anOperation()),
  ...changes,
});

/** What of the world a request looks at. */
export function seenBy(request: Request, world: Partial<Seen>, now = NOW): Seen {
  const all = seenAll(world);
  return Object.fromEntries(needs(request, now).map((need) => [need, all[need]]));
}

/** A step in short, for tables: what kind, the status after it, the story's codes, the call. */
export interface Outline {
  step: Step["kind"] | "note";
  status?: State["status"];
  story?: string[];
  call?: Call["kind"];
  /** Milliseconds until the next look. */
  inMs?: number;
}

export function outline(step: Step, now = NOW): Outline {
  switch (step.kind) {
    case "wait":
      return { step: "wait", inMs: Number(step.until) - Number(now) };
    case "become":
      return {
        step: step.quietly ? "note" : "become",
        status: step.next.state.status,
        story: step.story.map(({ code }) => code),
        ...(step.until && { inMs: Number(step.until) - Number(now) }),
      };
    case "call":
      return {
        step: "call",
        call: step.call.kind,
        status: step.next.state.status,
        story: step.story.map(({ code }) => code),
      };
  }
}

/** Outlines for the right side of a table. */
export const waits = (inMs?: number): object => ({ step: "wait", ...(inMs !== undefined && { inMs }) });
export const becomes = (status: Status, ...story: string[]): object => ({ step: "become", status, story });
export const notes = (status: Status): object => ({ step: "note", status, story: [] });
export const calls = (call: Call["kind"], status: Status, ...story: string[]): object => ({
  step: "call",
  call,
  status,
  story,
});
