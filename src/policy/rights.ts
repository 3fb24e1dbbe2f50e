import { isStuckMeanwhile } from "../domain/approving-stuck.ts";
import type { Press, Refusal } from "../domain/press.ts";
import type { Request } from "../domain/request.ts";
import type { Person } from "../ports/slack.ts";
import type { Policy } from "./policy.ts";

/** What every full member may do, so that no VM is stuck because one person is away. */
const OPEN_TO_MEMBERS: ReadonlySet<Press> = new Set<Press>(["power_on"]);
const STUCK_WAYS: ReadonlySet<Press> = new Set<Press>(["wait", "power_off", "live", "cancel"]);

/**
 * People of other workspaces and bots may look but not act, and so may guests, unless a rule names them. What somebody may
 * do is asked of the rules then.
 */
export const mayAct = ({ kind }: Person, policy: Policy | undefined): boolean =>
  kind === "member" || (kind === "guest" && namesGuests(policy));

const namesGuests = (policy: Policy = []): boolean =>
  policy.some(({ outcome }) => outcome.kind === "allow" && outcome.who.some(({ kind }) => kind === "guests"));

/** Whether this person may press this button now. What the policy has a say in is asked of it as well. */
export function mayPress(
  press: Press,
  person: Person,
  request: Request,
  policy: Policy | undefined,
): "yes" | Extract<Refusal, "not_member" | "not_requester"> {
  if (!mayAct(person, policy)) return "not_member";
  if (person.id === request.requestedBy.id) return "yes";
  const isOpen = OPEN_TO_MEMBERS.has(press) || (isStuck(request) && STUCK_WAYS.has(press));
  return isOpen && person.kind === "member" ? "yes" : "not_requester";
}

/** Also while somebody has to approve what becomes of it. */
const isStuck = ({ state, ...request }: Request): boolean =>
  state.status === "shutdown_stuck" ||
  (state.status === "awaiting_approval" && isStuckMeanwhile({ ...request, state }));
