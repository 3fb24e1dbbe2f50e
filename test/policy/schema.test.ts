import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { HOUR_MS, MINUTE_MS } from "../../src/domain/durations.ts";
import { BreakGlassSchema } from "../../src/policy/break-glass.ts";
import { LimitsSchema } from "../../src/policy/limits.ts";
import { POLICY_KEYS, PolicySchema } from "../../src/policy/policy.ts";
import { mistakesIn, policyOf } from "./asking.ts";

/** A policy as it stands in `shutter.yml`. */
const EXAMPLE = `
- when: { action: [restore, delete, power_off], vm: "tag:prod" }
  allow: [group:sre]
  approval: { by: [group:sre], count: 2, not: requester, expires: 4h, remind: 30m, reason: required }
  confirm: typed
- when: { action: create, how: offline, vm: "tag:prod", outside: "mon-fri 20:00-06:00" }
  allow: everyone
  approval: { by: [group:oncall], count: 1, not: requester, expires: 1h }
- when: { channel: "#ops" }
  allow: members
- otherwise: deny
`;

test("the example is read", () => {
  const policy = PolicySchema.parse(parseDocument(EXAMPLE).toJS());
  expect(policy).toMatchObject([
    {
      when: { action: ["restore", "delete", "power_off"], vm: [{ text: "tag:prod", kind: "tag" }] },
      outcome: {
        kind: "allow",
        who: [{ text: "group:sre", kind: "group", handle: "sre" }],
        approval: {
          by: [{ kind: "group", handle: "sre" }],
          count: 2,
          not: "requester",
          expiresMs: 4 * HOUR_MS,
          remindMs: 30 * MINUTE_MS,
          reason: "required",
          lostRight: "void",
        },
        confirm: "typed",
      },
    },
    {
      when: { how: ["offline"], outside: { windows: [{ text: "mon-fri 20:00-06:00" }], zone: undefined } },
      outcome: { who: [{ kind: "everyone" }], approval: { by: [{ handle: "oncall" }], expiresMs: HOUR_MS } },
    },
    { when: { channel: [{ kind: "name", name: "ops" }] }, outcome: { who: [{ kind: "members" }], confirm: undefined } },
    { when: {}, outcome: { kind: "deny" } },
  ]);
});

test("what an approval does not say has a default", () => {
  const [rule] = policyOf({ allow: "everyone", approval: { by: "everyone" } });
  expect(rule?.outcome).toMatchObject({
    approval: {
      count: 1,
      not: "requester",
      expiresMs: 4 * HOUR_MS,
      remindMs: undefined,
      reason: "optional",
      lostRight: "void",
    },
  });
});

test("the last rule may allow", () => {
  const otherwise = { allow: "group:sre", approval: { by: "group:sre" }, confirm: "typed" };
  expect(policyOf({ otherwise })).toEqual(policyOf(otherwise));
});

const rule = { allow: "everyone" };
const when = (selectors: object) => ({ when: selectors, allow: "everyone" });
const approval = (changes: object) => ({ allow: "everyone", approval: { by: "group:sre", ...changes } });

describe("a mistake names its place and what was probably meant", () => {
  test.each([
    {
      written: when({ action: "retore" }),
      says: '0.when.action holds "retore", which is no action; did you mean restore?',
    },
    {
      written: when({ action: ["create", "explode"] }),
      says: '0.when.action.1 holds "explode", which is no action; known are create',
    },
    { written: when({ action: [] }), says: "0.when.action must not be empty; it takes an action: create" },
    { written: when({ action: null }), says: "0.when.action must be an action: create" },
    { written: when({ action: { create: true } }), says: "0.when.action must be an action: create" },
    { written: when({ how: "of" }), says: "no way to take a snapshot; known are offline, live" },
    { written: when({ how: "live", action: ["create", "restore"] }), says: "0.when.how is for create only" },
    { written: when({ vm: 7 }), says: "0.when.vm must be a name" },
    { written: when({ vm: { tag: "prod" } }), says: "0.when.vm must be a name" },
    { written: when({ vm: ["web-*", "tags:prod"] }), says: '0.when.vm.1 holds "tags:prod"; a tag is written tag:prod' },
    { written: when({ vm: "Tag:prod" }), says: "a tag is written tag:prod" },
    { written: when({ vm: "tag: prod" }), says: "a name has no spaces around it" },
    { written: when({ vm: "" }), says: '0.when.vm holds ""' },
    {
      written: when({ channel: "ops" }),
      says: '0.when.channel holds "ops", which is no channel; did you mean "#ops"?',
    },
    { written: when({ channel: null }), says: '0.when.channel must be a channel such as "#ops" (in quotes)' },
    { written: when({ channel: "#a b" }), says: "which is no channel; it takes a channel such as" },
    { written: when({ during: "evenings" }), says: '0.when.during holds "evenings", which is no time' },
    { written: when({ outside: ["08:00-09:00", "x"] }), says: '0.when.outside.1 holds "x", which is no time' },
    { written: when({ during: "08:00-09:00", zone: "Europe/Berln" }), says: "0.when.zone must be a time zone" },
    { written: when({ vm: "web-*", zone: "UTC" }), says: "0.when.zone is for during and outside" },
    { written: when({}), says: "0.when must name something" },
    { written: { when: null, allow: "everyone" }, says: "0.when must be keys with values" },
    { written: { allow: "everybody" }, says: '0.allow holds "everybody", which names nobody; did you mean everyone?' },
    {
      written: { allow: ["everyone", "Members"] },
      says: '0.allow.1 holds "Members", which names nobody; did you mean members?',
    },
    { written: { allow: "@sre" }, says: "did you mean group:sre? A person is named by U… id or e-mail address" },
    { written: { allow: "group sre" }, says: "did you mean group:sre?" },
    { written: { allow: "group:" }, says: "which names nobody; it takes people: everyone" },
    { written: { allow: "u0anna" }, says: "which names nobody; it takes people: everyone" },
    { written: { allow: `${"a".repeat(300)}@example.com` }, says: "must not hold a name of more than 254" },
    { written: { allow: [] }, says: "0.allow must not be empty" },
    { written: { allow: true }, says: "0.allow must be people" },
    { written: { deny: false }, says: "0.deny must be true, or not be there" },
    { written: { deny: true, allow: "everyone" }, says: "0.allow cannot stand beside deny" },
    { written: { deny: true, confirm: "typed" }, says: "0.confirm cannot stand beside deny" },
    { written: { when: { action: "create" } }, says: "0 must hold allow: with people, deny: true, or otherwise:" },
    { written: {}, says: "0 must hold allow:" },
    { written: "deny", says: "0 must be keys with values" },
    { written: { otherwise: "allow" }, says: "0.otherwise must be deny, or hold allow: with people" },
    { written: { otherwise: { allow: "everybody" } }, says: '0.otherwise.allow holds "everybody"' },
    { written: { otherwise: {} }, says: "0.otherwise.allow must be people" },
    { written: { otherwise: ["deny"] }, says: "0.otherwise must be" },
    { written: { otherwise: "deny", when: { action: "create" } }, says: "0.when cannot stand beside otherwise" },
    { written: { allow: "everyone", confirm: "twice" }, says: "0.confirm must be typed" },
    { written: approval({ count: 0 }), says: "0.approval.count must be a whole number from 1" },
    { written: approval({ count: 1.5 }), says: "0.approval.count must be a whole number from 1" },
    { written: approval({ count: "2" }), says: "0.approval.count must be a whole number from 1" },
    {
      written: approval({ by: ["U0ANNA", "boris@example.com"], count: 3 }),
      says: "0.approval.count is 3, but only 2 can say yes",
    },
    {
      written: approval({ by: ["U0ANNA", "U0ANNA"], count: 2 }),
      says: "0.approval.count is 2, but only 1 can say yes",
    },
    { written: approval({ not: "me" }), says: "0.approval.not must be requester or nobody" },
    {
      written: approval({ expires: "soon" }),
      says: "0.approval.expires must be a duration of 1m at least, such as 30m",
    },
    { written: approval({ expires: "0s" }), says: "0.approval.expires must be a duration of 1m at least" },
    { written: approval({ expires: "59s" }), says: "0.approval.expires must be a duration of 1m at least" },
    { written: approval({ remind: "4h" }), says: "0.approval.remind must be shorter than the time until it expires" },
    { written: approval({ remind: "10s" }), says: "0.approval.remind must be a duration of 1m at least" },
    { written: approval({ reason: true }), says: "0.approval.reason must be required or optional" },
    { written: approval({ lost_right: "maybe" }), says: "0.approval.lost_right must be void or counts" },
    { written: { allow: "everyone", approval: {} }, says: "0.approval.by must be people" },
    { written: { allow: "everyone", approval: null }, says: "0.approval must be keys with values" },
  ])("$says", ({ written, says }) => {
    expect(mistakesIn(written)).toEqual([expect.stringContaining(says)]);
  });

  test("all at once, each at its place", () => {
    expect(mistakesIn(when({ action: "x", vm: 1 }), rule, { allow: "everybody", confirm: 1 })).toHaveLength(4);
  });

  test("with what was written on one line, and not all of it", () => {
    const [mistake] = mistakesIn({ allow: `\n\u001b[31m${"x".repeat(200)}` });
    expect(mistake).toContain('"\\n\\u001b[31mxxx');
    expect(mistake!.length).toBeLessThan(250);
  });

  test("a rule that always fits is the last one", () => {
    expect(mistakesIn(rule, { otherwise: "deny" })).toEqual(["0 always fits, so no rule after it is ever asked"]);
    expect(mistakesIn({ otherwise: "deny" }, when({ vm: "a" }))).toHaveLength(1);
    expect(mistakesIn(when({ vm: "a" }), rule)).toEqual([]);
  });

  test.each([{ all: [] }, { all: null }, { all: "deny" }, { all: { allow: "everyone" } }])(
    "$all is no policy",
    ({ all }) => {
      expect(PolicySchema.safeParse(all).success).toBe(false);
    },
  );
});

describe("an approval that nobody could ever give", () => {
  const two = ["U0ANNA", "boris@example.com"];
  const asked = (allow: unknown, approval: object) => ({ allow, approval: { by: two, count: 2, ...approval } });

  test.each([
    { what: "two of the same two", rule: asked(two, {}) },
    { what: "two of the same two, one of whom asks", rule: asked("U0ANNA", {}) },
    { what: "an address in another case", rule: asked(["Boris@Example.com"], {}) },
  ])("$what is a mistake", ({ rule }) => {
    const says = "is 2, but whoever asks does not count, so only 1 can say yes; name more people, or write not: nobody";
    expect(mistakesIn(rule)).toEqual([`0.approval.count ${says}`]);
    expect(mistakesIn({ otherwise: rule })).toEqual([`0.otherwise.approval.count ${says}`]);
  });

  test("somebody's own yes is a mistake, too", () => {
    expect(mistakesIn({ allow: "U0ANNA", approval: { by: "U0ANNA" } })).toEqual([
      expect.stringContaining("0.approval.count is 1, but whoever asks does not count, so only 0 can say yes"),
    ]);
  });

  test.each([
    { what: "a third asks", rule: asked([...two, "U0CLARA"], {}) },
    { what: "everybody asks", rule: asked("everyone", {}) },
    { what: "a group asks", rule: asked(["U0ANNA", "group:sre"], {}) },
    { what: "one other is enough", rule: asked(two, { count: 1 }) },
    { what: "their own counts", rule: asked(two, { not: "nobody" }) },
    { what: "a group says yes", rule: asked(two, { by: [...two, "group:sre"] }) },
  ])("is none when $what", ({ rule }) => {
    expect(mistakesIn(rule)).toEqual([]);
  });
});

describe("an unknown key", () => {
  const unknownIn = (
    schema: { safeParse(written: unknown): ReturnType<typeof PolicySchema.safeParse> },
    written: unknown,
  ) =>
    schema.safeParse(written).error?.issues.map((issue) => ({
      path: issue.path.map((part) => (typeof part === "number" ? "*" : part)).join("."),
      keys: issue.code === "unrecognized_keys" ? issue.keys : [],
    }));

  test.each([
    { written: { ...rule, alow: 1 }, path: "*", key: "alow", known: "allow" },
    { written: { allow: "everyone", when: { vms: 1 } }, path: "*.when", key: "vms", known: "vm" },
    { written: approval({ expire: "1h" }), path: "*.approval", key: "expire", known: "expires" },
    { written: { otherwise: { ...rule, confrm: 1 } }, path: "*.otherwise", key: "confrm", known: "confirm" },
    {
      written: { otherwise: { ...rule, approval: { by: "everyone", cont: 1 } } },
      path: "*.otherwise.approval",
      key: "cont",
      known: "count",
    },
  ])("$key at policy.$path is told from those that are known there", ({ written, path, key, known }) => {
    expect(unknownIn(PolicySchema, [written])).toEqual([{ path, keys: [key] }]);
    expect(POLICY_KEYS[`policy.${path}`]).toContain(known);
  });

  test("of an emergency or a limit too", () => {
    expect(BreakGlassSchema.safeParse({ by: "everyone", tell: "#a", x: 1 }).error?.issues[0]?.path).toEqual([]);
    expect(POLICY_KEYS.break_glass).toEqual(["by", "reason", "tell"]);
    expect(LimitsSchema.safeParse([{ running: 1, x: 1 }]).error?.issues[0]?.path).toEqual([0]);
    expect(POLICY_KEYS["limits.*"]).toContain("requests_per_hour");
  });
});

test("whatever stands there is a policy or has mistakes with places in it", () => {
  const word = fc.constantFrom(
    "everyone",
    "group:sre",
    "U0ANNA",
    "create",
    "tag:prod",
    "deny",
    "#ops",
    "08:00-09:00",
    "",
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 5 }, word, fc.constantFrom(null, true, 0, 1), tie("list"), tie("map")),
    list: fc.array(tie("value"), { maxLength: 3 }),
    map: fc.dictionary(
      fc.constantFrom(...new Set(Object.values(POLICY_KEYS).flat()), "__proto__", "constructor"),
      tie("value"),
      { maxKeys: 4 },
    ),
  }));
  fc.assert(
    fc.property(value, (written) => {
      const parsed = PolicySchema.safeParse(written);
      const places = parsed.success ? [[]] : parsed.error.issues.map(({ path }) => path);
      expect(places).not.toEqual([]);
      for (const path of places) {
        let inside: unknown = written;
        for (const part of path.slice(0, -1)) inside = (inside as Record<PropertyKey, unknown>)[part];
        expect(path.length === 0 || typeof inside === "object").toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
});
