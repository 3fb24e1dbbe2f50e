import type { Vm } from "../domain/cloud.ts";
import type { Texts } from "../texts/en.ts";
import { CONFIRM_DIALOG, CONFIRM_REASON_ID, CONFIRM_VM_ID } from "./action-ids.ts";
import { section, title } from "./blocks.ts";
import { confirmInput, reasonInput } from "./manage-dialogs.ts";

/** What is about to be done, and what the policy wants for it first. */
interface Asked {
  vm: Pick<Vm, "id" | "name">;
  what: string;
  lacks: readonly ("name" | "reason")[];
}

/** Asks for what the policy does not leave to a press alone: the VM's name, why, or both. */
export function confirmDialog({ vm, what, lacks }: Asked, memory: string, texts: Texts): object {
  const { approval } = texts;
  return {
    type: "modal",
    callback_id: CONFIRM_DIALOG,
    title: title(lacks.includes("name") ? approval.typeTitle : approval.reason),
    submit: title(approval.typeSubmit),
    close: title(approval.close),
    private_metadata: memory,
    blocks: [
      section(what),
      ...(lacks.includes("reason") ? [reasonInput(CONFIRM_REASON_ID, true, texts)] : []),
      ...(lacks.includes("name") ? [confirmInput(CONFIRM_VM_ID, vm, texts)] : []),
    ],
  };
}
