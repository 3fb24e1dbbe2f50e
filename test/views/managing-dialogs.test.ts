import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { checkView } from "../../src/demo/slack/view-check.ts";
import { Power, type Vm } from "../../src/domain/cloud.ts";
import { DAY_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import { ChannelId, SnapshotId, UserId, VmId } from "../../src/domain/ids.ts";
import type { SafetyRoom } from "../../src/domain/managing.ts";
import type { Expected, Listed } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import type { DialogView } from "../../src/views/create-dialog.ts";
import { deleteDialog } from "../../src/views/delete-dialog.ts";
import {
  confirmWord,
  isConfirmed,
  type Memory,
  notice,
  readManageDialog,
  type Shelf,
} from "../../src/views/manage-dialogs.ts";
import { renameDialog } from "../../src/views/rename-dialog.ts";
import { type RestoreFacts, restoreDialog } from "../../src/views/restore-dialog.ts";
import { snapshotMenu } from "../../src/views/snapshot-menu.ts";
import { ASTRAL, type Data, HOSTILE, LIMITS, NOW, ORDINARY, WIDE } from "../samples.ts";
import { aliveIn, pieces, unfit } from "./strings.ts";

const en = textsIn("en");
const MEMORY: Memory = { channel: ChannelId.parse("COPS"), responseUrl: `https://hooks.slack.com/${"x".repeat(300)}` };
const SAFETY: SafetyRoom[] = [
  { kind: "now" },
  { kind: "later", until: later(NOW, MINUTE_MS) },
  { kind: "full", count: 10, limit: 10 },
];
const EXPECTED: (Expected | undefined)[] = [
  { ms: 30 * MINUTE_MS, basis: "size" },
  { ms: 80 * MINUTE_MS, basis: "disk" },
  { ms: 12 * MINUTE_MS, basis: "history" },
  undefined,
];

const aVm = (name: string, id = "web-01.example"): Vm => ({
  id: VmId.parse(id),
  name,
  tags: [],
  diskGb: 40.5,
  power: "running",
  snapshotCount: 10,
});

/** A VM with so many snapshots, the newest first; one is live, one was made by nobody we know, one is bare. */
function aShelf(data: Data, count = 3, chosen?: number): Shelf {
  const snapshots = Array.from({ length: count }, (_, n): Listed => {
    const bare = { id: SnapshotId.parse(`s${n}`), name: `${data.snapshot.slice(0, 252)}${n}` };
    const createdAt = later(NOW, -(n + 1) * DAY_MS);
    if (n === 2) return { ...bare, createdAt };
    const by = { id: UserId.parse("UANNA"), name: data.who };
    return { ...bare, createdAt, sizeGb: 14.8, live: n === 1, by, ...(n === 0 && { reason: data.reason }) };
  });
  return { vm: aVm(data.vm), snapshots, now: NOW, ...(chosen !== undefined && { chosen: snapshots[chosen] }) };
}

const facts = (changes: Partial<RestoreFacts> = {}): RestoreFacts => ({
  power: "running",
  safety: { kind: "now" },
  restore: { ms: 30 * MINUTE_MS, basis: "size" },
  snapshot: { ms: 80 * MINUTE_MS, basis: "disk" },
  ...changes,
});

interface Drawn {
  title: { text: string };
  submit?: { text: string };
  private_metadata: string;
  blocks: {
    type: string;
    block_id?: string;
    text?: { text: string };
    label?: { text: string };
    optional?: boolean;
    element?: {
      action_id: string;
      initial_value?: string;
      initial_option?: { value: string };
      initial_options?: { value: string }[];
      options?: { value: string; text: { text: string }; description?: { text: string } }[];
    };
  }[];
}
const drawn = (view: object) => view as Drawn;
const wordsOf = (view: object): string =>
  pieces(drawn(view).blocks)
    .map(({ text }) => text)
    .join("\n");
const fieldOf = (view: object, actionId: string) =>
  drawn(view).blocks.find(({ element }) => element?.action_id === actionId);

describe.each(["en", "de"] as const)("in %s", (language) => {
  const texts = textsIn(language);

  /** Every dialog in everything that it can show. */
  function all(data: Data): object[] {
    const shelves = [
      aShelf(data),
      ...[0, 1, 2].map((n) => aShelf(data, 3, n)),
      aShelf(data, 1, 0),
      aShelf(data, 14, 0),
      { ...aShelf(data), notice: texts.managing.noneNamed(data.snapshot) },
      { ...aShelf(data), notice: texts.managing.severalNamed(data.snapshot) },
      { ...aShelf(data, 3, 0), notice: texts.managing.changed },
    ];
    const outlooks = [
      ...Power.options.map((power) => facts({ power })),
      ...SAFETY.map((safety) => facts({ safety })),
      ...EXPECTED.flatMap((expected) => [facts({ restore: expected }), facts({ snapshot: expected })]),
    ];
    return [
      ...shelves.flatMap((shelf) => [
        renameDialog(shelf, LIMITS, MEMORY, texts),
        deleteDialog(shelf, MEMORY, texts),
        ...outlooks.map((outlook) => restoreDialog(shelf, outlook, MEMORY, texts)),
      ]),
      notice("restore", texts, texts.managing.looking(data.vm)),
      notice("delete", texts, texts.managing.lookingAround),
      notice("rename", texts, texts.managing.gone(data.snapshot, data.vm), texts.managing.seeAnswer),
    ];
  }

  test.each([
    ["ordinary", ORDINARY],
    ["hostile", HOSTILE],
    ["wide", WIDE],
    ["astral", ASTRAL],
    ["invisible", { ...ORDINARY, vm: "\u200b", snapshot: "\u200b", who: "\u200b", reason: "\u200b" }],
  ])("every dialog is taken by Slack, whatever things are called: %s", (_, data) => {
    for (const view of all(data)) expect(checkView(view, "modal")).not.toBeInstanceOf(Array);
  });

  test.each([HOSTILE, WIDE, ASTRAL])("nothing in a name comes to life, and nothing is cut in halves", (data) => {
    const found = all(data)
      .flatMap((view) => pieces(view))
      .flatMap(({ type, text }) => (type === "mrkdwn" ? aliveIn(text) : unfit(text)));
    expect(found).toEqual([]);
  });
});

describe("the restore dialog", () => {
  const restore = (shelf: Shelf, changes: Partial<RestoreFacts> = {}) =>
    restoreDialog(shelf, facts(changes), MEMORY, en);

  test("says what is lost, what stays, how long it takes and what becomes of the VM", () => {
    const said = wordsOf(restore(aShelf(ORDINARY, 3, 0)));
    expect(said).toContain(
      "Everything written to `web-01` since <!date^1794736800^{date_short_pretty}, {time}|2026-11-15 10:00 UTC> is lost. Its IP address and its name stay.",
    );
    expect(said).toContain("The restore takes about 30 min (estimated from 14.8 GB).");
    expect(said).toContain("A safety snapshot before it takes about 80 min more (estimated from 40.5 GB).");
    expect(said).toContain("The VM is shut down for it and switched on again afterwards.");
    expect(said).toContain("Type web-01 to confirm");
    expect(said).not.toContain("while the VM was running");
  });

  test.each([
    ["running", "The VM is shut down for it and switched on again afterwards."],
    ["off", "The VM is off and stays off."],
    ["unknown", "If the VM is running then, it is shut down for it and switched on again afterwards."],
  ] as const)("of a VM that is %s", (power, words) => {
    expect(wordsOf(restore(aShelf(ORDINARY, 3, 0), { power }))).toContain(words);
  });

  test("warns of a snapshot that was taken live", () => {
    expect(wordsOf(restore(aShelf(ORDINARY, 3, 1)))).toContain(
      "This snapshot was taken while the VM was running. Many databases do not guarantee",
    );
  });

  test("says nothing about consequences before a snapshot is chosen", () => {
    const view = restore(aShelf(ORDINARY));
    expect(wordsOf(view)).not.toContain("is lost");
    expect(fieldOf(view, "restore.snapshot")?.element?.initial_option).toBeUndefined();
  });

  test("offers all snapshots, newest first, with what tells them apart", () => {
    const { options } = fieldOf(restore(aShelf(ORDINARY, 3, 2)), "restore.snapshot")!.element!;
    expect(options!.map(({ text, description }) => [text.text, description?.text])).toEqual([
      ["web-01-17313984000", "1 day ago · 14.8 GB · Anna · before the kernel upgrade"],
      ["web-01-17313984001", "2 days ago · 14.8 GB · live · Anna"],
      ["web-01-17313984002", "3 days ago · made outside Shutter"],
    ]);
  });

  test("ticks the safety snapshot, and where the 10 minutes forbid it now, says until when", () => {
    const ticked = (view: object) =>
      fieldOf(view, "restore.safety")?.element?.initial_options?.map(({ value }) => value);
    expect(ticked(restore(aShelf(ORDINARY, 3, 0)))).toEqual(["first"]);
    const later = restore(aShelf(ORDINARY, 3, 0), { safety: SAFETY[1]! });
    expect(ticked(later)).toEqual(["first"]);
    expect(wordsOf(later)).toContain(
      "the next one is possible at <!date^1794823260^{time}|2026-11-16 10:01 UTC>. With a safety snapshot the restore waits until then; without one it begins at once.",
    );
  });

  test("does not offer it where there is no room, and says the way out", () => {
    const view = restore(aShelf(ORDINARY, 10, 0), { safety: SAFETY[2]! });
    expect(fieldOf(view, "restore.safety")).toBeUndefined();
    expect(drawn(view).blocks.find(({ type }) => type === "alert")?.text?.text).toBe(
      "No safety snapshot is possible: the VM has 10 of 10 snapshots. Delete one first, or go on without it.",
    );
    expect(wordsOf(view)).not.toContain("A safety snapshot before it takes");
  });
});

describe("the delete dialog", () => {
  const del = (shelf: Shelf) => deleteDialog(shelf, MEMORY, en);
  const boxes = (view: object) => fieldOf(view, "delete.snapshots")!.element!;
  const ids = (options: { value: string }[] | undefined) => options?.map(({ value }) => value);

  test("says what it is and that it is for good; the one that was meant is ticked", () => {
    const view = del(aShelf(ORDINARY, 3, 0));
    expect(wordsOf(view)).toContain("gone for good");
    expect(wordsOf(view)).toContain("`web-01-17313984000`");
    expect(wordsOf(view)).toContain("14.8 GB · offline · Anna: `before the kernel upgrade`");
    expect(ids(boxes(view).options)).toEqual(["s0", "s1", "s2"]);
    expect(ids(boxes(view).initial_options)).toEqual(["s0"]);
  });

  test("asks for the VM's name when none would remain: always there for several, needed for the only one", () => {
    expect(fieldOf(del(aShelf(ORDINARY, 3, 0)), "delete.vm")?.optional).toBe(true);
    expect(wordsOf(del(aShelf(ORDINARY, 3, 0)))).toContain("Only needed when you delete all snapshots of this VM.");
    expect(fieldOf(del(aShelf(ORDINARY, 1, 0)), "delete.vm")?.optional).toBe(false);
    expect(wordsOf(del(aShelf(ORDINARY, 1, 0)))).toContain("This is the VM's only snapshot.");
  });

  test("ticks none of several", () => {
    expect(boxes(del(aShelf(ORDINARY, 3))).initial_options).toBeUndefined();
  });

  test("shows the oldest where there are more than fit, and the one that was meant", () => {
    const view = del(aShelf(ORDINARY, 14, 0));
    expect(ids(boxes(view).options)).toEqual(["s0", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12", "s13"]);
    expect(ids(boxes(view).initial_options)).toEqual(["s0"]);
    expect(wordsOf(view)).toContain("Shown: 10 of 14 snapshots");
    expect(fieldOf(view, "delete.vm")).toBeUndefined();
    expect(ids(boxes(del(aShelf(ORDINARY, 14))).options)?.[0]).toBe("s4");
  });
});

describe("the rename dialog", () => {
  test("begins with the old name, in a field of its own for each snapshot", () => {
    const view = renameDialog(aShelf(ORDINARY, 3, 1), LIMITS, MEMORY, en);
    expect(fieldOf(view, "rename.name")).toMatchObject({
      block_id: "name.s1",
      element: { initial_value: "web-01-17313984001", max_length: 255 },
    });
    expect(fieldOf(renameDialog(aShelf(ORDINARY, 3), LIMITS, MEMORY, en), "rename.name")?.block_id).toBe("name");
  });
});

test("without an answer of the cloud there is nothing to send", () => {
  expect(drawn(notice("restore", en, "…")).submit).toBeUndefined();
});

describe("what has to be typed", () => {
  test.each([
    ["web-01", "web-01"],
    ["Mail server", "Mail server"],
    ["", "srv-7"],
    ["\u202ebew", "srv-7"],
    ["two  spaces", "srv-7"],
    ["x".repeat(81), "srv-7"],
  ])("is the VM's name, or its id where the name cannot be typed as it is shown: %j", (name, word) => {
    expect(confirmWord(aVm(name, "srv-7"))).toBe(word);
  });

  test.each([
    ["web-01", true],
    [" WEB-01 ", true],
    ["web-02", false],
    ["web", false],
    ["", false],
    [undefined, false],
  ])("%j", (typed, isRight) => {
    expect(isConfirmed(aVm("Web-01"), typed)).toBe(isRight);
  });

  test("is the same however its letters are composed", () => {
    expect(isConfirmed(aVm("bu\u0308ro"), "B\u00fcro")).toBe(true);
  });
});

describe("reading a dialog", () => {
  const view = (values: DialogView["state"]["values"], memory = "{}"): DialogView => ({
    id: "V1",
    private_metadata: memory,
    state: { values },
  });

  test("finds what was entered, and the field of each", () => {
    const entered = readManageDialog(
      view(
        {
          snapshot: { "restore.snapshot": { selected_option: { value: "s1" } } },
          safety: { "restore.safety": { selected_options: [{ value: "first" }] } },
          vm: { "restore.vm": { value: " web-01 " } },
          reason: { "restore.reason": { value: null } },
        },
        drawn(restoreDialog(aShelf(ORDINARY, 3, 1), facts(), MEMORY, en)).private_metadata,
      ),
    );
    expect(entered.chosen("restore.snapshot")).toBe("s1");
    expect(entered.ticked("restore.safety")).toEqual(["first"]);
    expect(entered.text("restore.vm")).toBe("web-01");
    expect(entered.text("restore.reason")).toBeUndefined();
    expect(entered.blockOf("restore.vm")).toBe("vm");
    expect(entered.memory).toEqual({ ...MEMORY, vm: "web-01.example", about: "s1" });
  });

  test.each(["", "null", "[]", "{", '{"vm":5}', '{"__proto__":{"vm":"db-01"}}'])(
    "remembers nothing of %j",
    (memory) => {
      expect(readManageDialog(view({}, memory)).memory).toEqual({});
    },
  );

  test("a way to answer that is too long to be remembered is left out", () => {
    const long = { ...MEMORY, responseUrl: `https://hooks.slack.com/${"x".repeat(4000)}` };
    const kept = drawn(renameDialog(aShelf(ORDINARY, 3, 1), LIMITS, long, en)).private_metadata;
    expect(JSON.parse(kept)).toEqual({ channel: "COPS", vm: "web-01.example", about: "s1" });
  });
});

test("a snapshot whose id Slack cannot carry is not offered", () => {
  const shelf = aShelf(ORDINARY, 2);
  const long = { ...shelf.snapshots[0]!, id: SnapshotId.parse("x".repeat(76)) };
  const view = renameDialog({ ...shelf, snapshots: [long, shelf.snapshots[1]!] }, LIMITS, MEMORY, en);
  expect(fieldOf(view, "rename.snapshot")!.element!.options!.map(({ value }) => value)).toEqual(["s1"]);
});

test("the menu of snapshots is taken by Slack, and its buttons are the command once more", () => {
  for (const data of [ORDINARY, HOSTILE, ASTRAL]) {
    const menu = snapshotMenu(aShelf(data, 12).snapshots, (id) => `rename "web-01" "${id}" "new"`);
    expect(checkBlocks([menu], "message")).toEqual([]);
    expect(menu.elements).toHaveLength(10);
    expect(menu.elements[3]?.value).toBe('rename "web-01" "s3" "new"');
  }
});
