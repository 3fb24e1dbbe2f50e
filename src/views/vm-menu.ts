import type { Vm } from "../domain/cloud.ts";
import { plain } from "../texts/format.ts";
import { PICK_ID } from "./action-ids.ts";
import { actions } from "./blocks.ts";

/** What a VM is called where one is chosen. */
export const vmLabel = ({ id, name }: Vm): string => plain(name === id ? id : `${name} (${id})`);

/** A button for each VM; pressing one is like typing the command with it. */
export const vmMenu = (vms: readonly Vm[], commandWith: (vm: string) => string) =>
  actions(
    ...vms.map((vm, index) => ({
      actionId: `${PICK_ID}.${index}`,
      label: vmLabel(vm),
      value: commandWith(vm.id),
    })),
  );

export const isPick = (actionId: string): boolean => actionId.startsWith(`${PICK_ID}.`);
