import { type Person, SlackRefusal } from "../ports/slack.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";

/** Nobody acts on a guess: undefined when Slack says that there is no such person. Throws when Slack does not answer. */
export async function personOf({ directory, team }: Desk, from: Sender): Promise<Person | undefined> {
  try {
    const person = await directory.person(from.user);
    return from.teams.every((each) => each === team()) ? person : { ...person, kind: "stranger" };
  } catch (error) {
    if (error instanceof SlackRefusal && error.retryAfterMs === undefined) return undefined;
    throw error;
  }
}
