import { HOUR_MS, later } from "../domain/durations.ts";
import type { ChannelId, UserId } from "../domain/ids.ts";
import { isOpen, type Request } from "../domain/request.ts";
import { actionOf } from "../policy/asked.ts";
import type { Limit, Used } from "../policy/limits.ts";
import type { Deps } from "./deps.ts";

/** Each limit with what counts against it now, of what this person asks for there. */
export async function limitsUsed<L extends Limit>(
  { store, clock }: Pick<Deps, "store" | "clock">,
  limits: readonly L[],
  person: UserId,
  channel: ChannelId | undefined,
): Promise<readonly { limit: L; used: Used }[]> {
  if (limits.length === 0) return [];
  const recent = (await store.since(later(clock.now(), -HOUR_MS))).map(({ request }) => request);
  return limits.map((limit) => {
    const counted = recent.filter((request) => counts(limit, request, person, channel));
    const asked = counted.map(({ requestedAt }) => requestedAt);
    return { limit, used: { asked, running: counted.filter(isOpen).length } };
  });
}

/** What a limit counts together. */
function counts({ per, action }: Limit, request: Request, person: UserId, channel: ChannelId | undefined): boolean {
  if (action && !action.includes(actionOf(request.wish))) return false;
  if (per !== "channel" && request.requestedBy.id !== person) return false;
  return per === "person" || request.channel === channel;
}
