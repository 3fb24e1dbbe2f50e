import type { Kind } from "../../domain/request.ts";
import type { Line } from "../../domain/story.ts";
import { code, person, short, timeOfDay } from "../format.ts";
import { happened } from "./words.ts";

const WISHES: Readonly<Record<Kind, string>> = {
  create: "asked for a snapshot",
  restore: "asked to restore the VM",
  delete: "asked to delete snapshots",
  rename: "asked to rename a snapshot",
  power: "asked to switch the VM",
};

const ANSWERS: Readonly<Record<Extract<Line, { code: "answer" }>["outcome"], string>> = {
  ok: "was taken",
  not_sent: "did not get out",
  refused: "was refused",
  unknown: "got no clear answer",
};

export const story = (line: Line): string => {
  switch (line.code) {
    case "asked":
      return `${person(line.by)} ${WISHES[line.kind ?? "create"]}.`;
    case "queued_behind":
      return `Waiting behind the request of ${person(line.by)}.`;
    case "queued_cooldown":
      return `Waiting until ${timeOfDay(line.until)}: one snapshot per VM in 10 minutes.`;
    case "queued_busy":
      return "Waiting: the cloud is busy with this VM.";
    case "choose":
      return "Waiting for a choice.";
    case "chose_shutdown":
      return `${person(line.by)} chose: shut down and snapshot.`;
    case "chose_live":
      return `${person(line.by)} chose: live snapshot.`;
    case "shutdown_asked":
      return "The VM has been asked to shut down.";
    case "stuck":
      return "The VM has not shut down in time. Somebody has to decide. Any member may wait or give up, and the rest as far as the policy lets them.";
    case "waits_on":
      return `${person(line.by)} chose to wait once more.`;
    case "chose_power_off":
      return `${person(line.by)} chose: power off hard.`;
    case "power_off_asked":
      return "The VM is being powered off hard.";
    case "off":
      return "The VM is off.";
    case "was_off":
      return "The VM was off already. It stays off.";
    case "snapshot_asked":
      return `Asking the cloud for the snapshot ${code(line.name, 255)}.`;
    case "snapshot_started":
      return "The snapshot has begun.";
    case "snapshot_made":
      return `The snapshot is made, in ${short(line.ms)}.`;
    case "snapshot_missed":
      return "The snapshot could not be taken.";
    case "queued_full":
      return "Waiting for room: the VM has as many snapshots as it may have.";
    case "chose_restore":
      return `${person(line.by)} chose: shut down and restore.`;
    case "chose_off":
      return `${person(line.by)} chose: shut down.`;
    case "restore_asked":
      return `Asking the cloud to restore ${code(line.name, 255)}.`;
    case "restore_started":
      return "The restore has begun.";
    case "restored":
      return `The VM is restored, in ${short(line.ms)}.`;
    case "restore_missed":
      return "The VM could not be restored.";
    case "went_on":
      return "Somebody has switched the VM on in between. It has to be off for this.";
    case "delete_asked":
      return `Asking the cloud to delete ${code(line.name, 255)}.`;
    case "deleted":
      return `${code(line.name, 255)} is deleted.`;
    case "was_gone":
      return `${code(line.name, 255)} was not there any more.`;
    case "not_deleted":
      return `${code(line.name, 255)} could not be deleted: ${code(line.detail, 200)}`;
    case "rename_asked":
      return `Asking the cloud to name it ${code(line.name, 255)}.`;
    case "renamed":
      return `${code(line.from, 255)} is now called ${code(line.to, 255)}.`;
    case "power_as_wished":
      return "The VM was already as it was to be. Nothing had to be changed.";
    case "follow_up":
      return `Is the safety snapshot ${code(line.name, 255)} still needed? Keep it, roll back to it or delete it. Without an answer it stays.`;
    case "kept":
      return `${person(line.by)} keeps the safety snapshot.`;
    case "power_on_asked":
      return "Switching the VM on.";
    case "power_on_fails":
      return `The VM does not come on${line.detail ? `: ${code(line.detail, 200)}` : ""}. Shutter keeps trying. Please have a look.`;
    case "power_on_pressed":
      return `${person(line.by)} pressed Switch on now.`;
    case "on":
      return line.offMs === undefined
        ? "The VM is running."
        : `The VM is running again. It was off for ${short(line.offMs)}.`;
    case "went_off_late":
      return "The guest shut down late after all. Switching the VM on again.";
    case "done":
      return "Done.";
    case "failed":
      return `Failed. ${happened(line.failure)}`;
    case "cancel_asked":
      return `${person(line.by)} cancelled. What was done is being undone.`;
    case "cancelled":
      return `Cancelled by ${person(line.by)}.`;
    case "expired":
      return "Nobody decided in time.";
    case "approval_asked":
      return `Waiting for approval by ${line.count === 1 ? "one person" : `${line.count} people`}.`;
    case "approval_reminder":
      return `Still waiting for approval, until ${timeOfDay(line.until)}.`;
    case "approval_expired":
      return "Not enough people approved it in time.";
    case "approved":
      return `${person(line.by)} approved.${line.missing > 0 ? ` ${line.missing === 1 ? "One more is" : `${line.missing} more are`} needed.` : ""}`;
    case "denied":
      return `${person(line.by)} denied it: ${code(line.reason, 300)}`;
    case "emergency":
      return `:rotating_light: ${person(line.by)} declared an emergency and went on without approval: ${code(line.reason, 300)}`;
    case "reasoned":
      return `${person(line.by)} said why: ${code(line.reason, 300)}`;
    case "retried":
      return `${person(line.by)} tried again, in a new card.`;
    case "command":
      return `${person(line.by)} used the command ${code(line.word, 40)}.`;
    case "opened":
      return `${person(line.by)} opened the dialog ${code(line.dialog, 40)}.`;
    case "preferred":
      return `${person(line.by)} chose: ${[line.language, line.notify]
        .flatMap((each) => each ?? [])
        .map((each) => code(each, 40))
        .join(", ")}.`;
    case "refused": {
      const rule = typeof line.rule === "number" ? `, rule ${line.rule} of the policy` : "";
      return `${person(line.by)} wanted ${code(line.what, 40)} and was refused (${code(line.why, 60)}${rule}). Nothing was changed by it.`;
    }
    case "call":
      return `Calling the cloud: ${code(line.call, 40)}.`;
    case "answer":
      return `The call ${code(line.call, 40)} ${ANSWERS[line.outcome]}.`;
    case "policy_loaded":
      return `The policy was read: ${line.rules} ${line.rules === 1 ? "rule" : "rules"}, fingerprint ${code(line.hash, 64)}.`;
    case "anchored":
      return `The audit up to row ${line.head} has the hash ${code(line.hash, 64)}. It can be compared later: ${code(`npm run audit -- verify --anchor ${line.hash}`, 120)}`;
    case "pruned":
      return `The audit up to row ${line.upTo} was removed, because it was older than is kept. Its last hash was ${code(line.hash, 64)}.`;
  }
};
