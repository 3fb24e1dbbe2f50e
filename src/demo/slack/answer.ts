/** What Slack says when it tells an event once more, because it has seen no answer. */
export interface Retry {
  /** 1 to 3. */
  num: number;
  reason: "http_timeout" | "http_error" | "connection_failed" | "unknown_error";
}

/** What the bot answered to something that Slack told it. */
export class Answer {
  /** 200 for an acknowledgement over Socket Mode too; 0 when there was none within Slack's three seconds. */
  readonly status: number;
  /** As it came; with status 0, why there is none: `dispatch_failed` or `operation_timeout`. */
  readonly body: string;
  readonly #again: (retry?: Retry) => Promise<Answer>;

  constructor(status: number, body: string, again: (retry?: Retry) => Promise<Answer>) {
    this.status = status;
    this.body = body;
    this.#again = again;
  }

  /** Delivers the very same once more, byte for byte, as a network in between may do. */
  replay(): Promise<Answer> {
    return this.#again();
  }

  /** Delivers an event once more, as Slack itself does; only events are told again. */
  retry(num = 1, reason: Retry["reason"] = "http_timeout"): Promise<Answer> {
    return this.#again({ num, reason });
  }

  /** The body as JSON; `undefined` when it is none. */
  json(): unknown {
    try {
      return JSON.parse(this.body);
    } catch {
      return undefined;
    }
  }
}

/** How long Slack waits for an acknowledgement. The bot runs in real time, so this is real time whatever the clock says. */
export const PATIENCE_MS = 3_000;
