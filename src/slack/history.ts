import { writeCommand } from "../domain/command/write.ts";
import type { TimeFilter } from "../domain/command.ts";
import { later } from "../domain/durations.ts";
import { type HistoryQuery, named, peopleNamed, vmsNamed } from "../domain/history.ts";
import { VmId } from "../domain/ids.ts";
import type { Request } from "../domain/request.ts";
import { historyPage, LINES_PER_PAGE, readHistoryQuery, whoseLines } from "../views/history.ts";
import type { Desk } from "./desk.ts";
import { namedVm } from "./named-vm.ts";
import { nameOf, type Reader } from "./reader.ts";

/** Among the last so many requests a name is looked for. */
const RECENT = 1000;

/** What has happened, of one VM or all, newest first. It is read from our own rows; the cloud need not answer. */
export async function answerHistory(
  desk: Desk,
  { vm: word, filter }: { vm: string | undefined; filter: TimeFilter },
  reader: Reader,
): Promise<void> {
  const { by, sinceMs, untilMs } = filter;
  const at = desk.clock.now();
  const vm = word === undefined ? undefined : await meant(desk, word, filter, reader);
  if (word !== undefined && !vm) return;
  const query: HistoryQuery = {
    ...(vm && { vm: named({ id: vm.id, name: vm.name }) }),
    ...(sinceMs !== undefined && { since: later(at, -sinceMs) }),
    ...(untilMs !== undefined && { until: later(at, -untilMs) }),
    at,
    skip: 0,
  };
  if (!by) return showHistory(desk, query, reader);
  if ("id" in by)
    return showHistory(desk, { ...query, who: named({ id: by.id, name: await nameOf(desk, by.id) }) }, reader);
  const people = peopleNamed(by.name, await recentOf(desk)).map(named);
  const [who, ...others] = people;
  const { from, texts } = reader;
  if (!who) return desk.tell(from, texts.history.nobody(by.name));
  if (others.length > 0) return desk.tell(from, texts.history.severalPeople(by.name), [whoseLines(people, query)]);
  return showHistory(desk, { ...query, who }, reader);
}

/** Another page, or the person that was chosen, in the place of what was there. */
export async function turnHistory(desk: Desk, value: string | undefined, reader: Reader): Promise<void> {
  const query = readHistoryQuery(value);
  return query ? showHistory(desk, query, reader) : desk.tell(reader.from, reader.texts.history.stale);
}

async function showHistory({ store, tell }: Desk, query: HistoryQuery, { from, texts, turns }: Reader): Promise<void> {
  const { vm, who, since, until, at, skip } = query;
  const before = until && until < at ? until : at;
  const lines = await store.history({ vm: vm?.id, who: who?.id, since, until: before }, LINES_PER_PAGE + 1, skip);
  const page = historyPage(lines.slice(0, LINES_PER_PAGE), query, lines.length > LINES_PER_PAGE, texts);
  return tell(from, page.text, page.more, { words: page.words, replaces: turns });
}

/** A VM that had requests is known by them, also when it is gone; any other the cloud has to name. */
async function meant(
  desk: Desk,
  word: string,
  filter: TimeFilter,
  { from, texts }: Reader,
): Promise<Pick<Request["vm"], "id" | "name"> | undefined> {
  const [known] = await desk.store.ofVm(VmId.parse(word), 1);
  if (known) return known.request.vm;
  const [vm, ...others] = vmsNamed(word, await recentOf(desk));
  if (vm && others.length === 0) return vm;
  return namedVm(desk, word, from, texts, (name) => writeCommand({ kind: "history", vm: name, filter }));
}

const recentOf = async ({ store }: Desk): Promise<Request[]> =>
  (await store.recent(RECENT)).map(({ request }) => request);
