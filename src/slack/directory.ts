import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { between, HOUR_MS, MINUTE_MS } from "../domain/durations.ts";
import { UserId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory, Person } from "../ports/slack.ts";
import { languageOf } from "../texts/texts.ts";
import { holdBack } from "./held-back.ts";

const User = z.object({
  id: UserId,
  team_id: z.string().optional(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  locale: z.string().optional(),
  profile: z
    .object({
      display_name: z.string().optional(),
      real_name: z.string().optional(),
      /** Slack tells it with the scope `users:read.email` only. */
      email: z.string().nullish(),
    })
    .optional(),
});
type User = z.infer<typeof User>;

/** A right that was taken away counts after this at the latest. */
const FRESH_MS = MINUTE_MS;

/** Who people are, as Slack says; each answer is good for a minute, and asked for once however many want it. */
export function createDirectory(client: WebClient, clock: Clock, team: () => string | undefined): Directory {
  const known = new Map<UserId, { at: Date; person: Promise<Person> }>();
  const send = holdBack(clock);

  async function ask(user: UserId): Promise<Person> {
    const workspace = team();
    if (workspace === undefined) throw new Error("It is not known yet which workspace this is");
    const answer = await send(() => client.users.info({ user, include_locale: true }));
    return personOf(User.parse(answer.user), workspace);
  }

  return {
    person(user) {
      const now = clock.now();
      const found = known.get(user);
      if (found && between(found.at, now) < FRESH_MS) return found.person;
      for (const [id, { at }] of known) if (between(at, now) > HOUR_MS) known.delete(id);
      const person = ask(user);
      known.set(user, { at: now, person });
      person.catch(() => known.delete(user));
      return person;
    },
  };
}

export function personOf(user: User, team: string): Person {
  const name = user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id;
  const email = user.profile?.email;
  return {
    id: user.id,
    name,
    kind: kindOf(user, team),
    language: user.locale ? languageOf(user.locale) : undefined,
    ...(email && { email }),
  };
}

function kindOf(user: User, team: string): Person["kind"] {
  if (user.deleted) return "deactivated";
  if (user.is_bot) return "bot";
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== team)) return "stranger";
  return user.is_restricted || user.is_ultra_restricted ? "guest" : "member";
}
