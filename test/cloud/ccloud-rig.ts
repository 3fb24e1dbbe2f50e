import { onTestFinished } from "vitest";
import { type CcloudOptions, ccloud } from "../../src/cloud/ccloud/ccloud.ts";
import { type DemoCloud, type DemoCloudOptions, startDemoCloud } from "../../src/demo/cloud.ts";
import type { Call, Fault, Reply } from "../../src/demo/server.ts";
import { VmId } from "../../src/domain/ids.ts";
import type { Cloud } from "../../src/ports/cloud.ts";
import { type ManualClock, manualClock } from "../manual-clock.ts";

export const WEB = VmId.parse("web-01");
export const DB = VmId.parse("db-01");

export interface Rig {
  cloud: Cloud & { close(): Promise<void> };
  demo: DemoCloud;
  clock: ManualClock;
  /** What was logged, message and values. */
  logged: [string, object][];
  /** The calls that came, as `GET /ccloud/servers`; without those for tokens. */
  calls(): string[];
  tokenCalls(): number;
  /** From now on these calls go wrong, the first `times` of them. */
  fault(matches: string, fault: Fault, times?: number): void;
  /** From now on these calls are answered so, without being done. */
  answer(matches: string, reply: Reply, times?: number): void;
}

/** The adapter against a demo cloud, on a clock that stands still. Both end with the test. */
export async function aCcloud(
  options: Partial<DemoCloudOptions> & Partial<Omit<CcloudOptions, "clock">> = {},
): Promise<Rig> {
  const { snapshotApi = "actions", vms = [{ name: "web-01" }, { name: "db-01" }] } = options;
  const clock = manualClock();
  const demo = await startDemoCloud({ ...options, clock, vms, snapshotApi });
  const logged: Rig["logged"] = [];
  const cloud = ccloud({
    baseUrl: options.baseUrl ?? demo.url,
    clientId: demo.clientId,
    clientSecret: options.clientSecret ?? demo.clientSecret,
    snapshotApi,
    clock,
    log: (message, values) => logged.push([message, values]),
    ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
  });
  onTestFinished(async () => {
    await demo.close();
    await cloud.close();
  });
  const sent = () => demo.server.journal.map(({ call }) => nameOf(call));
  const rig: Rig = {
    cloud,
    demo,
    clock,
    logged,
    calls: () => sent().filter((name) => name !== "POST /oauth/token"),
    tokenCalls: () => sent().filter((name) => name === "POST /oauth/token").length,
    fault(matches, fault, times = Number.POSITIVE_INFINITY) {
      let left = times;
      demo.server.intercept((call) => (nameOf(call).startsWith(matches) && left-- > 0 ? fault : undefined));
    },
    answer: (matches, reply, times) => rig.fault(matches, { kind: "answer", reply, applied: false }, times),
  };
  return rig;
}

const nameOf = ({ method, path }: Call): string => `${method} ${path.replace("/api/v1", "")}`;
