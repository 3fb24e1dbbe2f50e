import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("../../src/demo/bot.ts", import.meta.url));
const DEATH = new URL("die-at.ts", import.meta.url).href;

export interface LogLine {
  level: string;
  msg: string;
  port?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One life of the bot: a process of its own, from its start to its exit. */
export interface BotProcess {
  /** Its port, once it takes requests; never, if it ends before. */
  readonly ready: Promise<number>;
  readonly exit: Promise<Exit>;
  readonly logs: readonly LogLine[];
  /** Everything it wrote to stdout and stderr. */
  readonly output: () => string;
  signal(signal: NodeJS.Signals): void;
}

export interface LaunchOptions {
  clock: { factor: number; start: Date };
  folder: string;
  env: Record<string, string>;
  /** Where on the way of a delivery it ends itself: see `die-at.ts`. */
  dieAt?: string | undefined;
}

/** `folder` has its `shutter.yml` and no `.env`. */
export function launch({ clock, folder, env, dieAt }: LaunchOptions): BotProcess {
  const since = clock.start.getTime();
  const child = spawn(
    process.execPath,
    [...(dieAt ? ["--import", DEATH] : []), ENTRY, JSON.stringify({ factor: clock.factor, since, at: since })],
    {
      cwd: folder,
      env: {
        ...env,
        // Compiled once for all the lives of a run; nothing else of this process' environment gets in.
        NODE_COMPILE_CACHE: join(tmpdir(), "shutter-crash-compiled"),
        ...(dieAt && { DIE_AT: dieAt }),
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  return watch(child);
}

function watch(child: ChildProcess): BotProcess {
  const logs: LogLine[] = [];
  let output = "";
  const isReady = Promise.withResolvers<number>();
  child.stdout?.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output += chunk;
  });
  createInterface({ input: child.stdout! }).on("line", (text) => {
    if (!text.startsWith("{")) return;
    const line: LogLine = JSON.parse(text);
    logs.push(line);
    if (line.msg === "ready") isReady.resolve(line.port!);
  });
  return {
    ready: isReady.promise,
    // `close` comes after the last of the output, unlike `exit`.
    exit: once(child, "close").then(([code, signal]) => ({ code, signal })),
    logs,
    output: () => output,
    signal: (signal) => void child.kill(signal),
  };
}
