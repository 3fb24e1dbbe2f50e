import type { Power } from "../../domain/cloud.ts";
import type { Who } from "../../domain/ids.ts";
import type { Texts } from "../en.ts";
import { code, person } from "../format.ts";
import { powers } from "./words.ts";

export const refusals: Texts["refusals"] = {
  not_requester: (by: Who) =>
    `Diese Anfrage ist von ${person(by)}; das darf nur, wer sie gestellt hat. Es wurde nichts geändert.`,
  not_member: "Das dürfen nur volle Mitglieder dieses Workspace. Es wurde nichts geändert.",
  too_late: "Das geht nicht mehr; wie es steht, siehst du auf der Karte. Es wurde nichts geändert.",
  snapshot_runs:
    "Der Snapshot hat schon begonnen und lässt sich nicht mehr anhalten. Falls Shutter die VM ausgeschaltet hat, schaltet Shutter sie danach wieder ein.",
  restore_runs:
    "Die Wiederherstellung hat schon begonnen und lässt sich nicht mehr anhalten. Danach ist die VM wieder an oder aus, so wie vorher.",
  cannot_stop: "Das wird schon ausgeführt und lässt sich nicht mehr anhalten; wie es endet, zeigt die Karte.",
  awaiting_approval: "Das wartet auf Freigabe; wer freigeben darf, steht auf der Karte. Es wurde nichts geändert.",
  not_awaiting: "Hier wartet nichts mehr auf Freigabe; wie es steht, zeigt die Karte. Es wurde nichts geändert.",
  already_approved: "Du hast das schon freigegeben. Jede Person zählt einmal.",
  nothing_to_keep: "Über diesen Sicherheits-Snapshot ist nichts mehr zu entscheiden; wie es steht, zeigt die Karte.",
  already_ended: "Diese Anfrage ist schon zu Ende. Es wurde nichts geändert.",
  already_retried: "Es gibt schon einen neuen Versuch; die Karte verweist auf die neue Anfrage.",
  already_chosen: "Die Auswahl ist schon getroffen; wie es steht, zeigt die Karte. Es wurde nichts geändert.",
  already_powering_on: "Die VM wird schon wieder eingeschaltet; es gibt nichts mehr abzubrechen.",
  not_stuck_any_more: "Die VM hängt nicht mehr fest; wie es steht, zeigt die Karte. Es wurde nichts geändert.",
  nothing_to_power_on: "Shutter schaltet diese VM gerade nicht ein; wie es steht, zeigt die Karte.",
  not_failed: "Diese Anfrage ist nicht fehlgeschlagen; es gibt nichts erneut zu versuchen.",
  unknown_request: "Shutter kennt diese Anfrage nicht. Vielleicht ist die Karte sehr alt. Es wurde nichts geändert.",
  forged: "Dieser Knopf gehört nicht zu dieser Karte. Es wurde nichts geändert.",
};

export const answers: Texts["answers"] = {
  joined: (by: Who, link: string | undefined) =>
    `${person(by)} hat gerade eben dasselbe angefragt; daraus wird eine einzige Anfrage. ${link ? `<${link}|Hier ist ihre Karte.>` : "Ihre Karte ist im Kanal."}`,
  unknownVm: (query: string) => `In diesem Konto gibt es keine VM ${code(query)}. Es wurde nichts geändert.`,
  nearest: "Meintest du eine von diesen?",
  several: (query: string) => `${code(query)} passt auf mehrere VMs. Welche soll es sein?`,
  noVms: "Das Cloud-Konto hat keine VMs, die Shutter sehen kann.",
  more: (count: number) => `und ${count} weitere`,
  needVm: (example: string) => `Welche VM? Zum Beispiel ${code(example)}.`,
  full: (vm: string, count: number, limit: number) =>
    `${code(vm)} hat ${count} von ${limit} Snapshots; mehr erlaubt die Cloud nicht. Es wurde nichts geändert. Deine Anfrage wartet; lösche einen von diesen, dann geht es von selbst weiter:`,
  snapshotGone: (name: string) =>
    `Den Snapshot ${code(name)} gibt es nicht mehr, oder er gehört zu einer anderen VM. Es wurde nichts geändert. \`/snapshot liste\` zeigt, was es gibt.`,
  sameName: (name: string) => `Der Snapshot heißt schon ${code(name)}. Es wurde nichts geändert.`,
  already: (vm: string, power: Power) => `${code(vm)} ist schon ${powers[power]}. Es wurde nichts geändert.`,
  nameTaken: (name: string) =>
    `Diese VM hat schon einen Snapshot mit dem Namen ${code(name)}. Wähle einen anderen Namen. Es wurde nichts geändert.`,
  nameTooLong: (length: number, limit: number) =>
    `Ein Name darf ${limit} Zeichen haben; dieser hat ${length}. Es wurde nichts geändert.`,
  reasonTooLong: (length: number, limit: number) =>
    `Ein Grund darf ${limit} Zeichen haben; dieser hat ${length}. Es wurde nichts geändert.`,
  nameEmpty: "Der Name ist leer. Lass ihn weg, um den üblichen zu bekommen. Es wurde nichts geändert.",
  reasonEmpty: "Der Grund fehlt. Er steht in Anführungszeichen hinter `--grund`. Es wurde nichts geändert.",
  bothHow: "`--live` und `--aus` (`--off`) schließen einander aus. Es wurde nichts geändert.",
  unknownFlag: (flag: string, more: string) =>
    `Shutter kennt ${code(flag)} nicht. ${code(more)} zeigt, was es gibt. Es wurde nichts geändert.`,
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
  card: "Karte",
};
