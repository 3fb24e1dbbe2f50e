import { WebAPIPlatformError, type WebClient } from "@slack/web-api";
import { z } from "zod";
import { SlackRefusal } from "../ports/slack.ts";
import { call } from "./web.ts";

const Answer = z.object({
  url: z.string().default("https://slack.com/"),
  team_id: z.string(),
  user_id: z.string(),
  bot_id: z.string().optional(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Who the bot is in its workspace. */
export interface Identity {
  team: string;
  botUser: string;
  bot: string | undefined;
  /** The workspace's web address, a slash at its end. */
  workspace: string;
  /** What the token may do; undefined when Slack does not say. */
  scopes: readonly string[] | undefined;
}

export async function signIn(client: WebClient): Promise<Identity> {
  const answer = Answer.parse(await call(() => client.auth.test()));
  return {
    team: answer.team_id,
    botUser: answer.user_id,
    bot: answer.bot_id,
    workspace: answer.url.endsWith("/") ? answer.url : `${answer.url}/`,
    scopes: answer.response_metadata?.scopes,
  };
}

/** Slack's words for "this token will never work"; asking again does not help. */
const FINAL: ReadonlySet<string> = new Set([
  "invalid_auth",
  "not_authed",
  "account_inactive",
  "token_revoked",
  "token_expired",
]);

export const isTokenRefused = (error: unknown): boolean => FINAL.has(codeOf(error) ?? "");

/** Slack's word, whether our own client has heard it or Bolt's. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof SlackRefusal) return error.code;
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
