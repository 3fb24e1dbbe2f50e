import type { Power } from "../domain/cloud.ts";
import type { Who } from "../domain/ids.ts";
import type { Facts, Failure } from "../domain/request.ts";
import type { Line } from "../domain/story.ts";
import type { Texts } from "./en.ts";
import { code, gigabytes, moment, person, said, sentence, short, timeOfDay } from "./format.ts";

/** Each fits after "Die VM ist …". */
const powers: Readonly<Record<Power, string>> = {
  running: "eingeschaltet",
  off: "ausgeschaltet",
  starting: "beim Einschalten",
  stopping: "beim Herunterfahren",
  unknown: "in einem Zustand, den Shutter nicht kennt",
};

const outage = ({ ms, basis }: NonNullable<Facts["expected"]>, diskGb: number | undefined): string =>
  basis === "history"
    ? `etwa ${short(ms)} (nach den letzten Snapshots dieser VM)`
    : `etwa ${short(ms)} (geschätzt aus ${gigabytes(diskGb ?? 0, "de")} Festplatte; weniger, wenn sie nicht voll ist)`;

const happened = ({ code: failure, detail }: Failure): string => {
  const words = detail ? ` Die Cloud meldet: ${code(detail, 300)}` : "";
  switch (failure) {
    case "snapshot_failed":
      return `Die Cloud konnte den Snapshot nicht erstellen.${words}`;
    case "quota":
      return "Die VM hat schon so viele Snapshots, wie sie haben darf. Lösche einen, der nicht mehr gebraucht wird.";
    case "refused":
      return `Die Cloud hat den Aufruf abgelehnt.${words}`;
    case "vm_gone":
      return "Die Cloud kennt diese VM nicht mehr. Wurde sie gelöscht oder umbenannt?";
    case "protocol":
      return `Die Cloud hat eine Antwort gegeben, die Shutter nicht lesen kann${detail ? ` (${code(detail, 300)})` : ""}. Ob ein Snapshot entstanden ist, muss in der Oberfläche der Cloud nachgesehen werden.`;
    case "auth":
      return "Die Cloud nimmt die Zugangsdaten von Shutter nicht an. Die Administration kann mit `npm run check` mehr herausfinden.";
    case "forbidden":
      return `Das Cloud-Konto von Shutter darf das nicht.${words}`;
    case "unavailable":
      return `Die Cloud hat nicht rechtzeitig geantwortet.${words}`;
    case "busy":
      return `Die VM war zu lange mit etwas anderem beschäftigt.${words}`;
    case "lost":
      return "Die Cloud hat nicht gesagt, was aus dem Snapshot geworden ist. Sieh in der Liste nach, bevor du es erneut versuchst: Vielleicht ist er da.";
  }
};

/** Every word that a German reader sees. */
export const de: Texts = {
  locale: "de",

  card: {
    title: (vm: string) => `Snapshot von ${vm}`,
    asked: (by: Who, at: Date) => `Angefragt von ${person(by)}, ${moment(at)}`,
    reason: (reason: string) => `Grund: ${reason}`,
    retryOf: "Ein neuer Versuch einer früheren Anfrage.",
    inDirectMessage: (channel: string) =>
      `Shutter kann in <#${channel}> nicht schreiben, deshalb ist diese Karte hier. Damit Karten dort erscheinen, lade Shutter in den Kanal ein.`,
    trouble: (since: Date, detail: string) =>
      `:warning: Seit ${timeOfDay(since)} gibt die Cloud keine brauchbare Antwort (${code(detail, 120)}). Shutter fragt weiter; hier steht, was zuletzt bekannt war.`,
    troubleText: "Die Cloud gibt keine brauchbare Antwort; Shutter fragt weiter.",

    headline: {
      queued: "In der Warteschlange",
      choosing: "Wie soll der Snapshot erstellt werden?",
      shutting_down: "Die VM wird heruntergefahren",
      shutdown_stuck: "Die VM ist nicht heruntergefahren. Was nun?",
      snapshotting: "Der Snapshot wird erstellt",
      powering_on: "Die VM wird wieder eingeschaltet",
      done: "Fertig",
      failed: "Fehlgeschlagen",
      cancelled: "Abgebrochen",
      expired: "Verfallen",
    },

    queuedNew: "Shutter sieht sich die VM an.",
    queuedBehind: (by: Who) =>
      `Hinter der Anfrage von ${person(by)} für dieselbe VM. Es geht von selbst weiter. Es wurde nichts geändert.`,
    queuedCooldown: (until: Date) =>
      `Die Cloud erlaubt einen Snapshot je VM in 10 Minuten. Um ${timeOfDay(until)} geht es von selbst weiter. Vorher wird nichts ausgeschaltet.`,
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

    stuck: (minutes: string) =>
      `Die VM sollte herunterfahren und ist nach ${minutes} immer noch nicht aus. Geht sie von selbst aus, wird der Snapshot sofort erstellt.`,
    stuckOptions:
      "*Warten:* ihr noch einmal dieselbe Zeit geben.\n*Hart ausschalten:* wie den Stecker ziehen; was noch nicht auf die Festplatte geschrieben ist, geht verloren.\n*Live-Snapshot:* sie weiterlaufen lassen.\n*Aufgeben:* kein Snapshot, die VM bleibt an.",

    stepShutdown: "Herunterfahren",
    stepPowerOff: "Hart ausschalten",
    stepSnapshot: "Snapshot",
    stepPowerOn: "Einschalten",
    stepDone: (ms: number | undefined) => (ms === undefined ? "fertig" : `fertig in ${short(ms)}`),
    stepNow: "jetzt",
    stepToCome: "kommt noch",
    elapsed: (ms: number) =>
      ms < 60_000 ? "Läuft seit weniger als einer Minute" : `Läuft seit ${short(Math.floor(ms / 60_000) * 60_000)}`,
    end: (at: Date) => `voraussichtlich fertig um ${timeOfDay(at)}`,
    overdue: "Läuft noch, länger als üblich. Langsam heißt nicht fehlgeschlagen: Shutter behält es im Blick.",
    noCancel:
      "Ein Snapshot, der begonnen hat, lässt sich nicht mehr anhalten. Danach wird die VM wieder eingeschaltet.",
    noCancelLive: "Ein Snapshot, der begonnen hat, lässt sich nicht mehr anhalten.",
    cancelPending:
      "Die VM wurde schon gebeten herunterzufahren und tut es vielleicht noch. Shutter behält sie im Blick und schaltet sie wieder ein.",
    watched: (until: Date) =>
      `Das Gastsystem wurde gebeten herunterzufahren und tut es vielleicht noch. Bis ${timeOfDay(until)} behält Shutter die VM im Blick und schaltet sie wieder ein, falls sie ausgeht.`,
    wentOffLate: ":warning: Das Gastsystem ist verspätet doch heruntergefahren. Shutter schaltet die VM wieder ein.",
    failPending: "Der Snapshot konnte nicht erstellt werden. Zuerst wird die VM wieder eingeschaltet.",
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
    listTitle: (count: number, limit: number) => `*Snapshots dieser VM* (${count} von ${limit}), neueste zuerst`,
    whatHappened: (failure: Failure) => `:x: ${happened(failure)}`,
    nothingChanged: "Es wurde nichts geändert.",
    powerNow: (power: Power) => `Die VM ist *${powers[power]}*.`,
    tryAgain: "*Erneut versuchen* stellt eine neue Anfrage mit denselben Wünschen.",
    retriedAs: (link: string | undefined) =>
      link ? `Neuer Versuch: <${link}|zur neuen Karte>.` : "Neuer Versuch in einer neuen Karte.",
    cancelledBy: (by: Who) => `Abgebrochen von ${person(by)}. Es wurde kein Snapshot erstellt.`,
    expired: "Niemand hat rechtzeitig gewählt. Es wurde nichts geändert. Frag einfach neu an, wenn du ihn brauchst.",
  },

  buttons: {
    shutdown: "Herunterfahren und Snapshot (empfohlen)",
    live: "Live-Snapshot erstellen",
    takeOff: "Snapshot erstellen",
    cancel: "Abbrechen",
    giveUp: "Aufgeben",
    wait: "Warten",
    powerOff: "Hart ausschalten",
    powerOn: "Jetzt einschalten",
    retry: "Erneut versuchen",
  },
  confirm: {
    shutdownTitle: (vm: string) => `${vm} herunterfahren?`,
    shutdown: (vm: string, expected: Facts["expected"]) =>
      `${vm} ist dann ${expected ? `etwa ${short(expected.ms)} lang` : "so lange, wie der Snapshot dauert,"} ausgeschaltet und wird danach wieder eingeschaltet.`,
    powerOffTitle: (vm: string) => `${vm} hart ausschalten?`,
    powerOff: (vm: string) =>
      `${vm} geht aus wie ein Gerät, dessen Stecker gezogen wird. Was noch nicht auf die Festplatte geschrieben ist, geht verloren.`,
    yesShutdown: "Herunterfahren",
    yesPowerOff: "Hart ausschalten",
    no: "Zurück",
  },

  text: (vm: string, headline: string, rest: readonly string[]) =>
    [`Snapshot von ${said(vm)}: ${sentence(headline)}`, ...rest].join(" "),
  bar: (percent: number, estimated: boolean) => (estimated ? `etwa ${percent} % (geschätzt)` : `${percent} %`),

  refusals: {
    not_requester: (by: Who) =>
      `Diese Anfrage ist von ${person(by)}; das darf nur, wer sie gestellt hat. Es wurde nichts geändert.`,
    not_member: "Das dürfen nur volle Mitglieder dieses Workspace. Es wurde nichts geändert.",
    too_late: "Das geht nicht mehr; wie es steht, siehst du auf der Karte. Es wurde nichts geändert.",
    snapshot_runs:
      "Der Snapshot hat schon begonnen und lässt sich nicht mehr anhalten. Falls Shutter die VM ausgeschaltet hat, schaltet Shutter sie danach wieder ein.",
    already_ended: "Diese Anfrage ist schon zu Ende. Es wurde nichts geändert.",
    already_retried: "Es gibt schon einen neuen Versuch; die Karte verweist auf die neue Anfrage.",
    already_chosen: "Die Auswahl ist schon getroffen; wie es steht, zeigt die Karte. Es wurde nichts geändert.",
    already_powering_on: "Die VM wird schon wieder eingeschaltet; es gibt nichts mehr abzubrechen.",
    not_stuck_any_more: "Die VM hängt nicht mehr fest; wie es steht, zeigt die Karte. Es wurde nichts geändert.",
    nothing_to_power_on: "Shutter schaltet diese VM gerade nicht ein; wie es steht, zeigt die Karte.",
    not_failed: "Diese Anfrage ist nicht fehlgeschlagen; es gibt nichts erneut zu versuchen.",
    unknown_request: "Shutter kennt diese Anfrage nicht. Vielleicht ist die Karte sehr alt. Es wurde nichts geändert.",
    forged: "Dieser Knopf gehört nicht zu dieser Karte. Es wurde nichts geändert.",
  },
  decidedBy: (by: Who, at: Date) => `${person(by)} hat das um ${timeOfDay(at)} entschieden.`,

  answers: {
    joined: (by: Who, link: string | undefined) =>
      `${person(by)} hat gerade eben dasselbe angefragt; daraus wird eine einzige Anfrage. ${link ? `<${link}|Hier ist ihre Karte.>` : "Ihre Karte ist im Kanal."}`,
    unknownVm: (query: string) => `In diesem Konto gibt es keine VM ${code(query)}. Es wurde nichts geändert.`,
    nearest: "Meintest du eine von diesen?",
    several: (query: string) => `${code(query)} passt auf mehrere VMs. Welche soll es sein?`,
    noVms: "Das Cloud-Konto hat keine VMs, die Shutter sehen kann.",
    more: (count: number) => `und ${count} weitere`,
    needVm: (example: string) => `Welche VM? Zum Beispiel ${code(example)}.`,
    full: (vm: string, count: number, limit: number) =>
      `${code(vm)} hat ${count} von ${limit} Snapshots; mehr erlaubt die Cloud nicht. Es wurde nichts geändert. Lösche zuerst einen von diesen, in der Oberfläche der Cloud:`,
    nameTaken: (name: string) =>
      `Diese VM hat schon einen Snapshot mit dem Namen ${code(name)}. Wähle einen anderen Namen. Es wurde nichts geändert.`,
    nameTooLong: (length: number, limit: number) =>
      `Ein Name darf ${limit} Zeichen haben; dieser hat ${length}. Es wurde nichts geändert.`,
    reasonTooLong: (length: number, limit: number) =>
      `Ein Grund darf ${limit} Zeichen haben; dieser hat ${length}. Es wurde nichts geändert.`,
    nameEmpty: "Der Name ist leer. Lass ihn weg, um den üblichen zu bekommen. Es wurde nichts geändert.",
    reasonEmpty: "Der Grund fehlt. Er steht in Anführungszeichen hinter `--grund`. Es wurde nichts geändert.",
    bothHow: "`--live` und `--aus` (`--off`) schließen einander aus. Es wurde nichts geändert.",
    unknownFlag: (flag: string) =>
      `Shutter kennt ${code(flag)} nicht. \`/snapshot hilfe erstellen\` zeigt, was es gibt. Es wurde nichts geändert.`,
    tooMany: (rest: string) =>
      `Was ist mit ${code(rest)} gemeint? Ein Name mit Leerzeichen steht in Anführungszeichen. Es wurde nichts geändert.`,
    unclosedQuote: "Ein Anführungszeichen am Ende fehlt. Es wurde nichts geändert.",
    unknownWord: (word: string) => `Shutter kennt ${code(word)} nicht. Es wurde nichts geändert.`,
    didYouMean: (command: string) => `Meintest du ${code(command)}?`,
    cloudSilent: (detail: string) =>
      `Die Cloud hat nicht wie erwartet geantwortet (${code(detail, 200)}). Es wurde nichts geändert. Versuch es in einer Minute noch einmal; die Administration kann mit \`npm run check\` mehr herausfinden.`,
    slackSilent:
      "Slack hat nicht gesagt, wer du bist, deshalb hat Shutter nichts getan. Versuch es in einer Minute noch einmal.",
    broken:
      "In Shutter ist etwas schiefgegangen, und dein Wunsch wurde nicht ausgeführt. Einzelheiten stehen im Log. Bitte sag der Administration Bescheid.",
    nothingToCancel: (vm: string) => `Für ${code(vm)} gibt es keine offene Anfrage. Es wurde nichts geändert.`,
    notYours: (vm: string, by: Who) =>
      `Die offene Anfrage für ${code(vm)} ist von ${person(by)}; abbrechen darf sie nur, wer sie gestellt hat. Es wurde nichts geändert.`,
    cancelling: (vm: string) => `Abgebrochen: die Anfrage für ${code(vm)}. Wie sie endet, zeigt die Karte.`,
    nothingRuns: "Es läuft nichts. Einen Snapshot erstellst du zum Beispiel mit `/snapshot erstellen web-01`.",
    runs: "*Offene Anfragen*",
    noSnapshots: (vm: string) => `${code(vm)} hat keine Snapshots. Mit \`/snapshot erstellen\` erstellst du einen.`,
    noSnapshotsAtAll: "Keine VM hat einen Snapshot. Einen erstellst du zum Beispiel mit `/snapshot erstellen web-01`.",
    snapshotsOf: (vm: string, count: number, limit: number) => `*${code(vm)}* · ${count} von ${limit} Snapshots`,
    snapshot: (name: string, at: string, age: string, sizeGb: number | undefined, live: boolean | undefined) =>
      [
        code(name),
        `${at} (${age})`,
        ...(sizeGb === undefined ? [] : [gigabytes(sizeGb, "de")]),
        ...(live ? ["live"] : []),
      ].join(" · "),
    by: (by: Who, reason: string | undefined) => (reason ? `${person(by)}: ${code(reason, 80)}` : person(by)),
    listCut: (shown: number, all: number) =>
      `Gezeigt: ${shown} von ${all} VMs, die Snapshots haben. \`/snapshot liste\` mit dem Namen einer VM zeigt die anderen.`,
    card: "Karte",
  },

  help: {
    intro: "*Was du eingeben kannst*",
    guest: "Als Gast dieses Workspace darfst du alles ansehen, aber nichts auslösen.",
    commands: {
      create: {
        usage: '/snapshot erstellen <vm> [name] [--live | --aus] [--grund "…"]',
        does: "einen Snapshot erstellen; eine Karte fragt, wie",
        example: '/snapshot erstellen web-01 --grund "Kernel-Update"',
      },
      list: {
        usage: "/snapshot liste [vm]",
        does: "die Snapshots einer VM oder aller VMs zeigen",
        example: "/snapshot liste web-01",
      },
      status: { usage: "/snapshot status", does: "zeigen, was gerade läuft", example: "/snapshot status" },
      cancel: {
        usage: "/snapshot abbrechen <vm>",
        does: "deine offene Anfrage für eine VM abbrechen",
        example: "/snapshot abbrechen web-01",
      },
      help: { usage: "/snapshot hilfe [befehl]", does: "diese Hilfe zeigen", example: "/snapshot hilfe erstellen" },
    },
    bare: "`/snapshot` allein öffnet einen Dialog.",
    more: {
      create:
        "`--live` erstellt den Snapshot, während die VM läuft. `--aus` lässt nur den Weg mit Herunterfahren, der auf der Karte noch dein Ja braucht. Ohne beides fragt die Karte. Ein Name mit Leerzeichen steht in Anführungszeichen; ohne Namen heißt der Snapshot wie die VM, gefolgt von der Unix-Zeit.",
      list: "Neueste zuerst. Snapshots, die in der Oberfläche der Cloud erstellt wurden, stehen auch dabei.",
      status: "Nur du siehst die Antwort.",
      cancel:
        "Möglich, bis der Snapshot begonnen hat. Ist die VM dafür schon ausgeschaltet, wird sie wieder eingeschaltet.",
      help: "Die Befehle werden auch auf Englisch verstanden.",
    },
  },

  dialog: {
    title: "VM-Snapshot erstellen",
    submit: "Weiter",
    close: "Abbrechen",
    vm: "VM",
    vmPlaceholder: "Einen Teil des Namens eingeben",
    name: "Name des Snapshots",
    nameHint: "Leer lassen für den Namen der VM, gefolgt von der Unix-Zeit.",
    how: "Wie",
    howOff: "Zuerst herunterfahren (empfohlen)",
    howOffDetail: "Die Karte fragt noch einmal, bevor etwas ausgeht.",
    howLive: "Live, die VM läuft weiter",
    howLiveDetail: "Beginnt sofort. Datenbanken sind vielleicht nicht konsistent.",
    reason: "Grund",
    reasonHint: "Steht auf der Karte und in der Liste.",
    reasonPlaceholder: "vor dem Kernel-Update",
    errors: {
      unknownVm: "Diese VM gibt es nicht mehr. Wähle eine andere.",
      full: (count: number, limit: number) => `Diese VM hat ${count} von ${limit} Snapshots. Lösche zuerst einen.`,
      nameTaken: "Diese VM hat schon einen Snapshot mit diesem Namen.",
      nameTooLong: (limit: number) => `Höchstens ${limit} Zeichen.`,
      reasonTooLong: (limit: number) => `Höchstens ${limit} Zeichen.`,
      noVm: "Wähle eine VM.",
      cloudSilent: "Die Cloud antwortet gerade nicht. Versuch es in einer Minute noch einmal.",
    },
  },

  story: (line: Line): string => {
    switch (line.code) {
      case "asked":
        return `${person(line.by)} hat einen Snapshot angefragt.`;
      case "queued_behind":
        return `Wartet hinter der Anfrage von ${person(line.by)}.`;
      case "queued_cooldown":
        return `Wartet bis ${timeOfDay(line.until)}: ein Snapshot je VM in 10 Minuten.`;
      case "queued_busy":
        return "Wartet: Die Cloud ist mit dieser VM beschäftigt.";
      case "choose":
        return "Wartet auf eine Auswahl.";
      case "chose_shutdown":
        return `${person(line.by)} hat gewählt: herunterfahren und Snapshot.`;
      case "chose_live":
        return `${person(line.by)} hat gewählt: Live-Snapshot.`;
      case "shutdown_asked":
        return "Die VM wurde gebeten herunterzufahren.";
      case "stuck":
        return "Die VM ist nicht rechtzeitig heruntergefahren. Jemand muss entscheiden; jedes Mitglied darf das.";
      case "waits_on":
        return `${person(line.by)} hat gewählt: noch einmal warten.`;
      case "chose_power_off":
        return `${person(line.by)} hat gewählt: hart ausschalten.`;
      case "power_off_asked":
        return "Die VM wird hart ausgeschaltet.";
      case "off":
        return "Die VM ist ausgeschaltet.";
      case "was_off":
        return "Die VM war schon ausgeschaltet. Sie bleibt es.";
      case "snapshot_asked":
        return `Shutter bittet die Cloud um den Snapshot ${code(line.name, 255)}.`;
      case "snapshot_started":
        return "Der Snapshot hat begonnen.";
      case "snapshot_made":
        return `Der Snapshot ist erstellt, in ${short(line.ms)}.`;
      case "snapshot_missed":
        return "Der Snapshot konnte nicht erstellt werden.";
      case "power_on_asked":
        return "Die VM wird eingeschaltet.";
      case "power_on_fails":
        return `Die VM geht nicht an${line.detail ? `: ${code(line.detail, 200)}` : ""}. Shutter versucht es weiter. Bitte sieh nach.`;
      case "power_on_pressed":
        return `${person(line.by)} hat „Jetzt einschalten“ gedrückt.`;
      case "on":
        return line.offMs === undefined
          ? "Die VM läuft."
          : `Die VM läuft wieder. Sie war ${short(line.offMs)} lang ausgeschaltet.`;
      case "went_off_late":
        return "Das Gastsystem ist verspätet doch heruntergefahren. Die VM wird wieder eingeschaltet.";
      case "done":
        return "Fertig.";
      case "failed":
        return `Fehlgeschlagen. ${happened(line.failure)}`;
      case "cancel_asked":
        return `${person(line.by)} hat abgebrochen. Was getan wurde, wird rückgängig gemacht.`;
      case "cancelled":
        return `Abgebrochen von ${person(line.by)}.`;
      case "expired":
        return "Niemand hat rechtzeitig gewählt.";
      case "retried":
        return `${person(line.by)} versucht es erneut, in einer neuen Karte.`;
    }
  },
};
