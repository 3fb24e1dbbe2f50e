import { z } from "zod";
import { SnapshotId } from "../domain/ids.ts";
import type { Texts } from "../texts/en.ts";
import { MANAGE_DIALOGS, type ManageDialog, PICK_ID, RENAME_FIELDS } from "../views/action-ids.ts";
import { actions } from "../views/blocks.ts";
import type { DialogView } from "../views/create-dialog.ts";
import { deleteDialog } from "../views/delete-dialog.ts";
import { MENU_IDS, type Memory, notice, readManageDialog } from "../views/manage-dialogs.ts";
import { renameDialog } from "../views/rename-dialog.ts";
import { restoreDialog } from "../views/restore-dialog.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import type { Dialogs } from "./dialog.ts";
import { commandOf, type Opening, vmWordOf } from "./managing-openings.ts";
import { type Sight, see } from "./managing-sight.ts";
import { patience, textsFor } from "./patience.ts";
import { call } from "./web.ts";

/** A trigger is good for 3 s from the click on. What the cloud has not told by then is filled in later. */
const LOOK_MS = 1000;

/**
 * Opens the dialog that renames, restores or deletes, or tells in private why not. While the cloud takes its time the
 * dialog says so and can send nothing.
 */
export async function openManaging(
  { desk, client }: Dialogs,
  from: Sender,
  trigger: string | undefined,
  asked: Opening,
): Promise<void> {
  const inTime = patience(LOOK_MS);
  const opening = await withVm(desk, asked);
  const seeing = see(desk, from, opening);
  const [early, texts] = await Promise.all([inTime(seeing), textsFor(desk, from.user, inTime)]);
  if (early && !early.ok) return desk.tell(from, early.text, early.more);
  const { kind } = opening;
  const named = vmWordOf(opening);
  const looking = named === undefined ? texts.managing.lookingAround : texts.managing.looking(named);
  const memory = memoryOf(from);
  const view = early ? draw(desk, kind, early, memory) : notice(kind, texts, looking);
  let id: string;
  try {
    const opened = await call(() => client.views.open({ trigger_id: trigger ?? "", view: view as never }));
    id = Opened.parse(opened).view.id;
  } catch (error) {
    desk.log.warn("a dialog could not be opened", { user: from.user, error: String(error) });
    return offerDialog(desk, from, opening, texts);
  }
  if (early) return;
  const late = await seeing;
  await show({ desk, client }, from, { id }, draw(desk, kind, late, memory));
  if (!late.ok && late.more.length > 0) await desk.tell(from, late.text, late.more);
}

/** A button that opens the dialog: its click brings a fresh trigger. */
export function offerDialog({ tell }: Desk, from: Sender, opening: Opening, { managing }: Texts): Promise<void> {
  const open = { actionId: `${PICK_ID}.0`, label: managing.open, value: commandOf(opening, vmWordOf(opening) ?? "") };
  return tell(from, managing.notOpened, [actions(open)]);
}

const Opened = z.object({ view: z.object({ id: z.string() }) });

/** The dialog in whose menu a snapshot was chosen. */
export const menuOf = (actionId: string): ManageDialog | undefined =>
  MANAGE_DIALOGS.find((kind) => MENU_IDS[kind] === actionId);

/** Another snapshot is chosen: what the dialog says is about that one now. */
export async function redrawManaging(dialogs: Dialogs, from: Sender, kind: ManageDialog, view: DialogView) {
  const entered = readManageDialog(view);
  const { memory } = entered;
  const chosen = SnapshotId.safeParse(entered.chosen(MENU_IDS[kind]));
  if (!memory.vm || !chosen.success) return;
  const reason = kind === "rename" ? entered.text(RENAME_FIELDS.reason) : undefined;
  const opening = { kind, vm: { id: memory.vm }, snapshot: { id: chosen.data }, reason };
  const sight = await see(dialogs.desk, { ...from, channel: memory.channel }, opening);
  await show(dialogs, from, view, draw(dialogs.desk, kind, sight, memory));
}

/** The dialog for what was seen; where that was nothing, it says so. */
export function draw({ cloud: { limits } }: Desk, kind: ManageDialog, sight: Sight, memory: Memory): object {
  const { texts } = sight;
  if (!sight.ok) {
    const where = sight.more.length > 0 ? [texts.managing.seeAnswer] : [];
    return notice(kind, texts, sight.text, ...where);
  }
  const { shelf, facts } = sight;
  if (kind === "rename") return renameDialog(shelf, limits, memory, texts);
  return facts ? restoreDialog(shelf, facts, memory, texts) : deleteDialog(shelf, memory, texts);
}

/** It may have been closed meanwhile. */
async function show({ desk, client }: Dialogs, { user }: Sender, { id, hash }: Shown, next: object): Promise<void> {
  try {
    await call(() => client.views.update({ view_id: id, ...(hash && { hash }), view: next as never }));
  } catch (error) {
    desk.log.info("a dialog could not be drawn anew", { user, error: String(error) });
  }
}

type Shown = Pick<DialogView, "id" | "hash">;

/** Cards have no hint at the button; the request that made the snapshot knows whose it is. */
async function withVm({ store, log }: Desk, opening: Opening): Promise<Opening> {
  const { vm, snapshot } = opening;
  if (vm || !snapshot || !("id" in snapshot)) return opening;
  try {
    const id = await store.vmOf(snapshot.id);
    return { ...opening, vm: id && { id } };
  } catch (error) {
    log.error("the VM of a snapshot could not be looked up", { error: String(error) });
    return opening;
  }
}

const memoryOf = ({ channel, responseUrl }: Sender): Memory => ({
  ...(channel && { channel }),
  ...(responseUrl && { responseUrl }),
});
