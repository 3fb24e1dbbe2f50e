import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import { code, person, short } from "../format.ts";
import { powers } from "./words.ts";

/** Which of several this page is about, from 1. */
export interface Span {
  from: number;
  to: number;
  all: number;
}

export const list = {
  noSnapshotsAtAll: "No VM has a snapshot. `/snapshot create &lt;vm&gt;` takes one.",
  ofVm: (vm: string, count: number, limit: number) => `*${code(vm)}* · ${count} of ${limit} snapshots`,
  fitting: (vm: string, count: number, all: number, filter: string) =>
    `*${code(vm)}* · ${count} of ${all} snapshots: ${filter}`,
  noneFits: (vm: string, all: number, filter: string) =>
    `${all === 1 ? `The one snapshot of ${code(vm)} does not fit` : `None of the ${all} snapshots of ${code(vm)} fits`}: ${filter}. \`/snapshot list\` with the VM alone shows them all.`,
  part: ({ from, to, all }: Span) => `Snapshots ${from} to ${to} of ${all}.`,
  gone: (vm: string) => `The cloud does not know ${code(vm)} any more. Was it deleted or renamed?`,

  by: (by: Who, reason: string | undefined) => (reason ? `${person(by)}: ${code(reason, 200)}` : person(by)),
  elsewhere: "made outside Shutter",
  live: "live",
  offline: "offline",
  unknown: "–",

  vms: ({ from, to, all }: Span) => `VMs ${from}–${to} of ${all}`,
  without: (count: number) => (count === 1 ? "1 more VM has no snapshot" : `${count} more VMs have no snapshots`),
  ofAll: "*Snapshots, newest first*",
  lookedAt: (vms: string) => `looked at: ${vms}`,
  nothingFits: (filter: string) => `No snapshot fits: ${filter}`,
  nextHelps: "*Next* looks at the following VMs.",
  allHelps: "`/snapshot list` shows all snapshots.",
  allGone: "There are no snapshots any more on these VMs",
  older: (count: number) => `And ${count} older; \`/snapshot list &lt;vm&gt;\` shows all of a VM.`,
  silentFor: (vms: readonly string[], more: number, detail: string) =>
    `Without ${vms.map((vm) => code(vm, 60)).join(", ")}${more > 0 ? ` and ${more} more` : ""}: the cloud did not answer as expected (${code(detail, 200)}). Try again in a minute.`,
  caption: (vms: string) => `Snapshots, newest first: ${vms}`,
  columns: {
    vm: "VM",
    snapshot: "Snapshot",
    when: "When",
    age: "Age",
    size: "Size",
    how: "How",
    who: "Who",
    why: "Why",
  },

  lastKnown: (age: string, at: string, detail: string) =>
    `The cloud does not answer as expected (${code(detail, 200)}). What it said ${age} (${at}) is all that can be shown. Try again in a minute.`,
  vmThen: (vm: string, power: Power, count: number | undefined) =>
    [code(vm), powers[power], ...(count === undefined ? [] : [count === 1 ? "1 snapshot" : `${count} snapshots`])].join(
      " · ",
    ),

  filter: (by: string | undefined, why: string | undefined, olderMs: number | undefined, newerMs: number | undefined) =>
    [
      ...(by ? [`by ${code(by)}`] : []),
      ...(why === undefined ? [] : [`with ${code(why)} in the reason`]),
      ...(olderMs === undefined ? [] : [`older than ${short(olderMs)}`]),
      ...(newerMs === undefined ? [] : [`newer than ${short(newerMs)}`]),
    ].join(", "),

  create: "Snapshot…",
  deleteSeveral: "Delete several…",
  next: "Next",
  previous: "Previous",
  stale: "Shutter cannot read this button any more. Ask for the list once more with `/snapshot list`.",
};
