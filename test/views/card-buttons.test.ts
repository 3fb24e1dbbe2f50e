import { describe, expect, test } from "vitest";
import { textsIn } from "../../src/texts/texts.ts";
import { askedAtIn } from "../../src/views/asked-block.ts";
import { questionButtons } from "../../src/views/card-buttons.ts";
import { snapshotBlock, snapshotButtons, vmOfBlock } from "../../src/views/snapshot-buttons.ts";
import { ASTRAL, HOSTILE, ORDINARY, samples, WIDE } from "../samples.ts";
import { buttonsIn, drawn, drawnOf, LANGUAGES, sampleOf } from "./drawing.ts";

const MADE = ["snapshot.rename", "snapshot.restore", "snapshot.delete"];
const QUESTIONS = ["request.keep", "snapshot.restore", "snapshot.delete"];
const DECIDE = ["request.approve", "request.deny"];
const ASK = ["request.shutdown", "request.cancel"];
const STUCK = ["request.wait", "request.power_off", "request.cancel"];
const TEN = Array<string>(10).fill("snapshot.delete");
const CANCEL = ["request.cancel"];

describe("the buttons", () => {
  const ways: [name: RegExp, actions: string[]][] = [
    [/^\w*.*: awaiting|^awaiting/, [...DECIDE, ...CANCEL]],
    [/denied, asked again|expired, asked again|cancelled, asked again/, []],
    [/denied/, ["request.retry"]],
    [/^(safety: )?queued, full/, [...TEN, ...CANCEL]],
    [/^restore: queued, full/, [...TEN.slice(1), ...CANCEL]],
    [/^(\w+( \w+)*: )?queued/, CANCEL],
    [/^rename: renaming/, []],
    [/^choosing, VM off/, ["request.live", "request.cancel"]],
    [/^choosing, shutdown only/, ASK],
    [/^(safety: )?choosing/, ["request.shutdown", "request.live", "request.cancel"]],
    [/^restore(, bare)?: choosing/, ASK],
    [/^power off: choosing/, ["vm.shutdown", "request.cancel"]],
    [/^power off hard: choosing/, ["vm.power_off", "request.cancel"]],
    [/shutting down/, CANCEL],
    [/^stuck/, ["request.wait", "request.power_off", "request.live", "request.cancel"]],
    [/: stuck/, STUCK],
    [/start held up/, CANCEL],
    [/snapshotting|safety snapshot,|: restoring/, []],
    [/: deleting/, []],
    [/^power on: powering on( fails|, accepted)/, ["vm.power_on", "request.cancel"]],
    [/^power on: powering on/, CANCEL],
    [/powering on(,? fails|, accepted and yet off)/, ["vm.power_on"]],
    [/powering on/, []],

    [/^done, stays off/, [...MADE, "vm.power_on"]],
    [/^done, (not listed|deleted since)/, []],
    [/^done/, MADE],
    [/^safety: done, asked once, VM stays off/, [...QUESTIONS, "vm.power_on"]],
    [/^safety: done, .*deleted since/, []],
    [/^safety: done, asked/, QUESTIONS],
    [/^safety: done/, MADE],
    [/^restore: done, VM off/, [...QUESTIONS, "vm.power_on"]],
    [/^restore, bare: done, VM off/, ["vm.power_on"]],
    [/^restore(, bare: done|: done, safety (kept|deleted|not listed))/, []],
    [/^restore: done/, QUESTIONS],
    [/^(delete|rename).*: done/, []],
    [/^power on: done/, ["vm.shutdown"]],
    [/^power off.*: done/, ["vm.power_on"]],

    [/failed, tried again|failed, snapshot_gone/, []],
    [/^failed, VM off$/, ["request.retry", "vm.power_on"]],
    [/failed/, ["request.retry"]],
    [/^power on: cancelled/, ["request.retry", "vm.power_on"]],
    [/cancelled|expired/, ["request.retry"]],
  ];

  test.each(samples(ORDINARY, "en"))("$name", (sample) => {
    const buttons = buttonsIn(drawnOf(sample).blocks);
    const [, expected] = ways.find(([pattern]) => pattern.test(sample.name))!;
    expect(buttons.map(({ action_id }) => action_id)).toEqual(expected);
    expect(buttons.filter(({ style }) => style === "primary").length).toBeLessThanOrEqual(1);
  });

  test("carry the request's id, or that of the snapshot that they are about, and name its VM or its question", () => {
    for (const sample of samples(ORDINARY, "en")) {
      const { id, state, vm } = sample.request;
      for (const { action_id, value, block_id } of buttonsIn(drawnOf(sample).blocks)) {
        if (state.status === "awaiting_approval") expect(askedAtIn(block_id)).toEqual(state.since);
        else expect(vmOfBlock(block_id)).toBe(vm.id);
        if (!action_id.startsWith("snapshot.")) expect(value).toBe(id);
        else if (state.status === "done") expect(value).toBe(state.snapshot?.id);
        else expect(value).toMatch(/^s\d$/);
      }
    }
  });

  test("of candidates are each about its own snapshot, and say which", () => {
    const buttons = buttonsIn(drawn("queued, full").blocks).slice(0, 10);
    expect(buttons.map(({ value }) => value)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `s${n}`));
    expect(buttons.map(({ accessibility_label }) => accessibility_label)).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => `Delete… ${ORDINARY.snapshot}${n}`),
    );
    expect(new Set(buttons.map(({ block_id }) => block_id)).size).toBe(10);
  });

  test("of the question in the thread are those of the card", () => {
    for (const sample of samples(ORDINARY, "de").filter(({ name }) => name.startsWith("safety: done"))) {
      if (sample.fate?.deleted) continue; // the card learns it; the thread has asked before
      const row = questionButtons(sample.request, textsIn("de"));
      const onCard = buttonsIn(drawnOf(sample, "de").blocks).filter(({ action_id }) => QUESTIONS.includes(action_id));
      const isAsked = /asked (once|twice)|asked,/.test(sample.name);
      expect(row ? buttonsIn([row]) : undefined).toEqual(isAsked ? onCard : undefined);
    }
  });
});

describe.each(LANGUAGES)("asking once more, in %s", (language) => {
  test.each([
    { name: "choosing, VM running", outage: "80 min" },
    { name: "choosing, shutdown only", outage: "80 min" },
    { name: "choosing, duration from history", outage: "13 min" },
  ])("$name: before a shutdown, with the VM's name and its outage", ({ name, outage }) => {
    const { confirm, style } = buttonsIn(drawn(name, language).blocks)[0]!;
    expect(style).toBe("primary");
    expect(confirm!.title.text).toContain("web-01");
    expect(confirm!.text.text).toContain("web-01");
    expect(confirm!.text.text).toContain(outage);
    expect(confirm!.style).toBeUndefined();
  });

  test("before the plug is pulled, which looks dangerous twice", () => {
    for (const name of ["stuck", "restore: stuck", "power off: stuck", "power off hard: choosing, VM running"]) {
      const button = buttonsIn(drawn(name, language).blocks).find(({ action_id }) => /power_off$/.test(action_id))!;
      expect(button).toMatchObject({ style: "danger", confirm: { style: "danger" } });
      expect(button.confirm!.text.text).toContain("web-01");
    }
  });

  test("before a restore, with the VM, the snapshot and what is lost", () => {
    const { style, confirm } = buttonsIn(drawn("restore: choosing, VM running", language).blocks)[0]!;
    expect(style).toBe("danger");
    expect(confirm).toMatchObject({ style: "danger", title: { text: expect.stringContaining("web-01") } });
    expect(confirm!.text.text).toBe(textsIn(language).confirm.restore("web-01", `${ORDINARY.snapshot}3`));
  });

  test("before a VM is shut down and stays off", () => {
    for (const name of ["power off: choosing, VM running", "power on: done"]) {
      const button = buttonsIn(drawn(name, language).blocks).find(({ action_id }) => action_id === "vm.shutdown")!;
      expect(button.confirm!.text.text).toBe(textsIn(language).confirm.shutdownOnly("web-01"));
      expect(button.style).toBeUndefined();
    }
  });

  test("and before nothing else; what deletes opens a dialog, and looks dangerous", () => {
    const asks = new Set(["request.approve", "request.shutdown", "request.power_off", "vm.shutdown", "vm.power_off"]);
    const all = samples(ORDINARY, language).flatMap((sample) => buttonsIn(drawnOf(sample, language).blocks));
    expect(all.filter(({ action_id, confirm }) => Boolean(confirm) !== asks.has(action_id))).toEqual([]);
    const harmless = all.filter(({ action_id }) => !asks.has(action_id) && action_id !== "snapshot.delete");
    expect(harmless.filter(({ style }) => style === "danger")).toEqual([]);
    const deleting = all.filter(({ action_id }) => action_id === "snapshot.delete");
    expect(deleting.filter(({ style }) => style !== "danger")).toEqual([]);
  });

  test("leaves what happens readable, however long the names", () => {
    const { confirm } = textsIn(language);
    for (const data of [HOSTILE, WIDE, ASTRAL]) {
      const text = (name: string) => buttonsIn(drawn(name, language, data).blocks)[0]!.confirm!.text.text;
      expect(text("choosing, VM running")).toContain("80 min");
      for (const [name, whole] of [
        ["restore: choosing, VM running", confirm.restore("", "")],
        ["power off: choosing, VM running", confirm.shutdownOnly("")],
        ["power off hard: choosing, VM running", confirm.powerOff("")],
      ] as const) {
        expect(text(name).endsWith(whole.slice(-30))).toBe(true);
      }
    }
  });
});

describe("the block of a snapshot's buttons", () => {
  const { vm } = sampleOf("done").request;

  test("says which VM it is of, also when its id has strokes", () => {
    expect(vmOfBlock(snapshotBlock(3, "a/b/7\nc" as never))).toBe("a/b/7\nc");
  });

  test("says nothing of a VM whose id is too long for it", () => {
    const block = snapshotBlock(0, "x".repeat(255) as never);
    expect(block.length).toBeLessThanOrEqual(255);
    expect(vmOfBlock(block)).toBeUndefined();
  });

  test("is read only where it is one", () => {
    expect(vmOfBlock("b1")).toBeUndefined();
    expect(vmOfBlock("snapshot/0")).toBeUndefined();
    expect(vmOfBlock("home/0/web-01")).toBeUndefined();
  });

  test("has all that can be done with a snapshot of a list", () => {
    const row = snapshotButtons(4, vm.id, { id: "s7" as never }, textsIn("de"));
    expect(buttonsIn([row]).map(({ action_id, value, text }) => [action_id, value, text.text])).toEqual([
      ["snapshot.rename", "s7", "Umbenennen"],
      ["snapshot.restore", "s7", "Wiederherstellen…"],
      ["snapshot.delete", "s7", "Löschen…"],
    ]);
    expect(vmOfBlock(row.block_id)).toBe(vm.id);
  });
});
