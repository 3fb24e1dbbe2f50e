import type { Call, Reply } from "../server.ts";
import { channelMethods } from "./channel-methods.ts";
import { chatMethods } from "./chat-methods.ts";
import { conversationMethods } from "./conversation-methods.ts";
import { fileMethods } from "./file-methods.ts";
import { groupMethods } from "./group-methods.ts";
import { type Method, Refused, required, type Slack } from "./method.ts";
import { peopleMethods } from "./people-methods.ts";
import type { RateLimits } from "./rate-limits.ts";
import { unshown } from "./unshown.ts";
import { userMethods } from "./user-methods.ts";
import { viewMethods } from "./view-methods.ts";

const methods: Readonly<Record<string, Method>> = {
  ...userMethods,
  ...chatMethods,
  ...conversationMethods,
  ...viewMethods,
  ...fileMethods,
  ...groupMethods,
  ...peopleMethods,
  ...channelMethods,
};

export interface Tokens {
  readonly bot: string;
  readonly app: string | undefined;
}

/** One call of the Web API: who calls, may they, is it too much, and only then what they want. */
export function answerApiCall(
  slack: Slack,
  tokens: Tokens,
  limits: RateLimits | undefined,
  onLimited: (method: string) => void,
  call: Call,
): Reply {
  const name = call.path.slice("/api/".length);
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return said({ ok: false, error: "unknown_method", req_method: name });
  let args: Record<string, unknown> = {};
  try {
    args = argumentsOf(call);
    allowed(tokens, method, call, args);
    const waitMs = limits?.take(name, typeof args.channel === "string" ? args.channel : undefined, method.limits);
    if (waitMs !== undefined) {
      onLimited(name);
      const reply = said({ ok: false, error: "ratelimited" });
      return { ...reply, status: 429, headers: { "retry-after": String(Math.ceil(waitMs / 1000)) } };
    }
    if (method.scope) required(slack, method.scope);
    const reply = said({ ok: true, ...method.run(slack, args) });
    return slack.scopes ? { ...reply, headers: { "x-oauth-scopes": [...slack.scopes].join(",") } } : reply;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const change = unshown(slack, name, args, error);
    if (change) slack.workspace.changed(change);
    return said({ ok: false, error: error.error, ...error.more });
  }
}

function said(body: Record<string, unknown>): Reply {
  return { status: 200, body };
}

function argumentsOf(call: Call): Record<string, unknown> {
  if (!call.headers["content-type"]?.startsWith("application/json")) {
    return Object.fromEntries([...call.query, ...new URLSearchParams(call.body)]);
  }
  try {
    const body: unknown = JSON.parse(call.body);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    throw new Refused("invalid_json");
  }
  throw new Refused("json_not_object");
}

function allowed(tokens: Tokens, method: Method, call: Call, args: Record<string, unknown>): void {
  const token = /^Bearer (.+)$/i.exec(call.headers.authorization ?? "")?.[1] ?? args.token;
  if (!token) throw new Refused("not_authed");
  if (token !== tokens.bot && token !== tokens.app) throw new Refused("invalid_auth");
  if (token !== tokens[method.token]) throw new Refused("not_allowed_token_type");
}
