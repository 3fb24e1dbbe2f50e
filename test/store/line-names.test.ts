import { describe, expect, test } from "vitest";
import { UserId, Who } from "../../src/domain/ids.ts";
import { Line } from "../../src/domain/story.ts";
import { columnsOfLine, lineOf } from "../../src/store/line-names.ts";
import { textsIn } from "../../src/texts/texts.ts";

const ZORA = { id: UserId.parse("UZORA"), name: "Zora" };
const chose: Line = { code: "chose_live", by: ZORA };
const denied: Line = { code: "denied", by: ZORA, reason: "not on a Friday" };

describe("a line of the audit", () => {
  test("is kept with ids alone, and the names beside it", () => {
    expect(columnsOfLine(chose)).toEqual({
      line: '{"code":"chose_live","by":{"id":"UZORA"}}',
      names: '{"UZORA":"Zora"}',
    });
  });

  test("about nobody has no names", () => {
    expect(columnsOfLine({ code: "stuck" })).toEqual({ line: '{"code":"stuck"}', names: null });
  });

  test("keeps what somebody typed as a reason", () => {
    expect(columnsOfLine(denied).line).toContain("not on a Friday");
  });

  test.each([
    chose,
    denied,
    { code: "stuck" },
    { code: "refused", by: { ...ZORA, name: "" }, what: "a", why: "b" },
  ] as Line[])("is read as it was written: $code", (line) => {
    expect(lineOf(columnsOfLine(line))).toEqual(line);
  });

  test("of an earlier version has its names in it", () => {
    expect(lineOf({ line: JSON.stringify(denied), names: null })).toEqual(denied);
  });

  test.each([null, "", "not JSON", "[1]", '{"UANNA":"Anna"}'])(
    "whose names are %j has somebody without one",
    (names) => {
      expect(lineOf({ ...columnsOfLine(chose), names })).toEqual({ code: "chose_live", by: { ...ZORA, name: "" } });
    },
  );

  test("without its name is told with a mention, which Slack draws as they are called now", () => {
    const nameless = lineOf({ ...columnsOfLine(chose), names: null });
    expect(textsIn("en").story(nameless)).toBe("<@UZORA> chose: live snapshot.");
    expect(textsIn("de").story(nameless)).toMatch(/^<@UZORA> /);
  });
});

test("nobody stands in a line but whoever did it, so that no name is overlooked", () => {
  const fields = Line.options.flatMap(({ shape }) => Object.entries(shape));
  const people = fields.filter(([, schema]) => (schema as unknown) === Who).map(([key]) => key);
  expect(new Set(people)).toEqual(new Set(["by"]));
});
