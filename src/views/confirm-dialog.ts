import type { Vm } from "../domain/cloud.ts";
import type { Texts } from "../texts/en.ts";
import { CONFIRM_DIALOG, CONFIRM_VM_ID } from "./action-ids.ts";
import { section, title } from "./blocks.ts";
import { confirmInput } from "./manage-dialogs.ts";

/** Asks for the VM's name before something that the policy does not leave to a press alone. */
export const confirmDialog = (vm: Pick<Vm, "id" | "name">, what: string, memory: string, texts: Texts): object => ({
  type: "modal",
  callback_id: CONFIRM_DIALOG,
  title: title(texts.approval.typeTitle),
  submit: title(texts.approval.typeSubmit),
  close: title(texts.approval.close),
  private_metadata: memory,
  blocks: [section(what), confirmInput(CONFIRM_VM_ID, vm, texts)],
});
