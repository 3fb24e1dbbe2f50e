import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csv, type Separator } from "../../src/domain/csv.ts";

/** Reads a file as RFC 4180 says, written against it anew. */
function read(text: string, separator: Separator): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let at = 0;
  const end = () => {
    rows.at(-1)!.push(cell);
    cell = "";
  };
  while (at < text.length) {
    if (text[at] === '"') {
      const [, inside = ""] = /^"((?:[^"]|"")*)"/.exec(text.slice(at))!;
      cell = inside.replaceAll('""', '"');
      at += inside.length + 2;
    } else if (text[at] === separator) {
      end();
      at += 1;
    } else if (text.startsWith("\r\n", at)) {
      end();
      at += 2;
      if (at < text.length) rows.push([]);
    } else {
      cell += text[at];
      at += 1;
    }
  }
  return rows;
}

describe("a CSV file", () => {
  test("begins with a byte order mark, and each row ends with CR LF", () => {
    expect(
      csv(
        [
          ["time", "name"],
          ["1", "Jörg"],
        ],
        ",",
      ),
    ).toBe("\ufefftime,name\r\n1,Jörg\r\n");
    expect(csv([["time", "name"]], ";")).toBe("\ufefftime;name\r\n");
  });

  test.each([
    { cell: "a,b", written: '"a,b"' },
    { cell: "a;b", written: '"a;b"' },
    { cell: 'say "yes"', written: '"say ""yes"""' },
    { cell: "two\nlines", written: '"two\nlines"' },
    { cell: "two\r\nlines", written: '"two\r\nlines"' },
    { cell: "", written: "" },
    { cell: " spaced ", written: " spaced " },
  ])("quotes what needs it: $cell", ({ cell, written }) => {
    expect(csv([[cell]], ",")).toBe(`\ufeff${written}\r\n`);
  });

  test.each(["=1+1", "+49 30", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x"])(
    "lets nothing begin as a formula: %j",
    (cell) => {
      const [[read1]] = read(csv([[cell]], ",").slice(1), ",") as [[string]];
      expect(read1).toBe(`'${cell}`);
    },
  );

  test("is read back as it was written, formulas apart", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ü", "🦀", ",", ";", '"', "\r", "\n", " ", "=", "'") });
    const rows = fc.array(fc.array(text, { minLength: 2, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.constantFrom<Separator>(",", ";"), (given, separator) => {
        const expected = given.map((cells) => cells.map((cell) => (/^[=\r\n]/.test(cell) ? `'${cell}` : cell)));
        expect(read(csv(given, separator).slice(1), separator)).toEqual(expected);
      }),
    );
  });
});
