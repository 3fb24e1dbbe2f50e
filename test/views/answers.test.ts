import { describe, expect, test } from "vitest";
import { readCommand } from "../../src/domain/command.ts";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "../../src/domain/durations.ts";
import type { Listed } from "../../src/domain/request.ts";
import { Line } from "../../src/domain/story.ts";
import type { Stored } from "../../src/ports/store.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { section, topLevel } from "../../src/views/blocks.ts";
import { helpLines } from "../../src/views/help.ts";
import { listLines } from "../../src/views/list.ts";
import { snapshotLines } from "../../src/views/snapshot-lines.ts";
import { statusLines } from "../../src/views/status.ts";
import { storyLine } from "../../src/views/story.ts";
import { type Data, HOSTILE, NOW, ORDINARY, samples } from "../samples.ts";
import { aliveIn } from "./strings.ts";

const [en, de] = [textsIn("en"), textsIn("de")];

const listedOf = (data: Data): readonly Listed[] =>
  samples(data, "en").flatMap(({ name, request: { state } }) =>
    name === "done" && state.status === "done" ? state.snapshots : [],
  );

describe("help", () => {
  const commandsIn = (lines: readonly string[]) =>
    lines.flatMap((line) => /^• `\/snapshot (\w+)/.exec(line)?.[1] ?? []);

  test("shows a member everything, with an example that is understood", () => {
    const lines = helpLines(en, true, undefined);
    expect(commandsIn(lines)).toEqual(["create", "list", "status", "cancel", "help"]);
    const examples = lines.flatMap((line) => /`\/snapshot ([^`]+)`$/.exec(line)?.[1] ?? []);
    expect(examples).toHaveLength(5);
    for (const example of examples) expect(readCommand(example)).toMatchObject({ ok: true });
  });

  test("shows somebody who may only look what they can use, and says so", () => {
    for (const [texts, words] of [
      [en, ["list", "status", "help"]],
      [de, ["liste", "status", "hilfe"]],
    ] as const) {
      const lines = helpLines(texts, false, undefined);
      expect(commandsIn(lines)).toEqual(words);
      expect(lines).toContain(texts.help.guest);
      expect(lines.join()).not.toContain(texts.help.bare);
    }
  });

  test("tells more about one command", () => {
    expect(helpLines(de, true, "cancel")).toEqual([
      expect.stringContaining("/snapshot abbrechen"),
      de.help.more.cancel,
    ]);
  });

  test("fits into one answer and is no markup", () => {
    for (const texts of [en, de]) {
      const text = helpLines(texts, true, undefined).join("\n");
      expect(text.length).toBeLessThan(3000);
      expect(aliveIn(text)).toEqual([]);
    }
  });
});

describe("a list of snapshots", () => {
  test("says name, age, size, whether it was taken live, by whom and why", () => {
    const [snapshot] = listedOf(ORDINARY);
    const lines = listLines([snapshot!], en, later(NOW, 3 * DAY_MS));
    expect(lines).toEqual([
      `• \`web-01-17313984000\` · <!date^${Math.floor(NOW.getTime() / 1000)}^{date_short_pretty}, {time}|2026-11-16 10:00 UTC> (3 days ago) · 12.3 GB · live · Anna: \`before the kernel upgrade\``,
    ]);
    expect(listLines([snapshot!], de, later(NOW, HOUR_MS))[0]).toContain("(vor 1 Stunde)");
    expect(listLines([snapshot!], de, later(NOW, HOUR_MS))[0]).toContain("12,3 GB");
  });

  test("holds nothing that comes to life", () => {
    const listed = listedOf(HOSTILE);
    expect(listed).toHaveLength(10);
    const lines = [...listLines(listed, en, NOW), ...snapshotLines(listed, de)];
    expect(aliveIn(lines.join("\n"))).toEqual([]);
    expect(lines.every((line) => !line.includes("\n"))).toBe(true);
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
    expect(statusLines([stored("snapshotting, reported")], en, NOW, linkTo)).toEqual([
      "• `web-01`: Taking the snapshot · 40 % · Anna · <https://demo.slack.com/archives/COPS/p11|card>",
    ]);
    expect(statusLines([stored("stuck")], en, NOW, () => undefined)).toEqual([
      "• `web-01`: The VM has not shut down. What now? · Anna",
    ]);
  });

  test("of very many is cut between two lines", () => {
    const many = statusLines(Array(300).fill(stored("stuck", HOSTILE)), de, NOW, linkTo);
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
  const evil = { by: hostile.requestedBy, name: HOSTILE.snapshot, detail: HOSTILE.detail, ms: 1, until: NOW };
  const failure = { code: "refused", detail: HOSTILE.detail };
  const lines = Line.options.map((option) =>
    Line.parse({ ...evil, failure, as: "r2", from: "COPS", code: option.shape.code.value }),
  );

  test.each(["en", "de"] as const)("is one line in %s, in which nothing comes to life", (language) => {
    for (const line of lines) {
      const text = storyLine(line, NOW, hostile, textsIn(language));
      expect(text ?? "").not.toContain("\n");
      expect(aliveIn(text ?? "")).toEqual([]);
    }
  });

  test("mentions the requester only when somebody has to look", () => {
    const calls = lines.filter((line) => storyLine(line, NOW, request, en)?.includes("<@UANNA>"));
    expect(calls.map(({ code }) => code)).toEqual(["choose", "stuck", "power_on_fails", "went_off_late", "failed"]);
  });

  test("does not repeat what the card says already", () => {
    const silent = lines.filter((line) => storyLine(line, request.requestedAt, request, en) === undefined);
    expect(silent.map(({ code }) => code)).toEqual(["asked", "choose", "snapshot_asked"]);
  });

  test("calls the requester back to a choice that comes late", () => {
    const soon = later(request.requestedAt, MINUTE_MS - 1);
    expect(storyLine({ code: "choose" }, soon, request, en)).toBeUndefined();
    const late = later(request.requestedAt, MINUTE_MS);
    expect(storyLine({ code: "choose" }, late, request, en)).toBe(`<@UANNA> ${en.story({ code: "choose" })}`);
  });
});
