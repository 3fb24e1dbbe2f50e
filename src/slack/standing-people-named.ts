import type { WebClient } from "@slack/web-api";
import { UserId } from "../domain/ids.ts";
import { folded } from "../domain/likeness.ts";
import type { PeopleNamed } from "../policy/who.ts";
import type { Clock } from "../ports/clock.ts";
import { SlackRefusal } from "../ports/slack.ts";
import type { Groups, GroupWithUsers } from "./groups.ts";
import { type HeldBack, holdBack } from "./held-back.ts";
import { createKnowledgeOf } from "./knowledge-of.ts";
import { idOfEmail } from "./standing-who-is.ts";

/** More are not told: a message to everybody is a message to nobody. */
const MOST = 50;

/** Answers with those who can be told something each for themselves. */
export type WhoCanBeTold = (who: readonly PeopleNamed[]) => Promise<readonly UserId[]>;

export function createPeopleNamed(client: WebClient, clock: Clock, groups: Groups): WhoCanBeTold {
  const send = holdBack(clock);
  const addresses = createKnowledgeOf(clock, (email: string) => ownerOf(client, send, email));

  return async (who) => {
    const isAboutGroups = who.some(({ kind }) => kind === "group" || kind === "group_id");
    const known = isAboutGroups ? await groups.all() : [];
    const each = await Promise.all(
      who.slice(0, MOST).map(async (one): Promise<readonly UserId[]> => {
        switch (one.kind) {
          case "everyone":
          case "members":
          case "guests":
            return [];
          case "person":
            return [UserId.parse(one.id)];
          case "email":
            return (await addresses.get(one.email)) ?? [];
          case "group":
            return usersOf(known, ({ handle }) => folded(handle) === one.handle);
          case "group_id":
            return usersOf(known, ({ id }) => id === one.id);
        }
      }),
    );
    return [...new Set(each.flat())].slice(0, MOST);
  };
}

/** That nobody has this address is an answer, too. */
async function ownerOf(client: WebClient, send: HeldBack, email: string): Promise<readonly UserId[]> {
  try {
    return [await idOfEmail(client, send, email)];
  } catch (error) {
    if (error instanceof SlackRefusal && error.code === "users_not_found") return [];
    throw error;
  }
}

const usersOf = (
  groups: readonly GroupWithUsers[] | "unknown",
  isMeant: (group: GroupWithUsers) => boolean,
): UserId[] => (groups === "unknown" ? [] : groups.filter(isMeant).flatMap(({ users }) => [...users]));
