import type { Power } from "../../domain/cloud.ts";
import { code, moment } from "../format.ts";
import { powers } from "./words.ts";

const number = new Intl.NumberFormat("en");

export const home = {
  title: "VM snapshots",
  create: "Snapshot a VM…",

  decisionsTitle: "Needs your decision",
  noDecisions: "Nothing waits for you.",
  anyMember: "Any member may wait or give up, and the rest as far as the policy lets them.",
  noRoom:
    "The VM has no room for another snapshot. Its card shows what could be deleted; as soon as there is room it goes on by itself.",

  runningTitle: "Running",
  recentTitle: "Your recent requests",
  noRecent: "You have not asked for anything yet. `/snapshot` opens a dialog, `/snapshot help` shows what there is.",

  vmsTitle: "VMs",
  search: "Find a VM by its name",
  all: "All VMs",
  power: (power: Power) => powers[power],
  count: (count: number, limit: number) => `${count} of ${limit} snapshots`,
  last: (at: Date) => `last snapshot ${moment(at, "{ago}")}`,
  tags: (tags: readonly string[]) => `Tags: ${tags.map((tag) => code(tag, 40)).join(" ")}`,
  untold: "The cloud has not told its snapshots in time.",
  untoldSince: (seen: Date) => `The cloud does not tell its snapshots at the moment; as seen ${moment(seen)}.`,
  snapshot: "Snapshot…",
  list: "List",
  gone: (vm: string) => `There is no VM ${code(vm)} in this account any more.`,
  seen: (at: Date) => `The VMs as seen ${moment(at)}.`,
  silentSince: (seen: Date) => `:warning: The cloud does not tell its VMs at the moment; as seen ${moment(seen)}.`,
  silent:
    ":warning: The cloud does not tell its VMs at the moment. They appear here as soon as it does. Requests that run are looked after meanwhile.",
  page: (page: number, pages: number, count: number) =>
    `Page ${number.format(page)} of ${number.format(pages)}, ${number.format(count)} VMs`,
  previous: "Previous page",
  next: "Next page",

  settingsTitle: "Your settings",
  language:
    "*Language* of this page and of what Shutter answers you. Your cards follow it too, unless one language is set for all of them.",
  languages: { auto: "As in your Slack", en: "English", de: "Deutsch" },
  notify: "*Mentions* of you in the threads of your cards.",
  levels: { all: "Decisions, failures and every end", decisions: "Decisions and failures", failures: "Failures only" },
};
