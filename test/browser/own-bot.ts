import { serveDouble } from "../../src/demo/server.ts";
import type { DemoSlack } from "../../src/demo/slack.ts";

type Payload = Record<string, unknown> & { type: string };

/** Stands where the bot would: hears what Slack tells, and says what the test wants said. */
export interface OwnBot {
  /** Everything that Slack has told, oldest first. */
  readonly heard: readonly Payload[];
  /** The actions among it, without what changes each time. */
  actions(): Record<string, unknown>[];
  /** Calls the Web API. */
  call(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** `onHeard` is told before Slack has its answer; what it returns is the answer. */
export async function startOwnBot(
  slack: DemoSlack,
  onHeard: (payload: Payload, bot: OwnBot) => unknown = () => undefined,
): Promise<OwnBot> {
  const heard: Payload[] = [];
  const server = await serveDouble(async ({ body }) => {
    const payload: Payload = body.startsWith("{")
      ? JSON.parse(body)
      : JSON.parse(new URLSearchParams(body).get("payload") ?? '{"type":"command"}');
    heard.push(payload);
    const answer = await onHeard(payload, bot);
    return { status: 200, body: answer ?? "" };
  });
  const bot: OwnBot = {
    heard,
    actions: () =>
      heard
        .filter(({ type }) => type === "block_actions")
        .flatMap(({ actions }) => actions as Record<string, unknown>[])
        .map(({ action_ts, type, text, placeholder, ...action }) => action),
    async call(method, args) {
      const response = await fetch(`${slack.apiUrl}${method}`, {
        method: "POST",
        headers: { authorization: `Bearer ${slack.botToken}`, "content-type": "application/json" },
        body: JSON.stringify(args),
      });
      return (await response.json()) as Record<string, unknown>;
    },
    close: () => server.close(),
  };
  slack.requestUrl = `${server.url}/slack/events`;
  return bot;
}
