import { z } from "zod";
import type { Vm } from "../domain/cloud.ts";
import { writeCommand } from "../domain/command/write.ts";
import { readCommand } from "../domain/command.ts";
import { ChannelId, RequestId, VmId } from "../domain/ids.ts";
import { Press } from "../domain/press.ts";
import { REASON_LENGTH } from "../domain/request.ts";
import type { Wanted } from "../engine/ask.ts";
import { look } from "../engine/look.ts";
import { LACKS, type Said } from "../engine/press-request.ts";
import type { Texts } from "../texts/en.ts";
import { code } from "../texts/format.ts";
import { CONFIRM_REASON_ID, CONFIRM_VM_ID, TYPE_ID } from "../views/action-ids.ts";
import { actions, BUTTON_VALUE_LENGTH } from "../views/blocks.ts";
import { whatIn } from "../views/card-approval.ts";
import { confirmDialog } from "../views/confirm-dialog.ts";
import { type DialogView, fieldsOf } from "../views/create-dialog.ts";
import { confirmWord, isConfirmed, REASON_BLOCK, VM_BLOCK } from "../views/manage-dialogs.ts";
import { readJson } from "../views/read-json.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { noteRefused, unnamed } from "./noted.ts";
import { type InTime, patience, textsFor } from "./patience.ts";

/**
 * What the rules want to be told before something is done: the VM's name, why, or both. One dialog asks for it, and
 * sending it does what was wanted.
 */

/** What waits: a button of a card, a button that switches a VM, or a command. */
const Deed = z.union([
  z.object({ press: Press, request: RequestId }),
  z.object({ to: z.enum(["on", "off", "hard_off"]), vm: VmId }),
  z.object({ command: z.string() }),
]);
type Deed = z.infer<typeof Deed>;

/** Carried by the dialog, or by the button that opens it. Nothing in it is believed: everything is looked up when it is sent. */
const Question = z.object({
  deed: Deed,
  lacks: z.array(z.enum(LACKS)).min(1),
  vm: z.object({ id: VmId, name: z.string() }),
  /** What is about to be done, in mrkdwn. */
  what: z.string(),
  /** Where it was wanted, which the button that opens the dialog need not be. */
  channel: ChannelId.optional(),
});
export type Question = z.infer<typeof Question>;

const Memory = Question.extend({ responseUrl: z.string().optional() });

/** Opens the dialog, or offers a button that does where the click is too long ago. */
export async function askMissing(
  desk: Desk,
  from: Sender,
  asked: Omit<Question, "channel">,
  texts: Texts,
): Promise<void> {
  const { approval } = texts;
  const question = { ...asked, channel: from.channel };
  const value = JSON.stringify(question);
  // Somebody has typed more than Slack carries, and has to type it anew with what is missing.
  if (value.length > BUTTON_VALUE_LENGTH) return desk.tell(from, approval.needsReason);
  if (await desk.openDialog(from.trigger, dialogOf(question, from, texts))) return;
  const { text, label } = approval.lacking[question.lacks.length > 1 ? "both" : question.lacks[0]!];
  await desk.tell(from, text(question.vm.name), [actions({ actionId: TYPE_ID, label, value })]);
}

/** Somebody presses that button: its click brings a fresh trigger. */
export async function openMissing(desk: Desk, from: Sender, value: string | undefined): Promise<void> {
  const texts = await textsFor(desk, from.user, patience());
  const question = readJson(Question, value);
  if (!question) return desk.tell(from, texts.refusals.unknown_request);
  if (await desk.openDialog(from.trigger, dialogOf(question, from, texts))) return;
  await desk.tell(from, texts.answers.slackSilent);
}

const dialogOf = (question: Question, { responseUrl }: Sender, texts: Texts): object =>
  confirmDialog(question, JSON.stringify(Memory.parse({ ...question, responseUrl })), texts);

/** What was wanted, with what was missing; or what stands at which field. */
export async function submitMissing(
  desk: Desk,
  from: Sender,
  view: DialogView,
): Promise<Sent | { errors: Record<string, string> }> {
  const inTime = patience();
  const texts = await textsFor(desk, from.user, inTime);
  const fields = fieldsOf(view);
  const forged = async () => {
    await noteRefused(desk, unnamed(from), { what: "confirm", why: "forged" });
    return { errors: { [fields[0]?.block ?? VM_BLOCK]: texts.refusals.forged } };
  };
  const memory = readJson(Memory, view.private_metadata);
  if (!memory) return forged();
  const { deed, lacks, channel, responseUrl } = memory;
  const typed = fields.find(({ action }) => action === CONFIRM_VM_ID);
  const why = fields.find(({ action }) => action === CONFIRM_REASON_ID);
  const isTyped = lacks.includes("name");
  const reason = why?.entered.value?.trim() || undefined;
  const wrong = {
    ...(isTyped && { [typed?.block ?? VM_BLOCK]: await wrongName(desk, deed, typed?.entered.value, texts, inTime) }),
    ...(lacks.includes("reason") && { [why?.block ?? REASON_BLOCK]: wrongReason(reason, texts) }),
  };
  const errors = Object.entries(wrong).flatMap(([block, text]) => (text === undefined ? [] : [[block, text] as const]));
  if (errors.length > 0) return { errors: Object.fromEntries(errors) };
  const sender = { ...from, ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  return (
    sentFor(deed, sender, { ...(isTyped && { isTyped }), ...(reason && { reason }) }, desk.clock.now()) ?? forged()
  );
}

/** Which VM is meant is looked up: what the dialog remembers may not say it. */
async function wrongName(
  desk: Desk,
  deed: Deed,
  typed: string | null | undefined,
  { managing, dialog }: Texts,
  inTime: InTime,
): Promise<string | undefined> {
  const vm = await inTime(vmOf(desk, deed));
  if (!vm) return dialog.errors.cloudSilent;
  return isConfirmed(vm, typed ?? undefined) ? undefined : managing.errors.wrongName(confirmWord(vm));
}

async function vmOf({ store, cloud }: Desk, deed: Deed): Promise<Pick<Vm, "id" | "name"> | undefined> {
  if ("press" in deed) return (await store.load(deed.request))?.request.vm;
  if ("command" in deed) return undefined; // no command asks for a name here
  const listed = await look(() => cloud.listVms());
  return listed.ok ? listed.value.find(({ id }) => id === deed.vm) : undefined;
}

function wrongReason(reason: string | undefined, { approval, dialog }: Texts): string | undefined {
  if (reason === undefined) return approval.reasonMissing;
  return [...reason].length > REASON_LENGTH ? dialog.errors.reasonTooLong(REASON_LENGTH) : undefined;
}

function sentFor(deed: Deed, from: Sender, said: Said, at: Date): Sent | undefined {
  if ("press" in deed) return { kind: "press", from, press: deed.press, request: deed.request, ...said };
  if ("to" in deed) return { kind: "switching", from, target: deed.vm, to: deed.to, at, ...said };
  const reading = readCommand(deed.command);
  const { reason } = said;
  if (!reading.ok || reason === undefined) return undefined;
  const { command } = reading;
  if (command.kind !== "create" && command.kind !== "rename" && command.kind !== "power") return undefined;
  return { kind: "command", from, text: writeCommand({ ...command, reason }) };
}

/** What is asked about a wish that the rules want a reason for; undefined where only its own dialog can ask for it. */
export function questionAbout(
  vm: Pick<Vm, "id" | "name">,
  wanted: Wanted,
  { isTyped }: { isTyped: boolean },
  { approval }: Texts,
  retryOf: RequestId | undefined,
): Question | undefined {
  const deed: Deed | undefined = retryOf ? { press: "retry", request: retryOf } : deedOf(vm.id, wanted);
  // What a command switches off is asked once more, on its card.
  const isButton = deed !== undefined && "to" in deed;
  return (
    deed && {
      deed,
      lacks: [...(isTyped && isButton ? ["name" as const] : []), "reason"],
      vm: { id: vm.id, name: vm.name },
      what: `${code(vm.name)}: ${whatIn(wanted, "begin", approval)}`,
    }
  );
}

/** The same wish once more, as it was given. */
function deedOf(vm: VmId, wanted: Wanted): Deed | undefined {
  switch (wanted.kind) {
    case "create": {
      const { name, how, reason } = wanted;
      return { command: writeCommand({ kind: "create", vm, name, how, reason }) };
    }
    case "rename":
      return { command: writeCommand({ kind: "rename", vm, snapshot: wanted.snapshot.id, name: wanted.name }) };
    case "power":
      return wanted.confirmedAt
        ? { to: wanted.to, vm }
        : { command: writeCommand({ kind: "power", vm, to: wanted.to }) };
    case "restore":
    case "delete":
      return undefined;
  }
}
