import { isStuckMeanwhile } from "../domain/approving-stuck.ts";
import type { Press, Refusal } from "../domain/press.ts";
import type { Request } from "../domain/request.ts";
import type { Person } from "../ports/slack.ts";

/** What every full member may do, so that no VM is stuck because one person is away. */
const OPEN_TO_MEMBERS: ReadonlySet<Press> = new Set<Press>(["power_on"]);
const STUCK_WAYS: ReadonlySet<Press> = new Set<Press>(["wait", "power_off", "live", "cancel"]);

/** Guests, people of other workspaces and bots may look but not act. */
export const mayAct = (person: Person): boolean => person.kind === "member";

/** Whether this person may press this button now, as long as no policy is configured. */
export function mayPress(
  press: Press,
  person: Person,
  request: Request,
): "yes" | Extract<Refusal, "not_member" | "not_requester"> {
  if (!mayAct(person)) return "not_member";
  const isOpen = OPEN_TO_MEMBERS.has(press) || (isStuck(request) && STUCK_WAYS.has(press));
  return isOpen || person.id === request.requestedBy.id ? "yes" : "not_requester";
}

/** Also while somebody has to approve what becomes of it. */
const isStuck = ({ state, ...request }: Request): boolean =>
  state.status === "shutdown_stuck" ||
  (state.status === "awaiting_approval" && isStuckMeanwhile({ ...request, state }));
