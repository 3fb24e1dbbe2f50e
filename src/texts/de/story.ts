import type { Kind } from "../../domain/request.ts";
import type { Line } from "../../domain/story.ts";
import { code, person, short, timeOfDay } from "../format.ts";
import { happened } from "./words.ts";

const WISHES: Readonly<Record<Kind, string>> = {
  create: "hat einen Snapshot angefragt",
  restore: "hat eine Wiederherstellung angefragt",
  delete: "hat angefragt, Snapshots zu löschen",
  rename: "hat angefragt, einen Snapshot umzubenennen",
  power: "hat angefragt, die VM ein- oder auszuschalten",
};

const ANSWERS: Readonly<Record<Extract<Line, { code: "answer" }>["outcome"], string>> = {
  ok: "wurde angenommen",
  not_sent: "ging nicht hinaus",
  refused: "wurde abgelehnt",
  unknown: "blieb ohne klare Antwort",
};

export const story = (line: Line): string => {
  switch (line.code) {
    case "asked":
      return `${person(line.by)} ${WISHES[line.kind ?? "create"]}.`;
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
      return "Die VM ist nicht rechtzeitig heruntergefahren. Jemand muss entscheiden. Jedes Mitglied darf warten oder aufgeben, und alles andere, soweit die Regeln es erlauben.";
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
    case "queued_full":
      return "Wartet auf Platz: Die VM hat so viele Snapshots, wie sie haben darf.";
    case "chose_restore":
      return `${person(line.by)} hat gewählt: herunterfahren und wiederherstellen.`;
    case "chose_off":
      return `${person(line.by)} hat gewählt: herunterfahren.`;
    case "restore_asked":
      return `Shutter bittet die Cloud, ${code(line.name, 255)} wiederherzustellen.`;
    case "restore_started":
      return "Die Wiederherstellung hat begonnen.";
    case "restored":
      return `Die VM ist wiederhergestellt, in ${short(line.ms)}.`;
    case "restore_missed":
      return "Die VM konnte nicht wiederhergestellt werden.";
    case "went_on":
      return "Jemand hat die VM inzwischen eingeschaltet. Dafür muss sie aus sein.";
    case "delete_asked":
      return `Shutter bittet die Cloud, ${code(line.name, 255)} zu löschen.`;
    case "deleted":
      return `${code(line.name, 255)} ist gelöscht.`;
    case "was_gone":
      return `${code(line.name, 255)} gab es schon nicht mehr.`;
    case "not_deleted":
      return `${code(line.name, 255)} konnte nicht gelöscht werden: ${code(line.detail, 200)}`;
    case "rename_asked":
      return `Shutter bittet die Cloud um den Namen ${code(line.name, 255)}.`;
    case "renamed":
      return `${code(line.from, 255)} heißt jetzt ${code(line.to, 255)}.`;
    case "power_as_wished":
      return "Die VM war schon so, wie sie sein sollte. Es musste nichts geändert werden.";
    case "follow_up":
      return `Wird der Sicherheits-Snapshot ${code(line.name, 255)} noch gebraucht? Behalte ihn, kehre zu ihm zurück oder lösche ihn. Ohne Antwort bleibt er.`;
    case "kept":
      return `${person(line.by)} behält den Sicherheits-Snapshot.`;
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
      return "Niemand hat rechtzeitig entschieden.";
    case "approval_asked":
      return `Wartet auf Freigabe durch ${line.count === 1 ? "eine Person" : `${line.count} Personen`}.`;
    case "approval_reminder":
      return `Wartet noch auf Freigabe, bis ${timeOfDay(line.until)}.`;
    case "approval_expired":
      return "Es haben nicht genug Personen rechtzeitig freigegeben.";
    case "approved":
      return `${person(line.by)} hat freigegeben.${line.missing > 0 ? ` ${line.missing === 1 ? "Es fehlt noch eine Freigabe" : `Es fehlen noch ${line.missing} Freigaben`}.` : ""}`;
    case "denied":
      return `${person(line.by)} hat abgelehnt: ${code(line.reason, 300)}`;
    case "emergency":
      return `:rotating_light: ${person(line.by)} hat einen Notfall erklärt und macht ohne Freigabe weiter: ${code(line.reason, 300)}`;
    case "reasoned":
      return `${person(line.by)} nennt den Grund: ${code(line.reason, 300)}`;
    case "retried":
      return `${person(line.by)} versucht es erneut, in einer neuen Karte.`;
    case "command":
      return `${person(line.by)} hat den Befehl ${code(line.word, 40)} benutzt.`;
    case "opened":
      return `${person(line.by)} hat den Dialog ${code(line.dialog, 40)} geöffnet.`;
    case "preferred":
      return `${person(line.by)} hat gewählt: ${[line.language, line.notify]
        .flatMap((each) => each ?? [])
        .map((each) => code(each, 40))
        .join(", ")}.`;
    case "refused": {
      const rule = typeof line.rule === "number" ? `, Regel ${line.rule}` : "";
      return `${person(line.by)} wollte ${code(line.what, 40)} und durfte oder konnte das nicht (${code(line.why, 60)}${rule}). Dadurch wurde nichts geändert.`;
    }
    case "call":
      return `Aufruf an die Cloud: ${code(line.call, 40)}.`;
    case "answer":
      return `Der Aufruf ${code(line.call, 40)} ${ANSWERS[line.outcome]}.`;
    case "policy_loaded":
      return `Die Regeln wurden gelesen: ${line.rules === 1 ? "eine Regel" : `${line.rules} Regeln`}, Fingerabdruck ${code(line.hash, 64)}.`;
    case "anchored":
      return `Das Protokoll bis Zeile ${line.head} hat den Hash ${code(line.hash, 64)}. So wird er später verglichen: ${code(`npm run audit -- verify --anchor ${line.hash}`, 120)}`;
    case "pruned":
      return `Das Protokoll bis Zeile ${line.upTo} wurde entfernt, weil es älter ist, als es aufgehoben wird. Sein letzter Hash war ${code(line.hash, 64)}.`;
  }
};
