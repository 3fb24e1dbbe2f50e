import { describe, expect, test } from "vitest";
import { readCommand } from "../../src/domain/command.ts";
import { later, MINUTE_MS } from "../../src/domain/durations.ts";
import { ChannelId } from "../../src/domain/ids.ts";
import { Line } from "../../src/domain/story.ts";
import type { Stored } from "../../src/ports/store.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { section, topLevel } from "../../src/views/blocks.ts";
import { helpLines, helpOn } from "../../src/views/help.ts";
import { statusLines } from "../../src/views/status.ts";
import { storyLine } from "../../src/views/story.ts";
import { ANNA, BORIS } from "../domain/builders.ts";
import { HOSTILE, NOW, ORDINARY, samples } from "../samples.ts";
import { aliveIn } from "./strings.ts";

const [en, de] = [textsIn("en"), textsIn("de")];

describe("help", () => {
  const examplesIn = (lines: readonly string[]) =>
    lines.flatMap((line) => /^• `\/snapshot ([^`]+)`: /.exec(line)?.[1] ?? []);
  const commandsIn = (lines: readonly string[]) => examplesIn(lines).map((example) => example.split(" ")[0]);
  const SHOWN = [
    ...["create", "before", "restore", "rename", "delete", "cancel"],
    ...["on", "shutdown", "off"],
    ...["list", "status", "history", "may"],
    "help",
  ];

  test.each([en, de])(
    "shows a member everything in groups, a line each, with an example that is understood",
    (texts) => {
      const lines = helpLines(texts, true, undefined);
      expect(SHOWN.toSorted()).toEqual(Object.keys(texts.help.commands).toSorted());
      const understood = examplesIn(lines).map((example) => readCommand(example));
      expect(understood.every(({ ok }) => ok)).toBe(true);
      expect(commandsIn(lines).map((word) => readCommand(`help ${word}`))).toEqual(
        SHOWN.map((about) => ({ ok: true, command: { kind: "help", about } })),
      );
      expect(lines.filter((line) => !line.startsWith("• "))).toEqual([
        texts.help.intro,
        ...Object.values(texts.help.groups).map((title) => `*${title}*`),
        texts.help.bare,
      ]);
    },
  );

  test("shows somebody who may only look what they can use, and says so", () => {
    for (const [texts, words] of [
      [en, ["list", "status", "history", "may", "help"]],
      [de, ["liste", "status", "verlauf", "darf", "hilfe"]],
    ] as const) {
      const lines = helpLines(texts, false, undefined);
      expect(commandsIn(lines)).toEqual(words);
      expect(lines).toContain(texts.help.guest);
      expect(lines.join()).not.toContain(texts.help.bare);
      expect(lines.join()).not.toContain(texts.help.groups.vm);
    }
  });

  test("tells more about one command, and to somebody who may not use it that they may not", () => {
    const more = [expect.stringContaining("`/snapshot abbrechen &lt;vm&gt;`"), de.help.more.cancel];
    expect(helpLines(de, true, "cancel")).toEqual(more);
    expect(helpLines(de, false, "cancel")).toEqual([...more, de.help.guest]);
    expect(helpLines(de, false, "list")).not.toContain(de.help.guest);
  });

  test("fits into one answer and is no markup", () => {
    for (const texts of [en, de]) {
      const text = helpLines(texts, true, undefined).join("\n");
      expect(text.length).toBeLessThan(3000);
      expect(aliveIn(text.replaceAll(/^\*[^*\n]+\*$/gm, ""))).toEqual([]);
    }
  });

  test("is asked for in the reader's own words", () => {
    expect([helpOn(en), helpOn(en, "delete")]).toEqual(["/snapshot help", "/snapshot help delete"]);
    expect([helpOn(de), helpOn(de, "delete")]).toEqual(["/snapshot hilfe", "/snapshot hilfe löschen"]);
  });

  test("writes filters in such a way that they are understood", () => {
    for (const { help } of [en, de]) {
      const { why, since, until, ...others } = help.mistakes.filters;
      for (const filter of [why, ...Object.values(others)])
        expect(readCommand(`list ${filter}`)).toMatchObject({ ok: true, command: { kind: "list", vm: undefined } });
      expect(readCommand(`history ${since} ${until}`)).toMatchObject({ ok: true, command: { vm: undefined } });
      for (const word of ["list", "history"] as const) {
        const usage = help.commands[word].usage.replaceAll(/[[\]]/g, "").replace("/snapshot ", "");
        expect(readCommand(usage)).toMatchObject({ ok: true, command: { kind: word, vm: "vm" } });
      }
    }
  });
});

describe("the status", () => {
  const stored = (name: string, data = ORDINARY): Stored => ({
    request: samples(data, "en").find((sample) => sample.name === name)!.request,
    version: 1,
    card: { face: 1, drawn: 1, message: { channel: "COPS" as never, ts: "1.1" } },
  });
  const linkTo = () => "https://demo.slack.com/archives/COPS/p11";

  test("says VM, how it stands, whose it is and where its card is", () => {
    expect(statusLines([stored("snapshotting, reported")], en, NOW, BORIS.id, linkTo)).toEqual([
      "• Snapshot of `web-01`: Taking the snapshot · 40 % · Anna · <https://demo.slack.com/archives/COPS/p11|card>",
    ]);
    expect(statusLines([stored("stuck")], en, NOW, BORIS.id, () => undefined)).toEqual([
      "• Snapshot of `web-01`: The VM has not shut down. What now? · Anna",
    ]);
  });

  test.each([
    { name: "queued, full", line: "• Snapshot of `web-01`: Waiting for room · Anna" },
    { name: "restore: restoring, reported", line: "• Restore of `web-01`: Restoring the VM · 40 % · Anna" },
    { name: "delete: deleting, to begin", line: "• Delete snapshots of `web-01`: Deleting · Anna" },
    { name: "delete, one: deleting", line: "• Delete a snapshot of `web-01`: Deleting · Anna" },
    { name: "rename: renaming", line: "• Rename a snapshot of `web-01`: Renaming · Anna" },
    { name: "power on: powering on", line: "• Switch on `web-01`: Switching on · Anna" },
    { name: "power off hard: shutting down", line: "• Power off `web-01` hard: Powering off hard · Anna" },
  ])("says what is wanted: $name", ({ name, line }) => {
    expect(statusLines([stored(name)], en, NOW, BORIS.id, () => undefined)).toEqual([line]);
  });

  test("leads nobody to a card in somebody else's direct messages", () => {
    const { request, ...rest } = stored("stuck");
    const message = { channel: ChannelId.parse("DANNA"), ts: "1.1" };
    const direct = { ...rest, request: { ...request, requestedBy: ANNA }, card: { ...rest.card, message } };
    expect(statusLines([direct], en, NOW, ANNA.id, linkTo)[0]).toContain("|card>");
    expect(statusLines([direct], en, NOW, BORIS.id, linkTo)[0]).not.toContain("|card>");
  });

  test("of very many is cut between two lines", () => {
    const many = statusLines(Array(300).fill(stored("stuck", HOSTILE)), de, NOW, BORIS.id, linkTo);
    const { text } = section(de.answers.runs, ...many).text;
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text.endsWith("\n…")).toBe(true);
    expect(aliveIn(text)).toEqual([]);
    expect(topLevel(many.join("\n")).length).toBeLessThanOrEqual(4000);
  });
});

describe("a line of the thread", () => {
  const { request } = samples(ORDINARY, "en")[0]!;
  const hostile = samples(HOSTILE, "en")[0]!.request;
  const { snapshot, detail } = HOSTILE;
  const names = { name: snapshot, from: snapshot, to: snapshot };
  const policy = { reason: HOSTILE.reason, count: 2, missing: 1, rules: 7, hash: "0123" };
  const audit = {
    word: snapshot,
    what: snapshot,
    why: detail,
    call: "snapshot",
    outcome: "ok",
    head: 42,
    channel: "C1",
    dialog: "restore",
    upTo: 41,
  };
  const evil = { by: hostile.requestedBy, ...names, ...policy, ...audit, detail, ms: 1, until: NOW, as: "r2" };
  const failure = { code: "refused", detail };
  const lines = Line.options.map((option) => Line.parse({ ...evil, failure, code: option.shape.code.value }));

  test.each(["en", "de"] as const)("is one line in %s, in which nothing comes to life", (language) => {
    for (const line of lines) {
      const text = storyLine(line, NOW, hostile, textsIn(language));
      expect(text ?? "").not.toContain("\n");
      expect(aliveIn(text ?? "")).toEqual([]);
    }
  });

  test("mentions the requester only when somebody has to look", () => {
    const calls = lines.filter((line) => storyLine(line, NOW, request, en)?.includes("<@UANNA>"));
    expect(calls.map(({ code }) => code)).toEqual([
      "queued_full",
      "choose",
      "stuck",
      "follow_up",
      "power_on_fails",
      "went_off_late",
      "failed",
      "approval_expired",
      "denied",
    ]);
  });

  test("does not repeat what the card says already", () => {
    const silent = lines.filter((line) => storyLine(line, request.requestedAt, request, en) === undefined);
    expect(silent.map(({ code }) => code)).toEqual([
      "asked",
      "choose",
      "snapshot_asked",
      "restore_asked",
      "delete_asked",
      "rename_asked",
      // for the audit alone
      "command",
      "opened",
      "preferred",
      "refused",
      "call",
      "answer",
      "policy_loaded",
      "anchored",
      "pruned",
    ]);
  });

  test("calls the requester back to a choice that comes late", () => {
    const soon = later(request.requestedAt, MINUTE_MS - 1);
    expect(storyLine({ code: "choose" }, soon, request, en)).toBeUndefined();
    const late = later(request.requestedAt, MINUTE_MS);
    expect(storyLine({ code: "choose" }, late, request, en)).toBe(`<@UANNA> ${en.story({ code: "choose" })}`);
  });
});
