import type { Facts } from "../../domain/request.ts";
import { short } from "../format.ts";

export const buttons = {
  shutdown: "Shut down and snapshot (recommended)",
  live: "Take live snapshot",
  takeOff: "Take snapshot",
  cancel: "Cancel",
  giveUp: "Give up",
  wait: "Wait",
  powerOff: "Power off hard",
  powerOn: "Switch on now",
  retry: "Try again",
  restoreNow: "Restore now",
  shutdownOnly: "Shut down",
  switchOn: "Switch on",
  keep: "Keep",
  rename: "Rename",
  restore: "Restore…",
  rollBack: "Roll back…",
  delete: "Delete…",
};

export const confirm = {
  shutdownTitle: (vm: string) => `Shut down ${vm}?`,
  shutdown: (vm: string, expected: Facts["expected"]) =>
    `${vm} will be off for ${expected ? `about ${short(expected.ms)}` : "as long as the snapshot takes"} and is then switched on again.`,
  powerOffTitle: (vm: string) => `Power off ${vm} hard?`,
  powerOff: (vm: string) =>
    `${vm} is cut off like a machine whose plug is pulled. What is not yet written to disk is lost.`,
  shutdownOnly: (vm: string) => `${vm} is shut down and stays off until somebody switches it on.`,
  restoreTitle: (vm: string) => `Restore ${vm}?`,
  restore: (vm: string, snapshot: string) => `${vm} is set back to ${snapshot}. Everything written since then is lost.`,
  yesRestore: "Restore",
  yesShutdown: "Shut down",
  yesPowerOff: "Power off hard",
  no: "Go back",
};
