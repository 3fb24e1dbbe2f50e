import fc from "fast-check";
import { ACTIONS, type Asked, type Somebody, WAYS } from "../../src/policy/asked.ts";
import { type Policy, PolicySchema } from "../../src/policy/policy.ts";
import { ANNA, asks, BERLIN, BORIS, DIRECT, OPS, SRE } from "./asking.ts";

/** Any policy, as it is written, and any question to it, from so few words that they often meet. */

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 4 }, { arbitrary, weight: 1 });
const oneOrSome = <T>(...words: readonly T[]) =>
  fc.oneof(fc.constantFrom(...words), fc.subarray([...words], { minLength: 1 }));
const given = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const someTimes = fc.constantFrom("mon-fri 20:00-06:00", "08:00-20:00", "sat-sun 00:00-24:00, mon 00:00-06:00");

export const aWhen = fc
  .record({
    action: optional(oneOrSome(...ACTIONS)),
    vm: seldom(oneOrSome("web-*", "*-01", "?", "tag:prod", "tag:*", "db-01")),
    project: seldom(oneOrSome("shop", "s*")),
    pool: seldom(oneOrSome("a", "b")),
    channel: seldom(oneOrSome("#ops", "#dev", "C0OPS", "direct")),
    during: seldom(someTimes),
    outside: seldom(someTimes),
  })
  .map(given)
  .filter((when) => Object.keys(when).length > 0);
const aWhenOfCreate = fc
  .constantFrom(...WAYS)
  .chain((how) => aWhen.map((when) => ({ ...when, action: "create", how })));

const NAMES = ["everyone", "members", "U0ANNA", "anna@example.com", "group:sre", "S0SRE", "U0BORIS"] as const;
export const someWho = (...more: string[]) => oneOrSome<string>(...NAMES, ...more);

export const anApproval = fc
  .record({
    by: someWho("guests").filter((by) => [by].flat().some((name) => /^[emg]|^S/.test(name))),
    count: optional(fc.integer({ min: 1, max: 4 })),
    not: optional(fc.constantFrom("requester", "nobody")),
    expires: optional(fc.constantFrom("5m", "1h", "2d")),
    remind: optional(fc.constantFrom("1m", "3m")),
    lost_right: optional(fc.constantFrom("void", "counts")),
  })
  .map(given)
  .filter(({ by, count }) => [by].flat().some((name) => !/^U|@/.test(String(name))) || count === undefined);

/** A rule about something, so that others can stand after it. */
const aRuleWith = (who: fc.Arbitrary<unknown>) => {
  const outcome = fc.oneof(
    fc.constant({ deny: true }),
    fc
      .record({ allow: who, approval: optional(anApproval), confirm: optional(fc.constant("typed")) })
      .map((written) => given(written)),
  );
  return fc
    .tuple(fc.oneof(aWhen, aWhenOfCreate), outcome)
    .map(([when, what]): Record<string, unknown> => ({ when, ...what }));
};

export const aRule = aRuleWith(someWho("guests"));
export const aRuleWithoutGuests = aRuleWith(someWho());
/** Rules without an end, so that others can be added. */
export const someRules = fc.array(aRule, { minLength: 3, maxLength: 6 });

export const read = (rules: readonly unknown[]): Policy => PolicySchema.parse(rules);

const PLACES = [
  OPS,
  DIRECT,
  undefined,
  { id: "C0DEV", name: "dev", isDirect: false },
  { id: "C0OPS", isDirect: false },
];

export const aPerson: fc.Arbitrary<Somebody> = fc
  .record({
    who: fc.constantFrom(ANNA, BORIS),
    kind: fc.oneof(
      { arbitrary: fc.constant<Somebody["kind"]>("member"), weight: 9 },
      { arbitrary: fc.constantFrom<Somebody["kind"][]>("guest", "stranger", "bot", "deactivated"), weight: 1 },
    ),
    groups: fc.constantFrom<Somebody["groups"][]>("unknown", [], [SRE], [{ id: "S0DEV", handle: "dev" }]),
    isInChannel: fc.constantFrom(true, false, undefined),
  })
  .map(({ who, ...rest }) => ({ ...who, ...rest }));

export const anAsked: fc.Arbitrary<Asked> = fc
  .record({
    action: fc.constantFrom(...ACTIONS),
    how: fc.constantFrom(...WAYS),
    vm: fc.record(
      {
        name: fc.constantFrom("web-01", "db-01", "x"),
        tags: fc.subarray(["prod", "de"]),
        project: fc.constantFrom("shop", "blog"),
        pool: fc.constantFrom("a", "c"),
      },
      { requiredKeys: ["name", "tags"] },
    ),
    channel: fc.constantFrom(...PLACES),
    person: aPerson,
    at: fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true }),
    zone: fc.constantFrom(BERLIN, "UTC", "Asia/Tokyo"),
  })
  .map(asks);
