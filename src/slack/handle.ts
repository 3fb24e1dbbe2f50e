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
import { commandOf, noteCommand, noteRefused, unnamed, wordOf } from "./noted.ts";
import { personOf } from "./person-of.ts";
import { answerPress } from "./presses.ts";
import { answerSwitching } from "./switching.ts";

/** Does what somebody sent. Throws when Slack or the database did not answer, so that it can be tried again. */
export async function handle(desk: Desk, sent: Sent, key: string): Promise<void> {
  const person = await personOf(desk, sent.from);
  if (!person) {
    await noteRefused(desk, unnamed(sent.from), { what: sent.kind, why: "unknown_person" });
    return desk.tell(sent.from, textsIn("en").answers.slackSilent);
  }
  const id = requestIdOf(key);
  const command = commandOf(sent);
  if (command) await noteCommand(desk, person, command, id);
  switch (sent.kind) {
    case "command": {
      const reading = readCommand(sent.text);
      return reading.ok
        ? answerCommand(desk, reading.command, sent, person, id)
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
  const request = "request" in sent ? sent.request : undefined;
  // Nothing comes of it in any case, and whoever waits should know.
  await noteRefused(desk, person ?? unnamed(sent.from), { what: wordOf(sent), why: "given_up", request }).catch(
    (error: unknown) => desk.log.error("the audit could not be written", { error: String(error) }),
  );
  await desk.tell(sent.from, textsIn(person?.language).answers.broken);
}
