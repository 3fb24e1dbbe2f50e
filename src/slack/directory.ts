import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { between, HOUR_MS, later, MINUTE_MS } from "../domain/durations.ts";
import { UserId } from "../domain/ids.ts";
import type { Clock } from "../ports/clock.ts";
import { type Directory, type Person, SlackRefusal } from "../ports/slack.ts";
import { languageOf } from "../texts/texts.ts";
import { call, retryAfterMs } from "./web.ts";

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
  profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
});
type User = z.infer<typeof User>;

/** A right that was taken away counts after this at the latest. */
const FRESH_MS = MINUTE_MS;

/** Who people are, as Slack says; each answer is good for a minute, and asked for once however many want it. */
export function createDirectory(client: WebClient, clock: Clock, team: () => string | undefined): Directory {
  const known = new Map<UserId, { at: Date; person: Promise<Person> }>();
  let blockedUntil = clock.now();

  async function ask(user: UserId): Promise<Person> {
    const workspace = team();
    if (workspace === undefined) throw new Error("It is not known yet which workspace this is");
    const leftMs = between(clock.now(), blockedUntil);
    if (leftMs > 0) throw new SlackRefusal("ratelimited", leftMs);
    try {
      const answer = await call(() => client.users.info({ user, include_locale: true }));
      return personOf(User.parse(answer.user), workspace);
    } catch (error) {
      const restMs = retryAfterMs(error);
      if (restMs !== undefined) blockedUntil = later(clock.now(), restMs);
      throw error;
    }
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
  return { id: user.id, name, kind: kindOf(user, team), language: user.locale ? languageOf(user.locale) : undefined };
}

function kindOf(user: User, team: string): Person["kind"] {
  if (user.deleted) return "deactivated";
  if (user.is_bot) return "bot";
  if (user.is_stranger || (user.team_id !== undefined && user.team_id !== team)) return "stranger";
  return user.is_restricted || user.is_ultra_restricted ? "guest" : "member";
}
