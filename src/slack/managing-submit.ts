import { Snapshot, type Vm } from "../domain/cloud.ts";
import { SnapshotId } from "../domain/ids.ts";
import { wrongName } from "../domain/managing.ts";
import { REASON_LENGTH } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { DELETE_FIELDS, type ManageDialog, RENAME_FIELDS, RESTORE_FIELDS } from "../views/action-ids.ts";
import type { DialogView } from "../views/create-dialog.ts";
import {
  confirmWord,
  type Entered,
  isConfirmed,
  MENU_IDS,
  readManageDialog,
  type Shelf,
  SNAPSHOT_BLOCK,
} from "../views/manage-dialogs.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { draw } from "./managing.ts";
import { type Sight, see } from "./managing-sight.ts";
import { noteRefused, unnamed } from "./noted.ts";
import { patience, textsFor } from "./patience.ts";

type Seen = Extract<Sight, { ok: true }>;
type Wanted = Extract<Sent, { kind: "managing" }>["wanted"];

/** What stands at which field; or the dialog drawn anew, to be read and sent once more. */
type Answer = { errors: Record<string, string> } | { view: object };

/** What a dialog asks for, after everything has been looked at once more. */
export async function submitManaging(
  desk: Desk,
  from: Sender,
  kind: ManageDialog,
  view: DialogView,
): Promise<Sent | Answer> {
  const inTime = patience();
  const entered = readManageDialog(view);
  const { memory } = entered;
  const texts = await textsFor(desk, from.user, inTime);
  const { errors } = texts.managing;
  const atMenu = (text: string): Answer => ({ errors: { [entered.blockOf(MENU_IDS[kind]) ?? SNAPSHOT_BLOCK]: text } });
  const { data: chosen } = SnapshotId.safeParse(entered.chosen(MENU_IDS[kind]));
  if (!memory.vm) {
    await noteRefused(desk, unnamed(from), { what: kind, why: "forged" });
    return atMenu(errors.forgotten);
  }
  if (!chosen && entered.ticked(MENU_IDS[kind]).length === 0) return atMenu(errors.choose);
  const opening = { kind, vm: { id: memory.vm }, snapshot: chosen && { id: chosen } };
  const sight = await inTime(see(desk, { ...from, channel: memory.channel }, opening));
  if (!sight) return atMenu(texts.dialog.errors.cloudSilent);
  if (!sight.ok) return atMenu(sight.error);
  if (chosen && chosen !== memory.about) {
    const shelf = { ...sight.shelf, notice: texts.managing.changed };
    return { view: draw(desk, kind, { ...sight, shelf }, memory) };
  }
  const wanted = WANTED[kind](desk, entered, sight);
  if ("field" in wanted) return { errors: { [entered.blockOf(wanted.field) ?? SNAPSHOT_BLOCK]: wanted.text } };
  const { channel, responseUrl } = memory;
  const sender = { ...from, ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  return { kind: "managing", from: sender, vm: sight.shelf.vm.id, wanted };
}

interface Wrong {
  field: string;
  text: string;
}

const WANTED: { readonly [K in ManageDialog]: (desk: Desk, entered: Entered, seen: Seen) => Wanted | Wrong } = {
  rename({ cloud: { limits } }, entered, { texts, shelf, open }) {
    const { errors } = texts.managing;
    const { dialog } = texts;
    const field = RENAME_FIELDS.name;
    const snapshot = shelf.chosen;
    if (!snapshot) return { field: RENAME_FIELDS.snapshot, text: errors.choose };
    const name = entered.text(field) ?? "";
    switch (wrongName(name, snapshot, shelf.snapshots, open, limits)) {
      case "empty":
        return { field, text: errors.nameEmpty };
      case "too_long":
        return { field, text: dialog.errors.nameTooLong(limits.nameLength) };
      case "same":
        return { field, text: errors.sameName };
      case "taken":
        return { field, text: dialog.errors.nameTaken };
      case undefined: {
        const reason = entered.text(RENAME_FIELDS.reason);
        const isTyped = isConfirmed(shelf.vm, entered.text(RENAME_FIELDS.vm));
        const wrong = wrongReason(RENAME_FIELDS.reason, reason, shelf, texts);
        if (shelf.isTyped && !isTyped)
          return unconfirmed(RENAME_FIELDS.vm, RENAME_FIELDS.snapshot, entered, shelf.vm, texts);
        return (
          wrong ?? { kind: "rename", snapshot: Snapshot.parse(snapshot), name, isTyped, ...(reason && { reason }) }
        );
      }
    }
  },

  restore({ clock }, entered, { texts, shelf, facts }) {
    const { errors } = texts.managing;
    const { vm, chosen } = shelf;
    if (!chosen) return { field: RESTORE_FIELDS.snapshot, text: errors.choose };
    const reason = entered.text(RESTORE_FIELDS.reason);
    const safety = entered.ticked(RESTORE_FIELDS.safety).length > 0;
    if (!isConfirmed(vm, entered.text(RESTORE_FIELDS.vm)))
      return { field: RESTORE_FIELDS.vm, text: errors.wrongName(confirmWord(vm)) };
    const wrong = wrongReason(RESTORE_FIELDS.reason, reason, shelf, texts);
    if (wrong) return wrong;
    if (safety && facts?.safety.kind === "full")
      return { field: RESTORE_FIELDS.safety, text: errors.full(facts.safety.count, facts.safety.limit) };
    const confirmed = { confirmedAt: clock.now(), isTyped: true };
    return { kind: "restore", snapshot: Snapshot.parse(chosen), safety, ...confirmed, ...(reason && { reason }) };
  },

  delete(_, entered, { texts, shelf }) {
    const { errors } = texts.managing;
    const { vm, snapshots } = shelf;
    const ticked = new Set(entered.ticked(DELETE_FIELDS.snapshots));
    const chosen = snapshots.filter(({ id }) => ticked.has(id));
    if (chosen.length === 0) return { field: DELETE_FIELDS.snapshots, text: errors.allGone };
    const isTyped = isConfirmed(vm, entered.text(DELETE_FIELDS.vm));
    if (chosen.length === snapshots.length && !isTyped) return noneLeft(entered, vm, errors);
    if (shelf.isTyped && !isTyped) return unconfirmed(DELETE_FIELDS.vm, DELETE_FIELDS.snapshots, entered, vm, texts);
    const reason = entered.text(DELETE_FIELDS.reason);
    const wrong = wrongReason(DELETE_FIELDS.reason, reason, shelf, texts);
    const meant = chosen.map((each) => Snapshot.parse(each));
    return wrong ?? { kind: "delete", snapshots: meant, isTyped, ...(reason && { reason }) };
  },
};

function wrongReason(
  field: string,
  reason: string | undefined,
  { needsReason }: Shelf,
  texts: Texts,
): Wrong | undefined {
  if (needsReason && reason === undefined) return { field, text: texts.approval.reasonMissing };
  return [...(reason ?? "")].length > REASON_LENGTH
    ? { field, text: texts.dialog.errors.reasonTooLong(REASON_LENGTH) }
    : undefined;
}

/** The policy wants the name typed. The field for it is there, unless it did not when the dialog was drawn. */
function unconfirmed(field: string, menu: string, entered: Entered, vm: Vm, texts: Texts): Wrong {
  const { managing, approval } = texts;
  if (entered.blockOf(field)) return { field, text: managing.errors.wrongName(confirmWord(vm)) };
  return { field: menu, text: approval.needsName };
}

/** Nothing would remain. The field for the VM's name is there, unless there were more snapshots when it was drawn. */
function noneLeft(entered: Entered, vm: Vm, errors: Seen["texts"]["managing"]["errors"]): Wrong {
  const field = DELETE_FIELDS.vm;
  if (!entered.blockOf(field)) return { field: DELETE_FIELDS.snapshots, text: errors.reopen };
  const text = entered.text(field) === undefined ? errors.lastOnes : errors.wrongName;
  return { field, text: text(confirmWord(vm)) };
}
