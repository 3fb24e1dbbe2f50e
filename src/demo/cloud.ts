import { pause } from "../clock.ts";
import type { Clock } from "../ports/clock.ts";
import { actionRoutes } from "./cloud/actions-api.ts";
import { Agenda } from "./cloud/agenda.ts";
import type { DemoVm, Trouble } from "./cloud/demo-vm.ts";
import { excessOffMs } from "./cloud/excess-off.ts";
import type { Face } from "./cloud/face.ts";
import { Fleet } from "./cloud/fleet.ts";
import { RateLimit } from "./cloud/rate-limit.ts";
import { notFound, tooMany, unauthorized } from "./cloud/replies.ts";
import { answerFrom } from "./cloud/routes.ts";
import { serverRoutes } from "./cloud/servers-api.ts";
import { jobRoutes } from "./cloud/snapshots-api.ts";
import { Tokens } from "./cloud/tokens.ts";
import type { Vm } from "./cloud/vm.ts";
import { type VmView, viewOf } from "./cloud/vm-view.ts";
import { type Call, type DoubleServer, type Reply, serveDouble } from "./server.ts";

export type { DemoVm, Trouble } from "./cloud/demo-vm.ts";
export type { VmView } from "./cloud/vm-view.ts";

type Panel = Pick<Vm, "switch" | "goOff" | "takeSnapshot" | "restore" | "renameSnapshot" | "deleteSnapshot">;

const BASE_PATH = "/api/v1";

export interface DemoCloudOptions {
  clock: Clock;
  vms: DemoVm[];
  /** 0, the default, takes a free one. */
  port?: number;
  /** How snapshots are asked for: as actions on a server (the default) or as a resource whose work is done in jobs. */
  snapshotApi?: "actions" | "snapshots";
  clientId?: string;
  clientSecret?: string;
  /** How long a token is good for; an hour by default. */
  tokenSeconds?: number;
  /** No limit by default. */
  requestsPerMinute?: number;
}

export interface DemoCloud {
  /** The base that CCLOUD_API_URL takes, `http://127.0.0.1:<port>/api/v1`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly server: DoubleServer;
  /** The truth about a VM as of now, which need not be what the API says. Throws if there is no such VM. */
  vm(name: string): VmView;
  vms(): VmView[];
  /** Adds to the VM's trouble; what is `undefined` goes away. */
  trouble(name: string, trouble: Trouble): void;
  /** What somebody does in the cloud's own panel, past the API. A refusal comes back as a value. */
  panel(name: string): Panel;
  /** The VM is gone, with its snapshots and all that was done to it. */
  destroy(name: string): void;
  /** All tokens handed out so far are refused from now on. */
  expireTokens(): void;
  /** From now on every answer comes so late, in the clock's time, though what was asked is done at once. 0 ends it. */
  slow(milliseconds: number): void;
  /**
   * Milliseconds the VM was off, in its last complete off period, beyond what the cloud itself needed for operations.
   * `undefined` as long as it was never off and on again.
   */
  excessOffMs(name: string): number | undefined;
  /** Told when the power, an operation or the snapshots of a VM changed, not at each percent. Returns the way to stop. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** A cloud in memory that speaks the ccloud³ API over HTTP, on 127.0.0.1 only. */
export async function startDemoCloud(options: DemoCloudOptions): Promise<DemoCloud> {
  const { clock, clientId = "3b6e0c0e-5f0a-4d55-9a51-0d3c1f6a7e11", clientSecret = "demo-cloud-secret" } = options;
  const agenda = new Agenda(clock);
  const fleet = new Fleet(options.vms, agenda);
  const tokens = new Tokens(clock, { id: clientId, secret: clientSecret }, options.tokenSeconds ?? 3600);
  const limit = options.requestsPerMinute === undefined ? undefined : new RateLimit(clock, options.requestsPerMinute);
  const closing = new AbortController();
  let slowMs = 0;

  const face: Face = { fleet, urlOf: (path) => `${server.url}${BASE_PATH}${path}` };
  const routes = [
    ...serverRoutes(face),
    ...(options.snapshotApi === "snapshots" ? jobRoutes(face) : actionRoutes(face)),
  ];

  function reply(call: Call): Reply {
    if (!call.path.startsWith(`${BASE_PATH}/`)) return notFound();
    const path = call.path.slice(BASE_PATH.length);
    if (path === "/oauth/token" && call.method === "POST") return tokens.grant(call);
    return tokens.admits(call) ? answerFrom(routes, call, path) : unauthorized();
  }

  function limited(call: Call): Reply {
    if (!limit) return reply(call);
    const { waitMs, headers } = limit.take();
    const given = waitMs > 0 ? tooMany("API rate limit exceeded.", waitMs) : reply(call);
    return { ...given, headers: { ...headers, ...given.headers } };
  }

  const server = await serveDouble(async (call) => {
    agenda.settle();
    const given = limited(call);
    if (slowMs > 0) await pause(clock, slowMs, closing.signal);
    return given;
  }, options.port);

  function find(name: string) {
    agenda.settle();
    const vm = fleet.find(name);
    if (!vm) throw new Error(`No VM named ${name}`);
    return vm;
  }

  return {
    url: `${server.url}${BASE_PATH}`,
    clientId,
    clientSecret,
    server,
    vm: (name) => viewOf(find(name)),
    vms() {
      agenda.settle();
      return fleet.vms.map(viewOf);
    },
    trouble: (name, trouble) => find(name).addTrouble(trouble),
    panel: find,
    destroy: (name) => fleet.destroy(find(name)),
    expireTokens: () => tokens.expireAll(),
    slow(milliseconds) {
      slowMs = milliseconds;
    },
    excessOffMs(name) {
      const { offPeriods, operations } = find(name);
      return excessOffMs(offPeriods, operations);
    },
    onChange: (listener) => fleet.onChange(listener),
    async close() {
      agenda.clear();
      closing.abort();
      await server.close();
    },
  };
}
