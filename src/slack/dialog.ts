import type { WebClient } from "@slack/web-api";
import type { Vm } from "../domain/cloud.ts";
import { matching } from "../domain/find-vm.ts";
import type { UserId } from "../domain/ids.ts";
import { defaultName } from "../domain/naming.ts";
import { type Objection, objection } from "../engine/ask.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import { CREATE_NAME_ID, CREATE_REASON_ID, CREATE_VM_ID } from "../views/action-ids.ts";
import { createDialog, type DialogView, readCreateDialog, vmOptions } from "../views/create-dialog.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { call } from "./web.ts";

/** Slack waits 3 s for the answer to a dialog or a select; what is not known by then is found out afterwards. */
const PATIENCE_MS = 2000;

interface Dialogs {
  desk: Desk;
  /** Never waits behind the drawing of cards: a trigger is good for 3 s. */
  client: WebClient;
}

export async function openDialog({ desk, client }: Dialogs, from: Sender, trigger: string | undefined): Promise<void> {
  const { channel, responseUrl } = from;
  const texts = await textsFor(desk, from.user, patience());
  const view = createDialog(texts, { ...(channel && { channel }), ...(responseUrl && { responseUrl }) });
  try {
    await call(() => client.views.open({ trigger_id: trigger ?? "", view: view as never }));
  } catch (error) {
    desk.log.warn("a dialog could not be opened", { user: from.user, error: String(error) });
    await desk.tell(from, texts.answers.needVm(texts.help.commands.create.example));
  }
}

/** The VM is chosen: its usual name is filled in, unless somebody has typed one. */
export async function prefill({ desk, client }: Dialogs, user: UserId, view: DialogView): Promise<void> {
  const entered = readCreateDialog(view);
  if (!entered.vm) return;
  const inTime = patience();
  const texts = await textsFor(desk, user, inTime);
  const vm = (await listed(desk, inTime))?.find((candidate) => candidate.id === entered.vm);
  const usual = defaultName(desk.nameTemplate, vm?.name ?? entered.vm, desk.clock.now(), desk.cloud.limits.nameLength);
  const name = entered.isNameTyped ? entered.name! : usual;
  const memory = { ...entered.memory, ...(!entered.isNameTyped && { suggested: usual }) };
  const next = createDialog(texts, memory, { vm: entered.vm, name });
  const { id, hash } = view;
  try {
    await call(() => client.views.update({ view_id: id, ...(hash && { hash }), view: next as never }));
  } catch (error) {
    desk.log.info("a dialog could not be filled in", { user, error: String(error) }); // it works without
  }
}

/** VMs whose name fits what has been typed so far. */
export const suggest = async (desk: Desk, typed: string) =>
  vmOptions(matching((await listed(desk, patience())) ?? [], typed));

/** What the dialog asks for, or what stands at which field. */
export async function submitDialog(
  desk: Desk,
  from: Sender,
  view: DialogView,
): Promise<Sent | { errors: Record<string, string> }> {
  const entered = readCreateDialog(view);
  const inTime = patience();
  const texts = await textsFor(desk, from.user, inTime);
  const { errors } = texts.dialog;
  if (!entered.vm) return { errors: { [entered.blockOf(CREATE_VM_ID)]: errors.noVm } };
  const { name, how, reason, memory } = entered;
  const vms = await listed(desk, inTime);
  const vm = vms?.find((candidate) => candidate.id === entered.vm);
  if (vms && !vm) return { errors: { [entered.blockOf(CREATE_VM_ID)]: errors.unknownVm } };
  const against = vm && (await inTime(objection(desk, { vm, name, how, reason })));
  if (against) {
    const { field, text } = atField(against, texts);
    return { errors: { [entered.blockOf(field)]: text } };
  }
  const { channel, responseUrl } = memory;
  const sender = { ...from, ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  return { kind: "wish", from: sender, vm: entered.vm, how, ...(name && { name }), ...(reason && { reason }) };
}

function atField(against: Objection, { dialog: { errors } }: Texts): { field: string; text: string } {
  switch (against.kind) {
    case "name_too_long":
      return { field: CREATE_NAME_ID, text: errors.nameTooLong(against.limit) };
    case "reason_too_long":
      return { field: CREATE_REASON_ID, text: errors.reasonTooLong(against.limit) };
    case "name_taken":
      return { field: CREATE_NAME_ID, text: errors.nameTaken };
    case "full":
      return { field: CREATE_VM_ID, text: errors.full(against.snapshots.length, against.limit) };
    case "cloud_silent":
      return { field: CREATE_VM_ID, text: errors.cloudSilent };
  }
}

/** The live list; undefined when the cloud does not answer in time. */
async function listed({ cloud }: Desk, inTime: InTime): Promise<readonly Vm[] | undefined> {
  const vms = await inTime(look(() => cloud.listVms()));
  return vms?.ok ? vms.value : undefined;
}

/** What is not known in time is undefined. */
type InTime = <T>(promise: Promise<T>) => Promise<T | undefined>;

/** One time limit, from now on, for all that one answer waits for. */
function patience(): InTime {
  const late = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE_MS).unref();
  });
  return (promise) => Promise.race([promise, late]);
}

/** The reader's language; English when Slack does not tell in time. */
async function textsFor({ directory }: Desk, user: UserId, inTime: InTime): Promise<Texts> {
  const person = await inTime(directory.person(user).catch(() => undefined));
  return textsIn(person?.language);
}
