import { describe, expect, test } from "vitest";
import { ACTIONS, actionOf, type Somebody } from "../../src/policy/asked.ts";
import { evaluate } from "../../src/policy/evaluate.ts";
import { ANNA, asks, BORIS, DIRECT, NOW, OPS, policyOf, SRE, somebody } from "./asking.ts";

describe("what a rule is about", () => {
  const prod = { name: "web-01", tags: ["Prod", "de"] };

  test.each([
    { when: { action: "restore" }, asked: asks({ action: "restore" }), fits: true },
    { when: { action: "restore" }, asked: asks({ action: "delete" }), fits: false },
    { when: { action: ["restore", "delete"] }, asked: asks({ action: "delete" }), fits: true },
    { when: { how: "live" }, asked: asks({ how: "live" }), fits: true },
    { when: { how: "live" }, asked: asks({ how: "offline" }), fits: false },
    { when: { how: ["live", "offline"] }, asked: asks({ how: "offline" }), fits: true },
    { when: { how: "offline" }, asked: asks({ action: "restore" }), fits: false },
    { when: { vm: "WEB-*" }, asked: asks({ vm: prod }), fits: true },
    { when: { vm: "web" }, asked: asks({ vm: prod }), fits: false },
    { when: { vm: "srv-*" }, asked: asks({ vm: { ...prod, id: "srv-17" } }), fits: true },
    { when: { vm: "tag:prod" }, asked: asks({ vm: prod }), fits: true },
    { when: { vm: "tag:p*" }, asked: asks({ vm: prod }), fits: true },
    { when: { vm: "tag:web-01" }, asked: asks({ vm: prod }), fits: false },
    { when: { vm: "prod" }, asked: asks({ vm: prod }), fits: false },
    { when: { vm: ["db-*", "tag:de"] }, asked: asks({ vm: prod }), fits: true },
    { when: { project: "shop-*" }, asked: asks({ vm: { ...prod, project: "Shop-DE" } }), fits: true },
    { when: { project: "*" }, asked: asks({ vm: prod }), fits: false },
    { when: { pool: ["a", "b"] }, asked: asks({ vm: { ...prod, pool: "b" } }), fits: true },
    { when: { pool: "*" }, asked: asks({ vm: prod }), fits: false },
    { when: { channel: "#OPS" }, asked: asks(), fits: true },
    { when: { channel: "#op" }, asked: asks(), fits: false },
    { when: { channel: "C0OPS" }, asked: asks(), fits: true },
    { when: { channel: "C0OTHER" }, asked: asks(), fits: false },
    { when: { channel: ["#dev", "direct"] }, asked: asks({ channel: DIRECT }), fits: true },
    { when: { channel: "direct" }, asked: asks(), fits: false },
    { when: { channel: "#direct" }, asked: asks({ channel: DIRECT }), fits: false },
    { when: { channel: "#ops" }, asked: asks({ channel: undefined }), fits: false },
    { when: { during: "wed 10:00-11:00" }, asked: asks(), fits: true },
    { when: { outside: "wed 10:00-11:00" }, asked: asks(), fits: false },
    { when: { during: ["mon 00:00-24:00", "wed 00:00-24:00"] }, asked: asks(), fits: true },
    { when: { outside: ["mon 00:00-24:00", "wed 00:00-24:00"] }, asked: asks(), fits: false },
    { when: { action: "create", vm: "tag:prod", channel: "#ops" }, asked: asks({ vm: prod }), fits: true },
    { when: { action: "create", vm: "tag:prod", channel: "#dev" }, asked: asks({ vm: prod }), fits: false },
  ])("$when: $fits", ({ when, asked, fits }) => {
    const policy = policyOf({ when, deny: true }, { otherwise: { allow: "everyone" } });
    expect(evaluate(policy, asked)).toEqual(
      fits ? { kind: "denied", rule: 1, why: "denied" } : { kind: "allowed", rule: 2 },
    );
  });
});

describe("whom a rule allows", () => {
  const anna = (changes: Partial<Somebody>) => ({ ...ANNA, ...changes });
  const guest = anna({ kind: "guest", groups: [SRE] });

  test.each([
    { allow: "everyone", who: "a full member", person: ANNA, is: "yes" },
    { allow: "everyone", who: "a member who is not in the channel", person: anna({ isInChannel: false }), is: "yes" },
    { allow: "members", who: "a member of the channel", person: ANNA, is: "yes" },
    {
      allow: "members",
      who: "a member who is not in the channel",
      person: anna({ isInChannel: false }),
      is: "not_named",
    },
    {
      allow: "members",
      who: "somebody nobody knows to be there",
      person: anna({ isInChannel: undefined }),
      is: "directory_silent",
    },
    { allow: "U0ANNA", who: "Anna", person: ANNA, is: "yes" },
    { allow: "U0ANNA", who: "Boris", person: BORIS, is: "not_named" },
    { allow: "anna@EXAMPLE.com", who: "Anna by her address", person: ANNA, is: "yes" },
    { allow: "anna@example.com", who: "Boris, whose address is not known", person: BORIS, is: "not_named" },
    { allow: "group:SRE", who: "a member of the group", person: anna({ groups: [SRE] }), is: "yes" },
    { allow: "group:sre", who: "somebody else", person: ANNA, is: "not_named" },
    {
      allow: "group:sre",
      who: "somebody in a group whose id is that word",
      person: anna({ groups: [{ id: "sre", handle: "x" }] }),
      is: "not_named",
    },
    { allow: "S0SRE", who: "a member of the group, by its id", person: anna({ groups: [SRE] }), is: "yes" },
    {
      allow: "S0SRE",
      who: "somebody in a group with that handle",
      person: anna({ groups: [{ id: "S1", handle: "S0SRE" }] }),
      is: "not_named",
    },
    {
      allow: "group:sre",
      who: "somebody whose groups are not known",
      person: anna({ groups: "unknown" }),
      is: "directory_silent",
    },
    {
      allow: ["group:sre", "U0ANNA"],
      who: "Anna, whose groups are not known",
      person: anna({ groups: "unknown" }),
      is: "yes",
    },
    {
      allow: ["group:sre", "everyone"],
      who: "anybody whose groups are not known",
      person: anna({ groups: "unknown" }),
      is: "yes",
    },
    {
      allow: ["U0BORIS", "S0SRE"],
      who: "Anna, whose groups are not known",
      person: anna({ groups: "unknown" }),
      is: "directory_silent",
    },
    { allow: "guests", who: "a guest", person: guest, is: "yes" },
    { allow: "guests", who: "a full member", person: ANNA, is: "not_named" },
    {
      allow: ["everyone", "members", "group:sre", "U0ANNA", "anna@example.com"],
      who: "a guest",
      person: guest,
      is: "guest",
    },
    {
      allow: "group:sre",
      who: "a guest whose groups are not known",
      person: anna({ kind: "guest", groups: "unknown" }),
      is: "guest",
    },
    { allow: ["everyone", "guests", "U0ANNA"], who: "a stranger", person: anna({ kind: "stranger" }), is: "stranger" },
    { allow: ["everyone", "guests", "U0ANNA"], who: "a bot", person: anna({ kind: "bot" }), is: "bot" },
    {
      allow: ["everyone", "guests", "U0ANNA"],
      who: "somebody who has left",
      person: anna({ kind: "deactivated" }),
      is: "deactivated",
    },
  ])("$allow and $who: $is", ({ allow, person, is }) => {
    const decision = evaluate(policyOf({ allow }), asks({ person }));
    expect(decision.kind === "denied" ? decision.why : "yes").toBe(is);
  });

  test("in direct messages everybody who asks is a member of them", () => {
    const person = anna({ isInChannel: undefined });
    expect(evaluate(policyOf({ allow: "members" }), asks({ person, channel: DIRECT })).kind).toBe("allowed");
  });

  test("where there is no channel nobody is a member of it", () => {
    expect(evaluate(policyOf({ allow: "members" }), asks({ channel: undefined }))).toMatchObject({ why: "not_named" });
  });
});

describe("the first rule that fits", () => {
  const policy = policyOf(
    { when: { action: "restore", vm: "tag:prod" }, allow: "group:sre" },
    { when: { action: "restore" }, allow: "everyone" },
    { when: { action: "delete" }, deny: true },
    { otherwise: { allow: "everyone", confirm: "typed", approval: { by: "group:sre", reason: "required" } } },
  );

  test("refuses whom it does not name, though a later one would allow", () => {
    const asked = asks({ action: "restore", vm: { tags: ["prod"] } });
    expect(evaluate(policy, asked)).toEqual({ kind: "denied", rule: 1, why: "not_named" });
  });

  test("allows, though an earlier one would not", () => {
    expect(evaluate(policy, asks({ action: "restore" }))).toEqual({ kind: "allowed", rule: 2 });
  });

  test("denies", () => {
    expect(evaluate(policy, asks({ action: "delete" }))).toEqual({ kind: "denied", rule: 3, why: "denied" });
  });

  test("says what is needed besides", () => {
    expect(evaluate(policy, asks())).toMatchObject({
      kind: "allowed",
      rule: 4,
      confirm: "typed",
      reason: "required",
      approval: { by: [{ handle: "sre" }] },
    });
  });

  test("is none: nobody may", () => {
    const decision = evaluate(policyOf({ when: { vm: "db-*" }, allow: "everyone" }), asks());
    expect(decision).toEqual({ kind: "denied", rule: "none", why: "no_rule" });
  });
});

describe("a channel whose name Slack does not tell", () => {
  const channel = { id: "C0OPS", isDirect: false };
  const decisionOn = (when: object) =>
    evaluate(policyOf({ when, deny: true }, { otherwise: { allow: "everyone" } }), asks({ channel }));

  test("may be the one that a rule names: nobody may", () => {
    expect(decisionOn({ channel: "#dev" })).toEqual({ kind: "denied", rule: 1, why: "channel_unknown" });
  });

  test("does not matter for a rule that names ids, or that does not fit anyway", () => {
    expect(decisionOn({ channel: "C0DEV" })).toEqual({ kind: "allowed", rule: 2 });
    expect(decisionOn({ channel: "#dev", action: "delete" })).toEqual({ kind: "allowed", rule: 2 });
    expect(decisionOn({ channel: ["#dev", "C0OPS"] })).toEqual({ kind: "denied", rule: 1, why: "denied" });
  });
});

describe("without a policy", () => {
  test.each(ACTIONS)("every full member may ask to %s", (action) => {
    const person = { ...ANNA, groups: "unknown" as const, isInChannel: undefined };
    expect(evaluate(undefined, asks({ action, person, channel: undefined }))).toEqual({
      kind: "allowed",
      rule: "none",
    });
  });

  test.each(["guest", "stranger", "bot", "deactivated"] as const)("a %s may not", (kind) => {
    expect(evaluate(undefined, asks({ person: { ...ANNA, kind } }))).toEqual({
      kind: "denied",
      rule: "none",
      why: kind,
    });
  });
});

test("each wish is an action", () => {
  const around = {
    snapshot: { id: "s" },
    snapshots: [],
    name: "n",
    safety: false,
    how: "ask",
    nameGiven: false,
  } as never;
  const wishes = (["create", "restore", "delete", "rename"] as const).map((kind) => ({ ...(around as object), kind }));
  expect(wishes.map((wish) => actionOf(wish as never))).toEqual(["create", "restore", "delete", "rename"]);
  expect((["on", "off", "hard_off"] as const).map((to) => actionOf({ kind: "power", to }))).toEqual([
    "power_on",
    "shutdown",
    "power_off",
  ]);
});

test("a moment that is none allows nothing", () => {
  const policy = policyOf({ when: { outside: "wed 10:00-11:00" }, allow: "everyone" });
  expect(() => evaluate(policy, asks({ at: new Date(Number.NaN) }))).toThrow();
  expect(NOW.getTime()).toBeGreaterThan(0);
});

test("somebody else in the same place is somebody else", () => {
  const policy = policyOf({ allow: "U0ANNA" });
  expect(evaluate(policy, asks({ person: somebody("U0ANNA2"), channel: OPS })).kind).toBe("denied");
});
