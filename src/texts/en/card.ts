import type { Power, Snapshot } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Facts, Failure, Kind, Status, WishOf } from "../../domain/request.ts";
import { code, gigabytes, moment, person, short, timeOfDay } from "../format.ts";
import { happened, outage, powers } from "./words.ts";

type To = WishOf<"power">["to"];

const usual: Readonly<Record<Status, string>> = {
  queued: "Waiting for its turn",
  choosing: "How shall the snapshot be taken?",
  awaiting_approval: "Waiting for approval",
  shutting_down: "Shutting down",
  shutdown_stuck: "The VM has not shut down. What now?",
  snapshotting: "Taking the snapshot",
  restoring: "Restoring",
  deleting: "Deleting",
  powering_on: "Switching on again",
  done: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  denied: "Denied",
  expired: "Expired",
};

export const card = {
  title: {
    create: (vm: string) => `Snapshot of ${vm}`,
    restore: (vm: string) => `Restore of ${vm}`,
    delete: (vm: string) => `Delete snapshots of ${vm}`,
    rename: (vm: string) => `Rename a snapshot of ${vm}`,
    power: (vm: string) => `Power of ${vm}`,
  } satisfies Record<Kind, (vm: string) => string> as Record<Kind, (vm: string) => string>,
  deleteOneTitle: (vm: string) => `Delete a snapshot of ${vm}`,
  /** The title of a request that switches the VM, by what it wants. */
  switchTitle: {
    on: (vm: string) => `Switch on ${vm}`,
    off: (vm: string) => `Shut down ${vm}`,
    hard_off: (vm: string) => `Power off ${vm} hard`,
  } satisfies Record<To, (vm: string) => string> as Record<To, (vm: string) => string>,
  asked: (by: Who, at: Date) => `Asked for by ${person(by)}, ${moment(at)}`,
  reason: (reason: string) => `Why: ${reason}`,
  retryOf: "Another try of an earlier request.",
  inDirectMessage: (channel: string) =>
    `Shutter cannot write in <#${channel}>, so this card is here. To have cards there, invite Shutter to the channel.`,
  trouble: (since: Date, detail: string) =>
    `:warning: The cloud has given no usable answer since ${timeOfDay(since)} (${code(detail, 120)}). Shutter keeps asking; what is shown here is the last that is known.`,
  troubleText: "The cloud gives no usable answer; Shutter keeps asking.",

  headline: {
    create: usual,
    restore: {
      ...usual,
      choosing: "Restore the VM now?",
      snapshotting: "Taking the safety snapshot first",
      restoring: "Restoring the VM",
    },
    delete: usual,
    rename: usual,
    power: { ...usual, choosing: "Switch the VM off?", powering_on: "Switching on" },
  } satisfies Record<Kind, Readonly<Record<Status, string>>> as Record<Kind, Readonly<Record<Status, string>>>,

  /** Where the status alone would say too little. */
  headlineNow: { hard: "Powering off hard", full: "Waiting for room", renaming: "Renaming" },

  queuedNew: "Looking at the VM.",
  queuedBehind: (by: Who) =>
    `Behind the request of ${person(by)} for the same VM. It goes on by itself. Nothing has been changed.`,
  queuedCooldown: (until: Date) =>
    `The cloud allows one snapshot per VM in 10 minutes. This goes on by itself at ${timeOfDay(until)}. Nothing is switched off before then.`,
  queuedFull: (count: number, limit: number) =>
    `The VM has ${count} of ${limit} snapshots; the cloud allows no more. Delete one that is no longer needed, and this goes on by itself. The oldest stands first. Nothing has been changed.`,
  queuedForSafety: "This is because of the safety snapshot; a restore without one would not have to wait.",
  queuedBusy: "The cloud is busy with this VM. This goes on by itself as soon as it is free. Nothing has been changed.",

  facts: (power: Power, diskGb: number | undefined, count: number, limit: number) =>
    [
      `The VM is *${powers[power]}*`,
      ...(diskGb === undefined ? [] : [`${gigabytes(diskGb, "en")} disk`]),
      `${count} of ${limit} snapshots`,
    ].join(" · "),
  shutdownOption: (expected: Facts["expected"], diskGb: number | undefined) =>
    `*Shut down and snapshot:* the VM is off for ${expected ? outage(expected, diskGb) : "as long as the snapshot takes"}, then it is switched on again.`,
  liveOption: "*Live snapshot:* the VM keeps running.",
  databases:
    ":warning: Many databases do not guarantee that their data on disk is consistent unless the database or the whole VM is stopped.",
  isOffNow: "The snapshot can be taken as it is; the VM stays off afterwards.",
  expiresAt: (at: Date) => `Without a choice this expires ${moment(at)}.`,

  stuck: (waited: string) => `The VM was asked to shut down and is still not off after ${waited}.`,
  stuckHard: (waited: string) => `The VM was to be powered off and is still not off after ${waited}.`,
  stuckIfOff: {
    create: "If it goes off by itself, the snapshot is taken at once.",
    restore: "If it goes off by itself, the restore goes on at once.",
    power: "If it goes off by itself, this is done.",
  },
  stuckWait: "*Wait:* give it the same time once more.",
  stuckPowerOff: "*Power off hard:* like pulling the plug; what is not yet written to disk is lost.",
  stuckPowerOffSafety:
    "*Power off hard:* like pulling the plug; what is not yet written to disk will be missing from the safety snapshot.",
  stuckPowerOffBare: "*Power off hard:* like pulling the plug.",
  stuckLive: "*Live snapshot:* leave it running.",
  stuckGiveUp: {
    create: "*Give up:* no snapshot, the VM is left on.",
    restore: "*Give up:* nothing is restored, the VM is left on.",
    power: "*Give up:* the VM is left on.",
  },

  stepShutdown: "Shut down",
  stepPowerOff: "Power off hard",
  stepSnapshot: "Snapshot",
  stepSafety: "Safety snapshot",
  stepRestore: "Restore",
  stepPowerOn: "Switch on",
  stepDone: (ms: number | undefined) => (ms === undefined ? "done" : `done in ${short(ms)}`),
  stepNow: "now",
  stepToCome: "to come",
  heldUp: (detail: string) =>
    `The cloud has not confirmed this yet${detail ? ` (${code(detail, 200)})` : ""}. Shutter keeps trying.`,
  elapsed: (ms: number) =>
    ms < 60_000 ? "Running for less than a minute" : `Running for ${short(Math.floor(ms / 60_000) * 60_000)}`,
  end: (at: Date) => `expected end ${timeOfDay(at)}`,
  overdue: "Still running, longer than usual. Slow is not failed: Shutter keeps watching.",
  noCancel: "A snapshot that has begun cannot be stopped. Afterwards the VM is switched on again.",
  noCancelLive: "A snapshot that has begun cannot be stopped.",
  noCancelSafety: "A snapshot that has begun cannot be stopped. When it is made, the restore begins.",
  noCancelRestore: "A restore that has begun cannot be stopped. Afterwards the VM is switched on again.",
  noCancelRestoreOff: "A restore that has begun cannot be stopped. Afterwards the VM stays off.",
  cancelPending:
    "The guest has already been asked to shut down and may still do so. Shutter watches it and switches it on again.",
  watched: (until: Date) =>
    `The guest was asked to shut down and may still do so. Until ${timeOfDay(until)} Shutter watches the VM and switches it on again if it goes off.`,
  wentOffLate: ":warning: The guest shut down late after all. Shutter is switching the VM on again.",
  tooSoon: (until: Date) =>
    `The cloud allows one snapshot per VM in 10 minutes. This goes on by itself at ${timeOfDay(until)}.`,
  powerOnProblem: (detail: string) =>
    `:warning: *The VM is not on yet.* The cloud says: ${code(detail, 300)}. Shutter keeps trying, at least every 30 seconds, until it runs.`,
  powerOnSlow:
    ":warning: *The VM is not on yet.* The cloud accepted the call, but the VM does not run. Shutter keeps trying until it does.",

  made: (name: string, sizeGb: number | undefined, tookMs: number | undefined) =>
    [
      `:white_check_mark: ${code(name, 255)}`,
      ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, "en")]),
      ...(tookMs === undefined ? [] : [`took ${short(tookMs)}`]),
    ].join(" · "),
  madeUnlisted: (name: string) =>
    `:white_check_mark: ${code(name, 255)} is made. The cloud does not list it yet; \`/snapshot list\` will show it.`,
  wasOff: (ms: number) => `The VM was off for ${short(ms)} and is running again.`,
  keptRunning: "The VM was running all the time.",
  staysOff: "The VM was off before and stays off.",
  listTitle: (count: number, limit: number, at: Date) =>
    `*Snapshots of this VM* (${count} of ${limit}) as of ${moment(at)}, newest first`,
  safetyOld: (name: string) =>
    `The safety snapshot ${code(name, 255)} has already been taken; what was written after it is not in it.`,
  safetyTaken: (name: string) => `The safety snapshot ${code(name, 255)} holds the VM as it was before. It is kept.`,

  restoreFrom: ({ name, createdAt }: Pick<Snapshot, "name" | "createdAt">) =>
    `From the snapshot ${code(name, 255)}, taken ${moment(createdAt)}.`,
  restoreLoses: (vm: string, since: Date) =>
    `:warning: Everything written to ${code(vm)} since ${moment(since)} will be lost. Name and IP address stay.`,
  restoreTakes: (ms: number | undefined, isOff: boolean) =>
    `${ms === undefined ? "How long it takes is not known" : `It takes about ${short(ms)} (estimated)`}; the VM ${isOff ? "stays off" : "is shut down for it and switched on again afterwards"}.`,
  restoreSafety: "A safety snapshot of the VM as it is now is taken first.",
  restoreBare: "No safety snapshot is taken; there will be no way back.",
  restored: (name: string, at: Date, tookMs: number | undefined) =>
    `:white_check_mark: The VM is back to ${code(name, 255)}, taken ${moment(at)}${tookMs === undefined ? "" : ` · took ${short(tookMs)}`}.`,
  safetyThere: (name: string) =>
    `The safety snapshot ${code(name, 255)} holds the VM as it was before. *Keep* it, *roll back* to it, or *delete* it when all is well.`,
  safetyKept: (name: string, by: Who) => `${person(by)} keeps the safety snapshot ${code(name, 255)}.`,
  safetyGone: (name: string, by: Who, at: Date) =>
    `The safety snapshot ${code(name, 255)} was deleted by ${person(by)}, ${moment(at)}.`,
  safetyUnlisted: (name: string) =>
    `The safety snapshot ${code(name, 255)} is made. The cloud does not list it yet; \`/snapshot list\` will show it.`,
  wentOn: ":warning: Somebody has switched the VM on in between; it has to be off for the restore.",
  restoreUnsure:
    "The restore had begun. Look at the VM before you use it: its data may be that of the snapshot, that of before, or incomplete.",

  followUpDue: (at: Date) => `Shutter asks what shall become of this safety snapshot: ${moment(at)}.`,
  followUp: (name: string) =>
    `Is the safety snapshot ${code(name, 255)} still needed? *Keep* it, *roll back* to it or *delete* it. Without an answer it stays.`,
  kept: (by: Who) => `${person(by)} keeps this safety snapshot.`,
  snapshotDeleted: (by: Who, at: Date) => `This snapshot was deleted by ${person(by)}, ${moment(at)}.`,
  snapshotRenamed: (name: string) => `It is now called ${code(name, 255)}.`,
  snapshotRestored: (at: Date) => `The VM was set back to it: ${moment(at)}.`,

  toDelete: "to be deleted",
  deleting: "being deleted",
  deleted: "deleted",
  stillThere: "still there",
  maybeDeleted: "not known whether it is deleted",
  keptByCloud: (detail: string, length: number) => `the cloud does not delete it (${code(detail, length)})`,
  oneDeleted: (name: string) => `:white_check_mark: ${code(name, 255)} is deleted.`,
  allDeleted: (count: number) => `:white_check_mark: These ${count} snapshots are deleted.`,
  noneLeft: "The VM has no snapshots now.",

  renaming: (from: string, to: string) => `${code(from, 255)} is to be called ${code(to, 255)}.`,
  notRenamed: (from: string, to: string) => `${code(from, 255)} was to be called ${code(to, 255)}.`,
  renamed: (from: string, to: string) => `:white_check_mark: ${code(from, 255)} is now called ${code(to, 255)}.`,

  powerOffAsk: (hard: boolean): string =>
    hard
      ? "*Power off hard:* like pulling the plug; what is not yet written to disk is lost. The VM stays off until somebody switches it on."
      : "*Shut down:* the guest is asked to shut down and stop its services. The VM stays off until somebody switches it on.",
  isAsWished: (power: Power) => `:white_check_mark: The VM is *${powers[power]}*.`,
  whatHappened: (failure: Failure) => `:x: ${happened(failure)}`,
  nothingChanged: "Nothing has been changed.",
  powerNow: (power: Power) => `The VM is *${powers[power]}*.`,
  tryAgain: "*Try again* makes a new request with the same wishes.",
  tryAgainRest: "*Try again* makes a new request for the others.",
  retriedAs: (link: string | undefined) =>
    link ? `Tried again: <${link}|the new card>.` : "Tried again in a new card.",
  cancelledBy: (by: Who) => `Cancelled by ${person(by)}.`,
  notDone: {
    create: "No snapshot was taken.",
    restore: "Nothing was restored.",
    delete: "Nothing was deleted.",
    rename: "Nothing was renamed.",
    power: "Nothing has been changed.",
  } satisfies Record<Kind, string> as Record<Kind, string>,
  expired: "Nobody decided in time.",
  expiredFull: "Nobody made room in time.",
  askAgain: "Ask again when you need it.",
};
