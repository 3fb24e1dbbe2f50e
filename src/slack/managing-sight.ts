import type { Snapshot, Vm } from "../domain/cloud.ts";
import { isBeingMade, safetyRoom } from "../domain/managing.ts";
import type { Request } from "../domain/request.ts";
import { expectedDuration, expectedRestore, withMakers } from "../domain/rules.ts";
import { judgeWish } from "../engine/judge.ts";
import { look } from "../engine/look.ts";
import { mayAct } from "../policy/rights.ts";
import type { Texts } from "../texts/en.ts";
import { textsIn } from "../texts/texts.ts";
import type { Shelf } from "../views/manage-dialogs.ts";
import type { RestoreFacts } from "../views/restore-dialog.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { forbiddenText } from "./forbidden.ts";
import { meantBy, type Refused, refuse, silent, vmGone, vmOf } from "./managing-meant.ts";
import type { Opening } from "./managing-openings.ts";
import { noteRefused } from "./noted.ts";
import { personOf } from "./person-of.ts";

/** What a dialog can be drawn from, as everything is now; or why there is nothing to draw. */
export type Sight = Seen | Refused;

interface Seen {
  ok: true;
  texts: Texts;
  shelf: Shelf;
  /** The VM's open requests. */
  open: readonly Request[];
  /** What a restore would mean; for the other dialogs it is not looked up. */
  facts: RestoreFacts | undefined;
}

/** Looks everything up: the person, the VM, the snapshot. Never throws. */
export async function see(desk: Desk, from: Sender, opening: Opening): Promise<Sight> {
  let texts = textsIn(undefined);
  try {
    const person = await personOf(desk, from).catch(() => undefined);
    texts = textsIn(person?.language);
    if (!person) return refuse(texts, texts.answers.slackSilent);
    if (!mayAct(person, desk.rules().policy)) {
      await noteRefused(desk, person, { what: opening.kind, why: "not_member" });
      return refuse(texts, texts.refusals.not_member);
    }
    const vm = await vmOf(desk, from, opening, texts);
    if ("ok" in vm) return vm;
    const ruling = await judgeWish(desk, person, from.channel, vm, opening);
    if (ruling.kind === "denied") {
      await noteRefused(desk, person, { what: opening.kind, why: ruling.why, rule: ruling.rule, vm: vm.id });
      return refuse(texts, forbiddenText(ruling, texts));
    }
    const sight = await snapshotsOf(desk, vm, opening, texts);
    const { isTyped, needsReason } = ruling;
    return sight.ok ? { ...sight, shelf: { ...sight.shelf, isTyped, needsReason, reason: opening.reason } } : sight;
  } catch (error) {
    desk.log.error("a dialog could not be prepared", { user: from.user, error: String(error) });
    return refuse(texts, texts.answers.broken);
  }
}

async function snapshotsOf(desk: Desk, vm: Vm, opening: Opening, texts: Texts): Promise<Sight> {
  const { cloud, store, clock } = desk;
  const [listed, makers, stored, outlook] = await Promise.all([
    look(() => cloud.snapshots(vm.id)),
    store.makers(vm.id),
    store.openOf(vm.id),
    opening.kind === "restore" ? outlookOf(desk, vm) : undefined,
  ]);
  if (!listed.ok) {
    const { kind, detail } = listed.problem;
    return kind === "not_found" ? vmGone(texts, vm.name) : silent(texts, detail);
  }
  const open = stored.map(({ request }) => request);
  const all = withMakers(listed.value, makers);
  const snapshots = all.filter((snapshot) => !isBeingMade(snapshot, open));
  const meant = await meantBy(desk, vm, opening, all, open, texts);
  if ("ok" in meant) return meant;
  if (snapshots.length === 0) return refuse(texts, texts.answers.noSnapshots(vm.name), texts.managing.errors.allGone);
  const shelf: Shelf = { vm, snapshots, ...meant, now: clock.now() };
  return { ok: true, texts, shelf, open, facts: outlook && factsOf(desk, shelf, listed.value, outlook) };
}

/** What cannot be found out about the VM does not keep the dialog from opening. */
async function outlookOf({ cloud, store }: Desk, vm: Vm) {
  const [power, operations, past] = await Promise.all([
    look(() => cloud.power(vm.id)),
    look(() => cloud.operations(vm.id)),
    store.pastDurations(vm.id),
  ]);
  return {
    power: power.ok ? power.value : "unknown",
    operations: operations.ok ? operations.value : [],
    past,
  } as const;
}

function factsOf(
  { cloud: { limits } }: Desk,
  { vm, chosen, now }: Shelf,
  listed: readonly Snapshot[],
  { power, operations, past }: Awaited<ReturnType<typeof outlookOf>>,
): RestoreFacts {
  return {
    power,
    safety: safetyRoom(listed, operations, limits, now),
    restore: chosen && expectedRestore(chosen, vm.diskGb, limits),
    snapshot: expectedDuration(past, vm.diskGb, limits),
  };
}
