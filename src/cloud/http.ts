import { Pool } from "undici";
import { CloudError } from "../ports/cloud.ts";

/** Everything a call takes, from the connection to the last byte of the body. Real time, whatever clock the bot runs on. */
export const DEADLINE_MS = 10_000;

/** More than this is read from no answer; a page of 200 servers has about 0.1 MiB. */
export const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

/** So many connections at a time; further calls wait for one, within their deadline. */
const CONNECTIONS = 64;

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** With its query; always at the base's own host. */
  path: string;
  /** How error texts name the call; without query and secrets. */
  label: string;
  headers?: Record<string, string>;
  /** Goes out as JSON. */
  body?: object | undefined;
  /** Ends the call earlier than its deadline. */
  signal?: AbortSignal | undefined;
}

export type Body = { kind: "json"; value: unknown } | { kind: "empty" } | { kind: "unreadable"; why: string };

export interface HttpAnswer {
  status: number;
  /** The first of a name given in small letters. */
  header(name: string): string | undefined;
  body: Body;
}

export interface Http {
  /**
   * Any answer, whatever its status; a 2xx comes whole. Throws a `CloudError` of kind `transient`, with outcome
   * `not_sent` only when nothing can have reached the cloud. Follows no redirect and repeats nothing.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Lets the calls under way end and takes no more. */
  close(): Promise<void>;
}

/** `cloud` is the name that error texts call it by. */
export function openHttp(cloud: string, origin: string, deadlineMs = DEADLINE_MS): Http {
  // Half of the deadline, so that a host that cannot be reached is `not_sent` and not `unknown`.
  const pool = new Pool(origin, { connections: CONNECTIONS, connect: { timeout: deadlineMs / 2 } });

  async function send({ method, path, label, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
    try {
      const response = await pool.request({
        method,
        path,
        headers: { accept: "application/json", ...(body && { "content-type": "application/json" }), ...headers },
        body: body ? JSON.stringify(body) : null,
        signal: signal ? AbortSignal.any([AbortSignal.timeout(deadlineMs), signal]) : AbortSignal.timeout(deadlineMs),
      });
      const { statusCode: status } = response;
      const read = readBody(response.body);
      const isFine = status >= 200 && status < 300;
      return {
        status,
        header: (name) => [response.headers[name]].flat()[0],
        // What the status of a refusal says holds, however its body ends.
        body: await (isFine ? read : read.catch((): Body => ({ kind: "unreadable", why: "the answer broke off" }))),
      };
    } catch (cause) {
      throw failureOf(cause, cloud, label, method === "GET");
    }
  }

  let closing: Promise<void> | undefined;
  function close(): Promise<void> {
    closing ??= pool.close();
    return closing;
  }

  return { send, close };
}

async function readBody(bytes: AsyncIterable<Uint8Array>): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) return { kind: "unreadable", why: "the answer is too large" };
    chunks.push(chunk);
  }
  if (size === 0) return { kind: "empty" };
  try {
    return { kind: "json", value: JSON.parse(Buffer.concat(chunks).toString("utf8")) };
  } catch {
    return { kind: "unreadable", why: "the answer is not JSON" }; // the parser's words would quote the body
  }
}

/** The connection was never made, or the bot is closing: no byte of the request went out. */
const BEFORE_SENDING = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "UND_ERR_CLOSED"]);

function failureOf(cause: unknown, cloud: string, label: string, isRead: boolean): CloudError {
  const { code = "", syscall = "", name = "" } = cause as { code?: unknown; syscall?: unknown; name?: string };
  const notSent =
    BEFORE_SENDING.has(String(code)) || syscall === "connect" || syscall === "getaddrinfo" || isUntrusted(String(code));
  const why = name === "TimeoutError" ? "no answer in time" : String(code || name);
  const detail = notSent ? `${cloud} cannot be reached (${why})` : `${label}: the answer was lost (${why})`;
  const outcome = notSent ? "not_sent" : isRead ? "refused" : "unknown";
  return new CloudError({ kind: "transient", outcome, detail }, { cause });
}

/** TLS did not come about, so nothing was said over it. */
const isUntrusted = (code: string): boolean => /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code);
