import type { Power } from "../../domain/cloud.ts";
import type { Expected, Failure } from "../../domain/request.ts";
import { code, gigabytes, short } from "../format.ts";

export const powers: Readonly<Record<Power, string>> = {
  running: "running",
  off: "off",
  starting: "starting",
  stopping: "stopping",
  unknown: "in a state that Shutter does not know",
};

export const outage = ({ ms, basis }: Expected, diskGb: number | undefined): string =>
  basis === "history"
    ? `about ${short(ms)} (taken from the last snapshots of this VM)`
    : `about ${short(ms)} (estimated from ${gigabytes(diskGb ?? 0, "en")} of disk; less if it is not full)`;

export const happened = ({ code: failure, detail }: Failure): string => {
  const words = detail ? ` The cloud says: ${code(detail, 300)}` : "";
  switch (failure) {
    case "snapshot_failed":
      return `The cloud could not make the snapshot.${words}`;
    case "restore_failed":
      return `The cloud could not restore the snapshot. The VM's data may be incomplete: restore a snapshot once more before you rely on it.${words}`;
    case "restore_lost":
      return "The cloud did not tell what became of the restore. Look at the VM before you use it: its data may be that of the snapshot, that of before, or incomplete.";
    case "snapshot_gone":
      return "The snapshot is not there any more. Somebody may have deleted it. `/snapshot list` shows what there is.";
    case "name_taken":
      return "Another snapshot of this VM has that name by now. Choose another name.";
    case "not_deleted":
      return `The cloud has not deleted all that it was to delete.${words}`;
    case "quota":
      return "The VM already has as many snapshots as it may have. Delete one that is no longer needed.";
    case "refused":
      return `The cloud refused the call.${words}`;
    case "vm_gone":
      return "The cloud does not know this VM any more. Was it deleted or renamed?";
    case "protocol":
      return `The cloud gave an answer that Shutter cannot read${detail ? ` (${code(detail, 300)})` : ""}. What has become of it has to be looked up in the control panel.`;
    case "auth":
      return "The cloud does not accept Shutter's credentials. An administrator can find out more with `npm run check`.";
    case "forbidden":
      return `Shutter's cloud account may not do this.${words}`;
    case "unavailable":
      return `The cloud could not do this in time.${words}`;
    case "busy":
      return `The VM was busy with something else for too long.${words}`;
    case "lost":
      return "The cloud did not tell what became of the snapshot. Look in the list before you try again: it may be there.";
  }
};
