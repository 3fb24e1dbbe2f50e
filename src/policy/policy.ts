import { z } from "zod";
import { APPROVAL_KEYS, type Approval, ApprovalSchema } from "./approval.ts";
import { BREAK_GLASS_KEYS } from "./break-glass.ts";
import { individuals, tooFew } from "./enough.ts";
import { LIMIT_KEYS } from "./limits.ts";
import { WHEN_KEYS, type When, WhenSchema } from "./when.ts";
import { type PeopleNamed, WhoSchema } from "./who.ts";
import { keys, word, wrong } from "./written.ts";

/** What a rule says when it is the first that fits. */
export type Outcome =
  | { kind: "deny" }
  | { kind: "allow"; who: readonly PeopleNamed[]; approval: Approval | undefined; confirm: "typed" | undefined };

export interface Rule {
  /** Without anything in it, the rule always fits. */
  when: When;
  outcome: Outcome;
}

/** Ordered; the first rule that fits decides, and whoever it does not name is refused. When none fits, nobody may. */
export type Policy = readonly Rule[];

const allowing = { approval: ApprovalSchema.optional(), confirm: word("typed").optional() };
const Allowed = keys({ allow: WhoSchema, ...allowing });
const Written = keys({
  when: WhenSchema.optional(),
  allow: WhoSchema.optional(),
  deny: z.literal(true, { error: "must be true, or not be there" }).optional(),
  ...allowing,
  otherwise: z
    .unknown()
    .transform((given, context): z.infer<typeof Allowed> | "deny" => {
      if (given === "deny") return given;
      if (typeof given !== "object" || given === null) wrong(context, "must be deny, or hold allow: with people");
      else {
        const read = Allowed.safeParse(given);
        if (read.success) return read.data;
        for (const issue of read.error.issues) context.addIssue({ ...issue, continue: false });
      }
      return "deny";
    })
    .optional(),
});
type Written = z.infer<typeof Written>;

const allow = ({ allow: who, approval, confirm }: z.infer<typeof Allowed>): Outcome => ({
  kind: "allow",
  who,
  approval,
  confirm,
});

/** What certainly nobody can ever approve. Who is in a group only Slack can say. */
function refuseDeadlock(
  { allow, approval }: Pick<Written, "allow" | "approval">,
  context: z.RefinementCtx,
  at: string[],
) {
  const approvers = approval && individuals(approval.by);
  if (!allow || !approvers) return;
  const most = tooFew(approval, approvers, individuals(allow));
  if (most === undefined) return;
  const says = `is ${approval.count}, but whoever asks does not count, so only ${most} can say yes; name more people, or write not: nobody`;
  wrong(context, says, [...at, "approval", "count"]);
}

const RuleSchema = Written.superRefine((rule, context) => {
  const given = Object.keys(rule) as (keyof Written)[];
  if (rule.otherwise !== undefined) {
    for (const key of given) if (key !== "otherwise") wrong(context, "cannot stand beside otherwise", [key]);
  } else if (rule.deny) {
    for (const key of given) if (key !== "deny" && key !== "when") wrong(context, "cannot stand beside deny", [key]);
  } else if (rule.allow === undefined) wrong(context, "must hold allow: with people, deny: true, or otherwise:");
  if (typeof rule.otherwise === "object") refuseDeadlock(rule.otherwise, context, ["otherwise"]);
  else refuseDeadlock(rule, context, []);
}).transform(({ when = {}, otherwise, deny, allow: who, approval, confirm }): Rule => {
  if (otherwise === "deny" || deny) return { when, outcome: { kind: "deny" } };
  return { when, outcome: allow(otherwise ?? { allow: who!, approval, confirm }) };
});

const always = ({ when }: Rule): boolean => Object.keys(when).length === 0;

export const PolicySchema = z
  .array(RuleSchema, { error: "must be a list of rules" })
  .min(1, { error: "must hold a rule; without the key policy: every full member may ask" })
  .superRefine((rules, context) => {
    if (context.issues.length > 0) return; // rules with mistakes are not there
    const first = rules.findIndex(always);
    if (first >= 0 && first < rules.length - 1)
      wrong(context, "always fits, so no rule after it is ever asked", [first]);
  });

const ALLOWING = ["allow", ...Object.keys(allowing)];

/** The known keys, by the path of what they stand in; `*` is any place in a list. */
export const POLICY_KEYS: Readonly<Record<string, readonly string[]>> = {
  "policy.*": Object.keys(Written.shape),
  "policy.*.when": WHEN_KEYS,
  "policy.*.approval": APPROVAL_KEYS,
  "policy.*.otherwise": ALLOWING,
  "policy.*.otherwise.approval": APPROVAL_KEYS,
  break_glass: BREAK_GLASS_KEYS,
  "limits.*": LIMIT_KEYS,
};
