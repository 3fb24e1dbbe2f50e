import { writeCommand } from "../domain/command/write.ts";
import type { Command } from "../domain/command.ts";
import type { RequestId } from "../domain/ids.ts";
import { RequestId as Id, type VmId } from "../domain/ids.ts";
import { pressRequest } from "../engine/press-request.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person } from "../ports/slack.ts";
import type { Stored } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import type { Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";
import { noteAnswered, noteRefused } from "./noted.ts";
import { channelAsked, isItsCard, tellRefusal } from "./presses.ts";
import type { Changer } from "./reader.ts";
import { requestFor } from "./request-for.ts";

type Switching = Extract<Sent, { kind: "switching" }>;
type To = Switching["to"];

/** `/snapshot on|shutdown|off <vm>`: what goes off is asked once more on the card. */
export async function switchNamed(
  desk: Desk,
  { vm: word, to, reason }: Extract<Command, { kind: "power" }>,
  { from, person, texts, id, isTyped }: Changer,
): Promise<void> {
  if (!mayAct(person, desk.rules().policy)) {
    await noteRefused(desk, person, { what: "power", why: "not_member" });
    return desk.tell(from, texts.refusals.not_member);
  }
  const vm = await namedVm(desk, word, from, texts, (name) =>
    writeCommand({ kind: "power", vm: name, to, ...(reason && { reason }) }),
  );
  if (vm) await requestFor(desk, vm, { kind: "power", to, isTyped, ...(reason && { reason }) }, from, person, id);
}

/**
 * A button that switches a VM. On the card of an open request it is the yes to what that card asks; anywhere else it is
 * a new wish, confirmed by the button's own dialog.
 */
export async function answerSwitching(desk: Desk, sent: Switching, person: Person, id: RequestId): Promise<void> {
  const texts = textsIn(person.language);
  const stored = await desk.store.load(Id.parse(sent.target));
  const about = { what: "power", request: stored?.request.id, vm: stored?.request.vm.id };
  if (stored && !isItsCard(stored, sent)) {
    await noteRefused(desk, person, { ...about, why: "forged" });
    return desk.tell(sent.from, texts.refusals.forged);
  }
  const press = stored && pressMeant(stored, sent.to);
  if (press) {
    const answered = await pressRequest(desk, stored.request.id, press, person, id);
    await noteAnswered(desk, person, press, answered);
    return tellRefusal(desk, sent.from, answered, texts);
  }
  if (!mayAct(person, desk.rules().policy)) {
    await noteRefused(desk, person, { ...about, why: "not_member" });
    return desk.tell(sent.from, texts.refusals.not_member);
  }
  const word: VmId | string = stored ? stored.request.vm.id : sent.target;
  const vm = await namedVm(desk, word, sent.from, texts, (name) =>
    writeCommand({ kind: "power", vm: name, to: sent.to }),
  );
  const where = stored ? { ...sent.from, channel: channelAsked(stored, sent) } : sent.from;
  const { to, at, isTyped, reason } = sent;
  const wanted = { kind: "power", to, isTyped, reason, ...(to !== "on" && { confirmedAt: at }) } as const;
  if (vm) await requestFor(desk, vm, wanted, where, person, id);
}

/** What such a button does on the card of a request that is still open. */
function pressMeant({ request: { state, wish } }: Stored, to: To): "power_on" | "shutdown" | undefined {
  if (to === "on") return state.status === "powering_on" ? "power_on" : undefined;
  const isAsked = wish.kind === "power" && wish.to === to && (state.status === "choosing" || wasAsked(state.status));
  return isAsked ? "shutdown" : undefined;
}

/** The question has been answered meanwhile; whoever comes second is told so. */
const wasAsked = (status: Stored["request"]["state"]["status"]): boolean =>
  status === "shutting_down" || status === "shutdown_stuck";
