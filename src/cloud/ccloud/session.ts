import type { Problem } from "../../domain/cloud.ts";
import type { Clock } from "../../ports/clock.ts";
import { CloudError } from "../../ports/cloud.ts";
import { Hold } from "../hold.ts";
import { type Http, type HttpAnswer, type HttpRequest, openHttp } from "../http.ts";
import { problemOf } from "../refusals.ts";
import { readRateLimit, readRetryAfter, USUAL_RETRY_MS } from "../retry-after.ts";
import { NAME } from "./api.ts";
import { Redaction } from "./redaction.ts";
import { type Credentials, signIn } from "./sign-in.ts";
import { Tokens } from "./token.ts";

export interface SessionOptions extends Credentials {
  baseUrl: string;
  clock: Clock;
  deadlineMs?: number | undefined;
}

/** One call below the base, before it is signed. */
export interface Ask extends Omit<HttpRequest, "headers"> {
  /** Is held back for 30 s at most. */
  urgent?: boolean;
  /** Looks at a refusal before anything follows from it; what it makes a `cooldown` of holds no other call back. */
  judge?: (problem: Problem, answer: HttpAnswer) => Problem;
}

/** What holds back calls that only look. */
const READS = "reads";

/** Signs calls in, holds them back while the cloud wants that, and tells a yes from every kind of no. */
export class Session {
  readonly base: URL;
  readonly #clock: Clock;
  readonly #http: Http;
  readonly #hold: Hold;
  readonly #tokens: Tokens;
  readonly #redaction: Redaction;

  constructor({ baseUrl, clock, deadlineMs, ...credentials }: SessionOptions) {
    this.base = new URL(baseUrl.replace(/\/+$/, ""));
    this.#clock = clock;
    this.#http = openHttp(NAME, this.base.origin, deadlineMs);
    this.#hold = new Hold(clock);
    this.#redaction = new Redaction(credentials.clientSecret);
    this.#tokens = new Tokens(clock, async () => {
      const grant = await signIn(credentials, async (ask) => this.#yes(ask, await this.#exchange(ask)));
      this.#redaction.addToken(grant.token);
      return grant;
    });
  }

  /** Only 2xx answers; anything else is thrown as a `CloudError`. After a 401 once more, with a new token. */
  async send(ask: Ask): Promise<HttpAnswer> {
    try {
      const answer = await this.#signed(ask);
      return this.#yes(ask, answer.status === 401 ? await this.#signed(ask) : answer);
    } catch (error) {
      throw this.#redaction.applyTo(error);
    }
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #signed(ask: Ask): Promise<HttpAnswer> {
    this.#mustNotWait(ask);
    const token = await this.#tokens.get().catch((error: unknown) => {
      this.#mustNotWait(ask); // when the sign-in met the rate limit, each call says how long it has to wait itself
      throw error;
    });
    this.#mustNotWait(ask);
    const answer = await this.#exchange({ ...ask, headers: { authorization: `Bearer ${token}` } });
    if (answer.status === 401) this.#tokens.refused(token);
    return answer;
  }

  async #exchange(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await this.#http.send({ ...request, path: this.base.pathname.replace(/\/$/, "") + request.path });
    const { header } = answer;
    const left = {
      limit: header("ratelimit-limit"),
      remaining: header("ratelimit-remaining"),
      reset: header("ratelimit-reset"),
    };
    const scarce = readRateLimit(left, this.#clock.now());
    if (scarce?.forReads) this.#hold.one(READS, scarce.ms);
    else if (scarce) this.#hold.all(scarce.ms);
    return answer;
  }

  #yes(ask: Ask, answer: HttpAnswer): HttpAnswer {
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw new CloudError(this.#problem(ask, answer));
  }

  #problem(ask: Ask, answer: HttpAnswer): Problem {
    const retryAfterMs = readRetryAfter(answer.header("retry-after"), this.#clock.now());
    const plain = { ...problemOf(NAME, answer, ask), ...(retryAfterMs !== undefined && { retryAfterMs }) };
    const problem = ask.judge?.(plain, answer) ?? plain;
    if (problem.kind !== "rate_limited") return problem;
    const isHeld = this.#hold.leftForAll(false) > 0;
    this.#hold.all(retryAfterMs ?? (isHeld ? 0 : USUAL_RETRY_MS));
    return { ...problem, retryAfterMs: this.#hold.leftForAll(ask.urgent ?? false) };
  }

  #mustNotWait({ method, urgent = false }: Ask): void {
    const forReads = method === "GET" ? this.#hold.leftForOne(READS) : 0;
    const retryAfterMs = Math.max(this.#hold.leftForAll(urgent), forReads);
    if (retryAfterMs === 0) return;
    const detail = `${NAME} has asked us to wait before the next call.`;
    throw new CloudError({ kind: "rate_limited", outcome: "not_sent", detail, retryAfterMs });
  }
}
