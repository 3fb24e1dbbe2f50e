import { type RequestId, VmId } from "../domain/ids.ts";
import type { Dialog } from "../domain/story.ts";
import { textsIn } from "../texts/texts.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { type Opening, vmWordOf } from "./managing-openings.ts";
import { noteCommand, noteOpened, unnamed } from "./noted.ts";

/** Opens a dialog after it has been written down who wants it. What cannot be written down is not opened. */
export async function openNoted(
  desk: Desk,
  from: Sender,
  note: () => Promise<void>,
  open: () => Promise<void>,
): Promise<void> {
  try {
    await note();
  } catch (error) {
    desk.log.error("the audit could not be written", { error: String(error) });
    return desk.tell(from, textsIn(undefined).answers.broken);
  }
  await open();
}

/** A command that is answered with a dialog: the bare one, or one about a snapshot. */
export const typed = (desk: Desk, from: Sender, opening?: Opening) => (): Promise<void> =>
  noteCommand(desk, unnamed(from), opening ? { kind: opening.kind, vm: vmWordOf(opening) } : { kind: "dialog" });

/** A button that is answered with a dialog, about a VM as it may stand on the button. */
export const pressed = (desk: Desk, from: Sender, dialog: Dialog, vm?: string) => (): Promise<void> =>
  noteOpened(desk, unnamed(from), dialog, { vm: VmId.safeParse(vm).data });

/** The same about a request, if there is such a one. */
export const pressedOn = (desk: Desk, from: Sender, dialog: Dialog, request: RequestId) => async (): Promise<void> => {
  const stored = await desk.store.load(request);
  return noteOpened(desk, unnamed(from), dialog, stored && { request: stored.request.id, vm: stored.request.vm.id });
};
