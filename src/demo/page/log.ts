import type { Call, Reply } from "../server.ts";
import type { Stage } from "../stage.ts";
import type { LogEntry, Refused } from "./state.ts";

export interface WatchedLog {
  /** Oldest first. */
  readonly entries: readonly LogEntry[];
  readonly refused: readonly Refused[];
  onEntry(listener: () => void): () => void;
}

/** A body is shown up to here. */
const BODY_LENGTH = 20_000;
/** A demo that runs for days does not fill the memory. */
const ENTRIES = 5000;
const REFUSED = 20;

/** Slack's words for something that it will not show. */
const CANNOT_SHOW: ReadonlySet<string> = new Set([
  "invalid_blocks",
  "invalid_arguments",
  "msg_too_long",
  "msg_blocks_too_long",
  "no_text",
  "view_too_large",
]);

/** Follows what Slack, bot and cloud say to each other. Tokens and secrets are not shown. */
export function watchLog(stage: Stage): WatchedLog {
  const entries: LogEntry[] = [];
  const refused: Refused[] = [];
  const listeners = new Set<() => void>();
  let n = 0;

  function add(entry: Omit<LogEntry, "n" | "at">): void {
    n += 1;
    if (entries.length >= ENTRIES) entries.shift();
    entries.push({
      n,
      at: stage.clock.now().getTime(),
      ...entry,
      request: clip(entry.request),
      response: clip(entry.response),
    });
    for (const listener of listeners) listener();
  }

  stage.slack.server.onCall(({ call, reply }) => {
    const method = call.path.replace(/^\/api\//, "");
    const what = method.startsWith("/response/") ? "response_url" : method;
    add({ from: "bot", to: "slack", what, ...statusOf(reply), request: readable(call), response: bodyOf(reply) });
    noteRefusal(what, call, reply);
  });
  stage.cloud.server.onCall(({ call, reply }) => {
    const path = call.path.replace(/^\/api\/v1/, "");
    const query = call.query.size > 0 ? `?${call.query}` : "";
    const request = path === "/oauth/token" ? "(client id and secret)" : readable(call);
    const response = path === "/oauth/token" ? "(token)" : bodyOf(reply);
    add({ from: "bot", to: "cloud", what: `${call.method} ${path}${query}`, ...statusOf(reply), request, response });
  });
  stage.slack.onChange((change) => {
    if (change.kind !== "delivered") return;
    const { payload, type } = change.delivery;
    const what = type === "slash_commands" ? `${payload.command} ${payload.text}` : String(payload.type ?? type);
    const request = JSON.stringify(payload, null, 2);
    add({ from: "slack", to: "bot", what, status: change.answer.status, request, response: change.answer.body });
  });

  function noteRefusal(method: string, call: Call, reply: Reply | undefined): void {
    const refusal = refusalIn(reply);
    if (!refusal) return;
    const channel = fieldsOf(call).channel;
    refused.push({ at: stage.clock.now().toISOString(), method, ...refusal, ...(channel && { channel }) });
    if (refused.length > REFUSED) refused.shift();
  }

  return {
    entries,
    refused,
    onEntry(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const clip = (text: string): string => (text.length > BODY_LENGTH ? `${text.slice(0, BODY_LENGTH)}…` : text);

const statusOf = (reply: Reply | undefined) => (reply ? { status: reply.status } : {});

function bodyOf(reply: Reply | undefined): string {
  if (reply?.body === undefined) return "";
  return typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body, null, 2);
}

/** Why Slack will not show something, where that is what it says. */
function refusalIn(reply: Reply | undefined): Pick<Refused, "error" | "details"> | undefined {
  if (typeof reply?.body === "string") {
    const [error = "", ...details] = reply.body.split(": ");
    return reply.status === 400 && CANNOT_SHOW.has(error) ? { error, details: [details.join(": ")] } : undefined;
  }
  const body = reply?.body as { ok?: boolean; error?: string; response_metadata?: { messages?: string[] } } | undefined;
  if (body?.ok !== false || !CANNOT_SHOW.has(body.error ?? "")) return undefined;
  return { error: body.error ?? "", details: body.response_metadata?.messages ?? [] };
}

function fieldsOf({ body, headers }: Call): { channel?: string } {
  try {
    if (headers["content-type"]?.includes("json")) return JSON.parse(body);
    return Object.fromEntries(new URLSearchParams(body));
  } catch {
    return {}; // Slack has refused it for that already
  }
}

/** JSON as it is, a form field by field. */
function readable({ body, headers }: Call): string {
  if (!headers["content-type"]?.includes("x-www-form-urlencoded")) return pretty(body);
  const fields = [...new URLSearchParams(body)].filter(([name]) => name !== "token");
  return fields.map(([name, value]) => `${name}: ${pretty(value)}`).join("\n");
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // not JSON
  }
}
