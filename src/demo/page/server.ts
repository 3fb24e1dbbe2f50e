import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Stage } from "../stage.ts";
import { carryOut, suggestions } from "./deeds.ts";
import { watchLog } from "./log.ts";
import { readManifest } from "./manifest.ts";
import { seenBy } from "./seen-by.ts";
import type { Deed } from "./state.ts";

export interface PageServer {
  readonly url: string;
  close(): Promise<void>;
}

/** So many ports above the wished one are tried. */
const PORTS_TRIED = 20;

/** Changes that come together are told together. */
const GATHER_MS = 40;

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const CSS = "text/css";
const SCRIPT = "text/javascript";
const HTML = "text/html";

/** Files that the page is made of, beside its sources. */
const FILES: Readonly<Record<string, { path: string; type: string }>> = {
  "/": { path: here("client/index.html"), type: HTML },
  "/gallery": { path: here("client/gallery.html"), type: HTML },
  "/style.css": { path: here("client/style.css"), type: CSS },
  "/blocks.css": { path: here("client/blocks.css"), type: CSS },
  "/panels.css": { path: here("client/panels.css"), type: CSS },
  "/icon.svg": { path: here("client/icon.svg"), type: "image/svg+xml" },
  "/vendor/preact.js": { path: fileURLToPath(import.meta.resolve("preact")), type: SCRIPT },
  "/vendor/hooks.js": { path: fileURLToPath(import.meta.resolve("preact/hooks")), type: SCRIPT },
  "/vendor/htm.js": { path: fileURLToPath(import.meta.resolve("htm")), type: SCRIPT },
};

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
      const { as = "", actionId = "", query = "" } = Object.fromEntries(url.searchParams);
      return end(response, 200, await suggestions(stage, as, actionId, query));
    }
    return file(url.pathname, response);
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

/** Addresses mirror the folders, so that imports mean the same here and there; this one file of Slack's is the page's too. */
const Source = z.string().regex(/^\/(page\/client\/[a-z-]+|slack\/mrkdwn)\.js$/);

/** Sources are served as the browser understands them, without a build. */
async function file(path: string, response: ServerResponse): Promise<void> {
  const known = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (known) return send(response, known.type, await readFile(known.path, "utf8"));
  if (!Source.safeParse(path).success) return end(response, 404, { ok: false, error: "There is no such page" });
  const source = await readFile(here(`..${path.replace(/\.js$/, ".ts")}`), "utf8").catch(() => undefined);
  if (source === undefined) return end(response, 404, { ok: false, error: "There is no such file" });
  return send(response, SCRIPT, stripTypeScriptTypes(source).replaceAll(/(from\s+"\.[a-z./-]+)\.ts"/g, '$1.js"'));
}

function send(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(text);
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
