import { z } from "zod";
import type { Vm } from "../domain/cloud.ts";
import { ChannelId, VmId } from "../domain/ids.ts";
import { How, REASON_LENGTH } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { CREATE_DIALOG, CREATE_HOW_ID, CREATE_NAME_ID, CREATE_REASON_ID, CREATE_VM_ID } from "./action-ids.ts";
import { input, option, placeholder, title } from "./blocks.ts";
import { vmLabel } from "./vm-menu.ts";

/** What the dialog remembers by itself between opening and submitting. */
const Memory = z.object({
  channel: ChannelId.optional(),
  responseUrl: z.string().optional(),
  /** The name that the dialog has filled in; a name that differs was typed. */
  suggested: z.string().optional(),
});
export type Memory = z.infer<typeof Memory>;

/** Slack's limit for a select's option value; names of VMs beyond it cannot be chosen here, only typed. */
const VALUE_LENGTH = 75;

const NAME_BLOCK = "name";
const NAME_LENGTH = 255;

/** The dialog behind the bare `/snapshot` and the shortcut. With a VM chosen, its usual name is filled in. */
export function createDialog(texts: Texts, memory: Memory, chosen?: { vm: string; name: string }): object {
  const { dialog } = texts;
  const live = option(dialog.howLive, "live", dialog.howLiveDetail);
  const off = option(dialog.howOff, "off", dialog.howOffDetail);
  return {
    type: "modal",
    callback_id: CREATE_DIALOG,
    title: title(dialog.title),
    submit: title(dialog.submit),
    close: title(dialog.close),
    private_metadata: JSON.stringify(memory),
    blocks: [
      input({
        blockId: "vm",
        label: dialog.vm,
        dispatches: true,
        element: {
          type: "external_select",
          action_id: CREATE_VM_ID,
          min_query_length: 0,
          placeholder: placeholder(dialog.vmPlaceholder),
          ...(chosen && { initial_option: option(chosen.vm, chosen.vm) }),
        },
      }),
      input({
        // A new id makes Slack take the new value, since it keeps what was typed under the old one.
        blockId: chosen ? `${NAME_BLOCK}.${chosen.vm}`.slice(0, 255) : NAME_BLOCK,
        label: dialog.name,
        hint: dialog.nameHint,
        optional: true,
        element: {
          type: "plain_text_input",
          action_id: CREATE_NAME_ID,
          max_length: NAME_LENGTH,
          ...(chosen && { initial_value: chosen.name }),
        },
      }),
      input({
        blockId: "how",
        label: dialog.how,
        element: { type: "radio_buttons", action_id: CREATE_HOW_ID, options: [off, live], initial_option: off },
      }),
      input({
        blockId: "reason",
        label: dialog.reason,
        hint: dialog.reasonHint,
        optional: true,
        element: {
          type: "plain_text_input",
          action_id: CREATE_REASON_ID,
          max_length: REASON_LENGTH,
          placeholder: placeholder(dialog.reasonPlaceholder),
        },
      }),
    ],
  };
}

/** One choice of the VM select. */
const vmOption = (vm: Vm) => option(vmLabel(vm), vm.id);

/** Slack's limit for the choices of a select. */
const OPTIONS = 100;

export const vmOptions = (vms: readonly Vm[]) =>
  vms
    .filter((vm) => vm.id.length <= VALUE_LENGTH)
    .slice(0, OPTIONS)
    .map(vmOption);

const Option = z.object({ value: z.string() });
const Input = z.object({
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  value: z.string().nullish(),
});

export const DialogView = z.object({
  id: z.string(),
  hash: z.string().optional(),
  callback_id: z.string().optional(),
  private_metadata: z.string().optional(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), Input)) }),
});
export type DialogView = z.infer<typeof DialogView>;

/** What was entered; `blockOf` finds the field that an error belongs to. */
export interface Entered {
  vm: VmId | undefined;
  name: string | undefined;
  /** The name was typed, not filled in by us. */
  isNameTyped: boolean;
  how: How;
  reason: string | undefined;
  memory: Memory;
  blockOf: (actionId: string) => string;
}

/** What stands in the fields of a dialog, whatever their blocks are called. */
export const fieldsOf = (view: DialogView) =>
  Object.entries(view.state.values).flatMap(([block, inputs]) =>
    Object.entries(inputs).map(([action, entered]) => ({ block, action, entered })),
  );

/** Reads the dialog that `createDialog` has made. */
export function readCreateDialog(view: DialogView): Entered {
  const fields = fieldsOf(view);
  const field = (actionId: string) => fields.find(({ action }) => action === actionId);
  const text = (actionId: string) => field(actionId)?.entered.value?.trim() || undefined;
  const vm = VmId.safeParse(field(CREATE_VM_ID)?.entered.selected_option?.value);
  const memory = memoryOf(view.private_metadata);
  const name = text(CREATE_NAME_ID);
  return {
    vm: vm.data,
    name,
    isNameTyped: name !== undefined && name !== memory.suggested,
    how: How.safeParse(field(CREATE_HOW_ID)?.entered.selected_option?.value).data ?? "off",
    reason: text(CREATE_REASON_ID),
    memory,
    blockOf: (actionId) => field(actionId)?.block ?? "vm",
  };
}

function memoryOf(text: string | undefined): Memory {
  try {
    return Memory.parse(JSON.parse(text ?? "{}"));
  } catch {
    return {}; // not ours; the card goes to the direct messages
  }
}
