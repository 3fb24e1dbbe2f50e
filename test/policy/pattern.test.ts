import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { folded } from "../../src/domain/likeness.ts";
import { matches, readPattern } from "../../src/policy/pattern.ts";

function fits(pattern: string, name: string): boolean {
  const reading = readPattern(pattern);
  if (!reading.ok) throw new Error(reading.mistake);
  return matches(reading.value, folded(name));
}

test.each([
  { pattern: "web-01", name: "web-01", is: true },
  { pattern: "web-01", name: "web-011", is: false },
  { pattern: "web-01", name: "my-web-01", is: false },
  { pattern: "WEB-*", name: "web-01", is: true },
  { pattern: "web-*", name: "WEB-", is: true },
  { pattern: "web-?", name: "web-", is: false },
  { pattern: "web-??", name: "web-01", is: true },
  { pattern: "web-?", name: "web-🦊", is: true },
  { pattern: "web-??", name: "web-🦊", is: false },
  { pattern: "*??", name: "🦊", is: false },
  { pattern: "*?b", name: "a🦊b", is: true },
  { pattern: "*", name: "", is: true },
  { pattern: "?", name: "", is: false },
  { pattern: "*-db-*", name: "prod-db-01", is: true },
  { pattern: "*-db-*", name: "prod-db", is: false },
  { pattern: "a*b*c", name: "a-b-b-c", is: true },
  { pattern: "a*b*c", name: "a-c-b", is: false },
  { pattern: "*db", name: "dbdb", is: true },
  { pattern: "**??", name: "ab", is: true },
  { pattern: "m\u00fcller", name: "Mu\u0308ller", is: true },
  { pattern: "web.01", name: "web-01", is: false },
  { pattern: "[a-z]+", name: "web", is: false },
  { pattern: "(web|db)", name: "web", is: false },
  { pattern: "web\\*", name: "web-01", is: false },
  { pattern: "web", name: "web\n", is: false },
  { pattern: "web*", name: "web\nprod", is: true },
])("$pattern and the name $name: $is", ({ pattern, name, is }) => {
  expect(fits(pattern, name)).toBe(is);
});

test.each(["", " web", "web ", "a".repeat(256)])("%j is no pattern", (pattern) => {
  expect(readPattern(pattern).ok).toBe(false);
});

/** The meaning of a pattern, slow and plain. */
function means(pattern: string, name: string): boolean {
  if (pattern === "") return name === "";
  if (pattern[0] === "*") return means(pattern.slice(1), name) || (name !== "" && means(pattern, name.slice(1)));
  return name !== "" && (pattern[0] === "?" || pattern[0] === name[0]) && means(pattern.slice(1), name.slice(1));
}

test("any pattern and any name", () => {
  const text = (alphabet: string) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 10 });
  fc.assert(
    fc.property(text("ab*?").filter(Boolean), text("ab"), (pattern, name) => {
      expect(fits(pattern, name)).toBe(means(pattern, name));
    }),
    { numRuns: 5000 },
  );
});

describe("hostile ones", () => {
  test.each([
    { what: "many stars", pattern: `${"*a".repeat(100)}*b`, name: "a".repeat(5000) },
    { what: "stars and any character", pattern: `${"*?".repeat(100)}b`, name: "a".repeat(5000) },
    { what: "a long end", pattern: `*${"a".repeat(200)}b`, name: "a".repeat(5000) },
    { what: "nested repetitions of a regular expression", pattern: "(a+)+$*", name: `${"a".repeat(5000)}!` },
  ])("take little time: $what", ({ pattern, name }) => {
    const before = performance.now();
    expect(fits(pattern, name)).toBe(false);
    expect(performance.now() - before).toBeLessThan(500);
  });
});
