import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { fileURLToPath } from "node:url";
import { z } from "zod";

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

/** Addresses mirror the folders, so that imports mean the same here and there; this one file of Slack's is the page's too. */
const Source = z.string().regex(/^\/(page\/client\/[a-z-]+|slack\/mrkdwn)\.js$/);

/** What the page is made of. Sources are served as the browser understands them, without a build. */
export async function sourceAt(path: string): Promise<{ type: string; text: string } | undefined> {
  const known = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  if (known) return { type: known.type, text: await readFile(known.path, "utf8") };
  if (!Source.safeParse(path).success) return undefined;
  const source = await readFile(here(`..${path.replace(/\.js$/, ".ts")}`), "utf8").catch(() => undefined);
  if (source === undefined) return undefined;
  const text = stripTypeScriptTypes(source).replaceAll(/(from\s+"\.[a-z./-]+)\.ts"/g, '$1.js"');
  return { type: SCRIPT, text };
}
