import type { Press } from "../domain/press.ts";
import type { Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { plain } from "../texts/format.ts";
import { PRESS_IDS } from "./action-ids.ts";
import { actions, type Button } from "./blocks.ts";

/** The buttons that do now what they say; undefined when there are none. */
export function buttonsOf(request: Request, texts: Texts): object | undefined {
  const buttons = pressesOf(request).map((press) => buttonFor(press, request, texts));
  return buttons.length > 0 ? actions(...buttons) : undefined;
}

function pressesOf(request: Request): readonly Press[] {
  const { state } = request;
  switch (state.status) {
    case "queued":
      return ["cancel"];
    case "choosing":
      if (request.facts?.power === "off") return ["live", "cancel"];
      return request.wish.how === "off" ? ["shutdown", "cancel"] : ["shutdown", "live", "cancel"];
    case "shutting_down":
      return ["cancel"];
    case "shutdown_stuck":
      return ["wait", "power_off", "live", "cancel"];
    case "snapshotting":
      // Only while the start is held up; otherwise it has begun before anybody could press.
      return (state.problem || request.trouble) && !state.intent && !state.operation ? ["cancel"] : [];
    case "powering_on":
      return state.problem || state.loud ? ["power_on"] : [];
    case "failed":
      return state.retriedAs ? [] : ["retry"];
    case "done":
    case "cancelled":
    case "expired":
      return [];
  }
}

function buttonFor(press: Press, request: Request, texts: Texts): Button {
  const { buttons, confirm } = texts;
  const vm = plain(request.vm.name, 60);
  const plainButton = (label: string): Button => ({ actionId: PRESS_IDS[press], label, value: request.id });
  switch (press) {
    case "shutdown":
      return {
        ...plainButton(buttons.shutdown),
        style: "primary",
        confirm: {
          title: confirm.shutdownTitle(vm),
          text: confirm.shutdown(vm, request.facts?.expected),
          yes: confirm.yesShutdown,
          no: confirm.no,
        },
      };
    case "live":
      return plainButton(
        request.facts?.power === "off" && request.state.status === "choosing" ? buttons.takeOff : buttons.live,
      );
    case "power_off":
      return {
        ...plainButton(buttons.powerOff),
        style: "danger",
        confirm: {
          title: confirm.powerOffTitle(vm),
          text: confirm.powerOff(vm),
          yes: confirm.yesPowerOff,
          no: confirm.no,
          style: "danger",
        },
      };
    case "wait":
      return plainButton(buttons.wait);
    case "cancel":
      return plainButton(request.state.status === "shutdown_stuck" ? buttons.giveUp : buttons.cancel);
    case "power_on":
      return { ...plainButton(buttons.powerOn), style: "primary" };
    case "retry":
      return plainButton(buttons.retry);
  }
}
