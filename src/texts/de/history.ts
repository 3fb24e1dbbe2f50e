import type { Who } from "../../domain/ids.ts";
import type { Texts } from "../en.ts";
import { code, moment, person } from "../format.ts";

const about = (vm: string | undefined, filter: string): string =>
  [vm === undefined ? "aller VMs" : `von ${code(vm)}`, ...(filter === "" ? [] : [filter])].join(", ");

export const history: Texts["history"] = {
  kinds: {
    create: "Snapshot",
    restore: "Wiederherstellung",
    delete: "Löschung",
    rename: "Umbenennung",
    power: "Schaltung",
  },
  head: (vm: string | undefined, filter: string, from: number, to: number) =>
    `*Verlauf ${about(vm, filter)}* · Zeilen ${from}–${to}, neueste zuerst`,
  group: (kind: string, vm: string, by: Who, at: Date) =>
    `*${kind}* · ${code(vm)} · angefragt von ${person(by)}, ${moment(at)}`,
  filter: (by: string | undefined, since: Date | undefined, until: Date | undefined) =>
    [
      ...(by ? [`durch ${code(by)}`] : []),
      ...(since ? [`seit ${moment(since)}`] : []),
      ...(until ? [`vor ${moment(until)}`] : []),
    ].join(", "),
  empty: (vm: string | undefined, filter: string) =>
    `Es gibt nichts im Verlauf ${about(vm, filter)}. \`/snapshot verlauf\` zeigt alles, was es gibt.`,
  noMore: "Ältere Zeilen gibt es nicht.",
  nobody: (name: string) =>
    `Im Verlauf kommt niemand vor, der ${code(name)} heißt. Wähl die Person hinter dem \`@\` aus dem Menü von Slack, oder lass \`by:\` weg.`,
  severalPeople: (name: string) => `${code(name)} passt auf mehrere Personen im Verlauf. Wessen Zeilen?`,
  newer: "Neuere",
  older: "Ältere",
  csv: "Als CSV-Datei",
  stale: "Shutter kann diesen Knopf nicht mehr lesen. Frag den Verlauf mit `/snapshot verlauf` noch einmal an.",

  file: (vm: string | undefined, filter: string, lines: number) =>
    `Verlauf ${about(vm, filter)}, ${lines === 1 ? "1 Zeile" : `${lines} Zeilen`}. Die Datei ist in diesem Thread.`,
  fileCut: (most: number) =>
    `Das sind die neuesten ${new Intl.NumberFormat("de").format(most)} Zeilen; es gibt ältere. Mit \`since:\` und \`until:\` wählst du eine kürzere Zeit.`,
  fileThere: (link: string | undefined) =>
    link ? `<${link}|Die Datei ist in deinen Direktnachrichten.>` : "Die Datei ist in deinen Direktnachrichten.",
  noScope:
    "Slack lässt Shutter noch keine Dateien teilen, deshalb gibt es keine. Die Administration muss der App den Scope `files:write` geben und sie neu installieren; `/snapshot verlauf` zeigt dieselben Zeilen hier.",
  fileRefused: (word: string) =>
    `Slack hat die Datei nicht angenommen (${code(word)}), deshalb gibt es keine. Versuch es in einer Minute noch einmal; \`/snapshot verlauf\` zeigt dieselben Zeilen hier.`,
};
