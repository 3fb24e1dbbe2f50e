import type { IncomingMessage, ServerResponse } from "node:http";
import type { App, Receiver } from "@slack/bolt";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import { isReadable } from "./payloads.ts";
import { readBody } from "./read-body.ts";
import { verify } from "./signature.ts";

/** Slack's largest payloads are views of 250 KB. */
const BODY_LIMIT = 1024 * 1024;
/** Slack gives up after 3 s; whoever has not acknowledged by then will not. */
const ACK_MS = 2900;

export interface HttpReceiver extends Receiver {
  /** Answers `POST /slack/events`. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/**
 * Slack's requests over HTTP, handed to Bolt. In place of Bolt's own receiver, which accepts timestamps from the future,
 * ends the process on a signed `payload=null`, and does not tell the MAC by which a replay is known (`context.delivery`).
 */
export function createHttpReceiver(options: { signingSecret: string; clock: Clock; log: Log }): HttpReceiver {
  const { signingSecret, clock, log } = options;
  let app: App | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await read(request);
    if (!bytes) return end(response, 413);
    const { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature } = request.headers;
    const delivery = verify(signingSecret, { timestamp, signature }, bytes, clock.now());
    if (!delivery) {
      log.warn("refused a request that is not signed by Slack, or not now");
      return end(response, 401);
    }
    const body = readBody(request.headers["content-type"], bytes);
    if (!body) return end(response, 400);
    if (body.type === "url_verification") return end(response, 200, { challenge: String(body.challenge) });
    // Others are not subscribed to; a refusal would only be sent again.
    if (body.type === "event_callback" && !isReadable(body)) return end(response, 200);
    if (body.ssl_check !== undefined) return end(response, 200);
    if (!isReadable(body)) {
      log.warn("refused a request that is not of Slack's form", {
        type: String(body.type ?? body.command).slice(0, 100),
      });
      return end(response, 400);
    }
    await dispatch(body, delivery, request, response);
  }

  async function dispatch(
    body: Record<string, unknown>,
    delivery: string,
    request: IncomingMessage,
    response: ServerResponse,
  ) {
    const late = setTimeout(() => {
      if (response.writableEnded) return;
      log.error("a request was not acknowledged in time", { type: String(body.type ?? body.command) });
      end(response, 503);
    }, ACK_MS);
    try {
      const retryNum = Number(request.headers["x-slack-retry-num"]);
      await app!.processEvent({
        body,
        customProperties: { delivery },
        ...(Number.isInteger(retryNum) && { retryNum }),
        ack: async (answer: unknown) => {
          if (!response.writableEnded) end(response, 200, answer);
        },
      });
    } catch (error) {
      log.error("a request could not be handled", { error: String(error) });
      if (!response.writableEnded) end(response, 500);
    } finally {
      clearTimeout(late);
      if (!response.writableEnded) end(response, 404);
    }
  }

  return {
    handle,
    init(bolt) {
      app = bolt;
    },
    start: async () => undefined,
    stop: async () => undefined,
  };
}

/** The raw bytes; undefined when there are too many. */
async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= BODY_LIMIT) chunks.push(chunk as Buffer);
  }
  return size <= BODY_LIMIT ? Buffer.concat(chunks) : undefined;
}

function end(response: ServerResponse, status: number, answer?: unknown): void {
  if (answer === undefined || answer === "") response.writeHead(status).end();
  else if (typeof answer === "string")
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(answer);
  else response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(answer));
}
