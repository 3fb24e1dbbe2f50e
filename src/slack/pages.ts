import { textsIn } from "../texts/texts.ts";
import { HISTORY_CSV_ID, HISTORY_PAGE_IDS, HISTORY_WHO_ID, LIST_PAGE_IDS } from "../views/action-ids.ts";
import type { Sender } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { turnHistory } from "./history.ts";
import { turnList } from "./list.ts";
import { personOf } from "./person-of.ts";
import type { Reader } from "./reader.ts";

type Turn = (desk: Desk, value: string | undefined, reader: Reader) => Promise<void>;

const TURNS: ReadonlyMap<string, Turn> = new Map([
  ...Object.values(LIST_PAGE_IDS).map((id): [string, Turn] => [id, turnList]),
  // Only where its value makes no file: then the reader is told.
  [HISTORY_CSV_ID, turnHistory],
  ...Object.values(HISTORY_PAGE_IDS).map((id): [string, Turn] => [id, turnHistory]),
]);

/** What a button turns; undefined when it is none that does. */
export const pageOf = (actionId: string): Turn | undefined =>
  TURNS.get(actionId) ?? (actionId.startsWith(`${HISTORY_WHO_ID}.`) ? turnHistory : undefined);

/** Only a read: it is not stored, and whoever misses it presses again. Never throws. */
export async function turnPage(desk: Desk, turn: Turn, value: string | undefined, from: Sender): Promise<void> {
  try {
    const person = await personOf(desk, from);
    if (!person) return desk.tell(from, textsIn("en").answers.slackSilent);
    await turn(desk, value, { from, person, texts: textsIn(person.language), turns: true });
  } catch (error) {
    desk.log.warn("a page could not be turned", { user: from.user, error: String(error) });
    await desk.tell(from, textsIn("en").answers.slackSilent);
  }
}
