import type { Press } from "../domain/press.ts";

/** The buttons of a card, as the outside knows them. The only place that spells these ids. */
export const PRESS_IDS = {
  shutdown: "request.shutdown",
  live: "request.live",
  power_off: "request.power_off",
  wait: "request.wait",
  cancel: "request.cancel",
  retry: "request.retry",
  power_on: "vm.power_on",
} as const satisfies Record<Press, string>;

/** Chooses one of several VMs in a private answer; the value is the whole command. */
export const PICK_ID = "command.pick";

export const CREATE_VM_ID = "create.vm";
export const CREATE_NAME_ID = "create.name";
export const CREATE_HOW_ID = "create.how";
export const CREATE_REASON_ID = "create.reason";

/** Dialogs and shortcuts. */
export const CREATE_DIALOG = "create";
export const CREATE_SHORTCUT = "create";

const PRESSES = new Map<string, Press>(Object.entries(PRESS_IDS).map(([press, id]) => [id, press as Press]));

export const pressOf = (actionId: string): Press | undefined => PRESSES.get(actionId);
