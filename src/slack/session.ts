import type { WebClient } from "@slack/web-api";
import { SECOND_MS } from "../domain/durations.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { Place } from "../ports/slack.ts";
import { type Identity, isTokenRefused, signIn } from "./identity.ts";
import { retryAfterMs } from "./web.ts";

/** The bot's being signed in to Slack; as long as Slack does not answer it is tried again. */
export interface Session {
  /** Undefined until Slack has said it. */
  identity(): Identity | undefined;
  /** The web address of a message; undefined while the workspace is not known. */
  linkTo(place: Place): string | undefined;
  /** Tries once, and goes on trying by itself. Throws Slack's error when it refuses the token and `mustGoOn` says no. */
  start(): Promise<void>;
  stop(): void;
}

const AGAIN_MS = 5 * SECOND_MS;

export function createSession(deps: {
  client: WebClient;
  clock: Clock;
  log: Log;
  /** Something has to be looked after even without Slack. */
  mustGoOn: () => Promise<boolean>;
}): Session {
  const { client, clock, log } = deps;
  let identity: Identity | undefined;
  let cancel = () => {};

  async function attempt(): Promise<void> {
    try {
      identity = await signIn(client);
      log.info("signed in to Slack", { team: identity.team });
    } catch (error) {
      if (isTokenRefused(error) && !(await deps.mustGoOn())) throw error;
      log.warn("could not sign in to Slack; trying again", { error: String(error) });
      const restMs = Math.max(AGAIN_MS, retryAfterMs(error) ?? 0);
      cancel = clock.after(restMs, () => {
        attempt().catch((refusal: unknown) => log.error("Slack refuses the bot token", { error: String(refusal) }));
      });
    }
  }

  return {
    identity: () => identity,
    linkTo: ({ channel, ts }) => identity && `${identity.workspace}archives/${channel}/p${ts.replace(".", "")}`,
    start: attempt,
    stop: () => cancel(),
  };
}
