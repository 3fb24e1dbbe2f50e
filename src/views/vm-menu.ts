import type { Vm } from "../domain/cloud.ts";
import { plain } from "../texts/format.ts";
import { PICK_ID } from "./action-ids.ts";
import { clip } from "./blocks.ts";

/** Slack's limit for a button's value. */
const VALUE_LENGTH = 2000;

/** A button for each VM; pressing one is like typing the command with it. */
export const vmMenu = (vms: readonly Vm[], commandWith: (vm: string) => string) => ({
  type: "actions",
  elements: vms.map((vm, index) => ({
    type: "button",
    action_id: `${PICK_ID}.${index}`,
    text: {
      type: "plain_text",
      text: clip(plain(vm.name === vm.id ? vm.id : `${vm.name} (${vm.id})`), 75),
      emoji: false,
    },
    value: clip(commandWith(vm.id), VALUE_LENGTH),
  })),
});

export const isPick = (actionId: string): boolean => actionId.startsWith(`${PICK_ID}.`);
