import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Stage } from "../stage.ts";
import { carryOut, suggestions } from "./deeds.ts";
import { watchLog } from "./log.ts";
import { readManifest } from "./manifest.ts";
import { seenBy } from "./seen-by.ts";
import { sourceAt } from "./sources.ts";
import type { Aim, Deed } from "./state.ts";

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** So many ports above the wished one are tried. */
const PORTS_TRIED = 20;

/** Changes that come together are told together. */
const GATHER_MS = 40;

/** Serves the demo workspace's page at the wished port, or the next free one. Listens on 127.0.0.1 only. */
export async function servePage(stage: Stage, wishedPort: number): Promise<PageServer> {
  const log = watchLog(stage);
  const app = await readManifest();
  const clients = new Set<{ as: string; response: ServerResponse; told: number }>();
  let timer: NodeJS.Timeout | undefined;

  function tell(client: { as: string; response: ServerResponse; told: number }): void {
    const entries = log.entries.filter(({ n }) => n > client.told);
    client.told = entries.at(-1)?.n ?? client.told;
    client.response.write(`event: state\ndata: ${JSON.stringify(seenBy(stage, app, client.as, log.refused))}\n\n`);
    if (entries.length > 0) client.response.write(`event: log\ndata: ${JSON.stringify(entries)}\n\n`);
  }

  function tellAll(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const client of clients) tell(client);
    }, GATHER_MS);
  }

  const stops = [
    stage.slack.onChange(tellAll),
    stage.cloud.onChange(tellAll),
    stage.onBot(tellAll),
    log.onEntry(tellAll),
  ];
  // A running operation's percent is no change that the cloud tells of.
  const ticks = setInterval(() => {
    if (stage.cloud.vms().some(({ operations }) => operations[0]?.status === "in-progress")) tellAll();
  }, 500);

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => end(response, 500, { ok: false, error: String(error) }));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://page");
    if (request.method === "POST" && url.pathname === "/do") {
      const deed = JSON.parse(await bodyOf(request)) as Deed;
      const done = await carryOut(stage, deed);
      tellAll();
      return end(response, 200, done);
    }
    if (request.method !== "GET") return end(response, 405, { ok: false, error: "GET or POST /do" });
    if (url.pathname === "/events") return listen(url.searchParams.get("as") ?? "", response);
    if (url.pathname === "/suggest") {
      const { as = "", aim = "", query = "" } = Object.fromEntries(url.searchParams);
      return end(response, 200, await suggestions(stage, as, JSON.parse(aim) as Aim, query));
    }
    if (url.pathname.startsWith("/files/")) return shared(url.pathname.slice("/files/".length), response);
    const source = await sourceAt(url.pathname);
    if (source) return sendText(response, source.type, source.text);
    return end(response, 404, { ok: false, error: "There is no such page" });
  }

  /** What the app has uploaded, as a text to look at: it is somebody's data and never a page of ours. */
  function shared(id: string, response: ServerResponse): void {
    const found = stage.slack.messages().flatMap(({ files = [] }) => files.filter((each) => each.id === id))[0];
    if (found) sendText(response, "text/plain", found.text);
    else end(response, 404, { ok: false, error: "There is no such file" });
  }

  function listen(as: string, response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    const client = { as, response, told: 0 };
    clients.add(client);
    response.on("close", () => clients.delete(client));
    tell(client);
  }

  const port = await listenOn(server, wishedPort);
  return {
    url: `http://localhost:${port}`,
    async close() {
      for (const stop of stops) stop();
      clearInterval(ticks);
      clearTimeout(timer);
      for (const { response } of clients) response.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function sendText(response: ServerResponse, type: string, text: string): void {
  const headers = { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" };
  response.writeHead(200, { ...headers, "x-content-type-options": "nosniff" }).end(text);
}

function end(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

async function listenOn(server: ReturnType<typeof createServer>, wished: number): Promise<number> {
  for (let port = wished; port < wished + PORTS_TRIED; port++) {
    const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
      server.once("error", resolve);
      server.listen(port, "127.0.0.1", () => {
        server.removeListener("error", resolve);
        resolve(undefined);
      });
    });
    if (!error) return (server.address() as AddressInfo).port;
    if (error.code !== "EADDRINUSE") throw error;
  }
  throw new Error(`The ports from ${wished} to ${wished + PORTS_TRIED - 1} are all taken.`);
}
