import { z } from "zod";
import type { Vm } from "../domain/cloud.ts";
import { ChannelId, SnapshotId, VmId } from "../domain/ids.ts";
import { type Listed, REASON_LENGTH } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { code, gigabytes, plain } from "../texts/format.ts";
import { DELETE_FIELDS, type ManageDialog, RENAME_FIELDS, RESTORE_FIELDS } from "./action-ids.ts";
import { alert, input, OPTION_VALUE_LENGTH, option, section, select, textField, title } from "./blocks.ts";
import { type DialogView, fieldsOf } from "./create-dialog.ts";
import { ageOf, factsOf, makerOf } from "./list.ts";

/** What the dialogs rename, restore and delete have in common. */

/** What a dialog remembers by itself between opening and submitting. */
const Memory = z.object({
  vm: VmId.optional(),
  channel: ChannelId.optional(),
  responseUrl: z.string().optional(),
  /** The snapshot that it speaks of; another one may be chosen in its menu. */
  about: SnapshotId.optional(),
});
export type Memory = z.infer<typeof Memory>;

/** What a dialog speaks of: a VM and its snapshots as they are now. */
export interface Shelf {
  vm: Vm;
  /** Newest first. */
  snapshots: readonly Listed[];
  chosen?: Listed | undefined;
  now: Date;
  /** Why none is chosen, or what is new, in plain text. */
  notice?: string | undefined;
  /** The policy wants the VM's name typed, whatever remains. */
  isTyped?: boolean;
  /** The policy wants to know why. */
  needsReason?: boolean;
  /** Why, as far as it has been said already. */
  reason?: string | undefined;
}

/** Slack's limit. */
const MEMORY_LENGTH = 3000;

/** An answer by another way is better than no dialog. */
function remember(memory: Memory): string {
  const { responseUrl: _, ...short } = memory;
  const whole = JSON.stringify(memory);
  return whole.length <= MEMORY_LENGTH ? whole : JSON.stringify(short);
}

/** Without `submit` there is nothing to send, and Slack shows one button that closes it. */
export function frame(kind: ManageDialog, texts: Texts, memory: Memory, blocks: readonly object[], submit = true) {
  const words = texts.managing[kind];
  return {
    type: "modal",
    callback_id: kind,
    title: title(words.title),
    ...(submit && { submit: title(words.submit) }),
    close: title(submit ? texts.dialog.close : texts.managing.close),
    private_metadata: remember(memory),
    blocks,
  };
}

/** Stands there while the cloud has not answered, or says why there is no more to see. */
export const notice = (kind: ManageDialog, texts: Texts, ...lines: string[]) =>
  frame(kind, texts, {}, [section(...lines)], false);

export const noticed = ({ notice: text }: Shelf) => (text === undefined ? [] : [alert(text, "info")]);

/** What a snapshot is, in a line of mrkdwn. */
export const detail = (snapshot: Listed, { now }: Shelf, texts: Texts): string =>
  [code(snapshot.name, 255), ...factsOf(snapshot, texts, now), makerOf(snapshot, texts)].join(" · ");

/** A snapshot as a choice: its name, and what tells it from others. */
export function snapshotOption(
  { id, name, createdAt, sizeGb, live, by, reason }: Listed,
  { now }: Shelf,
  texts: Texts,
) {
  const facts = [
    ageOf(createdAt, now, texts, true),
    ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, texts.locale)]),
    ...(live ? [texts.list.live] : []),
    by ? plain(by.name, 40) : texts.list.elsewhere,
    ...(reason ? [plain(reason, 60)] : []),
  ];
  return option(plain(name) || id, id, facts.join(" · "));
}

/** What Slack cannot carry as a choice can still be named in a command. */
export const isOfferable = ({ id }: Listed): boolean => id.length <= OPTION_VALUE_LENGTH;

/** The menu of a VM's snapshots; choosing in it draws the dialog anew, since all that it says depends on it. */
export function snapshotField(actionId: string, shelf: Shelf, texts: Texts) {
  const { managing } = texts;
  const offered = shelf.snapshots.filter(isOfferable);
  const options = offered.map((snapshot) => snapshotOption(snapshot, shelf, texts));
  const chosen = options.find(({ value }) => value === shelf.chosen?.id);
  return input({
    blockId: SNAPSHOT_BLOCK,
    label: managing.which,
    dispatches: true,
    element: select(actionId, options, managing.whichPlaceholder, chosen),
  });
}

/** Where the snapshot is chosen, or several are. */
export const MENU_IDS = {
  rename: RENAME_FIELDS.snapshot,
  restore: RESTORE_FIELDS.snapshot,
  delete: DELETE_FIELDS.snapshots,
} as const satisfies Record<ManageDialog, string>;

export const SNAPSHOT_BLOCK = "snapshot";
export const VM_BLOCK = "vm";
export const REASON_BLOCK = "reason";

/** The longest word that fits a label and that anybody would type. */
const TYPED_LENGTH = 80;

/** What has to be typed to confirm: the VM's name, or its id where the name cannot be typed as it is shown. */
export function confirmWord({ id, name }: Pick<Vm, "id" | "name">): string {
  const isTypeable = name !== "" && plain(name, TYPED_LENGTH) === name;
  return isTypeable ? name : plain(id, 255);
}

/** Upper and lower case are the same, and phones add spaces. */
export const isConfirmed = (vm: Pick<Vm, "id" | "name">, typed: string | undefined): boolean =>
  typed !== undefined && folded(typed) === folded(confirmWord(vm));

const folded = (text: string): string => text.normalize("NFC").trim().toLowerCase();

export const confirmInput = (actionId: string, vm: Pick<Vm, "id" | "name">, { managing }: Texts, hint?: string) =>
  input({
    blockId: VM_BLOCK,
    label: managing.typeName(confirmWord(vm)),
    element: textField(actionId, 255),
    ...(hint !== undefined && { hint, optional: true }),
  });

/** Why; the card shows it. What stands there already was said before. */
export const reasonInput = (actionId: string, isNeeded: boolean, { managing }: Texts, said?: string) =>
  input({
    blockId: REASON_BLOCK,
    label: managing.restore.reason,
    hint: managing.restore.reasonHint,
    optional: !isNeeded,
    element: textField(actionId, REASON_LENGTH, said && plain(said, REASON_LENGTH)),
  });

/** What was entered into one of these dialogs. `blockOf` finds the field that an error belongs to. */
export function readManageDialog(view: DialogView) {
  const fields = fieldsOf(view);
  const field = (actionId: string) => fields.find(({ action }) => action === actionId);
  return {
    memory: memoryOf(view.private_metadata),
    text: (actionId: string) => field(actionId)?.entered.value?.trim() || undefined,
    chosen: (actionId: string) => field(actionId)?.entered.selected_option?.value || undefined,
    ticked: (actionId: string) => (field(actionId)?.entered.selected_options ?? []).map(({ value }) => value),
    blockOf: (actionId: string) => field(actionId)?.block,
  };
}
export type Entered = ReturnType<typeof readManageDialog>;

function memoryOf(text: string | undefined): Memory {
  try {
    return Memory.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {}; // not ours
  }
}
