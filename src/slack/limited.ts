import type { Wanted } from "../engine/ask.ts";
import { deedOf } from "../engine/judge.ts";
import { limitsUsed } from "../engine/limits-used.ts";
import { limitReached, limitsOn } from "../policy/limits.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

/** Why somebody may not ask for more at the moment, in words; undefined when they may. */
export async function limitText(
  { rules, standings, store, clock }: Desk,
  person: Person,
  { channel }: Sender,
  wanted: Wanted,
  { approval }: Texts,
): Promise<string | undefined> {
  const { limits, needs } = rules();
  if (limits.length === 0) return undefined;
  const now = clock.now();
  const standing = await standings.standingOf(person, channel, needs);
  const action = deedOf(wanted)?.action ?? "create";
  const on = limitsOn(limits, { action, channel: standing.channel, person: standing.person });
  for (const { limit, used } of await limitsUsed({ store, clock }, on, person.id, channel)) {
    const reached = limitReached(limit, used, now);
    if (!reached) continue;
    const { running, hour, wait, next } = approval.limit;
    return reached.kind === "running"
      ? `${running[limit.per](reached.most)} ${wait}`
      : `${hour[limit.per](reached.most)} ${next(reached.againAt)}`;
  }
  return undefined;
}
