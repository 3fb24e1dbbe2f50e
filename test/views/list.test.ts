import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import type { Vm } from "../../src/domain/cloud.ts";
import { DAY_MS, HOUR_MS, later } from "../../src/domain/durations.ts";
import { SnapshotId, UserId, VmId } from "../../src/domain/ids.ts";
import { type ListQuery, listQuery } from "../../src/domain/list-filter.ts";
import type { Language, Listed } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { section } from "../../src/views/blocks.ts";
import { type Answer, listOfOne, type OfOne } from "../../src/views/list.ts";
import { listAsItWas, listOfAll, type OfAll, VMS_PER_PAGE } from "../../src/views/list-all.ts";
import { readListQuery } from "../../src/views/list-query.ts";
import { howManyFit, listTable } from "../../src/views/list-table.ts";
import { vmOfBlock } from "../../src/views/snapshot-buttons.ts";
import { ASTRAL, type Data, HOSTILE, NOW, ORDINARY, WIDE } from "../samples.ts";
import { aliveIn, pieces, unfit } from "./strings.ts";

const LANGUAGES: Language[] = ["en", "de"];
const [en, de] = [textsIn("en"), textsIn("de")];

const aVm = (name: string, id = "web-01"): Vm => ({
  id: VmId.parse(id),
  name,
  tags: [],
  diskGb: 40,
  power: "running",
  snapshotCount: 3,
});

const listed = (data: Data, count: number): Listed[] =>
  Array.from({ length: count }, (_, n) => ({
    id: SnapshotId.parse(`s${n}`),
    name: data.snapshot,
    createdAt: later(NOW, -n * HOUR_MS),
    sizeGb: 12.3,
    live: n % 2 === 0,
    by: { id: UserId.parse("UANNA"), name: data.who },
    reason: data.reason,
  }));

const ofOne = (data: Data, count: number, more: Partial<OfOne> = {}): OfOne => ({
  vm: aVm(data.vm),
  query: listQuery({}, VmId.parse("web-01")),
  fitting: listed(data, count),
  all: count,
  limit: 10,
  filter: undefined,
  mayAct: true,
  now: NOW,
  ...more,
});

const ofAll = (data: Data, count: number, more: Partial<OfAll> = {}): OfAll => ({
  query: listQuery({}),
  span: { from: 1, to: 20, all: 134 },
  without: 7,
  rows: listed(data, count).map((snapshot) => ({ vm: data.vm, snapshot })),
  silent: [],
  filter: undefined,
  now: NOW,
  ...more,
});

interface Element {
  action_id: string;
  value: string;
  text: { text: string };
}
const actionsIn = (blocks: readonly object[]) =>
  (blocks as { type: string; block_id?: string; elements: Element[] }[]).filter(({ type }) => type === "actions");
const idsIn = (blocks: readonly object[]) =>
  actionsIn(blocks).flatMap(({ elements }) => elements.map(({ action_id }) => action_id));
const queriesIn = (blocks: readonly object[]): Record<string, ListQuery | undefined> =>
  Object.fromEntries(
    actionsIn(blocks)
      .flatMap(({ elements }) => elements)
      .filter(({ action_id }) => action_id.startsWith("list.page."))
      .map(({ action_id, value }) => [action_id, readListQuery(value)]),
  );

const cellsIn = (blocks: readonly object[]): string[] =>
  (blocks as { rows?: { text?: string }[][] }[]).flatMap(({ rows = [] }) =>
    rows.flat().flatMap(({ text }) => text ?? []),
  );

/** Whatever Slack would refuse, or would bring to life. */
function wrongIn({ text, more, words, plainer }: Answer): string[] {
  const blocks = [section(text), ...more];
  const plain = [section(text), ...(plainer ?? more)];
  const drawn = pieces([blocks, plain]);
  return [
    ...checkBlocks(blocks, "message"),
    ...checkBlocks(plain, "message"),
    ...[...words, ...drawn.filter(({ type }) => type === "mrkdwn").map((piece) => piece.text)].flatMap(aliveIn),
    ...drawn.flatMap((piece) => unfit(piece.text)),
    ...cellsIn(more).flatMap(unfit),
    ...words.filter((line) => line.includes("\n")),
  ];
}

describe("the snapshots of one VM", () => {
  test("are each a section with name, age, size, live or offline, who and why", () => {
    const { text, more, words } = listOfOne(ofOne(ORDINARY, 2, { now: later(NOW, 3 * DAY_MS) }), en);
    const when = `<!date^${Math.floor(NOW.getTime() / 1000)}^{date_short_pretty}, {time}|2026-11-16 10:00 UTC> (3 days ago)`;
    expect(text).toBe("*`web-01`* · 2 of 10 snapshots");
    expect(more[0]).toMatchObject({
      type: "section",
      text: {
        text: `*\`web-01-1731398400\`*\n${when} · 12.3 GB · live\nAnna: \`before the kernel upgrade\``,
      },
    });
    expect(words[0]).toBe(`• \`web-01-1731398400\` · ${when} · 12.3 GB · live · Anna: \`before the kernel upgrade\``);
    expect(words[1]).toContain("offline");
  });

  test("say so when they were made elsewhere, and nothing of what is not known", () => {
    const bare = { id: SnapshotId.parse("s"), name: "from the panel", createdAt: NOW };
    const later3h = later(NOW, 3 * HOUR_MS);
    const lines = (texts: typeof en) =>
      listOfOne(ofOne(ORDINARY, 1, { fitting: [bare], now: later3h }), texts).words.join();
    expect(lines(en)).toMatch(/^• `from the panel` · <!date[^>]+> \(3 hours ago\) · made outside Shutter$/);
    expect(lines(de)).toMatch(/\(vor 3 Stunden\) · außerhalb von Shutter erstellt$/);
  });

  test("have buttons that say which VM and which snapshot, and one for several below", () => {
    const { more } = listOfOne(ofOne(ORDINARY, 2), de);
    const [first, second, below] = actionsIn(more);
    expect(first!.elements.map(({ action_id, value }) => [action_id, value])).toEqual([
      ["snapshot.rename", "s0"],
      ["snapshot.restore", "s0"],
      ["snapshot.delete", "s0"],
    ]);
    expect([first, second].map((block) => vmOfBlock(block!.block_id!))).toEqual(["web-01", "web-01"]);
    expect(below!.elements.map(({ action_id, value }) => [action_id, value])).toEqual([
      ["home.create", "web-01"],
      ["list.delete", "web-01"],
    ]);
    expect(idsIn(listOfOne(ofOne(ORDINARY, 1), de).more)).not.toContain("list.delete");
    expect(idsIn(listOfOne(ofOne(ORDINARY, 0), de).more)).toEqual(["home.create"]);
  });

  test("have no buttons for somebody who may not act", () => {
    expect(actionsIn(listOfOne(ofOne(ORDINARY, 10, { mayAct: false }), en).more)).toEqual([]);
    expect(idsIn(listOfOne(ofOne(ORDINARY, 20, { mayAct: false }), en).more)).toEqual(["list.page.next"]);
  });

  test("come by pages where a cloud allows more than fit into a message", () => {
    const query = listQuery({ why: "kernel" }, VmId.parse("web-01"));
    const page = (from: number) => listOfOne(ofOne(ORDINARY, 40, { query: { ...query, from } }), en);
    expect(page(0).text).toBe("*`web-01`* · 40 of 10 snapshots\nSnapshots 1 to 15 of 40.");
    expect(queriesIn(page(0).more)).toEqual({ "list.page.next": { ...query, from: 15 } });
    expect(queriesIn(page(15).more)).toEqual({
      "list.page.previous": { ...query, from: 0 },
      "list.page.next": { ...query, from: 30 },
    });
    expect(page(30).text).toContain("Snapshots 31 to 40 of 40.");
    expect(queriesIn(page(30).more)).toEqual({ "list.page.previous": { ...query, from: 15 } });
    expect(page(45).text).toContain("Snapshots 1 to 15 of 40.");
  });

  test("that do not fit a filter are counted, and none is an answer with the way out", () => {
    const some = ofOne(ORDINARY, 7, { fitting: listed(ORDINARY, 2), filter: "older than 30 d" });
    expect(listOfOne(some, en).text).toBe("*`web-01`* · 2 of 7 snapshots: older than 30 d");
    expect(listOfOne({ ...some, fitting: [] }, en).text).toBe(
      "None of the 7 snapshots of `web-01` fits: older than 30 d. `/snapshot list` with the VM alone shows them all.",
    );
    expect(listOfOne(ofOne(ORDINARY, 0), de).text).toContain("`web-01` hat keine Snapshots.");
  });
});

describe("the snapshots of all VMs", () => {
  const tableIn = ({ more }: Answer) =>
    more.find((block): block is { type: "data_table"; caption: string; rows: { text?: string }[][] } =>
      Object.values(block).includes("data_table"),
    );

  test("are a table whose first line says which VMs it is about", () => {
    const answer = listOfAll(ofAll(ORDINARY, 2), en);
    expect(answer.text).toBe("*Snapshots, newest first* · VMs 1–20 of 134, 7 more VMs have no snapshots");
    const { caption, rows } = tableIn(answer)!;
    expect(caption).toBe("Snapshots, newest first: VMs 1–20 of 134");
    expect(rows[0]!.map(({ text }) => text)).toEqual(["VM", "Snapshot", "When", "Age", "Size", "How", "Who", "Why"]);
    expect(rows[1]).toEqual([
      { type: "raw_text", text: "web-01" },
      { type: "raw_text", text: "web-01-1731398400" },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              {
                type: "date",
                timestamp: Math.floor(NOW.getTime() / 1000),
                format: "{date_short_pretty}, {time}",
                fallback: "2026-11-16 10:00 UTC",
              },
            ],
          },
        ],
      },
      { type: "raw_text", text: "0 seconds" },
      { type: "raw_number", value: 12.3, text: "12.3 GB" },
      { type: "raw_text", text: "live" },
      { type: "raw_text", text: "Anna" },
      { type: "raw_text", text: "before the kernel upgrade" },
    ]);
  });

  test("are the same as lines, for screen readers and for a Slack without tables", () => {
    const { words, plainer } = listOfAll(ofAll(ORDINARY, 2), de);
    expect(words).toEqual([
      expect.stringMatching(
        /^• `web-01` · `web-01-1731398400` · <!date.+> \(vor 0 Sekunden\) · 12,3 GB · live · Anna: /,
      ),
      expect.stringMatching(
        /^• `web-01` · `web-01-1731398400` · <!date.+> \(vor 1 Stunde\) · 12,3 GB · offline · Anna: /,
      ),
    ]);
    expect(pieces(plainer)[0]!.text).toBe(words.join("\n"));
    expect(JSON.stringify(plainer)).not.toContain("data_table");
  });

  test("with nothing known of one: an empty cell says so, and it is marked as made elsewhere", () => {
    const snapshot = { id: SnapshotId.parse("s"), name: "from the panel", createdAt: NOW };
    const { rows } = tableIn(listOfAll(ofAll(ORDINARY, 0, { rows: [{ vm: "web-01", snapshot }] }), de))!;
    expect(rows[1]!.slice(4).map(({ text }) => text)).toEqual(["–", "–", "außerhalb von Shutter erstellt", "–"]);
  });

  test("that fit a filter: says which VMs were looked at, also when none fits", () => {
    const filter = "older than 30 d";
    expect(listOfAll(ofAll(ORDINARY, 1, { filter }), en).text).toBe(
      "*Snapshots, newest first* · older than 30 d · looked at: VMs 1–20 of 134, 7 more VMs have no snapshots",
    );
    expect(listOfAll(ofAll(ORDINARY, 0, { filter, without: 0 }), en).text).toBe(
      "No snapshot fits: older than 30 d · looked at: VMs 1–20 of 134. *Next* looks at the following VMs.",
    );
    const last = { from: 121, to: 134, all: 134 };
    expect(listOfAll(ofAll(ORDINARY, 0, { filter, span: last, without: 0 }), en).text).toBe(
      "No snapshot fits: older than 30 d · looked at: VMs 121–134 of 134. `/snapshot list` shows all snapshots.",
    );
    expect(listOfAll(ofAll(ORDINARY, 0, { without: 0 }), de).text).toBe(
      "Auf diesen VMs ist kein Snapshot mehr: VMs 1–20 von 134. *Weiter* sieht die nächsten VMs an.",
    );
  });

  test("turn by pages of VMs", () => {
    const query = listQuery({ olderMs: DAY_MS });
    const at = (from: number, to: number) =>
      queriesIn(
        listOfAll(ofAll(ORDINARY, 1, { query: { ...query, from: from - 1 }, span: { from, to, all: 45 } }), en).more,
      );
    expect(at(1, 20)).toEqual({ "list.page.next": { ...query, from: 20 } });
    expect(at(21, 40)).toEqual({
      "list.page.previous": { ...query, from: 0 },
      "list.page.next": { ...query, from: 40 },
    });
    expect(at(15, 34)).toMatchObject({ "list.page.previous": { from: 0 } });
    expect(at(41, 45)).toEqual({ "list.page.previous": { ...query, from: 20 } });
    expect(queriesIn(listOfAll(ofAll(ORDINARY, 1, { span: { from: 1, to: 5, all: 5 } }), en).more)).toEqual({});
  });

  test("without those for which the cloud did not answer, who are named", () => {
    const problem = { kind: "transient", outcome: "refused", detail: "503" } as const;
    const silent = Array.from({ length: 12 }, (_, n) => ({ vm: aVm(`db-${n}`), problem }));
    const answer = listOfAll(ofAll(ORDINARY, 1, { silent }), en);
    const said =
      "Without `db-0`, `db-1`, `db-2`, `db-3`, `db-4` and 7 more: the cloud did not answer as expected (`503`). Try again in a minute.";
    expect(answer.words.at(-1)).toBe(said);
    expect(pieces([answer.more, answer.plainer]).filter(({ text }) => text === said)).toHaveLength(2);
    expect(listOfAll(ofAll(ORDINARY, 0, { silent }), en).text).toContain("VMs 1–20 of 134");
  });

  test("as they last were: what the listing says, with its age", () => {
    const problem = { kind: "transient", outcome: "refused", detail: "no answer in time" } as const;
    const vms = [aVm("web-01"), { ...aVm("db-01"), power: "off" as const, snapshotCount: undefined }];
    const was = { ...ofAll(ORDINARY, 0), vms, at: later(NOW, -5 * 60_000), problem };
    const answer = listAsItWas(was, en);
    expect(answer.text).toMatch(
      /^The cloud does not answer as expected \(`no answer in time`\)\. What it said 5 minutes ago \(<!date.+>\) is all/,
    );
    expect(answer.words).toEqual(["• `web-01` · running · 3 snapshots", "• `db-01` · off"]);
    expect(queriesIn(answer.more)).toMatchObject({ "list.page.next": { from: 20 } });
    expect(listAsItWas(was, de).text).toContain("was sie vor 5 Minuten gesagt hat");
  });
});

describe("the table", () => {
  const row = (data: Data) => ({ vm: data.vm, snapshot: listed(data, 1)[0]! });

  test("takes as many rows as Slack does, and not one more", () => {
    const many = (data: Data) => Array.from({ length: 300 }, () => row(data));
    for (const data of [ORDINARY, HOSTILE, WIDE, ASTRAL]) {
      const count = howManyFit(many(data), en, NOW);
      expect(count).toBeGreaterThan(30);
      expect(checkBlocks([listTable(many(data).slice(0, count), "x", en, NOW)], "message")).toEqual([]);
    }
    expect(howManyFit(many({ ...ORDINARY, reason: "" }), en, NOW)).toBe(200);
    expect(howManyFit([], en, NOW)).toBe(0);
  });

  test("counts those that do not fit", () => {
    const { more, plainer } = listOfAll(ofAll(WIDE, 300), en);
    const left = (blocks: readonly object[] | undefined) => /And (\d+) older/.exec(JSON.stringify(blocks))?.[1];
    expect(Number(left(more))).toBe(300 - howManyFit(ofAll(WIDE, 300).rows, en, NOW));
    expect(Number(left(plainer))).toBeGreaterThan(0);
  });
});

describe.each(LANGUAGES)("in %s", (language) => {
  const texts = textsIn(language);

  test.each([
    { kind: "ordinary", data: ORDINARY },
    { kind: "hostile", data: HOSTILE },
    { kind: "wide", data: WIDE },
    { kind: "astral", data: ASTRAL },
  ])("with $kind values, Slack takes every list, and nothing in it comes to life", ({ data }) => {
    const problem = { kind: "transient", outcome: "refused", detail: data.detail } as const;
    const vms = Array.from({ length: VMS_PER_PAGE }, () => aVm(data.vm));
    const filter = texts.list.filter(data.who, data.reason, DAY_MS, DAY_MS);
    const query = { ...listQuery({ by: { name: data.who }, why: data.reason }, VmId.parse(data.vm)), from: 15 };
    const answers = [
      listOfOne(ofOne(data, 40, { query, filter, vm: aVm(data.vm, data.vm) }), texts),
      listOfOne(ofOne(data, 40, { fitting: [], filter }), texts),
      listOfOne(ofOne(data, 0), texts),
      listOfAll(ofAll(data, 200, { query, filter, silent: vms.map((vm) => ({ vm, problem })) }), texts),
      listOfAll(ofAll(data, 0, { filter }), texts),
      listAsItWas({ ...ofAll(data, 0), vms, at: NOW, problem }, texts),
    ];
    expect(answers.flatMap(wrongIn)).toEqual([]);
  });
});

test.each([
  undefined,
  "",
  "r1",
  "null",
  "[]",
  '{"from":-1}',
  '{"from":0.5}',
  '{"from":0,"by":{}}',
  '{"from":0,"vm":""}',
])("a value that nobody of ours wrote is no query: %s", (value) => {
  expect(readListQuery(value)).toBeUndefined();
});
