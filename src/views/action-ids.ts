import type { Press } from "../domain/press.ts";

/** The buttons of a card, as the outside knows them. The only place that spells these ids. */
export const PRESS_IDS = {
  shutdown: "request.shutdown",
  live: "request.live",
  power_off: "request.power_off",
  wait: "request.wait",
  cancel: "request.cancel",
  retry: "request.retry",
  keep: "request.keep",
} as const satisfies Record<Exclude<Press, "power_on">, string>;

/** Buttons with which others decide on a request; the value is its id. */
export const DECISION_IDS = {
  approve: "request.approve",
  deny: "request.deny",
  break_glass: "request.break_glass",
} as const;
export type Decision = keyof typeof DECISION_IDS;
/** Dialogs in which somebody says why; their field has the same id. */
export const DENY_DIALOG = "deny";
export const BREAK_GLASS_DIALOG = "break_glass";
export const WHY_ID = "decision.why";

/** Opens the dialog that asks for what the policy wants besides: the VM's name, why; the value says what for. */
export const TYPE_ID = "confirm.type";
export const CONFIRM_DIALOG = "confirm";
export const CONFIRM_VM_ID = "confirm.vm";
export const CONFIRM_REASON_ID = "confirm.reason";

/** Buttons that switch a VM: on cards the value is the request's id, on lists and at Home the VM's. */
export const VM_IDS = { on: "vm.power_on", off: "vm.shutdown", hard_off: "vm.power_off" } as const;
export type Switching = keyof typeof VM_IDS;

/** Buttons that open the dialogs for a snapshot; the value is its id. */
export const SNAPSHOT_IDS = {
  rename: "snapshot.rename",
  restore: "snapshot.restore",
  delete: "snapshot.delete",
} as const;

/** Below the list of one VM, about several of its snapshots; the value is the VM's id. */
export const LIST_DELETE_ID = "list.delete";
/** On lists and at Home: opens the create dialog for a VM, whose id is the value. */
export const HOME_CREATE_ID = "home.create";

/** They turn pages of a private answer; the value is the query with where the page begins. */
export const LIST_PAGE_IDS = { next: "list.page.next", previous: "list.page.previous" } as const;
export const HISTORY_PAGE_IDS = { next: "history.page.next", previous: "history.page.previous" } as const;
/** Chooses one of several people of one name; the value is the query with that person. */
export const HISTORY_WHO_ID = "history.page.who";
/** The history as a file; the value is the query. */
export const HISTORY_CSV_ID = "history.csv";

/** What one can do at Home alone. The value of `list` is the VM's id, that of the two pages their number from 0. */
export const HOME_IDS = {
  list: "home.list",
  all: "home.all",
  previous: "home.page.previous",
  next: "home.page.next",
  language: "home.language",
  notify: "home.notify",
} as const;

/** Chooses one of several VMs in a private answer; the value is the whole command. */
export const PICK_ID = "command.pick";

export const CREATE_VM_ID = "create.vm";
export const CREATE_NAME_ID = "create.name";
export const CREATE_HOW_ID = "create.how";
export const CREATE_REASON_ID = "create.reason";

/** Fields of the dialogs that rename, restore and delete. */
export const RENAME_FIELDS = {
  snapshot: "rename.snapshot",
  name: "rename.name",
  vm: "rename.vm",
  reason: "rename.reason",
} as const;
export const RESTORE_FIELDS = {
  snapshot: "restore.snapshot",
  vm: "restore.vm",
  safety: "restore.safety",
  reason: "restore.reason",
} as const;
export const DELETE_FIELDS = { snapshots: "delete.snapshots", vm: "delete.vm", reason: "delete.reason" } as const;

/** Dialogs and shortcuts. */
export const CREATE_DIALOG = "create";
/** The dialogs that do something with what is there are called after it. */
export const MANAGE_DIALOGS = ["rename", "restore", "delete"] as const;
export type ManageDialog = (typeof MANAGE_DIALOGS)[number];
export const CREATE_SHORTCUT = "create";

const PRESSES = new Map<string, Press>(Object.entries(PRESS_IDS).map(([press, id]) => [id, press as Press]));

export const pressOf = (actionId: string): Press | undefined => PRESSES.get(actionId);

const SWITCHINGS = new Map<string, Switching>(Object.entries(VM_IDS).map(([to, id]) => [id, to as Switching]));

export const switchingOf = (actionId: string): Switching | undefined => SWITCHINGS.get(actionId);

const DECISIONS = new Map<string, Decision>(Object.entries(DECISION_IDS).map(([kind, id]) => [id, kind as Decision]));

export const decisionOf = (actionId: string): Decision | undefined => DECISIONS.get(actionId);
