import { z } from "zod";
import type { Vm } from "../domain/cloud.ts";
import { writeCommand } from "../domain/command/write.ts";
import { type Command, readCommand } from "../domain/command.ts";
import { ChannelId } from "../domain/ids.ts";
import { REASON_LENGTH } from "../domain/request.ts";
import { look } from "../engine/look.ts";
import type { Said } from "../engine/press-request.ts";
import type { Texts } from "../texts/en.ts";
import { CONFIRM_REASON_ID, CONFIRM_VM_ID, TYPE_ID } from "../views/action-ids.ts";
import { actions, BUTTON_VALUE_LENGTH } from "../views/blocks.ts";
import { confirmDialog } from "../views/confirm-dialog.ts";
import { type DialogView, fieldsOf } from "../views/create-dialog.ts";
import { confirmWord, isConfirmed, REASON_BLOCK, VM_BLOCK } from "../views/manage-dialogs.ts";
import { readJson } from "../views/read-json.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { type Deed, needsText, Question } from "./lacking.ts";
import { noteRefused, unnamed } from "./noted.ts";
import { type InTime, patience, textsFor } from "./patience.ts";

/**
 * What the rules want to be told before something is done: the VM's name, why, or both. One dialog asks for it, and
 * sending it does what was wanted.
 */

const Memory = Question.extend({
  /** Of the command or the click that opened the dialog. */
  channel: ChannelId.optional(),
  responseUrl: z.string().optional(),
});

/** Opens the dialog, or offers a button that does where the click is too long ago. */
export async function askMissing(desk: Desk, from: Sender, question: Question, texts: Texts): Promise<void> {
  const { approval } = texts;
  const value = JSON.stringify(question);
  // Somebody has typed more than Slack carries, and has to type it anew with what is missing.
  if (value.length > BUTTON_VALUE_LENGTH) return desk.tell(from, needsText(question.lacks, texts));
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

/** What it is about comes from the question; where it is asked, from the click alone. */
const dialogOf = (question: Question, { channel, responseUrl }: Sender, texts: Texts): object =>
  confirmDialog(question, JSON.stringify(Memory.parse({ ...question, channel, responseUrl })), texts);

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
  const meant = "to" in deed ? deed.vm : commandIn(deed.command)?.vm;
  const listed = await look(() => cloud.listVms());
  return listed.ok ? listed.value.find(({ id }) => id === meant) : undefined;
}

function wrongReason(reason: string | undefined, { approval, dialog }: Texts): string | undefined {
  if (reason === undefined) return approval.reasonMissing;
  return [...reason].length > REASON_LENGTH ? dialog.errors.reasonTooLong(REASON_LENGTH) : undefined;
}

function sentFor(deed: Deed, from: Sender, said: Said, at: Date): Sent | undefined {
  if ("press" in deed) return { kind: "press", from, press: deed.press, request: deed.request, ...said };
  if ("to" in deed) return { kind: "switching", from, target: deed.vm, to: deed.to, at, ...said };
  const command = commandIn(deed.command);
  const { isTyped, reason } = said;
  const text = command && writeCommand(reason === undefined ? command : { ...command, reason });
  return text === undefined ? undefined : { kind: "command", from, text, ...(isTyped && { isTyped }) };
}

/** Of the commands those about which something can be missing. */
function commandIn(text: string): Extract<Command, { kind: "create" | "rename" | "power" }> | undefined {
  const reading = readCommand(text);
  if (!reading.ok) return undefined;
  const { command } = reading;
  return command.kind === "create" || command.kind === "rename" || command.kind === "power" ? command : undefined;
}
