import type { RequestId } from "../domain/ids.ts";
import { type Press, press, type Refusal } from "../domain/press.ts";
import { mayPress } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import { commit } from "./commit.ts";
import type { Deps } from "./deps.ts";

/**
 * Presses a button on a request, if this person may; of two people who press at once, one wins and the other is told.
 * Whether they may is asked at every look, since what one person does can take a right from the other.
 */
export async function pressRequest(
  deps: Deps,
  id: RequestId,
  button: Press,
  person: Person,
  as: RequestId,
): Promise<{ kind: "changed" } | { kind: "refused"; refusal: Refusal; stored: Stored }> {
  const by = { id: person.id, name: person.name };
  for (;;) {
    const stored = await deps.store.load(id);
    if (!stored) throw new Error(`There is no request ${id}`);
    if (stored.request.decided?.as === as) return { kind: "changed" }; // the same press, handled again after a crash
    const may = mayPress(button, person, stored.request);
    if (may !== "yes") return { kind: "refused", refusal: may, stored };
    const pressed = press(stored.request, button, by, deps.clock.now(), deps.settings, as);
    if (pressed.kind === "refused") return { ...pressed, stored };
    if (!(await commit(deps, stored, pressed.step))) continue;
    deps.wakeups.now(id);
    return { kind: "changed" };
  }
}
