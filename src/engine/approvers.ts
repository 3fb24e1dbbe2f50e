import { isDirect } from "../domain/ids.ts";
import { askedIn, type Request, type RequestIn, type Terms } from "../domain/request.ts";
import type { Approval } from "../policy/approval.ts";
import { type MayApprove, mayApprove } from "../policy/approving.ts";
import type { Somebody } from "../policy/asked.ts";
import { mayBreakGlass } from "../policy/break-glass.ts";
import { insideChannel } from "../policy/inside-channel.ts";
import { WhoSchema } from "../policy/who.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import type { Court } from "./judge.ts";

type Awaiting = RequestIn<"awaiting_approval">;
type Bench = Pick<Court, "rules" | "standings">;

/** As it was when it was asked for, where the policy does not want it any more: one yes of those is enough then. */
export function approvalOf({ by, not, lostRight, expiresMs }: Terms): Approval {
  const who = WhoSchema.safeParse(by).data ?? []; // nobody, if it cannot be read any more
  return { by: who, count: 1, not, lostRight, expiresMs, remindMs: undefined, reason: "optional" };
}

/** Whoever asked for it is excluded, and so is whoever pressed the button that needs approval. */
export async function mayDecide(
  bench: Bench,
  approval: Approval,
  person: Person,
  request: Awaiting,
): Promise<MayApprove> {
  const somebody = await standingBeside(bench, person, request);
  const asked = [request.requestedBy, request.state.wantedBy];
  const each = asked.map((requester) => mayApprove(approval, somebody, requester));
  return each.find((may) => may !== "yes") ?? "yes";
}

/** Somebody as they stand to a request: in somebody's direct messages with Shutter is nobody but its requester. */
export async function standingBeside({ standings, rules }: Bench, person: Person, request: Request): Promise<Somebody> {
  const { person: somebody, channel: place } = await standings.standingOf(person, askedIn(request), rules().needs);
  if (!place?.isDirect) return insideChannel(somebody, place);
  return { ...somebody, isInChannel: person.id === request.requestedBy.id };
}

/** What somebody may decide about a request that waits for approval. */
export interface MayDecide {
  approve: boolean;
  breakGlass: boolean;
}

/** Those of the open requests about which this person may decide, as it was asked for, and has not said yes yet. */
export async function toDecide<S extends Pick<Stored, "request" | "card">>(
  bench: Bench,
  person: Person,
  open: readonly S[],
): Promise<(S & { may: MayDecide })[]> {
  const each = await Promise.all(
    open.map(async (stored) => {
      const { request, card } = stored;
      const { state } = request;
      if (state.status !== "awaiting_approval" || state.yeses.some(({ by }) => by.id === person.id)) return [];
      const approve = (await mayDecide(bench, approvalOf(state.terms), person, { ...request, state })) === "yes";
      const somebody = await standingBeside(bench, person, request);
      const breakGlass = mayBreakGlass(bench.rules().breakGlass, somebody) === "yes";
      // Whoever can see the card declares an emergency there.
      const isHidden = card.message && isDirect(card.message.channel) && request.requestedBy.id !== person.id;
      const isForThem = approve || (breakGlass && isHidden);
      return isForThem ? [{ ...stored, may: { approve, breakGlass } }] : [];
    }),
  );
  return each.flat();
}
