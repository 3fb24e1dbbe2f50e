import { z } from "zod";
import type { Call, Reply } from "../server.ts";
import { checkBlocks } from "./check.ts";
import type { Message, PrivateAnswer } from "./types.ts";
import type { Workspace } from "./workspace.ts";

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

/** Who did something where, and on what: that is whom the answer goes to and what it can replace. */
export interface Origin {
  user: string;
  channel: string;
  message?: Message | undefined;
  answer?: PrivateAnswer | undefined;
}

const answerShape = z.object({
  text: z.string().default(""),
  blocks: z.array(z.unknown()).default([]),
  response_type: z.enum(["ephemeral", "in_channel"]).default("ephemeral"),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
});

type SentAnswer = z.infer<typeof answerShape>;

/** The addresses at which the bot may answer later: five times within half an hour. */
export class ResponseUrls {
  readonly #workspace: Workspace;
  readonly #url: string;
  readonly #made = new Map<string, Origin & { madeAt: number; uses: number }>();

  constructor(workspace: Workspace, url: string) {
    this.#workspace = workspace;
    this.#url = url;
  }

  make(origin: Origin): string {
    const path = `/response/${this.#workspace.newId("R")}`;
    this.#made.set(path, { ...origin, madeAt: this.#workspace.clock.now().getTime(), uses: 0 });
    return `${this.#url}${path}`;
  }

  use(call: Call): Reply {
    const origin = this.#made.get(call.path);
    if (!origin) return { status: 404, body: "no_such_url" };
    if (this.#workspace.clock.now().getTime() - origin.madeAt > LIFE_MS) return { status: 404, body: "expired_url" };
    if (origin.uses >= MOST_USES) return { status: 404, body: "used_url" };
    origin.uses += 1;
    const sent = readAnswer(call.body, this.#workspace.unknownBlocks);
    if ("error" in sent) {
      const { user, channel } = origin;
      this.#workspace.changed({ kind: "refused", method: "response_url", ...sent, surface: "message", user, channel });
      return { status: 400, body: sent.error };
    }
    apply(this.#workspace, origin, sent, "response_url");
    return { status: 200, body: "ok" };
  }
}

/** Slack tells the word only; the details are for whoever looks at the demo. */
interface Unreadable {
  error: string;
  details: readonly string[];
}

/** The answer in the body of an acknowledgement; a bare text is one too. */
export function readAnswer(
  body: string,
  unknownBlocks: ReadonlySet<string>,
  bareText = false,
): SentAnswer | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    if (!bareText) return { error: "invalid_payload", details: [] };
  }
  if (bareText && (typeof value !== "object" || value === null)) value = { text: body };
  const parsed = answerShape.safeParse(value);
  if (!parsed.success) return { error: "invalid_payload", details: [] };
  const details = checkBlocks(parsed.data.blocks, "message", unknownBlocks);
  if (details.length > 0) return { error: "invalid_blocks", details };
  const { text, blocks, delete_original } = parsed.data;
  return text === "" && blocks.length === 0 && !delete_original ? { error: "no_text", details: [] } : parsed.data;
}

export function apply(workspace: Workspace, origin: Origin, sent: SentAnswer, via: "ack" | "response_url"): void {
  const { user, channel, message, answer } = origin;
  const content = { text: sent.text, blocks: sent.blocks };
  if (sent.delete_original) {
    if (answer) workspace.untell(answer);
    if (message) workspace.remove(message);
  } else if (sent.replace_original && (answer || message)) {
    if (answer) workspace.retell(answer, content);
    if (message && workspace.messages.includes(message)) workspace.edit(message, content);
  } else if (sent.response_type === "in_channel") {
    workspace.post(channel, content, sent.thread_ts);
  } else {
    workspace.tell({ user, channel, via, ...(sent.thread_ts !== undefined && { threadTs: sent.thread_ts }) }, content);
  }
}
