import type { Texts } from "../en.ts";

export const dialog: Texts["dialog"] = {
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
};
