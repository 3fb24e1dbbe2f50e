import { isStuckMeanwhile } from "../domain/approving-stuck.ts";
import type { Press } from "../domain/press.ts";
import type { Request, WishOf } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { plain } from "../texts/format.ts";
import { PRESS_IDS, VM_IDS } from "./action-ids.ts";
import type { Button } from "./blocks.ts";
import { vmButton } from "./vm-buttons.ts";

/** The button for a press on the card of a request, as it has to be labelled and confirmed in its status. */
export function pressButton(press: Press, request: Request, texts: Texts): Button {
  const { buttons } = texts;
  if (press === "power_on") return { actionId: VM_IDS.on, label: buttons.powerOn, value: request.id, style: "primary" };
  const labelled = (label: string): Button => ({ actionId: PRESS_IDS[press], label, value: request.id });
  switch (press) {
    case "shutdown":
      return yesButton(request, texts);
    case "live":
      return labelled(
        request.facts?.power === "off" && request.state.status === "choosing" ? buttons.takeOff : buttons.live,
      );
    case "power_off":
      return { ...vmButton("hard_off", request.vm.name, request.id, texts), actionId: PRESS_IDS.power_off };
    case "wait":
      return labelled(buttons.wait);
    case "cancel":
      return labelled(isStuck(request) ? buttons.giveUp : buttons.cancel);
    case "retry":
      return labelled(request.state.status === "failed" ? buttons.retry : texts.approval.askAgain);
    case "keep":
      return labelled(buttons.keep);
  }
}

const isStuck = ({ state, ...request }: Request): boolean =>
  state.status === "shutdown_stuck" ||
  (state.status === "awaiting_approval" && isStuckMeanwhile({ ...request, state }));

/** The yes to what the card asks. */
function yesButton(request: Request, texts: Texts): Button {
  const { wish } = request;
  switch (wish.kind) {
    case "power":
      return vmButton(wish.to === "hard_off" ? "hard_off" : "off", request.vm.name, request.id, texts);
    case "restore":
      return restoreButton(request, wish, texts);
    default:
      return shutdownButton(request, texts);
  }
}

function restoreButton(request: Request, { snapshot }: WishOf<"restore">, { buttons, confirm }: Texts): Button {
  // Short enough for the dialog to say what is lost, whatever the names are made of.
  const vm = plain(request.vm.name, 50);
  return {
    actionId: PRESS_IDS.shutdown,
    label: buttons.restoreNow,
    value: request.id,
    style: "danger",
    confirm: {
      title: confirm.restoreTitle(vm),
      text: confirm.restore(vm, plain(snapshot.name, 40)),
      yes: confirm.yesRestore,
      no: confirm.no,
      style: "danger",
    },
  };
}

function shutdownButton(request: Request, { buttons, confirm }: Texts): Button {
  const vm = plain(request.vm.name, 60);
  return {
    actionId: PRESS_IDS.shutdown,
    label: buttons.shutdown,
    value: request.id,
    style: "primary",
    confirm: {
      title: confirm.shutdownTitle(vm),
      text: confirm.shutdown(vm, request.facts?.expected),
      yes: confirm.yesShutdown,
      no: confirm.no,
    },
  };
}
