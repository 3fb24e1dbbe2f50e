import type { Power } from "../domain/cloud.ts";
import type { Who } from "../domain/ids.ts";
import type { Refusal } from "../domain/press.ts";
import type { Facts, Failure, Status } from "../domain/request.ts";
import type { Line } from "../domain/story.ts";
import { code, gigabytes, moment, person, said, sentence, short, timeOfDay } from "./format.ts";

const powers: Readonly<Record<Power, string>> = {
  running: "running",
  off: "off",
  starting: "starting",
  stopping: "stopping",
  unknown: "in a state that Shutter does not know",
};

const outage = ({ ms, basis }: NonNullable<Facts["expected"]>, diskGb: number | undefined): string =>
  basis === "history"
    ? `about ${short(ms)} (taken from the last snapshots of this VM)`
    : `about ${short(ms)} (estimated from ${gigabytes(diskGb ?? 0, "en")} of disk; less if it is not full)`;

const happened = ({ code: failure, detail }: Failure): string => {
  const words = detail ? ` The cloud says: ${code(detail, 300)}` : "";
  switch (failure) {
    case "snapshot_failed":
      return `The cloud could not make the snapshot.${words}`;
    case "quota":
      return "The VM already has as many snapshots as it may have. Delete one that is no longer needed.";
    case "refused":
      return `The cloud refused the call.${words}`;
    case "vm_gone":
      return "The cloud does not know this VM any more. Was it deleted or renamed?";
    case "protocol":
      return `The cloud gave an answer that Shutter cannot read${detail ? ` (${code(detail, 300)})` : ""}. Whether a snapshot was made has to be looked up in the control panel.`;
    case "auth":
      return "The cloud does not accept Shutter's credentials. An administrator can find out more with `npm run check`.";
    case "forbidden":
      return `Shutter's cloud account may not do this.${words}`;
    case "unavailable":
      return `The cloud did not answer in time.${words}`;
    case "busy":
      return `The VM was busy with something else for too long.${words}`;
    case "lost":
      return "The cloud did not tell what became of the snapshot. Look in the list before you try again: it may be there.";
  }
};

/** Every word that an English reader sees. Its type is what every other language has to fill. */
export const en = {
  locale: "en",

  card: {
    title: (vm: string) => `Snapshot of ${vm}`,
    asked: (by: Who, at: Date) => `Asked for by ${person(by)}, ${moment(at)}`,
    reason: (reason: string) => `Why: ${reason}`,
    retryOf: "Another try of an earlier request.",
    inDirectMessage: (channel: string) =>
      `Shutter cannot write in <#${channel}>, so this card is here. To have cards there, invite Shutter to the channel.`,
    trouble: (since: Date, detail: string) =>
      `:warning: The cloud has given no usable answer since ${timeOfDay(since)} (${code(detail, 120)}). Shutter keeps asking; what is shown here is the last that is known.`,
    troubleText: "The cloud gives no usable answer; Shutter keeps asking.",

    headline: {
      queued: "Waiting for its turn",
      choosing: "How shall the snapshot be taken?",
      shutting_down: "Shutting down",
      shutdown_stuck: "The VM has not shut down. What now?",
      snapshotting: "Taking the snapshot",
      powering_on: "Switching on again",
      done: "Done",
      failed: "Failed",
      cancelled: "Cancelled",
      expired: "Expired",
    } satisfies Record<Status, string> as Record<Status, string>,

    queuedNew: "Looking at the VM.",
    queuedBehind: (by: Who) =>
      `Behind the request of ${person(by)} for the same VM. It goes on by itself. Nothing has been changed.`,
    queuedCooldown: (until: Date) =>
      `The cloud allows one snapshot per VM in 10 minutes. This goes on by itself at ${timeOfDay(until)}. Nothing is switched off before then.`,
    queuedBusy:
      "The cloud is busy with this VM. This goes on by itself as soon as it is free. Nothing has been changed.",

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

    stuck: (minutes: string) =>
      `The VM was asked to shut down and is still not off after ${minutes}. If it goes off by itself, the snapshot is taken at once.`,
    stuckOptions:
      "*Wait:* give it the same time once more.\n*Power off hard:* like pulling the plug; what is not yet written to disk is lost.\n*Live snapshot:* leave it running.\n*Give up:* no snapshot, the VM is left on.",

    stepShutdown: "Shut down",
    stepPowerOff: "Power off hard",
    stepSnapshot: "Snapshot",
    stepPowerOn: "Switch on",
    stepDone: (ms: number | undefined) => (ms === undefined ? "done" : `done in ${short(ms)}`),
    stepNow: "now",
    stepToCome: "to come",
    elapsed: (ms: number) =>
      ms < 60_000 ? "Running for less than a minute" : `Running for ${short(Math.floor(ms / 60_000) * 60_000)}`,
    end: (at: Date) => `expected end ${timeOfDay(at)}`,
    overdue: "Still running, longer than usual. Slow is not failed: Shutter keeps watching.",
    noCancel: "A snapshot that has begun cannot be stopped. Afterwards the VM is switched on again.",
    noCancelLive: "A snapshot that has begun cannot be stopped.",
    cancelPending:
      "The guest has already been asked to shut down and may still do so. Shutter watches it and switches it on again.",
    watched: (until: Date) =>
      `The guest was asked to shut down and may still do so. Until ${timeOfDay(until)} Shutter watches the VM and switches it on again if it goes off.`,
    wentOffLate: ":warning: The guest shut down late after all. Shutter is switching the VM on again.",
    failPending: "The snapshot could not be taken. First the VM is switched on again.",
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
    listTitle: (count: number, limit: number) => `*Snapshots of this VM* (${count} of ${limit}), newest first`,
    whatHappened: (failure: Failure) => `:x: ${happened(failure)}`,
    nothingChanged: "Nothing has been changed.",
    powerNow: (power: Power) => `The VM is *${powers[power]}*.`,
    tryAgain: "*Try again* makes a new request with the same wishes.",
    retriedAs: (link: string | undefined) =>
      link ? `Tried again: <${link}|the new card>.` : "Tried again in a new card.",
    cancelledBy: (by: Who) => `Cancelled by ${person(by)}. No snapshot was taken.`,
    expired: "Nobody chose in time. Nothing has been changed. Ask again when you need it.",
  },

  buttons: {
    shutdown: "Shut down and snapshot (recommended)",
    live: "Take live snapshot",
    takeOff: "Take snapshot",
    cancel: "Cancel",
    giveUp: "Give up",
    wait: "Wait",
    powerOff: "Power off hard",
    powerOn: "Switch on now",
    retry: "Try again",
  },
  confirm: {
    shutdownTitle: (vm: string) => `Shut down ${vm}?`,
    shutdown: (vm: string, expected: Facts["expected"]) =>
      `${vm} will be off for ${expected ? `about ${short(expected.ms)}` : "as long as the snapshot takes"} and is then switched on again.`,
    powerOffTitle: (vm: string) => `Power off ${vm} hard?`,
    powerOff: (vm: string) =>
      `${vm} is cut off like a machine whose plug is pulled. What is not yet written to disk is lost.`,
    yesShutdown: "Shut down",
    yesPowerOff: "Power off hard",
    no: "Go back",
  },

  /** The card in one breath, for notifications and screen readers. */
  text: (vm: string, headline: string, rest: readonly string[]) =>
    [`Snapshot of ${said(vm)}: ${sentence(headline)}`, ...rest].join(" "),
  bar: (percent: number, estimated: boolean) => (estimated ? `about ${percent} % (estimated)` : `${percent} %`),

  refusals: {
    not_requester: (by: Who) =>
      `Only ${person(by)}, who asked for this snapshot, may do that. Nothing has been changed.`,
    not_member: "Only full members of this workspace may do that. Nothing has been changed.",
    too_late: "That is no longer possible; look at the card for how it stands. Nothing has been changed.",
    snapshot_runs:
      "The snapshot has already begun and cannot be stopped. If Shutter switched the VM off, it switches it on again afterwards.",
    already_ended: "This request has already ended. Nothing has been changed.",
    already_retried: "Somebody has already tried again; the card links to the new request.",
    already_chosen: "The choice has already been made; the card shows how it stands. Nothing has been changed.",
    already_powering_on: "The VM is already being switched on again; there is nothing left to cancel.",
    not_stuck_any_more: "The VM is no longer stuck; the card shows how it stands. Nothing has been changed.",
    nothing_to_power_on: "Shutter is not switching this VM on at the moment; the card shows how it stands.",
    not_failed: "This request has not failed; there is nothing to try again.",
    unknown_request: "Shutter does not know this request. The card may be very old. Nothing has been changed.",
    forged: "This button does not belong to this card. Nothing has been changed.",
  } satisfies Record<Refusal | "unknown_request" | "forged", string | ((by: Who) => string)>,
  decidedBy: (by: Who, at: Date) => `${person(by)} decided this at ${timeOfDay(at)}.`,

  answers: {
    joined: (by: Who, link: string | undefined) =>
      `${person(by)} asked for the same a moment ago; that is one request. ${link ? `<${link}|Here is its card.>` : "Its card is in the channel."}`,
    unknownVm: (query: string) => `There is no VM ${code(query)} in this account. Nothing has been changed.`,
    nearest: "Did you mean one of these?",
    several: (query: string) => `${code(query)} fits several VMs. Which one?`,
    noVms: "The cloud account has no VMs that Shutter can see.",
    more: (count: number) => `and ${count} more`,
    needVm: (example: string) => `Which VM? For example ${code(example)}.`,
    full: (vm: string, count: number, limit: number) =>
      `${code(vm)} has ${count} of ${limit} snapshots; the cloud allows no more. Nothing has been changed. Delete one of these first, in the control panel:`,
    nameTaken: (name: string) =>
      `This VM already has a snapshot named ${code(name)}. Choose another name. Nothing has been changed.`,
    nameTooLong: (length: number, limit: number) =>
      `A name may have ${limit} characters; this one has ${length}. Nothing has been changed.`,
    reasonTooLong: (length: number, limit: number) =>
      `A reason may have ${limit} characters; this one has ${length}. Nothing has been changed.`,
    nameEmpty: "The name is empty. Leave it out to get the usual one. Nothing has been changed.",
    reasonEmpty: "The reason is missing. Put it in quotation marks behind `--reason`. Nothing has been changed.",
    bothHow: "`--live` and `--off` exclude each other. Nothing has been changed.",
    unknownFlag: (flag: string) =>
      `Shutter does not know ${code(flag)}. \`/snapshot help create\` shows what there is. Nothing has been changed.`,
    tooMany: (rest: string) =>
      `What is ${code(rest)}? A name with spaces goes in quotation marks. Nothing has been changed.`,
    unclosedQuote: "A quotation mark is not closed. Nothing has been changed.",
    unknownWord: (word: string) => `Shutter does not know ${code(word)}. Nothing has been changed.`,
    didYouMean: (command: string) => `Did you mean ${code(command)}?`,
    cloudSilent: (detail: string) =>
      `The cloud did not answer as expected (${code(detail, 200)}). Nothing has been changed. Try again in a minute; an administrator can find out more with \`npm run check\`.`,
    slackSilent: "Slack did not tell who you are, so Shutter did nothing. Try again in a minute.",
    broken:
      "Something went wrong inside Shutter, and your wish was not carried out. The log has the details. Please tell an administrator.",
    nothingToCancel: (vm: string) => `There is no open request for ${code(vm)}. Nothing has been changed.`,
    notYours: (vm: string, by: Who) =>
      `The open request for ${code(vm)} is ${person(by)}'s; only they may cancel it. Nothing has been changed.`,
    cancelling: (vm: string) => `Cancelled: the request for ${code(vm)}. The card shows how it ends.`,
    nothingRuns: "Nothing is running. `/snapshot create &lt;vm&gt;` takes a snapshot.",
    runs: "*Open requests*",
    noSnapshots: (vm: string) => `${code(vm)} has no snapshots. \`/snapshot create\` takes one.`,
    noSnapshotsAtAll: "No VM has a snapshot. `/snapshot create &lt;vm&gt;` takes one.",
    snapshotsOf: (vm: string, count: number, limit: number) => `*${code(vm)}* · ${count} of ${limit} snapshots`,
    snapshot: (name: string, at: string, age: string, sizeGb: number | undefined, live: boolean | undefined) =>
      [
        code(name),
        `${at} (${age})`,
        ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, "en")]),
        ...(live ? ["live"] : []),
      ].join(" · "),
    by: (by: Who, reason: string | undefined) => (reason ? `${person(by)}: ${code(reason, 80)}` : person(by)),
    listCut: (shown: number, all: number) =>
      `Shown: ${shown} of ${all} VMs that have snapshots. \`/snapshot list &lt;vm&gt;\` shows the others.`,
    card: "card",
  },

  help: {
    intro: "*What you can type*",
    guest: "As a guest of this workspace you may look, but not act.",
    commands: {
      create: {
        usage: '/snapshot create <vm> [name] [--live | --off] [--reason "…"]',
        does: "take a snapshot; a card asks how",
        example: '/snapshot create web-01 --reason "kernel upgrade"',
      },
      list: {
        usage: "/snapshot list [vm]",
        does: "show the snapshots of one VM or of all",
        example: "/snapshot list web-01",
      },
      status: { usage: "/snapshot status", does: "show what is running", example: "/snapshot status" },
      cancel: {
        usage: "/snapshot cancel <vm>",
        does: "cancel your open request for a VM",
        example: "/snapshot cancel web-01",
      },
      help: { usage: "/snapshot help [command]", does: "show this", example: "/snapshot help create" },
    },
    bare: "`/snapshot` alone opens a dialog.",
    more: {
      create:
        "`--live` takes the snapshot while the VM runs. `--off` leaves only the way with a shutdown, which still needs your yes on the card. Without either, the card asks. A name with spaces goes in quotation marks; without a name the snapshot is called like the VM followed by the Unix time.",
      list: "Newest first. Snapshots that were made in the control panel are shown too.",
      status: "Only you see the answer.",
      cancel: "Possible until the snapshot has begun. If the VM is already off for it, it is switched on again.",
      help: "The commands are also understood in German.",
    },
  },

  dialog: {
    title: "Snapshot a VM",
    submit: "Go on",
    close: "Cancel",
    vm: "VM",
    vmPlaceholder: "Type part of its name",
    name: "Name of the snapshot",
    nameHint: "Leave it empty for the VM's name followed by the Unix time.",
    how: "How",
    howOff: "Shut down first (recommended)",
    howOffDetail: "The card asks once more before anything goes off.",
    howLive: "Live, the VM keeps running",
    howLiveDetail: "Begins at once. Databases may not be consistent.",
    reason: "Why",
    reasonHint: "Shown on the card and in the list.",
    reasonPlaceholder: "before the kernel upgrade",
    errors: {
      unknownVm: "This VM is no longer there. Choose another one.",
      full: (count: number, limit: number) => `This VM has ${count} of ${limit} snapshots. Delete one first.`,
      nameTaken: "This VM already has a snapshot of this name.",
      nameTooLong: (limit: number) => `At most ${limit} characters.`,
      reasonTooLong: (limit: number) => `At most ${limit} characters.`,
      noVm: "Choose a VM.",
      cloudSilent: "The cloud does not answer at the moment. Try again in a minute.",
    },
  },

  story: (line: Line): string => {
    switch (line.code) {
      case "asked":
        return `${person(line.by)} asked for a snapshot.`;
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
        return "The VM has not shut down in time. Somebody has to decide; any member may.";
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
        return "Nobody chose in time.";
      case "retried":
        return `${person(line.by)} tried again, in a new card.`;
    }
  },
};

/** What a language has to say; German, and any other, must fill it or it does not compile. */
export type Texts = typeof en;
