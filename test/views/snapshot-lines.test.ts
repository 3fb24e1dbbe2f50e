import { describe, expect, test } from "vitest";
import type { Listed } from "../../src/domain/request.ts";
import { textsIn } from "../../src/texts/texts.ts";
import { snapshotLine, snapshotLines } from "../../src/views/snapshot-lines.ts";
import { ASTRAL, type Data, HOSTILE, NOW, ORDINARY, WIDE } from "../samples.ts";
import { sampleOf } from "./drawing.ts";
import { aliveIn } from "./strings.ts";

const [en, de] = [textsIn("en"), textsIn("de")];
const DATE = `<!date^${Math.floor(NOW.getTime() / 1000)}^{date_short_pretty}, {time}|2026-11-16 10:00 UTC>`;

function listedOf(data: Data): readonly Listed[] {
  const { state } = sampleOf("done", "en", data).request;
  return state.status === "done" ? state.snapshots : [];
}

describe("a snapshot in a line", () => {
  const [first] = listedOf(ORDINARY);

  test("has its name, its date, its size, who took it and why", () => {
    expect(snapshotLine(first!, en)).toBe(
      `\`web-01-17313984000\` · ${DATE} · 12.3 GB · Anna · \`before the kernel upgrade\``,
    );
    expect(snapshotLines([first!], de)).toEqual([
      `• \`web-01-17313984000\` · ${DATE} · 12,3 GB · Anna · \`before the kernel upgrade\``,
    ]);
  });

  test("says so when it was made elsewhere", () => {
    const { id, name, createdAt } = first!;
    expect(snapshotLine({ id, name, createdAt }, de)).toBe(
      `\`web-01-17313984000\` · ${DATE} · außerhalb von Shutter erstellt`,
    );
  });

  test.each([
    { kind: "hostile", data: HOSTILE },
    { kind: "wide", data: WIDE },
    { kind: "astral", data: ASTRAL },
  ])("is one line, in which nothing comes to life, with $kind values", ({ data }) => {
    const lines = snapshotLines(listedOf(data), en);
    expect(lines).toHaveLength(10);
    expect(aliveIn(lines.join("\n"))).toEqual([]);
    expect(lines.filter((line) => line.includes("\n"))).toEqual([]);
  });
});
