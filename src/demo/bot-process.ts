import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { DemoCloud } from "./cloud.ts";
import type { DemoSlack } from "./slack.ts";

export interface BotProcess {
  readonly child: ChildProcess;
  /** Everything that the process has logged. */
  readonly log: readonly string[];
  /** Ends it with this signal and waits until it is gone; returns its exit code, null after a kill. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));

/**
 * Starts the real bot as a process of its own against the doubles, with a database in `folder`, and tells the demo Slack
 * where to send its signed requests. `folder` is also its working directory, so that no `.env` and no `shutter.yml` of
 * somebody's real set-up takes part. Throws with what the process has said when it does not get ready.
 */
export async function startBotProcess(options: {
  slack: Pick<DemoSlack, "botToken" | "signingSecret" | "apiUrl" | "requestUrl">;
  cloud: Pick<DemoCloud, "url" | "clientId" | "clientSecret">;
  folder: string;
  /** Another entry than `main.ts`, with its arguments. */
  entry?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** A way to send it messages. */
  withChannel?: boolean;
}): Promise<BotProcess> {
  const { slack, cloud, folder } = options;
  const child = spawn(process.execPath, [...(options.entry ?? [MAIN])], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", ...(options.withChannel ? (["ipc"] as const) : [])],
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: "sqlite:shutter.db",
      CCLOUD_API_URL: cloud.url,
      CCLOUD_CLIENT_ID: cloud.clientId,
      CCLOUD_CLIENT_SECRET: cloud.clientSecret,
      ...options.env,
    },
  });
  const log: string[] = [];
  createInterface({ input: child.stderr! }).on("line", (line) => log.push(line));
  const port = await new Promise<number>((resolve, reject) => {
    child.once("exit", (code) =>
      reject(new Error(`The bot ended with ${code} before it was ready:\n${log.join("\n")}`)),
    );
    createInterface({ input: child.stdout! }).on("line", (line) => {
      log.push(line);
      const ready = readyPort(line);
      if (ready !== undefined) resolve(ready);
    });
  });
  slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
  return {
    child,
    log,
    async stop(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const gone = once(child, "exit");
      child.kill(signal);
      const [code] = await gone;
      return code as number | null;
    },
  };
}

function readyPort(line: string): number | undefined {
  if (!line.includes('"msg":"ready"')) return undefined;
  return (JSON.parse(line) as { port: number }).port;
}
