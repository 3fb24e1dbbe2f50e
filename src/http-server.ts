import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Whoever sends slower than this is not Slack. */
const REQUEST_MS = 10_000;

/** Node looks for those only every so often, half a minute unless it is told. */
const LOOK_MS = 1000;

/** Serves `METHOD /path` routes; everything else is 404, an error 500, both without a word about the inside. */
export async function serve(
  host: string,
  port: number,
  routes: Readonly<Record<string, Route>>,
  requestMs = REQUEST_MS,
  onError: (error: unknown) => void = () => {},
): Promise<HttpServer> {
  const limits = {
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    connectionsCheckingInterval: Math.min(LOOK_MS, requestMs),
  };
  const server = createServer(limits, (request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const key = `${request.method} ${path}`;
    const route = Object.hasOwn(routes, key) ? routes[key] : undefined;
    if (!route) {
      request.resume();
      response.writeHead(404).end();
      return;
    }
    route(request, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
