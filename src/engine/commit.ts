import { onlyWaits } from "../domain/ahead.ts";
import { isOpen, type Request } from "../domain/request.ts";
import type { Step } from "../domain/step.ts";
import type { Stored } from "../ports/store.ts";
import type { Deps } from "./deps.ts";

/** Writes a step down; false when somebody else changed the request meanwhile, so that it has to be looked at again. */
export async function commit(deps: Deps, before: Stored, step: Exclude<Step, { kind: "wait" }>): Promise<boolean> {
  const quietly = step.kind === "become" && step.quietly;
  if (!(await deps.store.commit(before, step.next, step.story, deps.clock.now(), quietly))) return false;
  const { id, vm, state } = step.next;
  const from = before.request.state.status;
  if (from !== state.status) deps.log.info("request changed", { request: id, vm: vm.id, from, status: state.status });
  deps.redraw();
  const isOut = (request: Request) => !isOpen(request) || onlyWaits(request);
  if (!isOut(before.request) && isOut(step.next)) {
    for (const behind of await deps.store.openOf(vm.id)) deps.wakeups.now(behind.request.id);
  }
  return true;
}
