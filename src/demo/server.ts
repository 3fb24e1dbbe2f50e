import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";

/** One HTTP request as a double received it. `n` counts from 1 in the order of arrival. */
export interface Call {
  n: number;
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body as it came, for what is no text. */
  bytes: Buffer;
}

export interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  body?: unknown;
}

/**
 * What goes wrong with a call. `applied` says whether the double does what was asked before it goes wrong: a lost answer
 * to a call that took effect is a different case from a call that never arrived.
 */
export type Fault =
  | { kind: "answer"; reply: Reply; applied: boolean }
  | { kind: "reset"; applied: boolean }
  | { kind: "hang"; applied: boolean };

/** Asked before each call; may take its time, which is how a test makes a double the scheduler. */
export type Interceptor = (call: Call) => Fault | undefined | Promise<Fault | undefined>;

export interface DoubleServer {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string;
  /** For those who speak WebSocket on the same port. */
  readonly http?: Server;
  /** Every call with its reply (`undefined` while under way, or lost to a fault), in the order of arrival. */
  readonly journal: readonly { call: Call; reply: Reply | undefined; fault: Fault | undefined }[];
  /** One interceptor at a time; `undefined` takes it away. */
  intercept(interceptor: Interceptor | undefined): void;
  /** Told after every call; returns a function that stops it. */
  onCall(listener: (entry: { call: Call; reply: Reply | undefined; fault: Fault | undefined }) => void): () => void;
  close(): Promise<void>;
}

/** The HTTP side that the doubles share: a journal of what came, and faults on demand. Listens on 127.0.0.1 only. */
export async function serveDouble(handle: (call: Call) => Reply | Promise<Reply>, port = 0): Promise<DoubleServer> {
  const journal: { call: Call; reply: Reply | undefined; fault: Fault | undefined }[] = [];
  const listeners = new Set<(entry: (typeof journal)[number]) => void>();
  const sockets = new Set<Socket>();
  let interceptor: Interceptor | undefined;

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, { status: 500, body: String(error) });
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request, journal.length + 1);
    call.n = journal.length + 1;
    const entry: (typeof journal)[number] = { call, reply: undefined, fault: undefined };
    journal.push(entry);
    entry.fault = await interceptor?.(call);
    const reply = entry.fault === undefined || entry.fault.applied ? await handle(call) : undefined;
    entry.reply = entry.fault === undefined ? reply : entry.fault.kind === "answer" ? entry.fault.reply : undefined;
    for (const listener of listeners) listener(entry);
    if (entry.reply) send(response, entry.reply);
    else if (entry.fault?.kind === "reset") request.socket.destroy();
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    http: server,
    journal,
    intercept(next) {
      interceptor = next;
    },
    onCall(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function read(request: IncomingMessage, n: number): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", "http://double");
  const bytes = Buffer.concat(chunks);
  return {
    n,
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: bytes.toString("utf8"),
    bytes,
  };
}

function send(response: ServerResponse, reply: Reply): void {
  const text = typeof reply.body === "string" ? reply.body : reply.body === undefined ? "" : JSON.stringify(reply.body);
  response.writeHead(reply.status, { "content-type": "application/json; charset=utf-8", ...reply.headers });
  response.end(text);
}
