import type { Power, Snapshot } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Facts, Failure, Status } from "../../domain/request.ts";
import type { Texts } from "../en.ts";
import { code, gigabytes, moment, person, short, timeOfDay } from "../format.ts";
import { happened, outage, powers } from "./words.ts";

const usual: Readonly<Record<Status, string>> = {
  queued: "In der Warteschlange",
  choosing: "Wie soll der Snapshot erstellt werden?",
  awaiting_approval: "Wartet auf Freigabe",
  shutting_down: "Die VM wird heruntergefahren",
  shutdown_stuck: "Die VM ist nicht heruntergefahren. Was nun?",
  snapshotting: "Der Snapshot wird erstellt",
  restoring: "Die VM wird wiederhergestellt",
  deleting: "Wird gelöscht",
  powering_on: "Die VM wird wieder eingeschaltet",
  done: "Fertig",
  failed: "Fehlgeschlagen",
  cancelled: "Abgebrochen",
  denied: "Abgelehnt",
  expired: "Verfallen",
};

export const card: Texts["card"] = {
  title: {
    create: (vm) => `Snapshot von ${vm}`,
    restore: (vm) => `Wiederherstellung von ${vm}`,
    delete: (vm) => `Snapshots von ${vm} löschen`,
    rename: (vm) => `Snapshot von ${vm} umbenennen`,
    power: (vm) => `${vm} ein- oder ausschalten`,
  },
  deleteOneTitle: (vm) => `Snapshot von ${vm} löschen`,
  switchTitle: {
    on: (vm) => `${vm} einschalten`,
    off: (vm) => `${vm} herunterfahren`,
    hard_off: (vm) => `${vm} hart ausschalten`,
  },
  asked: (by: Who, at: Date) => `Angefragt von ${person(by)}, ${moment(at)}`,
  reason: (reason: string) => `Grund: ${reason}`,
  retryOf: "Ein neuer Versuch einer früheren Anfrage.",
  inDirectMessage: (channel: string) =>
    `Shutter kann in <#${channel}> nicht schreiben, deshalb ist diese Karte hier. Damit Karten dort erscheinen, lade Shutter in den Kanal ein.`,
  trouble: (since: Date, detail: string) =>
    `:warning: Seit ${timeOfDay(since)} gibt die Cloud keine brauchbare Antwort (${code(detail, 120)}). Shutter fragt weiter; hier steht, was zuletzt bekannt war.`,
  troubleText: "Die Cloud gibt keine brauchbare Antwort; Shutter fragt weiter.",

  headline: {
    create: usual,
    restore: {
      ...usual,
      choosing: "Die VM jetzt wiederherstellen?",
      snapshotting: "Zuerst wird der Sicherheits-Snapshot erstellt",
    },
    delete: usual,
    rename: usual,
    power: { ...usual, choosing: "Die VM ausschalten?", powering_on: "Die VM wird eingeschaltet" },
  },

  headlineNow: { hard: "Die VM wird hart ausgeschaltet", full: "Wartet auf Platz", renaming: "Wird umbenannt" },

  queuedNew: "Shutter sieht sich die VM an.",
  queuedBehind: (by: Who) =>
    `Hinter der Anfrage von ${person(by)} für dieselbe VM. Es geht von selbst weiter. Es wurde nichts geändert.`,
  queuedCooldown: (until: Date) =>
    `Die Cloud erlaubt einen Snapshot je VM in 10 Minuten. Um ${timeOfDay(until)} geht es von selbst weiter. Vorher wird nichts ausgeschaltet.`,
  queuedFull: (count: number, limit: number) =>
    `Die VM hat ${count} von ${limit} Snapshots; mehr erlaubt die Cloud nicht. Lösche einen, der nicht mehr gebraucht wird, dann geht es von selbst weiter. Der älteste steht zuerst. Es wurde nichts geändert.`,
  queuedForSafety: "Das liegt am Sicherheits-Snapshot; eine Wiederherstellung ohne ihn müsste nicht warten.",
  queuedBusy:
    "Die Cloud ist mit dieser VM beschäftigt. Sobald sie frei ist, geht es von selbst weiter. Es wurde nichts geändert.",

  facts: (power: Power, diskGb: number | undefined, count: number, limit: number) =>
    [
      `Die VM ist *${powers[power]}*`,
      ...(diskGb === undefined ? [] : [`${gigabytes(diskGb, "de")} Festplatte`]),
      `${count} von ${limit} Snapshots`,
    ].join(" · "),
  shutdownOption: (expected: Facts["expected"], diskGb: number | undefined) =>
    `*Herunterfahren und Snapshot:* Ausgeschaltet ist die VM ${expected ? outage(expected, diskGb) : "so lange, wie der Snapshot dauert"}, danach wird sie wieder eingeschaltet.`,
  liveOption: "*Live-Snapshot:* Die VM läuft weiter.",
  databases:
    ":warning: Viele Datenbanken garantieren nur dann, dass ihre Daten auf der Festplatte konsistent sind, wenn die Datenbank oder die ganze VM angehalten ist.",
  isOffNow: "Der Snapshot kann gleich erstellt werden; die VM bleibt danach ausgeschaltet.",
  expiresAt: (at: Date) => `Ohne Auswahl verfällt diese Anfrage: ${moment(at)}.`,

  stuck: (waited: string) => `Die VM sollte herunterfahren und ist nach ${waited} immer noch nicht aus.`,
  stuckHard: (waited: string) => `Die VM sollte hart ausgeschaltet werden und ist nach ${waited} immer noch nicht aus.`,
  stuckIfOff: {
    create: "Geht sie von selbst aus, wird der Snapshot sofort erstellt.",
    restore: "Geht sie von selbst aus, geht die Wiederherstellung sofort weiter.",
    power: "Geht sie von selbst aus, ist das hier erledigt.",
  },
  stuckWait: "*Warten:* ihr noch einmal dieselbe Zeit geben.",
  stuckPowerOff:
    "*Hart ausschalten:* wie den Stecker ziehen; was noch nicht auf die Festplatte geschrieben ist, geht verloren.",
  stuckPowerOffSafety:
    "*Hart ausschalten:* wie den Stecker ziehen; was noch nicht auf die Festplatte geschrieben ist, fehlt dann im Sicherheits-Snapshot.",
  stuckPowerOffBare: "*Hart ausschalten:* wie den Stecker ziehen.",
  stuckLive: "*Live-Snapshot:* sie weiterlaufen lassen.",
  stuckGiveUp: {
    create: "*Aufgeben:* kein Snapshot, die VM bleibt an.",
    restore: "*Aufgeben:* nichts wird wiederhergestellt, die VM bleibt an.",
    power: "*Aufgeben:* die VM bleibt an.",
  },

  stepShutdown: "Herunterfahren",
  stepPowerOff: "Hart ausschalten",
  stepSnapshot: "Snapshot",
  stepSafety: "Sicherheits-Snapshot",
  stepRestore: "Wiederherstellen",
  stepPowerOn: "Einschalten",
  stepDone: (ms: number | undefined) => (ms === undefined ? "fertig" : `fertig in ${short(ms)}`),
  stepNow: "jetzt",
  stepToCome: "kommt noch",
  heldUp: (detail: string) =>
    `Die Cloud hat das noch nicht bestätigt${detail ? ` (${code(detail, 200)})` : ""}. Shutter versucht es weiter.`,
  elapsed: (ms: number) =>
    ms < 60_000 ? "Läuft seit weniger als einer Minute" : `Läuft seit ${short(Math.floor(ms / 60_000) * 60_000)}`,
  end: (at: Date) => `voraussichtlich fertig um ${timeOfDay(at)}`,
  overdue: "Läuft noch, länger als üblich. Langsam heißt nicht fehlgeschlagen: Shutter behält es im Blick.",
  noCancel: "Ein Snapshot, der begonnen hat, lässt sich nicht mehr anhalten. Danach wird die VM wieder eingeschaltet.",
  noCancelLive: "Ein Snapshot, der begonnen hat, lässt sich nicht mehr anhalten.",
  noCancelSafety:
    "Ein Snapshot, der begonnen hat, lässt sich nicht mehr anhalten. Sobald er erstellt ist, beginnt die Wiederherstellung.",
  noCancelRestore:
    "Eine Wiederherstellung, die begonnen hat, lässt sich nicht mehr anhalten. Danach wird die VM wieder eingeschaltet.",
  noCancelRestoreOff:
    "Eine Wiederherstellung, die begonnen hat, lässt sich nicht mehr anhalten. Danach bleibt die VM ausgeschaltet.",
  cancelPending:
    "Die VM wurde schon gebeten herunterzufahren und tut es vielleicht noch. Shutter behält sie im Blick und schaltet sie wieder ein.",
  watched: (until: Date) =>
    `Das Gastsystem wurde gebeten herunterzufahren und tut es vielleicht noch. Bis ${timeOfDay(until)} behält Shutter die VM im Blick und schaltet sie wieder ein, falls sie ausgeht.`,
  wentOffLate: ":warning: Das Gastsystem ist verspätet doch heruntergefahren. Shutter schaltet die VM wieder ein.",
  tooSoon: (until: Date) =>
    `Die Cloud erlaubt einen Snapshot je VM in 10 Minuten. Um ${timeOfDay(until)} geht es von selbst weiter.`,
  powerOnProblem: (detail: string) =>
    `:warning: *Die VM ist noch nicht an.* Die Cloud meldet: ${code(detail, 300)}. Shutter versucht es weiter, mindestens alle 30 Sekunden, bis sie läuft.`,
  powerOnSlow:
    ":warning: *Die VM ist noch nicht an.* Die Cloud hat den Aufruf angenommen, aber die VM läuft nicht. Shutter versucht es weiter, bis sie läuft.",

  made: (name: string, sizeGb: number | undefined, tookMs: number | undefined) =>
    [
      `:white_check_mark: ${code(name, 255)}`,
      ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, "de")]),
      ...(tookMs === undefined ? [] : [`dauerte ${short(tookMs)}`]),
    ].join(" · "),
  madeUnlisted: (name: string) =>
    `:white_check_mark: ${code(name, 255)} ist erstellt. Die Cloud führt ihn noch nicht auf; \`/snapshot liste\` wird ihn zeigen.`,
  wasOff: (ms: number) => `Die VM war ${short(ms)} lang ausgeschaltet und läuft wieder.`,
  keptRunning: "Die VM lief die ganze Zeit.",
  staysOff: "Die VM war vorher ausgeschaltet und bleibt es.",
  listTitle: (count: number, limit: number, at: Date) =>
    `*Snapshots dieser VM* (${count} von ${limit}), Stand ${moment(at)}, neueste zuerst`,
  safetyOld: (name: string) =>
    `Der Sicherheits-Snapshot ${code(name, 255)} ist schon erstellt; was danach geschrieben wurde, enthält er nicht.`,
  safetyTaken: (name: string) =>
    `Der Sicherheits-Snapshot ${code(name, 255)} enthält die VM, wie sie vorher war. Er bleibt.`,

  restoreFrom: ({ name, createdAt }: Pick<Snapshot, "name" | "createdAt">) =>
    `Aus dem Snapshot ${code(name, 255)}, erstellt ${moment(createdAt)}.`,
  restoreLoses: (vm: string, since: Date) =>
    `:warning: Alles, was seit ${moment(since)} auf ${code(vm)} geschrieben wurde, geht verloren. Name und IP-Adresse bleiben.`,
  restoreTakes: (ms: number | undefined, isOff: boolean) =>
    `${ms === undefined ? "Wie lange es dauert, ist nicht bekannt" : `Es dauert etwa ${short(ms)} (geschätzt)`}; die VM ${isOff ? "bleibt ausgeschaltet" : "wird dafür heruntergefahren und danach wieder eingeschaltet"}.`,
  restoreSafety: "Zuerst wird ein Sicherheits-Snapshot der VM erstellt, wie sie jetzt ist.",
  restoreBare: "Es wird kein Sicherheits-Snapshot erstellt; einen Weg zurück gibt es dann nicht.",
  restored: (name: string, at: Date, tookMs: number | undefined) =>
    `:white_check_mark: Die VM ist wieder auf dem Stand von ${code(name, 255)}, erstellt ${moment(at)}${tookMs === undefined ? "" : ` · dauerte ${short(tookMs)}`}.`,
  safetyThere: (name: string) =>
    `Der Sicherheits-Snapshot ${code(name, 255)} enthält die VM, wie sie vorher war. *Behalte* ihn, *kehre* zu ihm *zurück*, oder *lösche* ihn, wenn alles stimmt.`,
  safetyKept: (name: string, by: Who) => `${person(by)} behält den Sicherheits-Snapshot ${code(name, 255)}.`,
  safetyGone: (name: string, by: Who, at: Date) =>
    `Der Sicherheits-Snapshot ${code(name, 255)} wurde gelöscht, von ${person(by)}, ${moment(at)}.`,
  safetyUnlisted: (name: string) =>
    `Der Sicherheits-Snapshot ${code(name, 255)} ist erstellt. Die Cloud führt ihn noch nicht auf; \`/snapshot liste\` wird ihn zeigen.`,
  wentOn: ":warning: Jemand hat die VM inzwischen eingeschaltet; für die Wiederherstellung muss sie aus sein.",
  restoreUnsure:
    "Die Wiederherstellung hatte schon begonnen. Sieh dir die VM an, bevor du sie benutzt: Ihre Daten sind vielleicht die des Snapshots, die von vorher oder unvollständig.",

  followUpDue: (at: Date) => `Shutter fragt nach, was aus diesem Sicherheits-Snapshot werden soll: ${moment(at)}.`,
  followUp: (name: string) =>
    `Wird der Sicherheits-Snapshot ${code(name, 255)} noch gebraucht? *Behalte* ihn, *kehre* zu ihm *zurück* oder *lösche* ihn. Ohne Antwort bleibt er.`,
  kept: (by: Who) => `${person(by)} behält diesen Sicherheits-Snapshot.`,
  snapshotDeleted: (by: Who, at: Date) => `Dieser Snapshot wurde gelöscht, von ${person(by)}, ${moment(at)}.`,
  snapshotRenamed: (name: string) => `Er heißt jetzt ${code(name, 255)}.`,
  snapshotRestored: (at: Date) => `Die VM wurde auf ihn zurückgesetzt: ${moment(at)}.`,

  toDelete: "soll gelöscht werden",
  deleting: "wird gelöscht",
  deleted: "gelöscht",
  stillThere: "noch da",
  maybeDeleted: "ob gelöscht, ist nicht bekannt",
  keptByCloud: (detail: string, length: number) => `die Cloud löscht ihn nicht (${code(detail, length)})`,
  oneDeleted: (name: string) => `:white_check_mark: ${code(name, 255)} ist gelöscht.`,
  allDeleted: (count: number) => `:white_check_mark: Diese ${count} Snapshots sind gelöscht.`,
  noneLeft: "Die VM hat jetzt keine Snapshots mehr.",

  renaming: (from: string, to: string) => `${code(from, 255)} soll ${code(to, 255)} heißen.`,
  notRenamed: (from: string, to: string) => `${code(from, 255)} sollte ${code(to, 255)} heißen.`,
  renamed: (from: string, to: string) => `:white_check_mark: ${code(from, 255)} heißt jetzt ${code(to, 255)}.`,

  powerOffAsk: (hard: boolean) =>
    hard
      ? "*Hart ausschalten:* wie den Stecker ziehen; was noch nicht auf die Festplatte geschrieben ist, geht verloren. Die VM bleibt aus, bis jemand sie einschaltet."
      : "*Herunterfahren:* das Gastsystem wird gebeten, seine Dienste zu beenden und herunterzufahren. Die VM bleibt aus, bis jemand sie einschaltet.",
  isAsWished: (power: Power) => `:white_check_mark: Die VM ist *${powers[power]}*.`,
  whatHappened: (failure: Failure) => `:x: ${happened(failure)}`,
  nothingChanged: "Es wurde nichts geändert.",
  powerNow: (power: Power) => `Die VM ist *${powers[power]}*.`,
  tryAgain: "*Erneut versuchen* stellt eine neue Anfrage mit denselben Wünschen.",
  tryAgainRest: "*Erneut versuchen* stellt eine neue Anfrage für die übrigen.",
  retriedAs: (link: string | undefined) =>
    link ? `Neuer Versuch: <${link}|zur neuen Karte>.` : "Neuer Versuch in einer neuen Karte.",
  cancelledBy: (by: Who) => `Abgebrochen von ${person(by)}.`,
  notDone: {
    create: "Es wurde kein Snapshot erstellt.",
    restore: "Es wurde nichts wiederhergestellt.",
    delete: "Es wurde nichts gelöscht.",
    rename: "Es wurde nichts umbenannt.",
    power: "Es wurde nichts geändert.",
  },
  expired: "Niemand hat rechtzeitig entschieden.",
  expiredFull: "Niemand hat rechtzeitig Platz gemacht.",
  askAgain: "Frag einfach neu an, wenn du es brauchst.",
};
