import { decide } from "../domain/decide.ts";
import type { RequestId } from "../domain/ids.ts";
import { act } from "./act.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";
import { observe } from "./observe.ts";

/**
 * Takes a request as far as it goes now: look, decide, act, remember, again and again. Returns when to look next. It may
 * be called at any time, and be cut off at any line: the next call starts from the row and from the cloud as it is.
 */
export async function advance(deps: Deps, id: RequestId): Promise<Date> {
  for (;;) {
    const stored = await deps.store.load(id);
    if (!stored) throw new Error(`There is no request ${id}`);
    const seen = await observe(deps, stored.request);
    const step = decide(stored.request, seen, deps.clock.now(), deps.settings);
    if (step.kind === "wait") return step.until;
    const committed = await commit(deps, stored, step);
    if (!committed) continue;
    if (step.kind === "call") await act(deps, id, step.call);
    else if (step.until) return step.until;
  }
}
