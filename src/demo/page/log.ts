import type { Call, Reply } from "../server.ts";
import type { Change } from "../slack/types.ts";
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
  });
  stage.cloud.server.onCall(({ call, reply }) => {
    const path = call.path.replace(/^\/api\/v1/, "");
    const query = call.query.size > 0 ? `?${call.query}` : "";
    const request = path === "/oauth/token" ? "(client id and secret)" : readable(call);
    const response = path === "/oauth/token" ? "(token)" : bodyOf(reply);
    add({ from: "bot", to: "cloud", what: `${call.method} ${path}${query}`, ...statusOf(reply), request, response });
  });
  stage.slack.onChange((change) => {
    if (change.kind === "refused") noteRefusal(change);
    if (change.kind === "view") forgetRefusals(change.user, change.view?.type ?? "modal");
    if (change.kind !== "delivered") return;
    const { payload, type } = change.delivery;
    const event = payload.event as { type: string } | undefined;
    const what = type === "slash_commands" ? `${payload.command} ${payload.text}` : (event ?? payload).type;
    const request = JSON.stringify(payload, null, 2);
    add({
      from: "slack",
      to: "bot",
      what: String(what),
      status: change.answer.status,
      request,
      response: change.answer.body,
    });
  });

  function noteRefusal({ kind: _, ...change }: Extract<Change, { kind: "refused" }>): void {
    n += 1;
    refused.push({ n, at: stage.clock.now().toISOString(), ...change });
    if (refused.length > REFUSED) refused.shift();
  }

  /** A view that changes has come through after all. */
  function forgetRefusals(user: string, surface: "modal" | "home"): void {
    const left = refused.filter((each) => each.user !== user || each.surface !== surface);
    refused.splice(0, refused.length, ...left);
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
