import type { WebClient } from "@slack/web-api";
import type { Vm } from "../domain/cloud.ts";
import { between, SECOND_MS } from "../domain/durations.ts";
import { matching } from "../domain/find-vm.ts";
import type { UserId, VmId } from "../domain/ids.ts";
import { defaultName } from "../domain/naming.ts";
import type { How } from "../domain/request.ts";
import { type Objection, objection } from "../engine/ask.ts";
import { judgeWish } from "../engine/judge.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import { CREATE_NAME_ID, CREATE_REASON_ID, CREATE_VM_ID } from "../views/action-ids.ts";
import { OPTION_VALUE_LENGTH } from "../views/blocks.ts";
import { createDialog, type DialogView, readCreateDialog, vmOptions } from "../views/create-dialog.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { type InTime, patience, textsFor } from "./patience.ts";
import { personOf } from "./person-of.ts";
import { call } from "./web.ts";

export interface Dialogs {
  desk: Desk;
  /** Never waits behind the drawing of cards: a trigger is good for 3 s. */
  client: WebClient;
}

/** With `vm`, that one is chosen already. */
export async function openDialog(
  { desk, client }: Dialogs,
  from: Sender,
  trigger: string | undefined,
  vm?: VmId,
): Promise<void> {
  const { channel, responseUrl } = from;
  const inTime = patience();
  const memory = { ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  const [texts, known] = await Promise.all([
    textsFor(desk, from.user, inTime),
    vm && vm.length <= OPTION_VALUE_LENGTH ? listed(desk, inTime) : undefined,
  ]);
  const chosen = known?.find(({ id }) => id === vm);
  const name = usualName(desk, chosen?.name ?? "");
  const view = chosen
    ? createDialog(texts, { ...memory, suggested: name }, { vm: chosen.id, name })
    : createDialog(texts, memory);
  try {
    await call(() => client.views.open({ trigger_id: trigger ?? "", view: view as never }));
  } catch (error) {
    desk.log.warn("a dialog could not be opened", { user: from.user, error: String(error) });
    await desk.tell(from, texts.answers.needVm(texts.help.commands.create.example));
  }
}

/** What a snapshot of the VM is called when nobody gives it a name. */
const usualName = ({ nameTemplate, clock, cloud }: Desk, vm: string): string =>
  defaultName(nameTemplate, vm, clock.now(), cloud.limits.nameLength);

/** The VM is chosen: its usual name is filled in, unless somebody has typed one. */
export async function prefill({ desk, client }: Dialogs, user: UserId, view: DialogView): Promise<void> {
  const entered = readCreateDialog(view);
  if (!entered.vm) return;
  const inTime = patience();
  const texts = await textsFor(desk, user, inTime);
  const vm = (await listed(desk, inTime))?.find((candidate) => candidate.id === entered.vm);
  const usual = usualName(desk, vm?.name ?? entered.vm);
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

/** A list as old as this will do while somebody types; what they choose is looked up again. */
const RECENT_MS = 30 * SECOND_MS;

/** VMs whose name fits what has been typed so far, of what is known; a newer list is got for the next letter. */
export async function suggest(desk: Desk, typed: string) {
  const { cloud, clock, log } = desk;
  const newer = listed(desk, patience());
  newer.catch((error: unknown) => log.warn("the VMs could not be listed", { error: String(error) }));
  const last = cloud.lastListing();
  const vms = last && between(last.at, clock.now()) < RECENT_MS ? last.vms : await newer;
  return vmOptions(matching(vms ?? [], typed));
}

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
  const against = vm && (await inTime(objection(desk, vm, { kind: "create", name, how, reason, safety: false })));
  if (against) {
    const { field, text } = atField(against, texts);
    return { errors: { [entered.blockOf(field)]: text } };
  }
  const { channel, responseUrl } = memory;
  if (vm && !reason && (await inTime(needsReason(desk, { ...from, channel }, vm, how))))
    return { errors: { [entered.blockOf(CREATE_REASON_ID)]: texts.approval.reasonMissing } };
  const sender = { ...from, ...(channel && { channel }), ...(responseUrl && { responseUrl }) };
  return { kind: "wish", from: sender, vm: entered.vm, how, ...(name && { name }), ...(reason && { reason }) };
}

/** Whether the policy wants to know why. What is not known in time is asked for afterwards. */
async function needsReason(desk: Desk, from: Sender, vm: Vm, how: How): Promise<boolean> {
  if (desk.rules().policy === undefined) return false;
  try {
    const person = await personOf(desk, from);
    const ruling = person && (await judgeWish(desk, person, from.channel, vm, { kind: "create", how }));
    return ruling?.kind === "allowed" && ruling.needsReason;
  } catch {
    return false; // it is looked up once more
  }
}

function atField(against: Objection, { dialog: { errors } }: Texts): { field: string; text: string } {
  switch (against.kind) {
    case "name_too_long":
      return { field: CREATE_NAME_ID, text: errors.nameTooLong(against.limit) };
    case "reason_too_long":
      return { field: CREATE_REASON_ID, text: errors.reasonTooLong(against.limit) };
    case "name_taken":
    case "same_name":
      return { field: CREATE_NAME_ID, text: errors.nameTaken };
    case "name_empty":
    case "snapshot_gone":
    case "already":
      return { field: CREATE_VM_ID, text: errors.unknownVm }; // nothing of this can be said against a new snapshot
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
