import type { Power } from "../../domain/cloud.ts";
import type { Expected, Failure } from "../../domain/request.ts";
import { code, gigabytes, short } from "../format.ts";

/** Each fits after "Die VM ist …". */
export const powers: Readonly<Record<Power, string>> = {
  running: "eingeschaltet",
  off: "ausgeschaltet",
  starting: "gerade beim Starten",
  stopping: "gerade beim Herunterfahren",
  unknown: "in einem Zustand, den Shutter nicht kennt",
};

export const outage = ({ ms, basis }: Expected, diskGb: number | undefined): string =>
  basis === "history"
    ? `etwa ${short(ms)} (nach den letzten Snapshots dieser VM)`
    : `etwa ${short(ms)} (geschätzt aus ${gigabytes(diskGb ?? 0, "de")} Festplatte; weniger, wenn sie nicht voll ist)`;

export const happened = ({ code: failure, detail }: Failure): string => {
  const words = detail ? ` Die Cloud meldet: ${code(detail, 300)}` : "";
  switch (failure) {
    case "snapshot_failed":
      return `Die Cloud konnte den Snapshot nicht erstellen.${words}`;
    case "restore_failed":
      return `Die Cloud konnte den Snapshot nicht wiederherstellen. Die Daten der VM sind vielleicht unvollständig: Stelle noch einmal einen Snapshot wieder her, bevor du dich auf sie verlässt.${words}`;
    case "restore_lost":
      return "Die Cloud hat nicht gesagt, was aus der Wiederherstellung geworden ist. Sieh dir die VM an, bevor du sie benutzt: Ihre Daten sind vielleicht die des Snapshots, die von vorher oder unvollständig.";
    case "snapshot_gone":
      return "Den Snapshot gibt es nicht mehr. Vielleicht hat ihn jemand gelöscht. `/snapshot liste` zeigt, was es gibt.";
    case "name_taken":
      return "Inzwischen heißt ein anderer Snapshot dieser VM so. Wähle einen anderen Namen.";
    case "not_deleted":
      return `Die Cloud hat nicht alles gelöscht, was sie löschen sollte.${words}`;
    case "quota":
      return "Die VM hat schon so viele Snapshots, wie sie haben darf. Lösche einen, der nicht mehr gebraucht wird.";
    case "refused":
      return `Die Cloud hat den Aufruf abgelehnt.${words}`;
    case "vm_gone":
      return "Die Cloud kennt diese VM nicht mehr. Wurde sie gelöscht oder umbenannt?";
    case "protocol":
      return `Die Cloud hat eine Antwort gegeben, die Shutter nicht lesen kann${detail ? ` (${code(detail, 300)})` : ""}. Was daraus geworden ist, muss in der Oberfläche der Cloud nachgesehen werden.`;
    case "auth":
      return "Die Cloud nimmt die Zugangsdaten von Shutter nicht an. Die Administration kann mit `npm run check` mehr herausfinden.";
    case "forbidden":
      return `Das Cloud-Konto von Shutter darf das nicht.${words}`;
    case "unavailable":
      return `Die Cloud konnte das nicht rechtzeitig ausführen.${words}`;
    case "busy":
      return `Die VM war zu lange mit etwas anderem beschäftigt.${words}`;
    case "lost":
      return "Die Cloud hat nicht gesagt, was aus dem Snapshot geworden ist. Sieh in der Liste nach, bevor du es erneut versuchst: Vielleicht ist er da.";
  }
};
