import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asked, Somebody } from "../../src/policy/asked.ts";
import { type Decision, evaluate } from "../../src/policy/evaluate.ts";
import { explain } from "../../src/policy/explain.ts";
import { ruleFits, sceneOf } from "../../src/policy/fit.ts";
import { anAsked, aRule, aRuleWithoutGuests, read, someRules } from "./arbitrary.ts";
import { SRE } from "./asking.ts";

/** What holds for every policy and every question. */

const RUNS = { numRuns: 500 };
const isAllowed = (decision: Decision): boolean => decision.kind === "allowed";
const without = ({ rule: _, ...rest }: Decision) => rest;
const fits = (rule: unknown, asked: Asked) => ruleFits(read([rule])[0]!.when, sceneOf(asked));

/** One rule more, at a place in the list. */
const inserted = <T>(rules: readonly T[], at: number, rule: T): T[] =>
  rules.toSpliced(at % (rules.length + 1), 0, rule);

describe("a rule that does not fit", () => {
  test("changes nothing, wherever it is added", () => {
    fc.assert(
      fc.property(someRules, aRule, fc.nat(), anAsked, (rules, unrelated, at, asked) => {
        fc.pre(fits(unrelated, asked) === "no");
        const decision = evaluate(read(rules), asked);
        expect(without(evaluate(read(inserted(rules, at, unrelated)), asked))).toEqual(without(decision));
      }),
      RUNS,
    );
  });

  test("never widens what is denied, however many are added", () => {
    fc.assert(
      fc.property(someRules, fc.array(fc.tuple(aRule, fc.nat())), anAsked, (rules, more, asked) => {
        const unrelated = more.filter(([rule]) => fits(rule, asked) === "no");
        const all = unrelated.reduce((list, [rule, at]) => inserted(list, at, rule), rules);
        if (!isAllowed(evaluate(read(rules), asked))) expect(isAllowed(evaluate(read(all), asked))).toBe(false);
      }),
      RUNS,
    );
  });
});

test("rules after the one that decides never matter", () => {
  fc.assert(
    fc.property(someRules, someRules, anAsked, (rules, others, asked) => {
      const decision = evaluate(read(rules), asked);
      fc.pre(decision.rule !== "none");
      const upTo = rules.slice(0, decision.rule as number);
      expect(evaluate(read([...upTo, ...others]), asked)).toEqual(decision);
    }),
    RUNS,
  );
});

test("a deny before everything else denies, whoever asks", () => {
  fc.assert(
    fc.property(someRules, aRule, anAsked, (rules, { when }, asked) => {
      fc.pre(fits({ when, deny: true }, asked) === "yes");
      expect(isAllowed(evaluate(read([{ when, deny: true }, ...rules]), asked))).toBe(false);
    }),
    RUNS,
  );
});

describe("people who are not full members", () => {
  const as = (asked: Asked, kind: Somebody["kind"]): Asked => ({ ...asked, person: { ...asked.person, kind } });

  test.each(["stranger", "bot", "deactivated"] as const)("a %s is never allowed", (kind) => {
    fc.assert(
      fc.property(fc.option(someRules, { nil: undefined }), anAsked, (rules, asked) => {
        expect(isAllowed(evaluate(rules && read(rules), as(asked, kind)))).toBe(false);
      }),
      RUNS,
    );
  });

  test("a guest is never allowed where guests are not named", () => {
    fc.assert(
      fc.property(
        fc.option(fc.array(aRuleWithoutGuests, { minLength: 1 }), { nil: undefined }),
        anAsked,
        (rules, asked) => {
          expect(isAllowed(evaluate(rules && read(rules), as(asked, "guest")))).toBe(false);
        },
      ),
      RUNS,
    );
  });
});

describe("when Slack does not tell", () => {
  const asker = (asked: Asked, changes: Partial<Somebody>): Asked => ({
    ...asked,
    person: { ...asked.person, ...changes },
  });

  test("which groups somebody is in, nobody is allowed who would not be without any", () => {
    fc.assert(
      fc.property(someRules, anAsked, fc.constantFrom([], [SRE]), (rules, asked, groups) => {
        const policy = read(rules);
        if (isAllowed(evaluate(policy, asker(asked, { groups: "unknown" }))))
          expect(isAllowed(evaluate(policy, asker(asked, { groups })))).toBe(true);
      }),
      RUNS,
    );
  });

  test("whether somebody is in the channel, nobody is allowed who would not be outside of it", () => {
    fc.assert(
      fc.property(someRules, anAsked, fc.boolean(), (rules, asked, isInChannel) => {
        fc.pre(asked.channel?.isDirect !== true);
        const policy = read(rules);
        if (isAllowed(evaluate(policy, asker(asked, { isInChannel: undefined }))))
          expect(isAllowed(evaluate(policy, asker(asked, { isInChannel })))).toBe(true);
      }),
      RUNS,
    );
  });

  test("what the channel is called, nobody is allowed who would not be under every name", () => {
    fc.assert(
      fc.property(someRules, anAsked, fc.constantFrom("ops", "dev", "x"), (rules, asked, name) => {
        const policy = read(rules);
        const channel = { id: "C0NEW", isDirect: false };
        if (isAllowed(evaluate(policy, { ...asked, channel })))
          expect(isAllowed(evaluate(policy, { ...asked, channel: { ...channel, name } }))).toBe(true);
      }),
      RUNS,
    );
  });
});

test("the explanation says what was decided, and ends with the rule that did", () => {
  fc.assert(
    fc.property(someRules, anAsked, (rules, asked) => {
      const policy = read(rules);
      const { decision, rules: explained, people } = explain(policy, asked);
      expect(decision).toEqual(evaluate(policy, asked));
      if (decision.rule === "none") return;
      expect(explained.map(({ rule }) => rule)).toEqual(Array.from({ length: decision.rule }, (_, index) => index + 1));
      expect(explained.map(({ fits }) => fits === "no").lastIndexOf(true)).toBe(decision.rule - 2);
      for (const { fits, selectors } of explained) {
        expect(selectors.some((selector) => selector.fits === "no")).toBe(fits === "no");
        expect(selectors.every((selector) => selector.fits === "yes")).toBe(fits === "yes");
      }
      if (decision.kind === "allowed") expect(people.map(({ named }) => named)).toContain("yes");
    }),
    RUNS,
  );
});
