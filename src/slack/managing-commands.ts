import { writeCommand } from "../domain/command/write.ts";
import type { Command } from "../domain/command.ts";
import { findSnapshot } from "../domain/find-snapshot.ts";
import { isBeingMade, isToCome } from "../domain/managing.ts";
import { newestFirst } from "../domain/rules.ts";
import { look } from "../engine/look.ts";
import { mayAct } from "../policy/rights.ts";
import { snapshotMenu } from "../views/snapshot-menu.ts";
import type { Desk } from "./desk.ts";
import { offerDialog } from "./managing.ts";
import { openingOfCommand } from "./managing-openings.ts";
import { namedVm } from "./named-vm.ts";
import { noteRefused } from "./noted.ts";
import type { Changer } from "./reader.ts";
import { requestFor } from "./request-for.ts";

type Managing = Extract<Command, { kind: "rename" | "restore" | "delete" }>;

/**
 * A command about a snapshot that has been stored. With everything said it becomes a request; what needs a dialog gets a
 * button for it, since the trigger of the command is used up or too old.
 */
export async function answerManagingCommand(desk: Desk, command: Managing, changer: Changer): Promise<void> {
  const opening = openingOfCommand(command);
  if (opening) return offerDialog(desk, changer.from, opening, changer.texts);
  if (command.kind === "rename" && command.name !== undefined)
    await renameFor(desk, { ...command, name: command.name }, changer);
}

async function renameFor(
  desk: Desk,
  { vm: vmWord, snapshot: word, name, reason }: Extract<Command, { kind: "rename" }> & { name: string },
  { from, person, texts, id, isTyped }: Changer,
): Promise<void> {
  const { managing } = texts;
  if (!mayAct(person, desk.rules().policy)) {
    await noteRefused(desk, person, { what: "rename", why: "not_member" });
    return desk.tell(from, texts.refusals.not_member);
  }
  if (await desk.store.load(id)) return; // handled again after a crash; the old name may be gone by now
  const again = (vm: string, snapshot: string) =>
    writeCommand({ kind: "rename", vm, snapshot, name, ...(reason && { reason }) });
  const vm = await namedVm(desk, vmWord, from, texts, (named) => again(named, word));
  if (!vm) return;
  const [listed, stored] = await Promise.all([look(() => desk.cloud.snapshots(vm.id)), desk.store.openOf(vm.id)]);
  if (!listed.ok) return desk.tell(from, texts.answers.cloudSilent(listed.problem.detail));
  const open = stored.map(({ request }) => request);
  const found = findSnapshot(listed.value, word);
  if (found.kind !== "one" && isToCome(word, open)) return desk.tell(from, managing.beingMade(word, vm.name));
  const choose = (text: string, among: Parameters<typeof snapshotMenu>[0]) =>
    desk.tell(from, text, [snapshotMenu(newestFirst(among), (snapshot) => again(vm.id, snapshot))]);
  switch (found.kind) {
    case "one":
      if (isBeingMade(found.snapshot, open)) return desk.tell(from, managing.beingMade(found.snapshot.name, vm.name));
      await requestFor(desk, vm, { kind: "rename", snapshot: found.snapshot, name, isTyped, reason }, from, person, id);
      return;
    case "several":
      return choose(managing.severalSnapshots(word, vm.name), found.snapshots);
    case "none": {
      if (listed.value.length === 0) return desk.tell(from, texts.answers.noSnapshots(vm.name));
      const { nearest } = found;
      return choose(managing.noSnapshot(word, vm.name), nearest.length > 0 ? nearest : listed.value);
    }
  }
}
