import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { DAY_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import type { HistoryQuery, Told } from "../../src/domain/history.ts";
import { RequestId, UserId, VmId } from "../../src/domain/ids.ts";
import type { Language } from "../../src/domain/request.ts";
import { Line } from "../../src/domain/story.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { section } from "../../src/views/blocks.ts";
import { historyPage, LINES_PER_PAGE, readHistoryQuery, whoseLines } from "../../src/views/history.ts";
import { ASTRAL, type Data, HOSTILE, NOW, ORDINARY, samples, WIDE } from "../samples.ts";
import { aliveIn, pieces, unfit } from "./strings.ts";

const LANGUAGES: Language[] = ["en", "de"];
const [en, de] = [textsIn("en"), textsIn("de")];
const QUERY: HistoryQuery = { at: NOW, skip: 0 };

const requestOf = (data: Data, id = "r1") => ({ ...samples(data, "en")[0]!.request, id: RequestId.parse(id) });

/** Every kind of line that there is, as long as it gets. */
function everyLine(data: Data): Told[] {
  const by = { id: UserId.parse("UANNA"), name: data.who };
  const failure = { code: "refused", detail: data.detail };
  const all = {
    by,
    name: data.snapshot,
    detail: data.detail,
    ms: 1,
    until: NOW,
    failure,
    as: "r2",
    from: data.snapshot,
    count: 2,
    missing: 1,
    reason: data.reason,
    word: data.snapshot,
    what: data.snapshot,
    why: data.detail,
    call: "snapshot",
    outcome: "ok",
    rules: 7,
    head: 42,
    hash: "0123",
    channel: "C1",
    dialog: "restore",
    language: "de",
    notify: "failures",
    upTo: 41,
  };
  const request = requestOf(data);
  return Line.options.map((option) => ({
    at: NOW,
    request,
    line: Line.parse({ ...all, to: data.snapshot, code: option.shape.code.value }),
  }));
}

const buttonsIn = (blocks: readonly object[]) =>
  (blocks as { type: string; elements: { action_id: string; value: string; text: { text: string } }[] }[])
    .filter(({ type }) => type === "actions")
    .flatMap(({ elements }) => elements);
const queryOf = (blocks: readonly object[], id: string) =>
  readHistoryQuery(buttonsIn(blocks).find(({ action_id }) => action_id === id)?.value);

describe("a page of the history", () => {
  const anna = requestOf(ORDINARY);
  const other = requestOf(ORDINARY, "r2");
  const at = (minutes: number) => later(NOW, minutes * MINUTE_MS);
  const lines: Told[] = [
    { at: at(3), request: anna, line: { code: "done" } },
    { at: at(2), request: other, line: { code: "off" } },
    { at: at(1), request: anna, line: { code: "snapshot_made", ms: 90_000 } },
  ];
  const secondsOf = (minutes: number) => Math.floor(at(minutes).getTime() / 1000);

  test("says under each request what it was, whose and when, and then its lines, newest first", () => {
    const { text, words, more } = historyPage(lines, QUERY, false, en);
    expect(text).toBe("*History of all VMs* · lines 1–3, newest first");
    expect(words.map((line) => line.replace(/<!date\^(\d+)\^[^>]*>/, "<$1>"))).toEqual([
      expect.stringMatching(/^\*Snapshot\* · `web-01` · asked for by Anna, <\d+>$/),
      `• <${secondsOf(3)}> · Done.`,
      `• <${secondsOf(1)}> · The snapshot is made, in 1 min 30 s.`,
      expect.stringMatching(/^\*Snapshot\* · `web-01` · asked for by Anna, <\d+>$/),
      `• <${secondsOf(2)}> · The VM is off.`,
    ]);
    expect(words[1]).toContain(`<!date^${secondsOf(3)}^{time}|`);
    expect(pieces(more)[0]!.text).toBe(words.join("\n"));
  });

  test("is turned by buttons that know where it was, and whose file holds all of it", () => {
    const query = { ...QUERY, vm: { id: VmId.parse("web-01"), name: "web-01" }, since: later(NOW, -DAY_MS), skip: 15 };
    const first = historyPage(lines, { ...query, skip: 0 }, true, de).more;
    expect(buttonsIn(first).map(({ action_id, text }) => [action_id, text.text])).toEqual([
      ["history.page.next", "Ältere"],
      ["history.csv", "Als CSV-Datei"],
    ]);
    expect(queryOf(first, "history.page.next")).toEqual({ ...query, skip: 3 });
    const middle = historyPage(lines, query, true, de).more;
    expect(queryOf(middle, "history.page.previous")).toEqual({ ...query, skip: 0 });
    expect(queryOf(middle, "history.page.next")).toEqual({ ...query, skip: 18 });
    expect(queryOf(middle, "history.csv")).toEqual({ ...query, skip: 0 });
    const last = historyPage(lines, query, false, de);
    expect(queryOf(last.more, "history.page.next")).toBeUndefined();
    expect(last.text).toMatch(/^\*Verlauf von `web-01`, seit <!date.+>\* · Zeilen 16–18, neueste zuerst$/);
  });

  test("without lines says so, with the way out", () => {
    expect(historyPage([], QUERY, false, en)).toEqual({
      text: "There is nothing in the history of all VMs. `/snapshot history` shows all that there is.",
      more: [],
      words: [],
    });
    const who = { id: UserId.parse("UANNA"), name: "Anna" };
    expect(historyPage([], { ...QUERY, who }, false, de).text).toContain(
      "Es gibt nichts im Verlauf aller VMs, durch `Anna`.",
    );
    const beyond = historyPage([], { ...QUERY, skip: 30 }, false, en);
    expect(beyond.text).toBe("There are no older lines.");
    expect(queryOf(beyond.more, "history.page.previous")).toEqual({ ...QUERY, skip: 15 });
  });
});

describe("several people of one name", () => {
  test("are told apart by their ids, on buttons with the query", () => {
    const people = Array.from({ length: 12 }, (_, n) => ({ id: UserId.parse(`U${n}`), name: "Anna" }));
    const buttons = buttonsIn([whoseLines(people, QUERY)]);
    expect(buttons).toHaveLength(10);
    expect(buttons[1]).toMatchObject({ action_id: "history.page.who.1", text: { text: "Anna (U1)" } });
    expect(readHistoryQuery(buttons[1]!.value)).toEqual({ ...QUERY, who: people[1] });
  });
});

describe.each(LANGUAGES)("in %s", (language) => {
  const texts = textsIn(language);

  test.each([
    { kind: "ordinary", data: ORDINARY },
    { kind: "hostile", data: HOSTILE },
    { kind: "wide", data: WIDE },
    { kind: "astral", data: ASTRAL },
  ])("with $kind values, Slack takes every line, and nothing in it comes to life", ({ data }) => {
    const name = [...data.who].slice(0, 100).join("");
    const vm = { id: VmId.parse(data.vm), name };
    const who = { id: UserId.parse("UANNA"), name };
    const query = { ...QUERY, vm, who, since: NOW, until: NOW, skip: 15 };
    const all = everyLine(data);
    for (let from = 0; from < all.length; from += LINES_PER_PAGE) {
      const apart = all
        .slice(from, from + LINES_PER_PAGE)
        .map((line, n) => ({ ...line, request: requestOf(data, `r${n}`) }));
      const { text, more, words } = historyPage(apart, query, true, texts);
      const blocks = [section(text), ...more, whoseLines(Array(10).fill(who), query)];
      expect(checkBlocks(blocks, "message")).toEqual([]);
      expect(pieces(blocks).flatMap((piece) => unfit(piece.text))).toEqual([]);
      const drawn = pieces(blocks).filter(({ type }) => type === "mrkdwn");
      expect([...words, ...drawn.map((piece) => piece.text)].flatMap(aliveIn)).toEqual([]);
      expect(
        drawn
          .map((piece) => piece.text)
          .join("\n")
          .split("\n"),
      ).toEqual([...text.split("\n"), ...words]);
    }
  });
});

test.each([undefined, "", "r1", "null", '{"skip":0}', '{"skip":-1,"at":"2026-11-16"}', '{"skip":0,"at":"yesterday"}'])(
  "a value that nobody of ours wrote is no query: %s",
  (value) => {
    expect(readHistoryQuery(value)).toBeUndefined();
  },
);
