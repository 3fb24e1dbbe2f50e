import type { CloudLimits } from "../domain/cloud.ts";
import type { Texts } from "../texts/en.ts";
import { plain } from "../texts/format.ts";
import { RENAME_FIELDS } from "./action-ids.ts";
import { input, section, textField } from "./blocks.ts";
import {
  confirmInput,
  detail,
  frame,
  type Memory,
  noticed,
  reasonInput,
  type Shelf,
  snapshotField,
} from "./manage-dialogs.ts";

/** Asks for another name; the old one stands there to be changed. */
export function renameDialog(shelf: Shelf, limits: CloudLimits, memory: Memory, texts: Texts): object {
  const { managing } = texts;
  const { chosen } = shelf;
  const length = limits.nameLength;
  return frame("rename", texts, { ...memory, vm: shelf.vm.id, about: chosen?.id }, [
    ...noticed(shelf),
    snapshotField(RENAME_FIELDS.snapshot, shelf, texts),
    ...(chosen ? [section(detail(chosen, shelf, texts))] : []),
    input({
      // A new id makes Slack take the new value, since it keeps what was typed under the old one.
      blockId: chosen ? `name.${chosen.id}`.slice(0, 255) : "name",
      label: managing.rename.name,
      hint: managing.rename.hint(length),
      element: textField(RENAME_FIELDS.name, length, chosen && plain(chosen.name, length)),
    }),
    reasonInput(RENAME_FIELDS.reason, shelf.needsReason === true, texts, shelf.reason),
    ...(shelf.isTyped ? [confirmInput(RENAME_FIELDS.vm, shelf.vm, texts)] : []),
  ]);
}
