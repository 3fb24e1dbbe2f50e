import { csv } from "../domain/csv.ts";
import { later, MINUTE_MS } from "../domain/durations.ts";
import { COLUMNS, rowOf } from "../domain/history-rows.ts";
import type { RequestId } from "../domain/ids.ts";
import type { Person } from "../ports/slack.ts";
import { SlackRefusal } from "../ports/slack.ts";
import type { HistoryFilter, HistoryLine, Store } from "../ports/store.ts";
import { textsIn } from "../texts/texts.ts";
import { filterOf, readHistoryQuery } from "../views/history.ts";
import type { Sender, Sent } from "./deliveries.ts";
import type { Desk } from "./desk.ts";
import { nameOf } from "./reader.ts";

type SentFile = Extract<Sent, { kind: "history_file" }>;

/** So many lines at most are in one file, and so many are read at a time. */
const MOST_LINES = 10_000;
const AT_A_TIME = 500;

/** An earlier attempt may have got so far as to post the line; it cannot be longer ago. */
const EARLIER_MS = 30 * MINUTE_MS;

/** What a button asks for, up to when it was pressed, so that another attempt makes the same file. */
export function historyFile(value: string | undefined, from: Sender, at: Date): SentFile | undefined {
  const query = readHistoryQuery(value);
  if (!query) return undefined;
  const { vm, who, since, until = at } = query;
  const about = { ...(vm && { vm: vm.id }), ...(who && { who: who.id }), ...(since && { since }) };
  return { kind: "history_file", from, until, ...about };
}

/** The history as a file in a thread of the person's direct messages. Throws when it is worth another try. */
export async function answerHistoryFile(desk: Desk, sent: SentFile, person: Person, id: RequestId): Promise<void> {
  const { store, clock, tell, files } = desk;
  const { from, vm, who, since, until } = sent;
  const texts = textsIn(person.language);
  const { history } = texts;
  const now = clock.now();
  const { lines, isCut } = await allLines(store, { vm, who, since, until });
  const vmName = vm && (lines[0]?.request.vm.name ?? vm);
  const by = who && { id: who, name: await nameOf(desk, who) };
  const filter = filterOf({ who: by, since, until }, texts);
  if (lines.length === 0) return tell(from, history.empty(vmName, filter));
  const line = [history.file(vmName, filter, lines.length), ...(isCut ? [history.fileCut(MOST_LINES)] : [])].join(" ");
  const file = {
    name: fileName(vm, now),
    content: csv([COLUMNS, ...lines.map(rowOf)], texts.locale === "de" ? ";" : ","),
  };
  try {
    const channel = await desk.directMessages(person.id);
    const place = await files.share(channel, line, file, id, later(now, -EARLIER_MS));
    if (from.channel !== channel) await tell(from, history.fileThere(desk.linkTo(place)));
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.retryAfterMs !== undefined) throw error;
    desk.log.warn("a file could not be shared", { user: person.id, error: String(error) });
    await tell(from, error.code === "missing_scope" ? history.noScope : history.fileRefused(error.code));
  }
}

/** The newest lines, newest first. `isCut`: there are older ones. */
async function allLines(store: Store, filter: HistoryFilter): Promise<{ lines: HistoryLine[]; isCut: boolean }> {
  const lines: HistoryLine[] = [];
  while (lines.length <= MOST_LINES) {
    const more = await store.history(filter, AT_A_TIME, lines.length);
    lines.push(...more);
    if (more.length < AT_A_TIME) break;
  }
  return { lines: lines.slice(0, MOST_LINES), isCut: lines.length > MOST_LINES };
}

/** A VM's name may hold what no file's name should. */
function fileName(vm: string | undefined, now: Date): string {
  const about = vm === undefined ? [] : [vm.replace(/[^\w.-]+/g, "-").slice(0, 100)];
  return `${["history", ...about, now.toISOString().slice(0, 10)].join("-")}.csv`;
}
