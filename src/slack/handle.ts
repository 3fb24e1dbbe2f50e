import { readCommand } from "../domain/command.ts";
import { type Person, SlackRefusal } from "../ports/slack.ts";
import { textsIn } from "../texts/texts.ts";
import { answerCommand, answerMistake } from "./commands.ts";
import { createFor } from "./create.ts";
import { requestIdOf, type Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { answerPress } from "./presses.ts";

/** Does what somebody sent. Throws when Slack or the database did not answer, so that it can be tried again. */
export async function handle(desk: Desk, sent: Sent, key: string): Promise<void> {
  const person = await personOf(desk, sent);
  if (!person) return desk.tell(sent.from, textsIn("en").answers.slackSilent);
  const id = requestIdOf(key);
  switch (sent.kind) {
    case "command": {
      const reading = readCommand(sent.text);
      return reading.ok
        ? answerCommand(desk, reading.command, sent.from, person, id)
        : answerMistake(desk, reading.mistake, sent.from, person);
    }
    case "press":
      return answerPress(desk, sent, person, id);
    case "wish":
      return createFor(desk, { ...sent, vm: sent.vm, name: sent.name, reason: sent.reason }, sent.from, person, id);
  }
}

/** Nobody acts on a guess: undefined when Slack says that there is no such person. */
async function personOf({ directory, team }: Desk, { from }: Sent): Promise<Person | undefined> {
  try {
    const person = await directory.person(from.user);
    return from.teams.every((each) => each === team()) ? person : { ...person, kind: "stranger" };
  } catch (error) {
    if (error instanceof SlackRefusal && error.retryAfterMs === undefined) return undefined;
    throw error;
  }
}

/** Tells the sender that nothing came of it, in English when nobody knows their language. */
export async function giveUp(desk: Desk, sent: Sent): Promise<void> {
  const person = await desk.directory.person(sent.from.user).catch(() => undefined);
  await desk.tell(sent.from, textsIn(person?.language).answers.broken);
}
