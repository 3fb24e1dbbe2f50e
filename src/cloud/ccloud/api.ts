import type { CloudLimits, Operation, OperationKind, Power } from "../../domain/cloud.ts";
import { MINUTE_MS } from "../../domain/durations.ts";
import type { HttpRequest } from "../http.ts";

/** What error texts call the cloud. */
export const NAME = "ccloud³";

/**
 * All that is known or guessed of the ccloud³ API, as data. Nothing here was tried on the live service: the server paths
 * and the state call are known from client code, what has to do with snapshots and operations is one of two guesses.
 */
export interface Api {
  readonly routes: { readonly [K in CallName]: Route };
  /** Where an answer keeps the thing itself; the first key that is there counts. */
  readonly envelopes: {
    readonly [K in "server" | "operation" | "snapshot"]: { one: readonly string[]; many: readonly string[] };
  };
  /** Which of an operation's fields the `operation` route takes; the first that is there counts. */
  readonly operationId: readonly string[];
  /** The field that says what an operation does, in these words (written as `plainWord` writes them). */
  readonly operationType: readonly string[];
  readonly kinds: ReadonlyMap<string, OperationKind>;
}

export type CallName =
  | "servers"
  | "server"
  | "state"
  | "shutdown"
  | "powerOff"
  | "powerOn"
  | "startSnapshot"
  | "operation"
  | "operations"
  | "snapshots"
  | "renameSnapshot"
  | "deleteSnapshot"
  | "restore";

/** What stands in a path's braces, or goes into a body. */
export type Values = Partial<Record<"vm" | "operation" | "snapshot" | "name", string>>;

export interface Route {
  method: HttpRequest["method"];
  path: string;
  body?: (values: Values) => object;
}

const SERVER = "/ccloud/servers/{vm}";

const SERVER_ROUTES = {
  servers: { method: "GET", path: "/ccloud/servers" },
  server: { method: "GET", path: SERVER },
  state: { method: "GET", path: `${SERVER}/state` },
  shutdown: { method: "POST", path: `${SERVER}/actions`, body: () => ({ type: "shutdown" }) },
  powerOff: { method: "POST", path: `${SERVER}/actions`, body: () => ({ type: "power_off" }) },
  powerOn: { method: "POST", path: `${SERVER}/actions`, body: () => ({ type: "power_on" }) },
  snapshots: { method: "GET", path: `${SERVER}/snapshots` },
} as const;

const POWER_KINDS = [
  ["shutdown", "shutdown"],
  ["power off", "power_off"],
  ["power on", "power_on"],
  ["restore", "restore"],
] as const;

/** Snapshots are actions on a server, as the "VM Actions endpoint" of the published how-to has it. */
const ACTIONS: Api = {
  routes: {
    ...SERVER_ROUTES,
    startSnapshot: { method: "POST", path: `${SERVER}/actions`, body: ({ name }) => ({ type: "snapshot", name }) },
    operation: { method: "GET", path: "/ccloud/actions/{operation}" },
    operations: { method: "GET", path: `${SERVER}/actions` },
    renameSnapshot: { method: "PUT", path: "/ccloud/snapshots/{snapshot}", body: ({ name }) => ({ name }) },
    deleteSnapshot: { method: "DELETE", path: "/ccloud/snapshots/{snapshot}" },
    restore: {
      method: "POST",
      path: `${SERVER}/actions`,
      body: ({ snapshot }) => ({ type: "restore", image: asNumber(snapshot) }),
    },
  },
  envelopes: {
    server: { one: ["data"], many: ["data"] },
    operation: { one: ["action", "data"], many: ["actions", "data"] },
    snapshot: { one: ["snapshot", "data"], many: ["snapshots", "data"] },
  },
  operationId: ["id"],
  operationType: ["type", "action"],
  kinds: new Map<string, OperationKind>([["snapshot", "snapshot"], ...POWER_KINDS]),
};

/** Snapshots are a resource of their own and what takes time is a job, as the reference's table of contents suggests. */
const SNAPSHOTS: Api = {
  routes: {
    ...SERVER_ROUTES,
    startSnapshot: { method: "POST", path: `${SERVER}/snapshots`, body: ({ name }) => ({ name }) },
    operation: { method: "GET", path: `${SERVER}/jobs/{operation}` },
    operations: { method: "GET", path: `${SERVER}/jobs` },
    renameSnapshot: { method: "PUT", path: `${SERVER}/snapshots/{snapshot}`, body: ({ name }) => ({ name }) },
    deleteSnapshot: { method: "DELETE", path: `${SERVER}/snapshots/{snapshot}` },
    restore: { method: "POST", path: `${SERVER}/snapshots/{snapshot}/restore` },
  },
  envelopes: {
    server: { one: ["data"], many: ["data"] },
    operation: { one: ["data", "action"], many: ["data", "jobs"] },
    snapshot: { one: ["data", "snapshot"], many: ["data", "snapshots"] },
  },
  operationId: ["job_id", "id"],
  operationType: ["action", "type"],
  kinds: new Map<string, OperationKind>([
    ["create", "snapshot"],
    ["snapshot", "snapshot"],
    ["delete", "delete"],
    ...POWER_KINDS,
  ]),
};

export const APIS = { actions: ACTIONS, snapshots: SNAPSHOTS } as const;

/** Where tokens come from. Documented. */
export const TOKEN_PATH = "/oauth/token";

/** Only "Running" was seen in public; the rest are the usual words of other clouds. Any other means `unknown`. */
export const POWER_WORDS = wordTable<Power>({
  running: ["running", "active", "on", "started", "online", "powered on", "poweredon"],
  off: ["stopped", "off", "shutoff", "shut off", "powered off", "poweredoff", "halted", "offline"],
  starting: ["starting", "booting", "powering on", "starting up", "restarting", "rebooting"],
  stopping: ["stopping", "shutting down", "powering off", "shutting off"],
});

/** Any other word is no end: see `stateOf`. */
export const STATUS_WORDS = wordTable<Operation["state"]>({
  running: ["in progress", "running", "pending", "queued", "waiting", "new", "started", "processing", "active"],
  succeeded: ["completed", "complete", "finished", "done", "success", "successful", "succeeded"],
  failed: ["errored", "error", "failed", "failure", "aborted", "cancelled", "canceled"],
});

export const LIMITS: CloudLimits = {
  snapshotsPerVm: 10, // centron-Docs, snapshots/details/limits.md
  cooldownMs: 10 * MINUTE_MS, // centron-Docs, snapshots/details/limits.md: one snapshot per VM every 10 minutes
  msPerGb: 2 * MINUTE_MS, // centron-Docs, snapshots/support.md: about 2 minutes per GB of used disk
  nameLength: 255, // assumed, after DigitalOcean; specs/ccloud.yaml, SnapshotName
};

/** The most that the list takes as `per_page`. Assumed. */
export const PER_PAGE = 200;

/** Compares words as people do: `SHUTTING_DOWN`, `Shutting-down` and `shutting down` are one. */
export const plainWord = (word: string): string =>
  word
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();

function wordTable<T extends string>(words: Partial<Record<T, readonly string[]>>): ReadonlyMap<string, T> {
  const entries = Object.entries(words) as [T, readonly string[]][];
  return new Map(entries.flatMap(([meaning, all]) => all.map((word): [string, T] => [word, meaning])));
}

/** Ids are numbers in this API and texts in the bot; one that is no number goes out as it came. */
const asNumber = (id: string | undefined) => (/^\d{1,15}$/.test(id ?? "") ? Number(id) : id);
