import type { Texts } from "../texts/en.ts";
import { plain } from "../texts/format.ts";
import { type Switching, VM_IDS } from "./action-ids.ts";
import type { Button } from "./blocks.ts";

/** A button that switches a VM; nothing goes off without its confirm dialog. `value`: the request's id or the VM's. */
export function vmButton(to: Switching, name: string, value: string, { buttons, confirm }: Texts): Button {
  const vm = plain(name, 60);
  const actionId = VM_IDS[to];
  switch (to) {
    case "on":
      return { actionId, label: buttons.switchOn, value };
    case "off":
      return {
        actionId,
        label: buttons.shutdownOnly,
        value,
        confirm: {
          title: confirm.shutdownTitle(vm),
          text: confirm.shutdownOnly(vm),
          yes: confirm.yesShutdown,
          no: confirm.no,
        },
      };
    case "hard_off":
      return {
        actionId,
        label: buttons.powerOff,
        value,
        style: "danger",
        confirm: {
          title: confirm.powerOffTitle(vm),
          text: confirm.powerOff(vm),
          yes: confirm.yesPowerOff,
          no: confirm.no,
          style: "danger",
        },
      };
  }
}
