import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Span } from "../en/list.ts";
import type { Texts } from "../en.ts";
import { code, person, short } from "../format.ts";
import { powers } from "./words.ts";

export const list: Texts["list"] = {
  noSnapshotsAtAll: "Keine VM hat einen Snapshot. Einen erstellst du zum Beispiel mit `/snapshot erstellen web-01`.",
  ofVm: (vm: string, count: number, limit: number) => `*${code(vm)}* · ${count} von ${limit} Snapshots`,
  fitting: (vm: string, count: number, all: number, filter: string) =>
    `*${code(vm)}* · ${count} von ${all} Snapshots: ${filter}`,
  noneFits: (vm: string, all: number, filter: string) =>
    `${all === 1 ? `Der eine Snapshot von ${code(vm)} passt nicht` : `Keiner der ${all} Snapshots von ${code(vm)} passt`}: ${filter}. \`/snapshot liste\` nur mit der VM zeigt alle.`,
  part: ({ from, to, all }: Span) => `Snapshots ${from} bis ${to} von ${all}.`,
  gone: (vm: string) => `Die Cloud kennt ${code(vm)} nicht mehr. Wurde sie gelöscht oder umbenannt?`,

  by: (by: Who, reason: string | undefined) => (reason ? `${person(by)}: ${code(reason, 200)}` : person(by)),
  elsewhere: "außerhalb von Shutter erstellt",
  live: "live",
  offline: "offline",
  unknown: "–",

  vms: ({ from, to, all }: Span) => `VMs ${from}–${to} von ${all}`,
  without: (count: number) =>
    count === 1 ? "1 weitere VM hat keinen Snapshot" : `${count} weitere VMs haben keine Snapshots`,
  ofAll: "*Snapshots, neueste zuerst*",
  lookedAt: (vms: string) => `angesehen: ${vms}`,
  nothingFits: (filter: string) => `Kein Snapshot passt: ${filter}`,
  nextHelps: "*Weiter* sieht die nächsten VMs an.",
  allHelps: "`/snapshot liste` zeigt alle Snapshots.",
  allGone: "Auf diesen VMs ist kein Snapshot mehr",
  older: (count: number) => `Und ${count} ältere; \`/snapshot liste &lt;vm&gt;\` zeigt alle einer VM.`,
  silentFor: (vms: readonly string[], more: number, detail: string) =>
    `Ohne ${vms.map((vm) => code(vm, 60)).join(", ")}${more > 0 ? ` und ${more} weitere` : ""}: Die Cloud hat nicht wie erwartet geantwortet (${code(detail, 200)}). Versuch es in einer Minute noch einmal.`,
  caption: (vms: string) => `Snapshots, neueste zuerst: ${vms}`,
  columns: {
    vm: "VM",
    snapshot: "Snapshot",
    when: "Wann",
    age: "Alter",
    size: "Größe",
    how: "Wie",
    who: "Wer",
    why: "Warum",
  },

  lastKnown: (age: string, at: string, detail: string) =>
    `Die Cloud antwortet nicht wie erwartet (${code(detail, 200)}). Zeigen lässt sich nur, was sie ${age} gesagt hat (${at}). Versuch es in einer Minute noch einmal.`,
  vmThen: (vm: string, power: Power, count: number | undefined) =>
    [code(vm), powers[power], ...(count === undefined ? [] : [count === 1 ? "1 Snapshot" : `${count} Snapshots`])].join(
      " · ",
    ),

  filter: (by: string | undefined, why: string | undefined, olderMs: number | undefined, newerMs: number | undefined) =>
    [
      ...(by ? [`von ${code(by)}`] : []),
      ...(why === undefined ? [] : [`mit ${code(why)} im Grund`]),
      ...(olderMs === undefined ? [] : [`älter als ${short(olderMs)}`]),
      ...(newerMs === undefined ? [] : [`jünger als ${short(newerMs)}`]),
    ].join(", "),

  create: "Snapshot erstellen…",
  deleteSeveral: "Mehrere löschen…",
  next: "Weiter",
  previous: "Zurück",
  stale: "Shutter kann diesen Knopf nicht mehr lesen. Frag die Liste mit `/snapshot liste` noch einmal an.",
};
