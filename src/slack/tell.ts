import type { WebClient } from "@slack/web-api";
import { fetch } from "undici";
import type { Log } from "../ports/log.ts";
import { section, topLevel, wordsOf } from "../views/blocks.ts";
import type { Sender } from "./deliveries.ts";
import { call, SLACK_DEADLINE_MS } from "./web.ts";

/** Answers one person, visible to nobody else. Never throws: whoever cannot be reached has at least been logged. */
export type Tell = (to: Sender, text: string, more?: readonly object[]) => Promise<void>;

export function createTell(client: WebClient, slackApiUrl: string, log: Log): Tell {
  return async (to, text, more = []) => {
    const answer = { text: topLevel([text, ...wordsOf(more)].join("\n")), blocks: [section(text), ...more] };
    try {
      if (to.responseUrl && isSlacks(to.responseUrl, slackApiUrl) && (await respond(to.responseUrl, answer))) return;
      if (to.channel && (await ephemeral(client, to.channel, to.user, answer))) return;
      await call(() => client.chat.postMessage({ channel: to.user, ...answer, blocks: answer.blocks as never }));
    } catch (error) {
      log.warn("a private answer did not reach its reader", { user: to.user, error: String(error) });
    }
  };
}

async function respond(url: string, answer: object): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...answer, response_type: "ephemeral", replace_original: false }),
      redirect: "error",
      signal: AbortSignal.timeout(SLACK_DEADLINE_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // there is another way
  }
}

async function ephemeral(client: WebClient, channel: string, user: string, answer: { text: string; blocks: object[] }) {
  try {
    await call(() => client.chat.postEphemeral({ channel, user, ...answer, blocks: answer.blocks as never }));
    return true;
  } catch {
    return false; // not a member there; direct messages are left
  }
}

/** The address comes from outside: only Slack's own, or the stand-in's that SLACK_API_URL names, is ever called. */
export function isSlacks(url: string, slackApiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  const api = new URL(slackApiUrl);
  if (api.hostname === "slack.com") return protocol === "https:" && hostname === "hooks.slack.com";
  const isThere = hostname === api.hostname || (LOOPBACK.has(hostname) && LOOPBACK.has(api.hostname));
  return isThere && (protocol === "https:" || protocol === api.protocol);
}

/** Names of this machine, where a stand-in for Slack runs in tests. */
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
