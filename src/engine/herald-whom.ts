import type { UserId } from "../domain/ids.ts";
import type { RequestIn, Terms } from "../domain/request.ts";
import { type PeopleNamed, WhoSchema } from "../policy/who.ts";

/** Those whose yes is asked for, as the policy named them then. */
export const approversOf = ({ by }: Terms): readonly PeopleNamed[] => WhoSchema.safeParse(by).data ?? [];

/** Of these people: whose yes could count and has not been asked for yet. */
export function yetToAsk(
  { requestedBy, state }: RequestIn<"awaiting_approval">,
  named: readonly UserId[],
  told: ReadonlySet<string>,
): UserId[] {
  const { terms, wantedBy, yeses } = state;
  const isOwn = (user: UserId) => terms.not === "requester" && (user === requestedBy.id || user === wantedBy.id);
  const hasSaidYes = (user: UserId) => yeses.some(({ by }) => by.id === user);
  return named.filter((user) => !told.has(user) && !isOwn(user) && !hasSaidYes(user));
}
