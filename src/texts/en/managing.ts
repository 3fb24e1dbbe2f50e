import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Expected } from "../../domain/request.ts";
import { code, gigabytes, moment, person, plain, short, timeOfDay } from "../format.ts";

const basis = ({ basis: from }: Expected, gb: number | undefined): string =>
  from === "history" ? "taken from the last snapshots of this VM" : `estimated from ${gigabytes(gb ?? 0, "en")}`;

/** The dialogs that rename, restore and delete, and what is said in private when they cannot be shown. */
export const managing = {
  close: "Close",
  looking: (name: string) => `Looking at ${code(name)}…`,
  lookingAround: "Looking in the cloud…",
  seeAnswer: "The choices are in a message that only you see.",
  which: "Which snapshot",
  whichPlaceholder: "Choose a snapshot",
  noneNamed: (name: string) => `This VM has no snapshot “${plain(name, 80)}”. Choose one.`,
  severalNamed: (name: string) => `Choose which snapshot you mean by “${plain(name, 80)}”.`,
  nothingSaid: "What it means is shown here as soon as a snapshot is chosen.",
  changed: "This is about another snapshot than before. Read it, and send it once more if you want it.",
  typeName: (name: string) => `Type ${plain(name, 255)} to confirm`,

  restore: {
    title: "Restore a snapshot",
    submit: "Restore",
    lost: (vm: string, since: Date) =>
      `:warning: Everything written to ${code(vm)} since ${moment(since)} is lost. Its IP address and its name stay.`,
    takes: (expected: Expected, gb: number | undefined) =>
      `The restore takes about ${short(expected.ms)} (${basis(expected, gb)}).`,
    takesUnknown: "How long the restore takes is not known beforehand.",
    safetyTakes: (expected: Expected, gb: number | undefined) =>
      `A safety snapshot before it takes about ${short(expected.ms)} more (${basis(expected, gb)}).`,
    power: (power: Power): string => {
      if (power === "off") return "The VM is off and stays off.";
      return power === "running"
        ? "The VM is shut down for it and switched on again afterwards."
        : "If the VM is running then, it is shut down for it and switched on again afterwards.";
    },
    wasLive:
      ":warning: This snapshot was taken while the VM was running. Many databases do not guarantee that their data in it is consistent.",
    safety: "Safety snapshot",
    safetyFirst: "Take a safety snapshot first",
    safetyDetail: "It keeps the VM as it is now, so that there is a way back.",
    safetyLater: (until: Date) =>
      `The cloud allows one snapshot per VM in 10 minutes; the next one is possible at ${timeOfDay(until)}. With a safety snapshot the restore waits until then; without one it begins at once.`,
    safetyFull: (count: number, limit: number) =>
      `No safety snapshot is possible: the VM has ${count} of ${limit} snapshots. Delete one first, or go on without it.`,
    reason: "Why",
    reasonHint: "Shown on the card.",
  },

  delete: {
    title: "Delete snapshots",
    submit: "Delete",
    which: "Which snapshots",
    forGood: (vm: string) =>
      `What you delete of ${code(vm)} is gone for good; nobody can bring it back. What you do not delete is kept until somebody deletes it.`,
    only: ":warning: This is the VM's only snapshot. Without it there is nothing to go back to.",
    cut: (shown: number, all: number) => `Shown: ${shown} of ${all} snapshots, the oldest of them.`,
    typeHint: "Only needed when you delete all snapshots of this VM.",
  },

  rename: {
    title: "Rename a snapshot",
    submit: "Rename",
    name: "New name",
    hint: (limit: number) => `At most ${limit} characters. Another snapshot of this VM may not have it.`,
  },

  /** At a field, in plain text. */
  errors: {
    choose: "Choose a snapshot.",
    gone: "This snapshot is no longer there. Nothing has been changed.",
    allGone: "These snapshots are already gone. There is nothing left to delete.",
    beingMade: "This snapshot is just being made. Try again when its card says that it is done.",
    wrongName: (name: string) => `This is something else. Type ${plain(name, 255)} if you want this.`,
    lastOnes: (name: string) => `No snapshot of this VM would remain. Type ${plain(name, 255)} if you want that.`,
    reopen: "No snapshot of this VM would remain, and this dialog was made when there were more. Open it again.",
    full: (count: number, limit: number) =>
      `The VM now has ${count} of ${limit} snapshots. Delete one first, or take the tick away to go on without it.`,
    sameName: "The snapshot already has this name.",
    nameEmpty: "The name is empty.",
    vmGone: "The cloud does not know this VM any more. Nothing has been changed.",
    forgotten: "Shutter cannot tell any more which VM this dialog is about. Close it and open it again.",
  },

  /** In private, or in the dialog instead of what it was to show. */
  gone: (name: string | undefined, vm: string) =>
    `${name === undefined ? "This snapshot" : `The snapshot ${code(name)}`} is not among those of ${code(vm)}. Nothing has been changed. \`/snapshot list\` shows what there is.`,
  deleted: (name: string, by: Who, at: Date) =>
    `The snapshot ${code(name)} is no longer there: ${person(by)} had it deleted (${moment(at)}). Nothing has been changed.`,
  beingMade: (name: string, vm: string) =>
    `The snapshot ${code(name)} of ${code(vm)} is just being made, or the cloud does not list it yet. Its card says when it is there. Nothing has been changed.`,
  vmGone: (vm: string) =>
    `The cloud does not know ${code(vm)} any more. Was it deleted or renamed? Nothing has been changed.`,
  unknownVm: (command: string) =>
    `Shutter cannot tell which VM this snapshot belongs to. Nothing has been changed. Name both, for example ${code(command)}.`,
  severalSnapshots: (name: string, vm: string) =>
    `Which snapshot of ${code(vm)} do you mean by ${code(name)}? Nothing has been changed yet.`,
  noSnapshot: (name: string, vm: string) =>
    `${code(vm)} has no snapshot ${code(name)}. Nothing has been changed. Did you mean one of these?`,
  notOpened: "The dialog could not be opened in time. Nothing has been changed. This button opens it:",
  open: "Open the dialog",
};
