import type { BreakGlass } from "./break-glass.ts";
import type { Limit } from "./limits.ts";
import type { Policy } from "./policy.ts";
import { type SlackNeeds, slackNeeds } from "./slack-needs.ts";

/** Everything that says who may do what, as it is configured now. */
export interface Rules {
  policy: Policy | undefined;
  breakGlass: BreakGlass | undefined;
  limits: readonly Limit[];
  /** For times of rules that name no zone of their own. */
  zone: string;
  /** What of it only Slack can say. */
  needs: SlackNeeds;
}

export const rulesOf = (given: Omit<Rules, "needs">): Rules => ({ ...given, needs: slackNeeds(given) });
