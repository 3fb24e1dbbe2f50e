import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Expected } from "../../domain/request.ts";
import type { Texts } from "../en.ts";
import { code, gigabytes, moment, person, plain, short, timeOfDay } from "../format.ts";

const basis = ({ basis: from }: Expected, gb: number | undefined): string =>
  from === "history" ? "nach den letzten Snapshots dieser VM" : `geschätzt aus ${gigabytes(gb ?? 0, "de")}`;

export const managing: Texts["managing"] = {
  close: "Schließen",
  looking: (name: string) => `Shutter sieht sich ${code(name)} an …`,
  lookingAround: "Shutter sieht in der Cloud nach …",
  seeAnswer: "Die Auswahl steht in einer Nachricht, die nur du siehst.",
  which: "Welcher Snapshot",
  whichPlaceholder: "Einen Snapshot wählen",
  nothingSaid: "Was das bedeutet, steht hier, sobald ein Snapshot gewählt ist.",
  noneNamed: (name: string) => `Diese VM hat keinen Snapshot „${plain(name, 80)}“. Wähle einen.`,
  severalNamed: (name: string) => `Wähle, welchen Snapshot du mit „${plain(name, 80)}“ meinst.`,
  changed: "Hier geht es jetzt um einen anderen Snapshot. Lies es und sende es noch einmal, wenn du das willst.",
  typeName: (name: string) => `Zur Bestätigung ${plain(name, 255)} eingeben`,

  restore: {
    title: "Wiederherstellen",
    submit: "Wiederherstellen",
    lost: (vm: string, since: Date) =>
      `:warning: Alles, was seit ${moment(since)} auf ${code(vm)} geschrieben wurde, geht verloren. IP-Adresse und Name bleiben.`,
    takes: (expected: Expected, gb: number | undefined) =>
      `Das Wiederherstellen dauert etwa ${short(expected.ms)} (${basis(expected, gb)}).`,
    takesUnknown: "Wie lange das Wiederherstellen dauert, lässt sich nicht vorhersagen.",
    safetyTakes: (expected: Expected, gb: number | undefined) =>
      `Ein Sicherheits-Snapshot davor dauert noch einmal etwa ${short(expected.ms)} (${basis(expected, gb)}).`,
    power: (power: Power): string => {
      if (power === "off") return "Die VM ist ausgeschaltet und bleibt es.";
      return power === "running"
        ? "Die VM wird dafür heruntergefahren und danach wieder eingeschaltet."
        : "Läuft die VM dann, wird sie dafür heruntergefahren und danach wieder eingeschaltet.";
    },
    wasLive:
      ":warning: Dieser Snapshot wurde erstellt, während die VM lief. Viele Datenbanken garantieren nicht, dass ihre Daten darin konsistent sind.",
    safety: "Sicherheits-Snapshot",
    safetyFirst: "Zuerst einen Sicherheits-Snapshot erstellen",
    safetyDetail: "Er bewahrt die VM, wie sie jetzt ist; so gibt es einen Weg zurück.",
    safetyLater: (until: Date) =>
      `Die Cloud erlaubt einen Snapshot je VM in 10 Minuten; der nächste ist um ${timeOfDay(until)} möglich. Mit Sicherheits-Snapshot wartet das Wiederherstellen bis dahin, ohne beginnt es sofort.`,
    safetyFull: (count: number, limit: number) =>
      `Ein Sicherheits-Snapshot ist nicht möglich: Die VM hat ${count} von ${limit} Snapshots. Lösche zuerst einen, oder mach ohne ihn weiter.`,
    reason: "Grund",
    reasonHint: "Steht auf der Karte.",
  },

  delete: {
    title: "Snapshots löschen",
    submit: "Löschen",
    which: "Welche Snapshots",
    forGood: (vm: string) =>
      `Was du von ${code(vm)} löschst, ist endgültig weg; niemand kann es zurückholen. Was du nicht löschst, bleibt, bis jemand es löscht.`,
    only: ":warning: Das ist der einzige Snapshot der VM. Ohne ihn gibt es nichts, wohin du zurückkannst.",
    cut: (shown: number, all: number) => `Gezeigt: ${shown} von ${all} Snapshots, die ältesten davon.`,
    typeHint: "Nur nötig, wenn du alle Snapshots dieser VM löschst.",
  },

  rename: {
    title: "Snapshot umbenennen",
    submit: "Umbenennen",
    name: "Neuer Name",
    hint: (limit: number) => `Höchstens ${limit} Zeichen. Kein anderer Snapshot dieser VM darf ihn haben.`,
  },

  errors: {
    choose: "Wähle einen Snapshot.",
    gone: "Diesen Snapshot gibt es nicht mehr. Es wurde nichts geändert.",
    allGone: "Diese Snapshots sind schon weg. Es gibt nichts mehr zu löschen.",
    beingMade:
      "Dieser Snapshot wird gerade erst erstellt. Versuch es wieder, wenn seine Karte sagt, dass er fertig ist.",
    wrongName: (name: string) => `Das ist etwas anderes. Gib ${plain(name, 255)} ein, wenn du das willst.`,
    lastOnes: (name: string) =>
      `Kein Snapshot dieser VM bliebe übrig. Gib ${plain(name, 255)} ein, wenn du das willst.`,
    reopen:
      "Kein Snapshot dieser VM bliebe übrig, und als dieser Dialog entstand, waren es mehr. Öffne ihn noch einmal.",
    full: (count: number, limit: number) =>
      `Die VM hat jetzt ${count} von ${limit} Snapshots. Lösche zuerst einen, oder nimm das Häkchen weg und mach ohne ihn weiter.`,
    sameName: "So heißt der Snapshot schon.",
    nameEmpty: "Der Name ist leer.",
    vmGone: "Die Cloud kennt diese VM nicht mehr. Es wurde nichts geändert.",
    forgotten: "Shutter weiß nicht mehr, um welche VM es in diesem Dialog geht. Schließ ihn und öffne ihn noch einmal.",
  },

  gone: (name: string | undefined, vm: string) =>
    `${name === undefined ? "Dieser Snapshot" : `Der Snapshot ${code(name)}`} ist nicht unter denen von ${code(vm)}. Es wurde nichts geändert. \`/snapshot liste\` zeigt, was es gibt.`,
  deleted: (name: string, by: Who, at: Date) =>
    `Den Snapshot ${code(name)} gibt es nicht mehr: ${person(by)} hat ihn löschen lassen (${moment(at)}). Es wurde nichts geändert.`,
  beingMade: (name: string, vm: string) =>
    `Der Snapshot ${code(name)} von ${code(vm)} wird gerade erst erstellt, oder die Cloud führt ihn noch nicht auf. Seine Karte sagt, wann er da ist. Es wurde nichts geändert.`,
  vmGone: (vm: string) =>
    `Die Cloud kennt ${code(vm)} nicht mehr. Wurde sie gelöscht oder umbenannt? Es wurde nichts geändert.`,
  unknownVm: (command: string) =>
    `Shutter weiß nicht, zu welcher VM dieser Snapshot gehört. Es wurde nichts geändert. Nenn beide, zum Beispiel ${code(command)}.`,
  severalSnapshots: (name: string, vm: string) =>
    `Welchen Snapshot von ${code(vm)} meinst du mit ${code(name)}? Noch wurde nichts geändert.`,
  noSnapshot: (name: string, vm: string) =>
    `${code(vm)} hat keinen Snapshot ${code(name)}. Es wurde nichts geändert. Meintest du einen von diesen?`,
  notOpened: "Der Dialog ließ sich nicht rechtzeitig öffnen. Es wurde nichts geändert. Dieser Knopf öffnet ihn:",
  open: "Dialog öffnen",
};
