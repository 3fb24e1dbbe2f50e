import { writeCommand } from "../domain/command/write.ts";
import type { Command } from "../domain/command.ts";
import { SnapshotId, VmId } from "../domain/ids.ts";
import { REASON_LENGTH } from "../domain/request.ts";
import { plain } from "../texts/format.ts";
import { LIST_DELETE_ID, type ManageDialog, SNAPSHOT_IDS } from "../views/action-ids.ts";
import { vmOfBlock } from "../views/snapshot-buttons.ts";

/** Which dialog somebody wants open: words as they were typed, ids as they stood on a button. Nobody has looked yet. */
export interface Opening {
  kind: ManageDialog;
  /** Undefined: the one whose snapshot it is, as far as a request of ours has made it. */
  vm: { id: VmId } | { word: string } | undefined;
  snapshot: { id: SnapshotId } | { word: string } | undefined;
  /** Why, as far as it was said with the command or stands in the dialog; it may still be changed there. */
  reason?: string | undefined;
}

/** The dialog that a command opens; undefined when it is answered in another way. */
export function openingOfCommand(command: Command): Opening | undefined {
  if (command.kind !== "restore" && command.kind !== "delete" && command.kind !== "rename") return undefined;
  if (command.kind === "rename" && command.name !== undefined) return undefined;
  const { kind, vm, snapshot } = command;
  const reason = command.kind === "rename" ? command.reason : undefined;
  return {
    kind,
    vm: { word: vm },
    snapshot: snapshot === undefined ? undefined : { word: snapshot },
    // What is longer would not fit the dialog, where it can be seen and put right.
    ...(reason !== undefined && { reason: plain(reason, REASON_LENGTH) }),
  };
}

const KINDS = new Map<string, ManageDialog>(
  Object.entries(SNAPSHOT_IDS).map(([kind, id]) => [id, kind as ManageDialog]),
);

/** The dialog that a button opens. Its value and block are hints: whether they fit is looked up. */
export function openingOfButton(button: {
  action_id: string;
  block_id?: string | undefined;
  value?: string | undefined;
}): Opening | undefined {
  if (button.action_id === LIST_DELETE_ID) {
    const { data: vm } = VmId.safeParse(button.value);
    return vm && { kind: "delete", vm: { id: vm }, snapshot: undefined };
  }
  const kind = KINDS.get(button.action_id);
  const { data: snapshot } = SnapshotId.safeParse(button.value);
  if (!kind || !snapshot) return undefined;
  const vm = vmOfBlock(button.block_id ?? "");
  return { kind, vm: vm && { id: vm }, snapshot: { id: snapshot } };
}

const wordOf = (named: { id: string } | { word: string }): string => ("id" in named ? named.id : named.word);

/** A command that opens the same dialog for this VM. */
export function commandOf({ kind, snapshot, reason }: Opening, vm: string): string {
  const named = snapshot && wordOf(snapshot);
  return kind === "rename"
    ? writeCommand({ kind, vm, snapshot: named ?? "", name: undefined, ...(reason && { reason }) })
    : writeCommand({ kind, vm, snapshot: named });
}

/** How the VM was named, as far as it was. */
export const vmWordOf = ({ vm }: Opening): string | undefined => vm && wordOf(vm);
