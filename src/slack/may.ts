import { writeCommand } from "../domain/command/write.ts";
import type { Command } from "../domain/command.ts";
import { deedsMeant, explainDeeds } from "../engine/explain-deeds.ts";
import { limitsUsed } from "../engine/limits-used.ts";
import { roomIn } from "../policy/limits.ts";
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
  const { explained, limits, at } = await explainDeeds(desk, person, from.channel, vm, deeds);
  const used = await limitsUsed(desk, limits, person.id, from.channel);
  const rooms = used.map(({ limit, used }) => ({ ...limit, room: roomIn(limit, used, at) }));
  await desk.tell(from, explanationLines(vm.name, explained, rooms, texts).join("\n"));
}
