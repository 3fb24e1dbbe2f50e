import type { Facts } from "../../domain/request.ts";
import type { Texts } from "../en.ts";
import { short } from "../format.ts";

export const buttons: Texts["buttons"] = {
  shutdown: "Herunterfahren und Snapshot (empfohlen)",
  live: "Live-Snapshot erstellen",
  takeOff: "Snapshot erstellen",
  cancel: "Abbrechen",
  giveUp: "Aufgeben",
  wait: "Warten",
  powerOff: "Hart ausschalten",
  powerOn: "Jetzt einschalten",
  retry: "Erneut versuchen",
  restoreNow: "Jetzt wiederherstellen",
  shutdownOnly: "Herunterfahren",
  switchOn: "Einschalten",
  keep: "Behalten",
  rename: "Umbenennen",
  restore: "Wiederherstellen…",
  rollBack: "Zurückkehren…",
  delete: "Löschen…",
};

export const confirm: Texts["confirm"] = {
  shutdownTitle: (vm: string) => `${vm} herunterfahren?`,
  shutdown: (vm: string, expected: Facts["expected"]) =>
    `${vm} ist dann ${expected ? `etwa ${short(expected.ms)} lang` : "so lange, wie der Snapshot dauert,"} ausgeschaltet und wird danach wieder eingeschaltet.`,
  powerOffTitle: (vm: string) => `${vm} hart ausschalten?`,
  powerOff: (vm: string) =>
    `${vm} geht aus wie ein Gerät, dessen Stecker gezogen wird. Was noch nicht auf die Festplatte geschrieben ist, geht verloren.`,
  shutdownOnly: (vm: string) => `${vm} wird heruntergefahren und bleibt aus, bis jemand die VM einschaltet.`,
  restoreTitle: (vm: string) => `${vm} wiederherstellen?`,
  restore: (vm: string, snapshot: string) =>
    `${vm} wird auf ${snapshot} zurückgesetzt. Alles, was seitdem geschrieben wurde, geht verloren.`,
  yesRestore: "Wiederherstellen",
  yesShutdown: "Herunterfahren",
  yesPowerOff: "Hart ausschalten",
  no: "Zurück",
};
