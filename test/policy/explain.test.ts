import { describe, expect, test } from "vitest";
import { explain } from "../../src/policy/explain.ts";
import { ANNA, asks, DIRECT, policyOf, SRE } from "./asking.ts";

const POLICY = policyOf(
  { when: { action: ["restore", "delete"], vm: "tag:prod" }, allow: ["group:sre", "U0BORIS"] },
  { when: { how: "offline", channel: "#dev", during: "mon-fri 08:00-20:00", zone: "UTC" }, allow: "members" },
  { when: { project: "shop" }, deny: true },
  { otherwise: { allow: "everyone" } },
);

test("each rule up to the one that decides, with what it wants and what there is", () => {
  expect(explain(POLICY, asks({ vm: { name: "Web 1", id: "web-01", tags: ["prod"], project: "shop" } }))).toEqual({
    decision: { kind: "denied", rule: 3, why: "denied" },
    rules: [
      {
        rule: 1,
        fits: "no",
        selectors: [
          { selector: "action", fits: "no", wanted: ["restore", "delete"], found: ["create"] },
          { selector: "vm", fits: "yes", wanted: ["tag:prod"], found: ["Web 1", "web-01", "tag:prod"] },
        ],
      },
      {
        rule: 2,
        fits: "no",
        selectors: [
          { selector: "how", fits: "yes", wanted: ["offline"], found: ["offline"] },
          { selector: "channel", fits: "no", wanted: ["#dev"], found: ["#ops", "C0OPS"] },
          { selector: "during", fits: "yes", wanted: ["mon-fri 08:00-20:00"], found: ["wed 09:00", "UTC"] },
        ],
      },
      { rule: 3, fits: "yes", selectors: [{ selector: "project", fits: "yes", wanted: ["shop"], found: ["shop"] }] },
    ],
    people: [],
  });
});

describe("whom the deciding rule allows", () => {
  const restore = { action: "restore", vm: { tags: ["prod"] } } as const;

  test.each([
    { who: "a member of the group", person: { ...ANNA, groups: [SRE] }, named: ["yes", "no"] },
    { who: "somebody else", person: ANNA, named: ["no", "no"] },
    {
      who: "somebody whose groups are not known",
      person: { ...ANNA, groups: "unknown" as const },
      named: ["silent", "no"],
    },
    { who: "a guest of the group", person: { ...ANNA, kind: "guest" as const, groups: [SRE] }, named: ["no", "no"] },
  ])("and $who: $named", ({ person, named }) => {
    const { people } = explain(POLICY, asks({ ...restore, person }));
    expect(people).toEqual(["group:sre", "U0BORIS"].map((who, index) => ({ who, named: named[index] })));
  });

  test("where guests are named", () => {
    const { people } = explain(
      policyOf({ allow: ["everyone", "guests"] }),
      asks({ person: { ...ANNA, kind: "guest" } }),
    );
    expect(people.map(({ named }) => named)).toEqual(["no", "yes"]);
  });
});

test("a rule that always fits has nothing to explain", () => {
  const { rules, decision } = explain(POLICY, asks({ action: "rename", channel: DIRECT }));
  expect(rules.at(-1)).toEqual({ rule: 4, fits: "yes", selectors: [] });
  expect(rules[1]?.selectors).toContainEqual({ selector: "channel", fits: "no", wanted: ["#dev"], found: ["direct"] });
  expect(decision).toEqual({ kind: "allowed", rule: 4 });
});

test("all rules, where none fits", () => {
  const { decision, rules, people } = explain(policyOf({ when: { pool: "a" }, allow: "everyone" }), asks());
  expect(decision).toMatchObject({ why: "no_rule" });
  expect(rules).toEqual([
    { rule: 1, fits: "no", selectors: [{ selector: "pool", fits: "no", wanted: ["a"], found: [] }] },
  ]);
  expect(people).toEqual([]);
});

test("a channel whose name is not known", () => {
  const { rules } = explain(POLICY, asks({ channel: { id: "C0X", isDirect: false } }));
  expect(rules.at(-1)).toMatchObject({ rule: 2, fits: "unknown" });
  expect(rules.at(-1)?.selectors).toContainEqual({
    selector: "channel",
    fits: "unknown",
    wanted: ["#dev"],
    found: ["C0X"],
  });
});

test.each([
  { what: "there is no policy", policy: undefined, person: ANNA },
  { what: "a stranger asks", policy: POLICY, person: { ...ANNA, kind: "stranger" as const } },
])("no rule is asked when $what", ({ policy, person }) => {
  expect(explain(policy, asks({ person }))).toMatchObject({ decision: { rule: "none" }, rules: [], people: [] });
});

test("a thousand rules are explained in less than 50 ms", () => {
  const zones = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"];
  const rules = Array.from({ length: 999 }, (_, index) => ({
    when: {
      action: ["create", "restore"],
      vm: [`*-db-*-${index}`, `tag:team-${index}*`, "web-??"],
      during: "mon-fri 08:00-20:00, sat-sun 00:00-24:00",
      zone: zones[index % 3],
      channel: ["#ops", "C0OTHER"],
      project: `project-${index}`,
    },
    allow: ["group:sre", "U0BORIS"],
  }));
  const policy = policyOf(...rules, { otherwise: "deny" });
  const asked = asks({ vm: { tags: ["prod", "team"], project: "none" } });
  const times = Array.from({ length: 10 }, () => {
    const before = performance.now();
    expect(explain(policy, asked).rules).toHaveLength(1000);
    return performance.now() - before;
  });
  expect(Math.min(...times)).toBeLessThan(50);
});
