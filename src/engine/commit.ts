import { onlyWaits } from "../domain/ahead.ts";
import { isOpen, type Request } from "../domain/request.ts";
import type { Call, Step } from "../domain/step.ts";
import type { Line } from "../domain/story.ts";
import type { Stored } from "../ports/store.ts";
import type { Deps } from "./deps.ts";

/**
 * Writes a step down, with the call that it is about to make, and what else the audit has to know; false when somebody else
 * changed the request meanwhile, so that it has to be looked at again.
 */
export async function commit(
  deps: Deps,
  before: Stored,
  step: Exclude<Step, { kind: "wait" }>,
  audit: readonly Line[] = [],
): Promise<boolean> {
  const quietly = step.kind === "become" && step.quietly;
  const calls = step.kind === "call" ? [lineOf(step.call)] : [];
  const story = [...audit, ...step.story, ...calls];
  if (!(await deps.store.commit(before, step.next, story, deps.clock.now(), quietly))) return false;
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

const lineOf = ({ kind: call, vm: _, ...about }: Call): Line => ({ code: "call", call, ...about });
