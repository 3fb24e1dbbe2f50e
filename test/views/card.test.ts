import { describe, expect, test } from "vitest";
import { checkBlocks } from "../../src/demo/slack/check.ts";
import { progressOf } from "../../src/domain/progress.ts";
import { isOf, Wish } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { topLevelOf } from "../../src/views/blocks.ts";
import { questionButtons } from "../../src/views/card-buttons.ts";
import { headlineOf } from "../../src/views/headline.ts";
import { ASTRAL, HOSTILE, NOW, ORDINARY, STATUSES, samples, WIDE } from "../samples.ts";
import { drawn, drawnOf, LANGUAGES, sampleOf } from "./drawing.ts";
import { aliveIn, linksIn, pieces, unfit } from "./strings.ts";

/** What chat.update takes. */
const TEXT_LIMIT = 4000;

describe("the samples", () => {
  test("have every status", () => {
    const found = samples(ORDINARY, "en").map(({ request }) => request.state.status);
    expect([...new Set(found)].toSorted()).toEqual(STATUSES.toSorted());
  });

  test("have every kind", () => {
    const found = samples(ORDINARY, "en").map(({ request }) => request.wish.kind);
    expect(new Set(found)).toEqual(new Set(Wish.options.map(({ shape }) => shape.kind.value)));
  });

  test("have each its own name", () => {
    const names = samples(ORDINARY, "en").map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe.each(LANGUAGES)("in %s", (language) => {
  const texts = textsIn(language);

  describe.each([
    { kind: "ordinary", data: ORDINARY },
    { kind: "hostile", data: HOSTILE },
    { kind: "wide", data: WIDE },
    { kind: "astral", data: ASTRAL },
  ])("with $kind values", ({ data }) => {
    const all = samples(data, language).map((sample) => ({ ...sample, card: drawnOf(sample, language) }));

    test.each(STATUSES)("%s: Slack takes it, and nothing in it comes to life", (status) => {
      for (const { name, card } of all.filter(({ request }) => request.state.status === status)) {
        const { text, blocks, metadata } = card;
        const wrong = [
          ...checkBlocks(blocks, "message"),
          ...(blocks.length > 50 ? ["too many blocks"] : []),
          ...(text.length > TEXT_LIMIT ? ["too long"] : []),
          ...linksIn(text).map((found) => `${found} in ${text}`),
          ...pieces(blocks).flatMap((piece) =>
            (piece.type === "mrkdwn" ? aliveIn : unfit)(piece.text).map((found) => `${found} in ${piece.text}`),
          ),
          ...(JSON.stringify(metadata).isWellFormed() ? [] : ["half a character in the metadata"]),
        ];
        expect({ name, wrong }).toEqual({ name, wrong: [] });
      }
    });

    test("the text says how it stands", () => {
      for (const { request, card } of all) {
        const { text } = card;
        expect(text).toContain(headlineOf(request, texts));
        const progress = progressOf(request, NOW);
        if (progress) expect(text).toContain(texts.bar(progress.percent, progress.estimated));
        if (request.trouble) expect(text).toContain(texts.card.troubleText);
      }
    });

    test("the question of the thread is taken by Slack", () => {
      const asked = all.flatMap(({ request }) => questionButtons(request, texts) ?? []);
      expect(asked.length).toBeGreaterThan(0);
      for (const row of asked) expect(checkBlocks([row], "message")).toEqual([]);
    });
  });

  test("says no sentence twice, and nothing that is missing", () => {
    for (const sample of samples(ORDINARY, language)) {
      const { text, blocks } = drawnOf(sample, language);
      const said = pieces(blocks).map((piece) => piece.text);
      const lines = said.flatMap((piece) => piece.split("\n")).filter((line) => /[.?]$/.test(line));
      expect({ name: sample.name, twice: lines.filter((line, at) => lines.indexOf(line) !== at) }).toEqual({
        name: sample.name,
        twice: [],
      });
      expect(`${text}${said.join()}`).not.toMatch(/undefined|NaN|\[object|Invalid/);
    }
  });

  test("every sentence of the card is in its text", () => {
    const bare = (line: string) => line.replace(/:[a-z_]+: ?|[*`]|[▓░✓✗▸○•]+ ?/gu, "");
    for (const sample of samples(ORDINARY, language)) {
      const { text, blocks } = drawnOf(sample, language);
      const silence = sample.request.trouble && texts.card.trouble(sample.request.trouble.since, ORDINARY.detail);
      const lines = pieces(blocks)
        .filter((piece) => piece.type === "mrkdwn" && piece.text !== silence)
        .flatMap((piece) => piece.text.split("\n"));
      const missing = lines
        .filter((line) => !/[▓░]/.test(line))
        .filter((line) => !text.includes(bare(line).replace(/[.]$/, "")));
      expect({ name: sample.name, missing }).toEqual({ name: sample.name, missing: [] });
    }
  });
});

describe("a text that is too long", () => {
  test("loses its last sentences whole", () => {
    expect(topLevelOf(["One.", "x".repeat(3980), "Three is too much."])).toBe(`One. ${"x".repeat(3980)} …`);
  });

  test("keeps its beginning, even if that alone is too long", () => {
    expect(topLevelOf(["x".repeat(5000), "Two."])).toHaveLength(TEXT_LIMIT);
  });

  test("says who asked and why before it lists snapshots", () => {
    const { text } = drawn("queued, full", "en", ASTRAL);
    expect(text.indexOf("Asked for by")).toBeLessThan(text.indexOf("GB"));
    expect(text.endsWith(" …")).toBe(true);
  });
});

test("the text repeats names as they are", () => {
  const data = { ...ORDINARY, snapshot: "db:prod:2*4*8", detail: "disk :full: *now*" };
  expect(drawn("done", "en", data).text).toContain("db:prod:2*4*8");
  expect(drawn("failed, refused", "en", data).text).toContain("disk :full: *now*");
});

test("several snapshots that are to be deleted are all shown, however long their names", () => {
  for (const data of [HOSTILE, ASTRAL]) {
    const { request } = sampleOf("delete, all: deleting, all refused", "de", data);
    const shown = JSON.stringify(drawn("delete, all: deleting, all refused", "de", data).blocks);
    expect(isOf(request, "delete") && request.wish.snapshots).toHaveLength(10);
    expect(shown.match(/✗/g)).toHaveLength(10);
  }
});
