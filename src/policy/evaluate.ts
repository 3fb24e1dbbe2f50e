import type { Approval } from "./approval.ts";
import type { Asked } from "./asked.ts";
import { ruleFits, sceneOf } from "./fit.ts";
import { insideChannel } from "./inside-channel.ts";
import type { Outcome, Policy } from "./policy.ts";
import { named, type PeopleNamed } from "./who.ts";

/** Which rule said so, from 1; `none`: no rule was asked, or none fits. */
export type RuleNumber = number | "none";

/**
 * Why not. `denied` the rule says so · `not_named` the rule allows others · `guest` it does not name guests ·
 * `directory_silent` only Slack could say who is in a group or a channel, and it did not · `channel_unknown` only Slack
 * could say what the channel is called, and it did not · `vm_unknown` the cloud does not say what VM it is · `no_rule`
 * none fits.
 */
export type WhyNot =
  | "denied"
  | "not_named"
  | "guest"
  | "stranger"
  | "bot"
  | "deactivated"
  | "directory_silent"
  | "channel_unknown"
  | "vm_unknown"
  | "no_rule";

export type Decision =
  | { kind: "allowed"; rule: RuleNumber; approval?: Approval; confirm?: "typed"; reason?: "required" }
  | { kind: "denied"; rule: RuleNumber; why: WhyNot };

/** Without a policy every full member may ask. */
const EVERYONE: readonly PeopleNamed[] = [{ text: "everyone", kind: "everyone" }];
const WITHOUT_POLICY: Outcome = { kind: "allow", who: EVERYONE, approval: undefined, confirm: undefined };

/** What the policy says of somebody's wish: the first rule that fits decides. What is not known for sure is a no. */
export function evaluate(policy: Policy | undefined, asked: Asked): Decision {
  const { kind } = asked.person;
  if (kind === "stranger" || kind === "bot" || kind === "deactivated") return denied("none", kind);
  if (policy === undefined) return decisionOf(WITHOUT_POLICY, "none", asked);
  const scene = sceneOf(asked);
  for (const [index, { when, outcome }] of policy.entries()) {
    const fit = ruleFits(when, scene);
    if (fit === "unknown") return denied(index + 1, "channel_unknown");
    if (fit === "yes") return decisionOf(outcome, index + 1, asked);
  }
  return denied("none", "no_rule");
}

const denied = (rule: RuleNumber, why: WhyNot): Decision => ({ kind: "denied", rule, why });

const WHY_NOT = { no: "not_named", silent: "directory_silent", guest: "guest" } as const;

function decisionOf(outcome: Outcome, rule: RuleNumber, { person, channel, how }: Asked): Decision {
  if (outcome.kind === "deny") return denied(rule, "denied");
  const is = named(outcome.who, insideChannel(person, channel));
  if (is !== "yes") return denied(rule, WHY_NOT[is]);
  const { approval, confirm } = outcome;
  return {
    kind: "allowed",
    rule,
    ...(approval && { approval }),
    ...(approval?.reason === "required" && { reason: "required" }),
    // A live snapshot loses nothing.
    ...(confirm && how !== "live" && { confirm }),
  };
}
