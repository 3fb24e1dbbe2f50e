import type { Press } from "../domain/press.ts";
import { isOf, type Request, type RequestIn } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { SNAPSHOT_IDS } from "./action-ids.ts";
import { askedBlock } from "./asked-block.ts";
import { actions, type Button } from "./blocks.ts";
import type { Brush } from "./card.ts";
import { decisions } from "./card-approval.ts";
import { isAsked } from "./card-done.ts";
import { isInVain } from "./card-missed.ts";
import { pressButton } from "./press-buttons.ts";
import { deleteButton, snapshotBlock } from "./snapshot-buttons.ts";
import { vmButton } from "./vm-buttons.ts";

/** The buttons that do now what they say; undefined when there are none. */
export function buttonsOf(request: Request, { texts, fate, mayBreakGlass = false }: Brush): object | undefined {
  const { state } = request;
  const isThere = fate?.deleted === undefined;
  const ended = state.status === "done" && isThere ? afterwards({ ...request, state }, texts) : [];
  const buttons = [
    ...decisions(request, texts, { approve: true, breakGlass: mayBreakGlass }),
    ...pressesOf(request).map((press) => pressButton(press, request, texts)),
    ...ended,
    ...power(request, texts),
  ];
  return buttons.length > 0 ? row(request, buttons) : undefined;
}

const row = (request: Request, buttons: readonly Button[]) => ({
  ...actions(...buttons),
  block_id:
    request.state.status === "awaiting_approval" ? askedBlock(0, request.state.since) : snapshotBlock(0, request.vm.id),
});

function pressesOf(request: Request): readonly Press[] {
  const { state, wish } = request;
  switch (state.status) {
    case "queued":
      return state.why.kind === "renaming" ? [] : ["cancel"];
    case "choosing":
      if (!isOf(request, "create")) return ["shutdown", "cancel"];
      if (request.facts?.power === "off") return ["live", "cancel"];
      return request.wish.how === "off" ? ["shutdown", "cancel"] : ["shutdown", "live", "cancel"];
    case "awaiting_approval":
    case "shutting_down":
      return ["cancel"];
    case "shutdown_stuck":
      return wish.kind === "create" ? ["wait", "power_off", "live", "cancel"] : ["wait", "power_off", "cancel"];
    case "snapshotting":
    case "restoring":
      // Only while the start is held up; otherwise it has begun before anybody could press.
      return (state.problem || request.trouble) && !state.intent && !state.operation ? ["cancel"] : [];
    case "powering_on":
      if (wish.kind === "power") return state.problem || state.loud ? ["power_on", "cancel"] : ["cancel"];
      return state.problem || state.loud ? ["power_on"] : [];
    case "failed":
      return state.retriedAs || isInVain(state.failure) ? [] : ["retry"];
    case "denied":
    case "cancelled":
    case "expired":
      return state.retriedAs ? [] : ["retry"];
    case "deleting":
    case "done":
      return [];
  }
}

/** The question that comes later about a safety snapshot, as the card has it; undefined when it is answered. */
export function questionButtons(request: Request, texts: Texts): object | undefined {
  const { state } = request;
  if (state.status !== "done" || !state.snapshot || state.keptBy || !isAsked(request)) return undefined;
  return row(request, questions({ ...request, state }, texts));
}

/** What can be done with what was made. */
function afterwards(request: RequestIn<"done">, texts: Texts): Button[] {
  const { snapshot, keptBy } = request.state;
  const { buttons } = texts;
  if (!snapshot || (isOf(request, "restore") && keptBy)) return [];
  if (isOf(request, "restore") || isAsked(request)) return questions(request, texts);
  return [
    { actionId: SNAPSHOT_IDS.rename, label: buttons.rename, value: snapshot.id },
    { actionId: SNAPSHOT_IDS.restore, label: buttons.restore, value: snapshot.id },
    deleteButton(snapshot.id, texts),
  ];
}

/** What shall become of a safety snapshot. */
function questions(request: RequestIn<"done">, texts: Texts): Button[] {
  const { snapshot } = request.state;
  if (!snapshot) return [];
  return [
    pressButton("keep", request, texts),
    { actionId: SNAPSHOT_IDS.restore, label: texts.buttons.rollBack, value: snapshot.id },
    deleteButton(snapshot.id, texts),
  ];
}

/** A VM that is off at the end can be switched on from here, whoever switched it off. */
function power({ id, vm, state, wish, plan }: Request, texts: Texts): Button[] {
  if (state.status !== "done" && state.status !== "failed" && state.status !== "cancelled") return [];
  const isLeftOff = state.power === undefined && state.status === "done" && plan === "stays_off";
  if (state.power === "off" || isLeftOff) return [vmButton("on", vm.name, id, texts)];
  const isSwitchedOn = state.status === "done" && wish.kind === "power" && wish.to === "on";
  return isSwitchedOn ? [vmButton("off", vm.name, id, texts)] : [];
}
