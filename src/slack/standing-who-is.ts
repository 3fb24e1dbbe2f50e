import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import { UserId } from "../domain/ids.ts";
import { folded } from "../domain/likeness.ts";
import { type Directory, type Person, SlackRefusal } from "../ports/slack.ts";
import { allPages, PAGE } from "./paged.ts";
import { call } from "./web.ts";

const Listed = z.object({
  members: z.array(
    z.object({
      id: UserId,
      name: z.string().nullish(),
      deleted: z.boolean().nullish(),
      profile: z.object({ display_name: z.string().nullish() }).nullish(),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().nullish() }).nullish(),
});

const Found = z.object({ user: z.object({ id: UserId }) });

/** Slack's words for "there is no such person". */
const NOBODY: ReadonlySet<string> = new Set(["user_not_found", "users_not_found"]);

/** More are not told apart anyway. */
const MOST = 10;

/**
 * Whoever is meant by `@anna`, `anna@example.com` or `U0123ABC`. Several when several are called so, none when nobody is.
 * Throws when Slack does not tell.
 */
export async function whoIs(client: WebClient, directory: Directory, word: string): Promise<readonly Person[]> {
  try {
    const ids = await idsOf(client, word);
    return await Promise.all(ids.slice(0, MOST).map((id) => directory.person(id)));
  } catch (error) {
    if (error instanceof SlackRefusal && NOBODY.has(error.code)) return [];
    throw error;
  }
}

async function idsOf(client: WebClient, word: string): Promise<readonly UserId[]> {
  if (/^[UW][A-Z0-9]{2,}$/.test(word)) return [UserId.parse(word)];
  if (/^[^\s@<>:]+@[^\s@<>:]+$/.test(word)) return [await idOfEmail(client, call, word)];
  return idsOfName(client, folded(word.replace(/^@/, "")));
}

/** Throws `users_not_found` when nobody here has this address. */
export async function idOfEmail(client: WebClient, send: typeof call, email: string): Promise<UserId> {
  return Found.parse(await send(() => client.users.lookupByEmail({ email }))).user.id;
}

/** A user name is one person's alone, and comes first; what people call themselves may be the same for several. */
async function idsOfName(client: WebClient, name: string): Promise<readonly UserId[]> {
  const { items, isWhole } = await allPages(async (cursor) => {
    const answer = Listed.parse(await call(() => client.users.list({ limit: PAGE, ...cursor })));
    return { items: answer.members, next: answer.response_metadata?.next_cursor ?? undefined };
  });
  const byName = items.filter((each) => folded(each.name ?? "") === name);
  const calledSo = items.filter((each) => folded(each.profile?.display_name ?? "") === name);
  const found = byName.length > 0 ? byName : calledSo;
  if (found.length === 0 && !isWhole) throw new Error("There are more people than can be looked through");
  const stillHere = found.filter(({ deleted }) => !deleted);
  return (stillHere.length > 0 ? stillHere : found).map(({ id }) => id);
}
