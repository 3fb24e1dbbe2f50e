import { expect } from "vitest";
import { draw } from "../../src/demo/slack.ts";
import { OPS, type Rig } from "../rig.ts";

export type PrivateAnswer = ReturnType<Rig["slack"]["privateAnswers"]>[number];

/** What somebody types, and the private answer that it gets. */
export async function answerTo(rig: Rig, who: string, text: string): Promise<PrivateAnswer> {
  const count = rig.slack.privateAnswers(who).length + 1;
  const sent = await rig.slack.command(who, OPS, text);
  expect(sent).toMatchObject({ status: 200, body: "" });
  await rig.told(who, count);
  return rig.slack.privateAnswers(who)[count - 1]!;
}

/** As its reader sees it. */
export const drawn = (rig: Rig, answer: PrivateAnswer): string => draw(answer, rig.clock.now());

/** Presses a button of a private answer, and waits until something else stands there. */
export async function turn(rig: Rig, answer: PrivateAnswer, actionId: string): Promise<string> {
  const before = drawn(rig, answer);
  await rig.slack.clickPrivate(answer.user, answer, actionId);
  return rig.slack.waitFor(() => drawn(rig, answer) !== before && drawn(rig, answer), `another page after ${before}`);
}

/** The action ids of the buttons of a private answer. */
export const buttonsOf = ({ blocks }: PrivateAnswer): string[] =>
  blocks.flatMap((block) => (block.type === "actions" ? block.elements.map(({ action_id }) => action_id ?? "") : []));
