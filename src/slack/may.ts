import { writeCommand } from "../domain/command/write.ts";
import type { Command } from "../domain/command.ts";
import { deedsMeant, explainDeeds } from "../engine/explain-deeds.ts";
import { explanationLines } from "../views/explanation.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";
import type { Reader } from "./reader.ts";

/** Tells somebody in private what would happen if they did something here, and which rule says so. */
export async function answerMay(
  desk: Desk,
  command: Extract<Command, { kind: "may" }>,
  { from, person, texts }: Reader,
): Promise<void> {
  const vm = await namedVm(desk, command.vm, from, texts, (named) => writeCommand({ ...command, vm: named }));
  if (!vm) return;
  const deeds = deedsMeant(command.doing, command.how);
  const { explained } = await explainDeeds(desk, person, from.channel, vm, deeds);
  await desk.tell(from, explanationLines(vm.name, explained, texts).join("\n"));
}
