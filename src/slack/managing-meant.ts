import type { Vm } from "../domain/cloud.ts";
import { findSnapshot } from "../domain/find-snapshot.ts";
import { isBeingMade, isToCome } from "../domain/managing.ts";
import type { Listed, Request } from "../domain/request.ts";
import { look } from "../engine/look.ts";
import type { Texts } from "../texts/en.ts";
import type { Shelf } from "../views/manage-dialogs.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { commandOf, type Opening } from "./managing-openings.ts";
import { namedVm } from "./named-vm.ts";

/** Which VM and which snapshot a dialog is to be about; or why they cannot be had. */

export interface Refused {
  ok: false;
  texts: Texts;
  /** Where there is room for it. */
  text: string;
  more: readonly object[];
  /** The same at a field, in plain text. */
  error: string;
}

export const refuse = (texts: Texts, text: string, error = text, more: readonly object[] = []): Refused => ({
  ok: false,
  texts,
  text,
  more,
  error,
});

/** Words are understood as in every command; an id comes from a button or a dialog and must still be there. */
export async function vmOf(desk: Desk, from: Sender, opening: Opening, texts: Texts): Promise<Vm | Refused> {
  const { vm } = opening;
  if (!vm) return refuse(texts, texts.managing.unknownVm(texts.help.commands[opening.kind].example));
  if ("id" in vm) {
    const listed = await look(() => desk.cloud.listVms());
    if (!listed.ok) return silent(texts, listed.problem.detail);
    return listed.value.find(({ id }) => id === vm.id) ?? vmGone(texts, vm.id);
  }
  let told = refuse(texts, texts.answers.broken);
  const listening: Desk = {
    ...desk,
    tell: async (_, text, more = []) => {
      told = refuse(texts, text, text, more);
    },
  };
  const named = await namedVm(listening, vm.word, from, texts, (word) => commandOf(opening, word));
  return named ?? told;
}

export const silent = (texts: Texts, detail: string) =>
  refuse(texts, texts.answers.cloudSilent(detail), texts.dialog.errors.cloudSilent);

export const vmGone = (texts: Texts, name: string) =>
  refuse(texts, texts.managing.vmGone(name), texts.managing.errors.vmGone);

type Meant = Pick<Shelf, "chosen" | "notice">;

/** Which snapshot is meant, or why it cannot be had. What is not clear is chosen in the dialog. */
export async function meantBy(
  { store }: Desk,
  vm: Vm,
  { snapshot: wanted }: Opening,
  listed: readonly Listed[],
  open: readonly Request[],
  texts: Texts,
): Promise<Meant | Refused> {
  const { managing } = texts;
  if (!wanted) return {};
  const choose = (chosen: Listed): Meant | Refused =>
    isBeingMade(chosen, open)
      ? refuse(texts, managing.beingMade(chosen.name, vm.name), managing.errors.beingMade)
      : { chosen };
  if ("id" in wanted) {
    const chosen = listed.find(({ id }) => id === wanted.id);
    if (chosen) return choose(chosen);
    const fate = await store.fate(vm.id, wanted.id);
    const { name, deleted } = fate ?? {};
    const text = name && deleted ? managing.deleted(name, deleted.by, deleted.at) : managing.gone(name, vm.name);
    return refuse(texts, text, managing.errors.gone);
  }
  const found = findSnapshot(listed, wanted.word);
  if (found.kind === "one") return choose(found.snapshot);
  if (isToCome(wanted.word, open)) return refuse(texts, managing.beingMade(wanted.word, vm.name));
  return { notice: managing[found.kind === "several" ? "severalNamed" : "noneNamed"](wanted.word) };
}
