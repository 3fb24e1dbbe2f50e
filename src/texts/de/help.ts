import type { Texts } from "../en.ts";
import { code } from "../format.ts";

export const help: Texts["help"] = {
  intro: "*Was du eingeben kannst*",
  guest: "Als Gast dieses Workspace darfst du alles ansehen, aber nichts auslösen.",
  groups: {
    snapshots: "Rund um Snapshots",
    vm: "Eine VM schalten",
    looking: "Nachsehen",
    help: "Hilfe",
  },
  commands: {
    create: {
      usage: '/snapshot erstellen <vm> [name] [--live | --aus] [--grund "…"]',
      does: "einen Snapshot erstellen; eine Karte fragt, wie",
      example: '/snapshot erstellen web-01 --grund "Kernel-Update"',
    },
    before: {
      usage: '/snapshot vor "Grund" <vm> [--live | --aus]',
      does: "einen Sicherheits-Snapshot erstellen; später wirst du gefragt, was aus ihm werden soll",
      example: '/snapshot vor "Kernel-Update" web-01',
    },
    list: {
      usage: "/snapshot liste [vm] [von:@anna] [grund:update] [älter:30d] [neuer:7d]",
      does: "die Snapshots einer VM oder aller VMs zeigen",
      example: "/snapshot liste web-01",
    },
    status: { usage: "/snapshot status", does: "zeigen, was gerade läuft", example: "/snapshot status" },
    rename: {
      usage: '/snapshot umbenennen <vm> <snapshot> [neuer Name] [--grund "…"]',
      does: "einem Snapshot einen anderen Namen geben",
      example: "/snapshot umbenennen web-01 nightly vor Update",
    },
    restore: {
      usage: "/snapshot wiederherstellen <vm> [snapshot]",
      does: "zu einem Snapshot zurückkehren; vorher sagt ein Dialog, was verloren ginge",
      example: "/snapshot wiederherstellen web-01 nightly",
    },
    delete: {
      usage: "/snapshot löschen <vm> [snapshot]",
      does: "einen Snapshot löschen; vorher fragt ein Dialog",
      example: "/snapshot löschen web-01 nightly",
    },
    on: { usage: '/snapshot an <vm> [--grund "…"]', does: "eine VM einschalten", example: "/snapshot an web-01" },
    shutdown: {
      usage: '/snapshot herunterfahren <vm> [--grund "…"]',
      does: "eine VM herunterfahren; vorher fragt eine Karte",
      example: "/snapshot herunterfahren web-01",
    },
    off: {
      usage: '/snapshot aus <vm> [--grund "…"]',
      does: "eine VM hart ausschalten; vorher fragt eine Karte",
      example: "/snapshot aus web-01",
    },
    cancel: {
      usage: "/snapshot abbrechen <vm>",
      does: "deine offene Anfrage für eine VM abbrechen",
      example: "/snapshot abbrechen web-01",
    },
    history: {
      usage: "/snapshot verlauf [vm] [von:@anna] [seit:7d] [bis:1d]",
      does: "zeigen, was wann von wem getan wurde",
      example: "/snapshot verlauf web-01 seit:7d",
    },
    may: {
      usage: "/snapshot darf <was> <vm> [--live | --aus]",
      does: "zeigen, ob du hier etwas darfst und welche Regel das sagt",
      example: "/snapshot darf wiederherstellen web-01",
    },
    help: {
      usage: "/snapshot hilfe [befehl]",
      does: "mehr über einen Befehl zeigen",
      example: "/snapshot hilfe erstellen",
    },
  },
  bare: "`/snapshot` allein öffnet einen Dialog.",
  more: {
    create:
      "`--live` erstellt den Snapshot, während die VM läuft. `--aus` lässt nur den Weg mit Herunterfahren, der auf der Karte noch dein Ja braucht. Ohne beides fragt die Karte. Ein Name mit Leerzeichen steht in Anführungszeichen; ohne Namen heißt der Snapshot wie die VM, gefolgt von der Unix-Zeit.",
    before:
      "Was in Anführungszeichen steht, wird als Grund festgehalten. `--live` und `--aus` sind wie bei `erstellen`. Einige Zeit nachdem der Snapshot erstellt ist, wirst du in seinem Thread und in der Home-Ansicht gefragt: behalten, zurückkehren oder löschen. Ohne Antwort bleibt er.",
    list: 'Neueste zuerst. Snapshots, die in der Oberfläche der Cloud erstellt wurden, stehen auch dabei. Eingrenzen lässt sich das in beliebiger Reihenfolge: `von:@anna` wer ihn erstellt hat, `grund:"Kernel-Update"` ein Teil des Grunds, `älter:30d` und `neuer:7d` das Alter in Tagen (`d`), Stunden (`h`) oder Minuten (`m`).',
    status: "Nur du siehst die Antwort.",
    rename:
      "Alle Wörter hinter dem Snapshot bis zu `--grund` sind sein neuer Name. Ohne neuen Namen fragt ein Dialog danach. Ein Snapshot wird mit seinem Namen oder seiner ID genannt; ein Name mit Leerzeichen steht in Anführungszeichen.",
    restore:
      "Alle Daten auf der VM werden durch die des Snapshots ersetzt. Es wird nichts geändert, bevor du es im Dialog bestätigt hast; dort lässt sich vorher ein Sicherheits-Snapshot erstellen. Ist nicht klar, welcher Snapshot gemeint ist, fragt Shutter nach; `neuester` bietet den neuesten an.",
    delete:
      "Was gelöscht ist, lässt sich nicht zurückholen. Es wird nichts geändert, bevor du es im Dialog bestätigt hast. Ist nicht klar, welcher Snapshot gemeint ist, fragt Shutter nach.",
    on: "Eine VM, die schon läuft, bleibt, wie sie ist.",
    shutdown:
      "Das Gastsystem wird gebeten, ordentlich herunterzufahren. Die VM bleibt aus, bis jemand sie einschaltet.",
    off: "Wie Stecker ziehen: Was noch nicht auf der Platte steht, geht verloren. `/snapshot herunterfahren` ist der sanfte Weg. Die VM bleibt aus, bis jemand sie einschaltet.",
    cancel:
      "Möglich, bis der Snapshot begonnen hat. Ist die VM dafür schon ausgeschaltet, wird sie wieder eingeschaltet.",
    history:
      "Neuestes zuerst. Eingrenzen lässt sich das in beliebiger Reihenfolge: `von:@anna` wer es getan hat, `seit:7d` und `bis:1d` wie lange es her ist in Tagen (`d`), Stunden (`h`) oder Minuten (`m`).",
    may: "Fragen kannst du nach `erstellen`, `wiederherstellen`, `löschen`, `umbenennen`, `an`, `herunterfahren`, `aus`. Die Antwort gilt für dich, in diesem Kanal, in diesem Moment; getan wird nichts. Bei `erstellen` gilt sie für beide Arten. Gibt es Grenzen, steht dabei, wie viel davon noch frei ist.",
    help: "Die Befehle werden auch auf Englisch verstanden. Eine VM wird mit ihrem Namen oder Hostnamen genannt; auf einen Teil davon oder ein Tag wie `tag:prod` folgt ein Menü.",
  },

  mistakes: {
    needSnapshot: (example: string) => `Welcher Snapshot? Zum Beispiel ${code(example)}.`,
    needReason: (example: string) => `Vor was, und für welche VM? Zum Beispiel ${code(example)}.`,
    unknownFilter: (filter: string, more: string) =>
      `Mit ${code(filter)} lässt sich das nicht eingrenzen. ${code(more)} zeigt, womit es geht. Es wurde nichts geändert.`,
    badFilter: (typed: string, example: string) =>
      `Shutter versteht ${code(typed)} nicht. Geschrieben wird es wie ${code(example)}. Es wurde nichts geändert.`,
    filterTwice: (typed: string) =>
      `${code(typed)} grenzt ein, was schon eingegrenzt ist. Lass eins von beiden weg. Es wurde nichts geändert.`,
    newNameEmpty: "Der neue Name ist leer. Lass ihn weg, dann fragt ein Dialog danach. Es wurde nichts geändert.",
    filters: {
      by: "von:@anna",
      why: 'grund:"Kernel-Update"',
      older: "älter:30d",
      newer: "neuer:7d",
      since: "seit:7d",
      until: "bis:1d",
    },
  },
};
