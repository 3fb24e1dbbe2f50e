import type { Snapshot } from "../domain/cloud.ts";
import { plain } from "../texts/format.ts";
import { PICK_ID } from "./action-ids.ts";
import { actions } from "./blocks.ts";

/** So many a person can read, and a message can hold. */
const MOST = 10;

/** A button for each snapshot; pressing one is like typing the command with it. */
export const snapshotMenu = (snapshots: readonly Snapshot[], commandWith: (snapshot: string) => string) =>
  actions(
    ...snapshots.slice(0, MOST).map(({ id, name }, index) => ({
      actionId: `${PICK_ID}.${index}`,
      label: plain(name) || id,
      value: commandWith(id),
    })),
  );
