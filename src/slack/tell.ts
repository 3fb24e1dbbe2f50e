import type { WebClient } from "@slack/web-api";
import { fetch } from "undici";
import type { Log } from "../ports/log.ts";
import { SlackRefusal } from "../ports/slack.ts";
import { section, topLevel, wordsOf } from "../views/blocks.ts";
import type { Sender } from "./deliveries.ts";
import { call, SLACK_DEADLINE_MS } from "./web.ts";

/** Answers one person, visible to nobody else. Never throws: whoever cannot be reached has at least been logged. */
export type Tell = (to: Sender, text: string, more?: readonly object[], ways?: Ways) => Promise<void>;

export interface Ways {
  /** Sent instead of `more` where Slack does not know one of its blocks. */
  plainer?: readonly object[] | undefined;
  /** What the blocks say, for the top-level text, where reading them out one by one would not do. */
  words?: readonly string[] | undefined;
  /** It takes the place of the message whose button was pressed, instead of being one more. */
  replaces?: boolean | undefined;
}

type Answer = { text: string; blocks: readonly object[] };

/** `unknown_blocks`: no way will do, but plainer ones might. */
type Outcome = "yes" | "no" | "unknown_blocks";

export function createTell(client: WebClient, slackApiUrl: string, log: Log): Tell {
  async function reach(to: Sender, answer: Answer, replaces: boolean): Promise<Outcome> {
    const drawn = { ...answer, blocks: answer.blocks as never };
    if (to.responseUrl && isSlacks(to.responseUrl, slackApiUrl)) {
      const outcome = await respond(to.responseUrl, { ...answer, replace_original: replaces });
      if (outcome !== "no") return outcome;
    }
    if (to.channel) {
      const { channel, user } = to;
      // Where they are no member, direct messages are left.
      const outcome = await outcomeOf(() => client.chat.postEphemeral({ channel, user, ...drawn })).catch(
        () => "no" as const,
      );
      if (outcome !== "no") return outcome;
    }
    return outcomeOf(() => client.chat.postMessage({ channel: to.user, ...drawn }));
  }

  return async (to, text, more = [], { plainer, words = wordsOf(plainer ?? more), replaces = false } = {}) => {
    const whole = topLevel([text, ...words].join("\n"));
    const drawings = [more, ...(plainer ? [plainer] : [])];
    try {
      for (const blocks of drawings) {
        const outcome = await reach(to, { text: whole, blocks: [section(text), ...blocks] }, replaces);
        if (outcome === "yes") return;
      }
      log.warn("Slack cannot show a private answer", { user: to.user });
    } catch (error) {
      log.warn("a private answer did not reach its reader", { user: to.user, error: String(error) });
    }
  };
}

/** Slack's word for blocks that it does not know, or that are not as it wants them. */
const UNKNOWN_BLOCKS = "invalid_blocks";

async function respond(url: string, answer: Answer & { replace_original: boolean }): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...answer, response_type: "ephemeral" }),
      redirect: "error",
      signal: AbortSignal.timeout(SLACK_DEADLINE_MS),
    });
    const said = await response.text();
    if (said.includes(UNKNOWN_BLOCKS)) return "unknown_blocks";
    return response.ok ? "yes" : "no";
  } catch {
    return "no"; // there is another way
  }
}

async function outcomeOf(send: () => Promise<unknown>): Promise<Outcome> {
  try {
    await call(send);
    return "yes";
  } catch (error) {
    if (error instanceof SlackRefusal && error.code === UNKNOWN_BLOCKS) return "unknown_blocks";
    throw error;
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
