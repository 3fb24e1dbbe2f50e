import type { Who } from "../../domain/ids.ts";
import type { Texts } from "../en.ts";
import { code, moment, person, short } from "../format.ts";

export const approval: Texts["approval"] = {
  asks: (by: Who, what: string) => `${person(by)} möchte ${what}.`,
  what: {
    create: "einen Snapshot erstellen",
    create_offline: "die VM herunterfahren, einen Snapshot erstellen und sie wieder einschalten",
    create_live: "einen Live-Snapshot erstellen",
    restore: (snapshot: string) =>
      `${code(snapshot, 120)} wiederherstellen; was seitdem geschrieben wurde, geht verloren`,
    delete: (count: number, first: string) =>
      count === 1 ? `${code(first, 120)} löschen` : `${count} Snapshots löschen`,
    rename: (from: string, to: string) => `${code(from, 120)} in ${code(to, 120)} umbenennen`,
    on: "die VM einschalten",
    off: "die VM herunterfahren; sie bleibt aus",
    hard_off: "die VM hart ausschalten",
  },
  outage: (ms: number) => `Die VM ist dafür etwa ${short(ms)} lang ausgeschaltet.`,
  noOutage: "Die VM läuft weiter.",
  names: (names: readonly string[]) => `Die Snapshots: ${names.map((name) => code(name, 80)).join(", ")}.`,
  deletes: "Was gelöscht ist, lässt sich nicht zurückholen.",
  fingerprint: (short: string) => `Fingerabdruck dieser Anfrage: ${code(short)}`,
  whose: (by: readonly string[], missing: number, isFirst: boolean) =>
    `${missing === 1 ? "Es fehlt" : "Es fehlen"} ${isFirst ? "" : "noch "}${missing === 1 ? "eine Freigabe" : `${missing} Freigaben`}, von ${by.map((each) => code(each, 80)).join(" oder ")}.`,
  notRequester: "Wer es angefragt hat, kann es nicht freigeben.",
  so: (names: readonly string[]) => `Bisher freigegeben: ${names.join(", ")}.`,
  until: (at: Date) => `Sonst verfällt die Anfrage: ${moment(at)}.`,
  untilStuck: (at: Date) => `Sonst fragt die Karte neu, was zu tun ist: ${moment(at)}.`,
  approvedBy: (names: readonly string[], at: Date) => `Freigegeben von ${names.join(", ")}, ${moment(at)}`,
  emergency: (by: Who, reason: string) =>
    `:rotating_light: *Notfall:* ${person(by)} hat ohne Freigabe weitergemacht. Grund: ${code(reason, 300)}`,
  deniedBy: (by: Who, reason: string) => `${person(by)} hat abgelehnt. Grund: ${code(reason, 500)}`,
  expired: "Es haben nicht genug Personen rechtzeitig freigegeben.",
  nothing: "Es wurde nichts geändert.",

  approve: "Freigeben",
  deny: "Ablehnen…",
  breakGlass: "Notfall…",
  askAgain: "Neu anfragen",
  askAgainHint: "*Neu anfragen* stellt dieselbe Anfrage noch einmal.",
  confirmTitle: "Das freigeben?",
  yes: "Freigeben",
  no: "Zurück",
  denyTitle: "Ablehnen",
  breakGlassTitle: "Notfall",
  breakGlassText:
    "Es geht sofort weiter, ohne dass jemand freigibt. Wer das war und warum, erfahren alle, und es bleibt im Protokoll.",
  reason: "Grund",
  submitDeny: "Ablehnen",
  submitBreakGlass: "Jetzt weitermachen",
  close: "Zurück",
  reasonMissing: "Nenne einen Grund.",

  message: (vm: string, asks: string, reason: string | undefined, until: Date, where: string) =>
    [
      `*${code(vm)}:* ${asks} Dafür wird deine Freigabe gebraucht, bis ${moment(until)}.`,
      ...(reason === undefined ? [] : [`Grund: ${code(reason, 300)}`]),
      where,
    ].join("\n"),
  onCard: (link: string) => `<${link}|Zur Karte>`,
  atHome:
    "Die Karte liegt in Direktnachrichten, die du nicht sehen kannst; entscheide in der *Home*-Ansicht von Shutter.",
  told: (vm: string, by: Who, reason: string, link: string | undefined) =>
    `:rotating_light: *Notfall bei ${code(vm)}:* ${person(by)} hat ohne Freigabe weitergemacht. Grund: ${code(reason, 300)}${link ? ` <${link}|Zur Karte>` : ""}`,

  not: {
    own_request: "Du hast das selbst angefragt; jemand anders muss es freigeben. Es wurde nichts geändert.",
    not_an_approver: "Du gehörst nicht zu denen, die das freigeben dürfen. Es wurde nichts geändert.",
    directory_silent:
      "Slack sagt gerade nicht, wer das freigeben darf, deshalb darf es niemand. Es wurde nichts geändert. Versuch es in einer Minute noch einmal.",
    guest: "Gäste dürfen das nicht freigeben. Es wurde nichts geändert.",
    no_emergency: "Du gehörst nicht zu denen, die einen Notfall erklären dürfen. Es wurde nichts geändert.",
    requester_lost:
      "Wer das angefragt hat, darf es inzwischen nicht mehr. Ablehnen geht noch. Es wurde nichts geändert.",
    changed:
      "Was freigegeben werden sollte, hat sich geändert. Es muss neu angefragt werden. Es wurde nichts geändert.",
  },
  forbidden: {
    denied: "Die Regeln verbieten das hier.",
    not_named: "Die Regeln erlauben das nur anderen.",
    guest: "Die Regeln erlauben das Gästen nicht.",
    stranger: "Personen anderer Workspaces dürfen nur zusehen.",
    bot: "Bots dürfen nur zusehen.",
    deactivated: "Dieses Konto ist deaktiviert.",
    directory_silent:
      "Slack sagt gerade nicht, wer das darf, deshalb darf es niemand. Versuch es in einer Minute noch einmal.",
    channel_unknown: "Slack sagt gerade nicht, wie dieser Kanal heißt. Versuch es in einer Minute noch einmal.",
    vm_unknown: "Die Cloud sagt gerade nicht, was für eine VM das ist. Versuch es in einer Minute noch einmal.",
    no_rule: "Keine Regel erlaubt das.",
  },
  byRule: (rule: number | "none") => (rule === "none" ? "" : `(Regel ${rule})`),
  lacking: {
    name: {
      text: (vm: string) =>
        `Die Regeln verlangen, dass du dafür den Namen ${code(vm)} eingibst. Es wurde noch nichts geändert.`,
      label: "Namen eingeben…",
    },
    reason: {
      text: (vm: string) => `Für ${code(vm)} verlangen die Regeln einen Grund. Es wurde noch nichts geändert.`,
      label: "Grund nennen…",
    },
    both: {
      text: (vm: string) =>
        `Die Regeln verlangen dafür einen Grund und dass du den Namen ${code(vm)} eingibst. Es wurde noch nichts geändert.`,
      label: "Antworten…",
    },
  },
  typeTitle: "Bestätigen",
  typeSubmit: "Weiter",
  needsName:
    "Die Regeln verlangen, dass du dafür den Namen der VM eingibst. Öffne den Dialog noch einmal und gib ihn dort ein. Es wurde nichts geändert.",
  needsReason: "Die Regeln verlangen einen Grund. Nenne ihn mit `--grund` oder im Dialog. Es wurde nichts geändert.",
  limit: {
    running: {
      person: (most: number) =>
        `Von dem, was du anfragst, darf höchstens ${most} zugleich laufen, und so viel läuft schon.`,
      channel: (most: number) =>
        `In diesem Kanal darf höchstens ${most} zugleich laufen, von allen zusammen, und so viel läuft schon.`,
      person_in_channel: (most: number) =>
        `Von dem, was du in diesem Kanal anfragst, darf höchstens ${most} zugleich laufen, und so viel läuft schon.`,
    },
    hour: {
      person: (most: number) => `Du darfst höchstens ${most}-mal in der Stunde anfragen.`,
      channel: (most: number) =>
        `In diesem Kanal darf höchstens ${most}-mal in der Stunde angefragt werden, von allen zusammen.`,
      person_in_channel: (most: number) => `In diesem Kanal darfst du höchstens ${most}-mal in der Stunde anfragen.`,
    },
    wait: "Warte, bis eines zu Ende ist. Es wurde nichts geändert.",
    next: (at: Date) => `Das nächste ist möglich: ${moment(at)}. Es wurde nichts geändert.`,
  },
};
