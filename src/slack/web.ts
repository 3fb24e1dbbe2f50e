import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";
import { SlackRefusal } from "../ports/slack.ts";

/** No call to Slack may take longer. */
export const SLACK_DEADLINE_MS = 10_000;

/**
 * Options for a client that never repeats a call by itself: what an unknown outcome means is decided by whoever made the
 * call. A new object each time, since Socket Mode writes into the one it is given.
 */
export const clientOptions = (slackApiUrl: string): WebClientOptions => ({
  slackApiUrl,
  timeout: SLACK_DEADLINE_MS,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  allowAbsoluteUrls: false,
  logger: SILENT,
});

/** web-api logs whole requests at debug and warns on its own; our log says what matters, without secrets. */
const SILENT: NonNullable<WebClientOptions["logger"]> = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => "error" as ReturnType<NonNullable<WebClientOptions["logger"]>["getLevel"]>,
  setName() {},
};

export const webClient = (token: string, slackApiUrl: string): WebClient =>
  new WebClient(token, clientOptions(slackApiUrl));

/** Slack's words for "something broke on our side, and some of it may have been done", which is no refusal. */
const BROKEN: ReadonlySet<string> = new Set([
  "fatal_error",
  "internal_error",
  "request_timeout",
  "service_unavailable",
  "unknown_error",
]);

/** What stands between us and Slack may answer 200 with a page of its own; web-api takes that for the error's word. */
const isWord = (error: string): boolean => /^[\w.:-]{1,100}$/.test(error);

/** Slack's no as a `SlackRefusal`; everything else (reset, time-out, 5xx) as it came: its outcome is unknown. */
export async function call<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (cause) {
    if (cause instanceof WebAPIPlatformError && isWord(cause.data.error) && !BROKEN.has(cause.data.error))
      throw new SlackRefusal(cause.data.error, undefined, { cause });
    if (cause instanceof WebAPIRateLimitedError)
      throw new SlackRefusal("ratelimited", cause.retryAfter * 1000, { cause });
    if (cause instanceof WebAPIHTTPError && cause.statusCode === 404)
      throw new SlackRefusal("unknown_method", undefined, { cause });
    throw cause;
  }
}

export const retryAfterMs = (error: unknown): number | undefined =>
  error instanceof SlackRefusal ? error.retryAfterMs : undefined;
