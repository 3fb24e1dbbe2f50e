import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Refusal } from "../../domain/press.ts";
import { code, person } from "../format.ts";
import { powers } from "./words.ts";

export const refusals = {
  not_requester: (by: Who) => `Only ${person(by)}, who asked for this, may do that. Nothing has been changed.`,
  not_member: "Only full members of this workspace may do that. Nothing has been changed.",
  too_late: "That is no longer possible; look at the card for how it stands. Nothing has been changed.",
  snapshot_runs:
    "The snapshot has already begun and cannot be stopped. If Shutter switched the VM off, it switches it on again afterwards.",
  restore_runs:
    "The restore has already begun and cannot be stopped. Afterwards the VM is on or off, as it was before.",
  cannot_stop: "That is already being done and cannot be stopped; the card shows how it ends.",
  awaiting_approval: "This waits for approval; the card says whose. Nothing has been changed.",
  not_awaiting: "Nothing here waits for approval any more; the card shows how it stands. Nothing has been changed.",
  already_approved: "You have approved this already. Each person counts once.",
  nothing_to_keep: "There is nothing left to decide about this safety snapshot; the card shows how it stands.",
  already_ended: "This request has already ended. Nothing has been changed.",
  already_retried: "Somebody has already tried again; the card links to the new request.",
  already_chosen: "The choice has already been made; the card shows how it stands. Nothing has been changed.",
  already_powering_on: "The VM is already being switched on again; there is nothing left to cancel.",
  not_stuck_any_more: "The VM is no longer stuck; the card shows how it stands. Nothing has been changed.",
  nothing_to_power_on: "Shutter is not switching this VM on at the moment; the card shows how it stands.",
  not_failed: "This request has not failed; there is nothing to try again.",
  unknown_request: "Shutter does not know this request. The card may be very old. Nothing has been changed.",
  forged: "This button does not belong to this card. Nothing has been changed.",
} satisfies Record<Refusal | "unknown_request" | "forged", string | ((by: Who) => string)>;

export const answers = {
  joined: (by: Who, link: string | undefined) =>
    `${person(by)} asked for the same a moment ago; that is one request. ${link ? `<${link}|Here is its card.>` : "Its card is in the channel."}`,
  unknownVm: (query: string) => `There is no VM ${code(query)} in this account. Nothing has been changed.`,
  nearest: "Did you mean one of these?",
  several: (query: string) => `${code(query)} fits several VMs. Which one?`,
  noVms: "The cloud account has no VMs that Shutter can see.",
  more: (count: number) => `and ${count} more`,
  needVm: (example: string) => `Which VM? For example ${code(example)}.`,
  full: (vm: string, count: number, limit: number) =>
    `${code(vm)} has ${count} of ${limit} snapshots; the cloud allows no more. Nothing has been changed. Your request waits; delete one of these and it goes on by itself:`,
  snapshotGone: (name: string) =>
    `The snapshot ${code(name)} is not there any more, or belongs to another VM. Nothing has been changed. \`/snapshot list\` shows what there is.`,
  sameName: (name: string) => `The snapshot is already called ${code(name)}. Nothing has been changed.`,
  already: (vm: string, power: Power) => `${code(vm)} is already ${powers[power]}. Nothing has been changed.`,
  nameTaken: (name: string) =>
    `This VM already has a snapshot named ${code(name)}. Choose another name. Nothing has been changed.`,
  nameTooLong: (length: number, limit: number) =>
    `A name may have ${limit} characters; this one has ${length}. Nothing has been changed.`,
  reasonTooLong: (length: number, limit: number) =>
    `A reason may have ${limit} characters; this one has ${length}. Nothing has been changed.`,
  nameEmpty: "The name is empty. Leave it out to get the usual one. Nothing has been changed.",
  reasonEmpty: "The reason is missing. Put it in quotation marks behind `--reason`. Nothing has been changed.",
  bothHow: "`--live` and `--off` exclude each other. Nothing has been changed.",
  unknownFlag: (flag: string, more: string) =>
    `Shutter does not know ${code(flag)}. ${code(more)} shows what there is. Nothing has been changed.`,
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
  card: "card",
};
