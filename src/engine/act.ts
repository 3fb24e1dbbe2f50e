import type { Operation } from "../domain/cloud.ts";
import type { RequestId } from "../domain/ids.ts";
import { learn } from "../domain/learn.ts";
import type { Answer, Call } from "../domain/step.ts";
import type { Line } from "../domain/story.ts";
import type { Cloud } from "../ports/cloud.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { look } from "./look.ts";

/** One call with an effect; its answer goes back into the row, and into the audit. Its intent is stored already. */
export async function act(deps: Deps, id: RequestId, call: Call): Promise<void> {
  const answer = await look(() => send(deps.cloud, call));
  if (!answer.ok) deps.log.warn("the cloud did not do it", { request: id, call: call.kind, ...answer.problem });
  const line = lineOf(call, answer);
  for (;;) {
    const stored = await deps.store.load(id);
    const now = deps.clock.now();
    const step = stored && learn(stored.request, call, answer, now);
    if (step && step.kind !== "wait") {
      if (await commit(deps, stored, step, [line])) return;
      continue;
    }
    // The request has moved on without the answer; the audit still has it.
    return deps.store.note(now, line, { request: id, vm: call.vm, who: stored?.request.requestedBy.id });
  }
}

/** What the call brought. The cloud's own words stay with the request; here only what kind of trouble it was. */
function lineOf({ kind: call }: Call, answer: Answer): Line {
  if (answer.ok) return { code: "answer", call, outcome: "ok" };
  const { outcome, kind } = answer.problem;
  return { code: "answer", call, outcome, problem: kind };
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
