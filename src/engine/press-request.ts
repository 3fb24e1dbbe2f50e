import type { RequestId, Who } from "../domain/ids.ts";
import { type Press, press, type Refusal } from "../domain/press.ts";
import type { Stored } from "../ports/store.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";

/** Presses a button on a request; of two people who press at once, one wins and the other is told. */
export async function pressRequest(
  deps: Deps,
  id: RequestId,
  button: Press,
  by: Who,
  as: RequestId,
): Promise<{ kind: "changed" } | { kind: "refused"; refusal: Refusal; stored: Stored }> {
  for (;;) {
    const stored = await deps.store.load(id);
    if (!stored) throw new Error(`There is no request ${id}`);
    const pressed = press(stored.request, button, by, deps.clock.now(), deps.settings, as);
    if (pressed.kind === "refused") return { ...pressed, stored };
    if (!(await commit(deps, stored, pressed.step))) continue;
    deps.wakeups.now(id);
    return { kind: "changed" };
  }
}
