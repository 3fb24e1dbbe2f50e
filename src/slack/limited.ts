import type { Vm } from "../domain/cloud.ts";
import { HOUR_MS, later } from "../domain/durations.ts";
import { isOpen, type Request } from "../domain/request.ts";
import type { Wanted } from "../engine/ask.ts";
import { deedOf } from "../engine/judge.ts";
import { actionOf } from "../policy/asked.ts";
import { type Limit, limitReached, limitsOn } from "../policy/limits.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

/** Why somebody may not ask for more at the moment, in words; undefined when they may. */
export async function limitText(
  { rules, standings, store, clock }: Desk,
  person: Person,
  { channel }: Sender,
  _vm: Vm,
  wanted: Wanted,
  { approval }: Texts,
): Promise<string | undefined> {
  const { limits, needs } = rules();
  if (limits.length === 0) return undefined;
  const now = clock.now();
  const standing = await standings.standingOf(person, channel, needs);
  const action = deedOf(wanted)?.action ?? "create";
  const recent = await store.since(later(now, -HOUR_MS));
  for (const limit of limitsOn(limits, { action, channel: standing.channel, person: standing.person })) {
    const counted = recent.map(({ request }) => request).filter((request) => counts(limit, request, person, channel));
    const asked = counted.map(({ requestedAt }) => requestedAt);
    const reached = limitReached(limit, { asked, running: counted.filter(isOpen).length }, now);
    if (reached?.kind === "running") return approval.limit.running(reached.most);
    if (reached) return approval.limit.requests_per_hour(reached.most, reached.againAt);
  }
  return undefined;
}

/** What a limit counts together. */
function counts({ per, action }: Limit, request: Request, person: Person, channel: string | undefined): boolean {
  if (action && !action.includes(actionOf(request.wish))) return false;
  if (per !== "channel" && request.requestedBy.id !== person.id) return false;
  return per === "person" || request.channel === channel;
}
