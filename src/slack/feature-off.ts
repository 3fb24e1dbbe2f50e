import { WebAPIPlatformError } from "@slack/web-api";
import { SlackRefusal } from "../ports/slack.ts";

/**
 * What the bot lacks, when Slack's no is one that does not go away by itself; undefined for every other error.
 * In the words of those who set the bot up.
 */
export function whyOff(error: unknown): string | undefined {
  if (!(error instanceof SlackRefusal)) return undefined;
  switch (error.code) {
    case "missing_scope":
      return `the bot token lacks the scope ${neededBy(error) ?? "for it"}`;
    case "plan_upgrade_required":
      return "the workspace's plan does not have it";
    case "unknown_method":
      return "this Slack does not know it";
    default:
      return undefined;
  }
}

function neededBy({ cause }: SlackRefusal): string | undefined {
  if (!(cause instanceof WebAPIPlatformError) || !("needed" in cause.data)) return undefined;
  return String(cause.data.needed) || undefined;
}
