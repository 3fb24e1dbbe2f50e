import type { Power } from "../../domain/cloud.ts";
import type { Texts } from "../en.ts";
import { code, moment } from "../format.ts";
import { powers } from "./words.ts";

const number = new Intl.NumberFormat("de");

export const home: Texts["home"] = {
  title: "VM-Snapshots",
  create: "VM-Snapshot erstellen…",

  decisionsTitle: "Wartet auf deine Entscheidung",
  noDecisions: "Nichts wartet auf dich.",
  anyMember: "Jedes Mitglied darf warten oder aufgeben, und alles andere, soweit die Regeln es erlauben.",
  noRoom:
    "Die VM hat keinen Platz für einen weiteren Snapshot. Ihre Karte zeigt, was gelöscht werden könnte; sobald Platz ist, geht es von selbst weiter.",

  runningTitle: "Läuft gerade",
  recentTitle: "Deine letzten Anfragen",
  noRecent: "Du hast noch nichts angefragt. `/snapshot` öffnet einen Dialog, `/snapshot hilfe` zeigt, was es gibt.",

  vmsTitle: "VMs",
  search: "Eine VM nach ihrem Namen suchen",
  all: "Alle VMs",
  power: (power: Power) => powers[power],
  count: (count: number, limit: number) => `${count} von ${limit} Snapshots`,
  last: (at: Date) => `letzter Snapshot ${moment(at, "{ago}")}`,
  tags: (tags: readonly string[]) => `Tags: ${tags.map((tag) => code(tag, 40)).join(" ")}`,
  untold: "Die Cloud hat ihre Snapshots nicht rechtzeitig genannt.",
  untoldSince: (seen: Date) => `Die Cloud nennt ihre Snapshots gerade nicht; Stand: ${moment(seen)}.`,
  snapshot: "Snapshot…",
  list: "Liste",
  gone: (vm: string) => `Die VM ${code(vm)} gibt es in diesem Konto nicht mehr.`,
  seen: (at: Date) => `Stand der VMs: ${moment(at)}.`,
  silentSince: (seen: Date) => `:warning: Die Cloud nennt ihre VMs gerade nicht; Stand: ${moment(seen)}.`,
  silent:
    ":warning: Die Cloud nennt ihre VMs gerade nicht. Sobald sie es tut, erscheinen sie hier. Um laufende Anfragen kümmert sich Shutter trotzdem.",
  page: (page: number, pages: number, count: number) =>
    `Seite ${number.format(page)} von ${number.format(pages)}, ${number.format(count)} VMs`,
  previous: "Vorige Seite",
  next: "Nächste Seite",

  settingsTitle: "Deine Einstellungen",
  language:
    "*Sprache* dieser Seite und der Antworten an dich. Auch deine Karten folgen ihr, wenn nicht eine Sprache für alle eingestellt ist.",
  languages: { auto: "Wie in deinem Slack", en: "English", de: "Deutsch" },
  notify: "*Erwähnungen* von dir in den Threads deiner Karten.",
  levels: {
    all: "Entscheidungen, Fehlschläge und jedes Ende",
    decisions: "Entscheidungen und Fehlschläge",
    failures: "Nur Fehlschläge",
  },
};
