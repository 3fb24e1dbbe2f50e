import { expect, test } from "vitest";
import { BreakGlassSchema, mayBreakGlass } from "../../src/policy/break-glass.ts";
import { ANNA, SRE } from "./asking.ts";

const EMERGENCY = BreakGlassSchema.parse({ by: "group:sre", tell: "#security" });

test("an emergency wants a reason and is told in a channel", () => {
  expect(EMERGENCY).toMatchObject({ reason: "required", tell: { kind: "name", name: "security" } });
});

test.each([
  { who: "somebody of the group", person: { ...ANNA, groups: [SRE] }, is: "yes" },
  { who: "somebody else", person: ANNA, is: "not_named" },
  {
    who: "somebody whose groups are not known",
    person: { ...ANNA, groups: "unknown" as const },
    is: "directory_silent",
  },
  { who: "a guest", person: { ...ANNA, kind: "guest" as const, groups: [SRE] }, is: "guest" },
  { who: "a stranger", person: { ...ANNA, kind: "stranger" as const, groups: [SRE] }, is: "not_named" },
])("may be declared by $who: $is", ({ person, is }) => {
  expect(mayBreakGlass(EMERGENCY, person)).toBe(is);
});

test("that its reason could be optional is said to be wrong, since it is always asked for", () => {
  const parsed = BreakGlassSchema.safeParse({ by: "everyone", tell: "#a", reason: "optional" });
  expect(parsed.error?.issues.map(({ message }) => message)).toEqual(["must be required"]);
});

test("without the key there is no emergency", () => {
  expect(mayBreakGlass(undefined, { ...ANNA, groups: [SRE] })).toBe("not_named");
});

test.each([
  { written: { by: "everyone" }, path: "tell" },
  { written: { by: "everyone", tell: "direct" }, path: "tell" },
  { written: { by: "everyone", tell: ["#a", "#b"] }, path: "tell" },
  { written: { by: "everyone", tell: "security" }, path: "tell" },
  { written: { tell: "#security" }, path: "by" },
  { written: { by: "everyone", tell: "#a", reason: "no" }, path: "reason" },
  { written: { by: "everyone", tell: "#a", reason: "optional" }, path: "reason" },
])("$written is a mistake at $path", ({ written, path }) => {
  expect(BreakGlassSchema.safeParse(written).error?.issues.map((issue) => issue.path[0])).toEqual([path]);
});
