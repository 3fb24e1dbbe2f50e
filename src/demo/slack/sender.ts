import { createHmac } from "node:crypto";
import { request } from "undici";
import { systemClock } from "../../clock.ts";
import { Answer, PATIENCE_MS, type Retry } from "./answer.ts";

/** Something that Slack tells the bot, named as Socket Mode names it. */
export interface Delivery {
  type: "slash_commands" | "interactive" | "events_api";
  payload: Record<string, unknown>;
}

const FORM = "application/x-www-form-urlencoded";

export interface RawRequest {
  body: string;
  contentType?: string;
  timestampOffsetSeconds?: number;
  /** Instead of the right one. */
  signature?: string;
  /** Beside the usual ones, or instead of them. */
  headers?: Record<string, string>;
}

export function asRequest({ type, payload }: Delivery): RawRequest {
  if (type === "events_api") return { body: JSON.stringify(payload), contentType: "application/json" };
  return { body: formOf(type === "slash_commands" ? payload : { payload }) };
}

/** A form as Slack sends it: what is no text goes as JSON. */
export function formOf(fields: Record<string, unknown>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    form.append(name, typeof value === "string" ? value : JSON.stringify(value));
  }
  return form.toString();
}

/**
 * Signs as Slack does (`v0`) and posts. Never rejects because of the bot: the answer says so. The timestamp is in real
 * time whatever the demo's clock says, since Bolt compares it with the machine's.
 */
export async function postSigned(secret: string, url: string, raw: RawRequest): Promise<Answer> {
  const seconds = Math.floor(systemClock().now().getTime() / 1000) + (raw.timestampOffsetSeconds ?? 0);
  const signature = `v0=${createHmac("sha256", secret).update(`v0:${seconds}:${raw.body}`).digest("hex")}`;
  const headers = {
    "content-type": raw.contentType ?? FORM,
    "x-slack-request-timestamp": String(seconds),
    "x-slack-signature": raw.signature ?? signature,
    "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
    ...raw.headers,
  };
  const once = (): Promise<Answer> => post(url, raw.body, headers, again);
  // What Slack tells again it signs again; what a network repeats is what it has seen.
  const again = (retry?: Retry) =>
    retry ? postSigned(secret, url, { ...raw, headers: { ...raw.headers, ...headersOf(retry) } }) : once();
  return once();
}

const headersOf = ({ num, reason }: Retry): Record<string, string> => ({
  "x-slack-retry-num": String(num),
  "x-slack-retry-reason": reason,
});

async function post(
  url: string,
  body: string,
  headers: Record<string, string>,
  again: (retry?: Retry) => Promise<Answer>,
): Promise<Answer> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    // A connection of its own each time: an idle one would keep the bot's server from closing.
    const response = await request(url, { method: "POST", headers, body, reset: true, signal: patience });
    return new Answer(response.statusCode, await response.body.text(), again);
  } catch {
    return new Answer(0, patience.aborted ? "operation_timeout" : "dispatch_failed", again);
  }
}
