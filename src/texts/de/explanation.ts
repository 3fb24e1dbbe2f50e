import type { Texts } from "../en.ts";
import { code, moment, short } from "../format.ts";

const MOST = 10;

export const explanation: Texts["explanation"] = {
  head: (vm: string) => `*Du, ${code(vm)}, hier und jetzt:*`,
  deeds: {
    offline: "einen Snapshot bei ausgeschalteter VM erstellen",
    live: "einen Live-Snapshot erstellen",
    restore: "einen Snapshot wiederherstellen",
    delete: "Snapshots löschen",
    rename: "einen Snapshot umbenennen",
    power_on: "die VM einschalten",
    shutdown: "die VM herunterfahren",
    power_off: "die VM hart ausschalten",
  },
  yes: (deed: string) => `*Ja:* ${deed}.`,
  afterApproval: (deed: string) => `*Mit Freigabe:* ${deed}.`,
  no: (deed: string) => `*Nein:* ${deed}.`,
  approval: (count: number, by: readonly string[]) =>
    `Es wartet auf ${count === 1 ? "eine Freigabe" : `${count} Freigaben verschiedener Personen`}, von ${these(by)}.`,
  notOwn: "Selbst freigeben kannst du es nicht.",
  expires: (ms: number) => `Sonst verfällt es nach ${short(ms)}.`,
  reason: "Du musst einen Grund nennen.",
  typed: "Zur Bestätigung gibst du den Namen der VM ein.",
  allowedTo: (who: readonly string[]) => `Genannt sind dort ${these(who)}.`,
  rule: (rule: number, wants: readonly string[]) =>
    `Das sagt Regel ${rule}${wants.length === 0 ? ", die immer zutrifft" : `: ${wants.map((want) => code(want, 150)).join(" ")}`}.`,
  noPolicy: "Es sind keine Regeln eingerichtet, also darf es jedes Vollmitglied.",
  limit: {
    head: (number: number) => `*Grenze ${number}:*`,
    hour: (left: number, most: number, again: Date | undefined) =>
      left > 0 || again === undefined
        ? `In dieser Stunde ${left === 1 ? "ist" : "sind"} noch ${left} von ${most} Anfragen frei.`
        : `In dieser Stunde ist keine von ${most} Anfragen mehr frei; die nächste ist möglich: ${moment(again)}.`,
    running: (left: number, most: number) =>
      left > 0
        ? `Von ${most}, die zugleich laufen dürfen, ${left === 1 ? "ist" : "sind"} noch ${left} frei.`
        : `Von ${most}, die zugleich laufen dürfen, ist keine mehr frei; warte, bis eine zu Ende ist.`,
    whose: {
      person: "was du anfragst, egal wo",
      channel: "was alle zusammen in diesem Kanal anfragen",
      person_in_channel: "was du in diesem Kanal anfragst",
    },
    counted: (whose: string, actions: readonly string[] | undefined) =>
      `Gezählt wird, ${whose}${actions ? `: ${actions.map((action) => code(action)).join(", ")}` : ""}.`,
  },
  nothing: "Es wurde nichts getan.",

  noDeed: (typed: string | undefined, example: string) =>
    `${typed === undefined ? "Was möchtest du wissen?" : `Zu ${code(typed)} kennt Shutter keine Regel.`} Zum Beispiel ${code(example)}.`,
};

function these(names: readonly string[]): string {
  const more = names.length - MOST;
  const shown = names.slice(0, MOST).map((name) => code(name, 80));
  return [shown.join(", "), ...(more > 0 ? [`und ${more} weitere`] : [])].join(" ");
}
