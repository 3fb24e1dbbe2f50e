import type { RequestId, UserId } from "../domain/ids.ts";
import type { Person } from "../ports/slack.ts";
import type { Texts } from "../texts/en.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

/** Somebody who wants to see something, and how to tell them. */
export interface Reader {
  from: Sender;
  person: Person;
  texts: Texts;
  /** They have turned a page: what they see is replaced, and nothing comes below it. */
  turns?: boolean;
}

/** Somebody who wants to change something by a command. */
export interface Changer extends Omit<Reader, "turns"> {
  /** Of the request that comes of it. */
  id: RequestId;
  /** The VM's name was typed for it. */
  isTyped: boolean | undefined;
}

/** What somebody is called; their id where Slack does not say. */
export const nameOf = async ({ directory }: Desk, user: UserId): Promise<string> => {
  const person = await directory.person(user).catch(() => undefined);
  return person?.name ?? user;
};
