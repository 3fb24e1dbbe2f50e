import type { Operation } from "../domain/cloud.ts";
import type { RequestId } from "../domain/ids.ts";
import { learn } from "../domain/learn.ts";
import type { Call } from "../domain/step.ts";
import type { Cloud } from "../ports/cloud.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { look } from "./look.ts";

/** One call with an effect; its answer goes back into the row. Its intent is stored already. */
export async function act(deps: Deps, id: RequestId, call: Call): Promise<void> {
  const answer = await look(() => send(deps.cloud, call));
  if (!answer.ok) deps.log.warn("the cloud did not do it", { request: id, call: call.kind, ...answer.problem });
  for (;;) {
    const stored = await deps.store.load(id);
    const step = stored && learn(stored.request, call, answer, deps.clock.now());
    if (!step || step.kind === "wait" || (await commit(deps, stored, step))) return;
  }
}

async function send(cloud: Cloud, call: Call): Promise<Operation | undefined> {
  switch (call.kind) {
    case "shutdown":
      return cloud.shutdown(call.vm);
    case "power_off":
      return cloud.powerOff(call.vm);
    case "power_on":
      return cloud.powerOn(call.vm);
    case "snapshot":
      return cloud.startSnapshot(call.vm, call.name);
    case "restore":
      return cloud.restore(call.vm, call.snapshot);
    case "delete":
      await cloud.deleteSnapshot(call.vm, call.snapshot);
      return undefined;
    case "rename":
      await cloud.renameSnapshot(call.vm, call.snapshot, call.name);
      return undefined;
  }
}
