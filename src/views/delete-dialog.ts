import type { Listed } from "../domain/request.ts";
import { newestFirst } from "../domain/rules.ts";
import type { Texts } from "../texts/en.ts";
import { DELETE_FIELDS } from "./action-ids.ts";
import { checkboxes, context, input, MOST_BOXES, section } from "./blocks.ts";
import {
  confirmInput,
  detail,
  frame,
  isOfferable,
  type Memory,
  noticed,
  reasonInput,
  type Shelf,
  SNAPSHOT_BLOCK,
  snapshotOption,
} from "./manage-dialogs.ts";

/** Says that it is for good; the VM's name has to be typed if none would remain. */
export function deleteDialog(shelf: Shelf, memory: Memory, texts: Texts): object {
  const { managing } = texts;
  const { vm, snapshots, chosen } = shelf;
  const words = managing.delete;
  const offered = offeredOf(shelf);
  const options = offered.map((snapshot) => snapshotOption(snapshot, shelf, texts));
  const isOnly = snapshots.length === 1;
  const mustType = isOnly || shelf.isTyped === true;
  const confirm = confirmInput(DELETE_FIELDS.vm, vm, texts, mustType ? undefined : words.typeHint);
  return frame("delete", texts, { ...memory, vm: vm.id, about: chosen?.id }, [
    ...noticed(shelf),
    section(words.forGood(vm.name)),
    ...(chosen ? [section(detail(chosen, shelf, texts))] : []),
    ...(isOnly ? [section(words.only)] : []),
    input({
      blockId: SNAPSHOT_BLOCK,
      label: words.which,
      element: checkboxes(
        DELETE_FIELDS.snapshots,
        options,
        options.filter(({ value }) => value === chosen?.id),
      ),
    }),
    reasonInput(DELETE_FIELDS.reason, shelf.needsReason === true, texts),
    ...(offered.length < snapshots.length ? [context(words.cut(offered.length, snapshots.length))] : []),
    // Where not all are offered, some remain.
    ...(mustType || offered.length === snapshots.length ? [confirm] : []),
  ]);
}

/** Newest first; where there are more than fit, the one that was meant and the oldest. */
function offeredOf({ snapshots, chosen }: Shelf): Listed[] {
  const offerable = snapshots.filter(isOfferable);
  const others = offerable.filter(({ id }) => id !== chosen?.id).reverse();
  const meant = offerable.filter(({ id }) => id === chosen?.id);
  return newestFirst([...meant, ...others].slice(0, MOST_BOXES)) as Listed[];
}
