import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startBotProcess } from "../src/demo/bot-process.ts";
import { asRequest, postSigned } from "../src/demo/slack/sender.ts";
import type { Doubles } from "./doubles.ts";
import { ANNA, OPS } from "./thousand-rules.ts";

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const CPU = new URL("cpu-on-request.ts", import.meta.url).href;

/** Where writing through costs nothing, since a disk's pace is not what is measured. It is gone when this process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "shutter-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The bot as `npm start` starts it, with an empty database. */
export interface MeasuredBot {
  /** Anna types a command; milliseconds until it is acknowledged, and what is answered afterwards. */
  says(text: string): Promise<{ ackMs: number; answer: string }>;
  /** Milliseconds of CPU that its process has had since its start. */
  cpuMs(): Promise<number>;
  stop(): Promise<void>;
}

export async function startMeasuredBot(
  doubles: Doubles,
  scratch: string,
  shutterYml: string | undefined,
): Promise<MeasuredBot> {
  const folder = mkdtempSync(join(scratch, "bot-"));
  if (shutterYml !== undefined) writeFileSync(join(folder, "shutter.yml"), shutterYml);
  const { cloud } = doubles;
  const slack = { ...doubles.slack, requestUrl: undefined as string | undefined };
  const bot = await startBotProcess({ slack, cloud, folder, entry: ["--import", CPU, MAIN], withChannel: true });

  const post = (text: string, responseUrl: string) => {
    const { teamId, signingSecret } = slack;
    const payload = {
      command: "/snapshot",
      text,
      user_id: ANNA.id,
      team_id: teamId,
      channel_id: OPS.id,
      response_url: responseUrl,
    };
    return postSigned(signingSecret, slack.requestUrl!, asRequest({ type: "slash_commands", payload }));
  };
  return {
    async says(text) {
      const answer = doubles.newAnswer();
      const begin = performance.now();
      const { status, body } = await post(text, answer.url);
      const ackMs = performance.now() - begin;
      if (status !== 200) throw new Error(`The bot answered ${status} ${body}\n${bot.log.join("\n")}`);
      return { ackMs, answer: await answer.text };
    },
    async cpuMs() {
      const told = once(bot.child, "message");
      bot.child.send("cpu");
      const [{ user, system }] = await told;
      return (user + system) / 1000;
    },
    async stop() {
      await bot.stop();
    },
  };
}
