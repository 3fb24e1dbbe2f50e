import type { SnapshotId } from "../domain/ids.ts";
import { VmId } from "../domain/ids.ts";
import type { Texts } from "../texts/en.ts";
import { plain } from "../texts/format.ts";
import { SNAPSHOT_IDS } from "./action-ids.ts";
import { actions, type Button } from "./blocks.ts";

/** Slack's limit for a block id. */
const BLOCK_ID_LENGTH = 255;

/**
 * A block id that says which VM its snapshot is of, since the button's value is the snapshot's id alone. `n` tells the
 * blocks of one message apart. It is a hint: whether the VM has that snapshot is looked up at the click.
 */
export function snapshotBlock(n: number, vm: VmId): string {
  const id = `snapshot/${n}/${vm}`;
  return id.length <= BLOCK_ID_LENGTH ? id : `snapshot/${n}`;
}

export function vmOfBlock(blockId: string): VmId | undefined {
  const [, vm] = /^snapshot\/\d+\/(.+)$/s.exec(blockId) ?? [];
  return VmId.safeParse(vm).data;
}

/** Opens the dialog that deletes it. `name`: which one it is, where several such buttons stand below each other. */
export const deleteButton = (id: SnapshotId, { buttons }: Texts, name?: string): Button => ({
  actionId: SNAPSHOT_IDS.delete,
  label: buttons.delete,
  value: id,
  style: "danger",
  ...(name !== undefined && { spoken: `${buttons.delete} ${plain(name, 60)}` }),
});

/** Rename, restore and delete, for one snapshot of a list. */
export function snapshotButtons(n: number, vm: VmId, snapshot: { id: SnapshotId }, { buttons }: Texts) {
  const of = (kind: keyof typeof SNAPSHOT_IDS): Button => ({
    actionId: SNAPSHOT_IDS[kind],
    label: buttons[kind],
    value: snapshot.id,
  });
  return { ...actions(of("rename"), of("restore"), of("delete")), block_id: snapshotBlock(n, vm) };
}
