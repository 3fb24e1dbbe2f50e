import type { Power } from "../domain/cloud.ts";
import type { SafetyRoom } from "../domain/managing.ts";
import type { Expected, Listed } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { RESTORE_FIELDS } from "./action-ids.ts";
import { alert, checkboxes, context, input, option, section } from "./blocks.ts";
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

/** What a restore would mean. */
export interface RestoreFacts {
  power: Power;
  safety: SafetyRoom;
  /** How long the restore will probably take. */
  restore: Expected | undefined;
  /** The same for the safety snapshot. */
  snapshot: Expected | undefined;
}

/** Says what is lost and how long it takes; the VM's name has to be typed. */
export function restoreDialog(shelf: Shelf, facts: RestoreFacts, memory: Memory, texts: Texts): object {
  const { managing } = texts;
  const { chosen } = shelf;
  return frame("restore", texts, { ...memory, vm: shelf.vm.id, about: chosen?.id }, [
    ...noticed(shelf),
    snapshotField(RESTORE_FIELDS.snapshot, shelf, texts),
    ...(chosen ? consequences(chosen, shelf, facts, texts) : [section(managing.nothingSaid)]),
    ...safetyField(facts.safety, texts),
    reasonInput(RESTORE_FIELDS.reason, shelf.needsReason === true, texts),
    confirmInput(RESTORE_FIELDS.vm, shelf.vm, texts),
  ]);
}

function consequences(chosen: Listed, shelf: Shelf, facts: RestoreFacts, texts: Texts): object[] {
  const { restore: words } = texts.managing;
  const { vm } = shelf;
  const sizeOf = ({ basis }: Expected) => (basis === "size" ? chosen.sizeGb : vm.diskGb);
  const takes = facts.restore ? words.takes(facts.restore, sizeOf(facts.restore)) : words.takesUnknown;
  const before = facts.snapshot && facts.safety.kind !== "full" ? [words.safetyTakes(facts.snapshot, vm.diskGb)] : [];
  return [
    section(detail(chosen, shelf, texts)),
    section(words.lost(vm.name, chosen.createdAt)),
    section([takes, ...before, words.power(facts.power)].join(" ")),
    ...(chosen.live ? [section(words.wasLive)] : []),
  ];
}

/** Offered and ticked wherever it can be taken, at once or a little later. */
function safetyField(safety: SafetyRoom, { managing: { restore: words } }: Texts): object[] {
  if (safety.kind === "full") return [alert(words.safetyFull(safety.count, safety.limit), "warning")];
  const first = option(words.safetyFirst, "first", words.safetyDetail);
  return [
    input({
      blockId: "safety",
      label: words.safety,
      optional: true,
      element: checkboxes(RESTORE_FIELDS.safety, [first], [first]),
    }),
    ...(safety.kind === "later" ? [context(words.safetyLater(safety.until))] : []),
  ];
}
