import type { Asked } from "./asked.ts";
import { type Decision, evaluate } from "./evaluate.ts";
import { allOf, type Fit, fitOf, type Scene, SELECTOR_KEYS, sceneOf } from "./fit.ts";
import { insideChannel } from "./inside-channel.ts";
import type { Policy, Rule } from "./policy.ts";
import { clockText } from "./wall-clock.ts";
import type { Selector, When } from "./when.ts";
import { namedBy } from "./who.ts";

/** One thing that a rule wants, as it is written there, and what was found instead or just so. */
export interface SelectorExplained {
  selector: Selector;
  fits: Fit;
  wanted: readonly string[];
  found: readonly string[];
}

export interface RuleExplained {
  /** From 1. */
  rule: number;
  fits: Fit;
  /** Empty for a rule that always fits. */
  selectors: readonly SelectorExplained[];
}

/** Whom the deciding rule allows, and whether that is this person. */
export interface WhoExplained {
  who: string;
  named: "yes" | "no" | "silent";
}

export interface Explanation {
  decision: Decision;
  /** Each rule up to the one that decides. Empty where no rule was asked. */
  rules: readonly RuleExplained[];
  /** Empty where the deciding rule allows nobody. */
  people: readonly WhoExplained[];
}

/** What `evaluate` says, and how it comes to it. */
export function explain(policy: Policy | undefined, asked: Asked): Explanation {
  const decision = evaluate(policy, asked);
  const wasAsked = decision.rule !== "none" || (decision.kind === "denied" && decision.why === "no_rule");
  if (policy === undefined || !wasAsked) return { decision, rules: [], people: [] };
  const scene = sceneOf(asked);
  const last = decision.rule === "none" ? policy.length : decision.rule;
  const rules = policy.slice(0, last).map((rule, index) => ruleExplained(rule, index + 1, scene));
  return { decision, rules, people: decision.rule === "none" ? [] : peopleExplained(policy[last - 1]!, asked) };
}

function ruleExplained({ when }: Rule, rule: number, scene: Scene): RuleExplained {
  const selectors = SELECTOR_KEYS.flatMap((selector): SelectorExplained[] => {
    const fits = fitOf(selector, when, scene);
    if (fits === undefined) return [];
    return [{ selector, fits, wanted: wantedBy(when, selector), found: FOUND[selector](scene, when) }];
  });
  return { rule, fits: allOf(selectors.map(({ fits }) => fits)), selectors };
}

function wantedBy(when: When, selector: Selector): string[] {
  const wanted = when[selector];
  const all = wanted === undefined ? [] : "windows" in wanted ? wanted.windows : wanted;
  return all.map((each) => (typeof each === "string" ? each : each.text));
}

type Finder = (scene: Scene, when: When) => readonly string[];

const given = (...texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text) => text !== undefined)),
];

const clockOf = (scene: Scene, zone = scene.asked.zone): string[] => [clockText(scene.clock(zone)), zone];

const FOUND: { readonly [S in Selector]: Finder } = {
  action: ({ asked }) => [asked.action],
  how: ({ asked }) => given(asked.how),
  vm: ({ asked: { vm } }) => [...given(vm.name, vm.id), ...vm.tags.map((tag) => `tag:${tag}`)],
  project: ({ asked }) => given(asked.vm.project),
  pool: ({ asked }) => given(asked.vm.pool),
  channel: ({ asked: { channel } }) =>
    channel === undefined
      ? []
      : channel.isDirect
        ? ["direct"]
        : given(channel.name === undefined ? undefined : `#${channel.name}`, channel.id),
  during: (scene, { during }) => clockOf(scene, during?.zone),
  outside: (scene, { outside }) => clockOf(scene, outside?.zone),
};

/** Guests are named by one word only, and everybody else by every other. */
function peopleExplained({ outcome }: Rule, { person, channel }: Asked): WhoExplained[] {
  if (outcome.kind === "deny") return [];
  const somebody = insideChannel(person, channel);
  return outcome.who.map((who) => ({
    who: who.text,
    named: person.kind === "guest" ? (who.kind === "guests" ? "yes" : "no") : namedBy(who, somebody),
  }));
}
