import type { Request, RequestIn, Terms } from "../domain/request.ts";
import type { Approval } from "../policy/approval.ts";
import { type MayApprove, mayApprove } from "../policy/approving.ts";
import type { Somebody } from "../policy/asked.ts";
import { insideChannel } from "../policy/inside-channel.ts";
import { WhoSchema } from "../policy/who.ts";
import type { Person } from "../ports/slack.ts";
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
export async function standingBeside(
  { standings, rules }: Bench,
  person: Person,
  { channel, requestedBy }: Request,
): Promise<Somebody> {
  const { person: somebody, channel: place } = await standings.standingOf(person, channel, rules().needs);
  if (!place?.isDirect) return insideChannel(somebody, place);
  return { ...somebody, isInChannel: person.id === requestedBy.id };
}

/** Those of the open requests that this person may approve, as it was asked for, and has not yet. */
export async function toApprove<S extends { request: Request }>(
  bench: Bench,
  person: Person,
  open: readonly S[],
): Promise<S[]> {
  const each = await Promise.all(
    open.map(async (stored) => {
      const { state } = stored.request;
      if (state.status !== "awaiting_approval" || state.yeses.some(({ by }) => by.id === person.id)) return [];
      const may = await mayDecide(bench, approvalOf(state.terms), person, { ...stored.request, state });
      return may === "yes" ? [stored] : [];
    }),
  );
  return each.flat();
}
