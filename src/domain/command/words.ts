import { closest, distance } from "fastest-levenshtein";
import { folded } from "../likeness.ts";

/** The commands that there are; every language has an entry of help for each. */
export type CommandWord =
  | "create"
  | "before"
  | "list"
  | "status"
  | "rename"
  | "restore"
  | "delete"
  | "on"
  | "shutdown"
  | "off"
  | "cancel"
  | "history"
  | "may"
  | "help";

/** How each may be written, the English word first; `power-off` and `roll_back` are read as `poweroff` and `rollback`. */
const SPELLINGS: { readonly [W in CommandWord]: string } = {
  create: "create new take make erstellen erstelle anlegen neu",
  before: "before vor",
  list: "list ls show snapshots liste auflisten zeigen",
  status: "status",
  rename: "rename mv umbenennen",
  restore: "restore rollback revert wiederherstellen zurücksetzen zuruecksetzen zurückrollen zurueckrollen",
  delete: "delete rm remove del löschen loeschen entfernen",
  on: "on start poweron an ein einschalten anschalten starten",
  shutdown: "shutdown stop halt herunterfahren runterfahren stoppen",
  off: "off poweroff aus ausschalten",
  cancel: "cancel abort abbrechen",
  history: "history log verlauf protokoll",
  may: "may can darf kann",
  help: "help h hilfe",
};

const WORDS = new Map(
  (Object.entries(SPELLINGS) as [CommandWord, string][]).flatMap(([word, spellings]) =>
    spellings.split(" ").map((spelling) => [spelling, word]),
  ),
);

/** The command that a typed word is. */
export const commandWord = (typed: string): CommandWord | undefined => WORDS.get(folded(typed).replace(/[-_]/g, ""));

/** The spelling that was probably meant. */
export const nearestWord = (typed: string): string | undefined => nearestOf(folded(typed), [...WORDS.keys()]);

/** So many letters may be wrong in a word that is taken for a slip, and no more than half of them. */
const SLIP = 2;

/** The one of these that was probably meant. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  if (word.length > 40 || known.length === 0) return undefined;
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.min(SLIP, word.length / 2) ? nearest : undefined;
}
