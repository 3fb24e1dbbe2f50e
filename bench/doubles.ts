import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import type { DemoCloud } from "../src/demo/cloud.ts";
import type { DemoSlack } from "../src/demo/slack.ts";

/** What one has to know to talk to them. */
interface Access {
  slack: Pick<DemoSlack, "apiUrl" | "botToken" | "signingSecret" | "teamId">;
  cloud: Pick<DemoCloud, "url" | "clientId" | "clientSecret">;
}

/** What their process says to its parent. */
export type Told = { kind: "ready"; access: Access } | { kind: "answered"; path: string; text: string };

export interface Doubles extends Access {
  /** An address at which nobody has been answered yet, and the text that will be answered there. */
  newAnswer(): { url: string; text: Promise<string> };
  stop(): void;
}

/** Where answers come in on the demo Slack. */
export const ANSWERS = "/response/bench-";

const PATIENCE_MS = 30_000;

/** The demo Slack and the demo cloud in a process of their own, so that what they need takes no time of who measures. */
export async function startDoubles(): Promise<Doubles> {
  const child = fork(new URL("doubles-process.ts", import.meta.url));
  const answers = new EventEmitter().setMaxListeners(0); // there is one for each command under way
  const { access } = await new Promise<Extract<Told, { kind: "ready" }>>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The doubles ended with ${code} before they were ready`)));
    child.on("message", (told: Told) => {
      if (told.kind === "ready") resolve(told);
      else answers.emit(told.path, told.text);
    });
  });
  let count = 0;
  return {
    ...access,
    newAnswer() {
      const path = `${ANSWERS}${count++}`;
      const answered = once(answers, path, { signal: AbortSignal.timeout(PATIENCE_MS) });
      return { url: new URL(path, access.slack.apiUrl).href, text: answered.then(([text]) => text) };
    },
    stop: () => void child.kill(),
  };
}
