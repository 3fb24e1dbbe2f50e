import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultName } from "../../src/domain/naming.ts";
import { uniqueName } from "../../src/domain/rules.ts";
import { aSnapshot } from "./builders.ts";

const AT = new Date("2024-11-12T12:00:00.999Z");

describe("the default name", () => {
  test.each([
    ["{vm}-{unix}", "web-01", 255, "web-01-1731412800"],
    ["backup", "web-01", 255, "backup"],
    ["{unix}", "web-01", 255, "1731412800"],
    ["{vm} {vm} {unix}", "web", 255, "web web 1731412800"],
    ["{vm}-{unix}", "a-very-long-name", 15, "a-ve-1731412800"],
    ["{vm}{vm}-{unix}", "long-name", 15, "lolo-1731412800"],
    ["{vm}-{unix}", "web", 5, "-1731"],
    ["{vm}-{unix}", "$&-$1-$$", 255, "$&-$1-$$-1731412800"],
    ["{vm}-{unix}", "{unix}", 255, "{unix}-1731412800"],
    ["{vm}-{unix}", "🦀🦀🦀", 13, "🦀🦀-1731412800"],
  ])("%s of %s in %i characters", (template, vm, length, name) => {
    expect(defaultName(template, vm, AT, length)).toBe(name);
  });

  test("never is too long, and never cut in the middle of a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 11, max: 40 }), (vm, length) => {
        const name = defaultName("{vm}-{unix}", vm, AT, length);
        expect([...name].length).toBeLessThanOrEqual(length);
        expect(name.endsWith("-1731412800")).toBe(true);
        expect(name.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("a unique name", () => {
  const named = (...names: string[]) => names.map((name) => aSnapshot({ name }));
  test.each([
    ["is the name itself when it is free", "a", named("b"), 255, "a"],
    ["has a number when it is taken", "a", named("a"), 255, "a-2"],
    ["has the next free number", "a", named("a", "a-2", "a-4"), 255, "a-3"],
    ["is cut to have room for it", "abcdef", named("abcdef"), 6, "abcd-2"],
    ["is cut between characters", "🦀🦀🦀", named("🦀🦀🦀"), 3, "🦀-2"],
  ])("%s", (_, name, taken, length, unique) => {
    expect(uniqueName(name, taken, length)).toBe(unique);
  });

  test("is never among the taken ones", () => {
    const names = fc.array(fc.stringMatching(/^a(-[23])?$/));
    fc.assert(fc.property(names, (taken) => void expect(taken).not.toContain(uniqueName("a", named(...taken), 255))));
  });
});
