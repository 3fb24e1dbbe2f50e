import { readCommand } from "../domain/command.ts";
import { textsIn } from "../texts/texts.ts";
import { answerCommand, answerMistake } from "./commands.ts";
import { createFor } from "./create.ts";
import { answerDecision } from "./decisions.ts";
import { requestIdOf, type Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { answerHistoryFile } from "./history-file.ts";
import { answerPreference } from "./home.ts";
import { answerManaging } from "./managing-wishes.ts";
import { noteRefused } from "./noted.ts";
import { personOf } from "./person-of.ts";
import { answerPress } from "./presses.ts";
import { answerSwitching } from "./switching.ts";

/** Does what somebody sent. Throws when Slack or the database did not answer, so that it can be tried again. */
export async function handle(desk: Desk, sent: Sent, key: string): Promise<void> {
  const person = await personOf(desk, sent.from);
  if (!person) {
    const { user } = sent.from;
    await noteRefused(desk, { id: user, name: user }, { what: sent.kind, why: "unknown_person" });
    return desk.tell(sent.from, textsIn("en").answers.slackSilent);
  }
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
    case "managing":
      return answerManaging(desk, sent, person, id);
    case "decision":
      return answerDecision(desk, sent, person, id);
    case "switching":
      return answerSwitching(desk, sent, person, id);
    case "preference":
      return answerPreference(desk, sent, person);
    case "history_file":
      return answerHistoryFile(desk, sent, person, id);
  }
}

/** Tells the sender that nothing came of it, in English when nobody knows their language. */
export async function giveUp(desk: Desk, sent: Sent): Promise<void> {
  const person = await desk.directory.person(sent.from.user).catch(() => undefined);
  await desk.tell(sent.from, textsIn(person?.language).answers.broken);
}
