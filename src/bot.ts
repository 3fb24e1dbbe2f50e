import { assemble } from "./assemble.ts";
import { rulesIn } from "./behaviour.ts";
import { type Config, ConfigError } from "./config.ts";
import { healthRoute } from "./health.ts";
import { serve } from "./http-server.ts";
import type { Rules } from "./policy/rules.ts";
import { policyLine } from "./policy-line.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import type { Store } from "./ports/store.ts";
import { isTokenRefused } from "./slack/identity.ts";

export interface Bot {
  readonly port: number;
  /**
   * These say who may do what once the audit has them; the rest of the configuration counts from the next start. False when
   * the audit cannot be written: then those before stay.
   */
  obey(rules: Rules): Promise<boolean>;
  /** Stops taking in, lets what is under way come to its next stored point, and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts the bot. VM work begins at once and does not wait for Slack: a VM that is off for us comes back also while Slack
 * is down. Throws a `ConfigError` when Slack refuses a token and no VM waits for us.
 */
export async function startBot(config: Config, store: Store, clock: Clock, log: Log): Promise<Bot> {
  let rules = rulesIn(config.behaviour);
  const owesAnything = async () =>
    (await store.watched()).length > 0 || (await store.open()).some(({ request }) => request.debt);
  const { anchors, cloud, drawer, herald, homes, inbox, retention, runner, session, slack, wakeups } = await assemble(
    config,
    store,
    clock,
    log,
    () => rules,
    owesAnything,
  );

  await store.note(clock.now(), policyLine(rules), {});
  await runner.start();
  await session.start().catch((error: unknown) => {
    throw isTokenRefused(error) ? refused("SLACK_BOT_TOKEN", "the Bot User OAuth Token", error) : error;
  });
  await inbox.start(); // before anything new comes in, which it would take for something left over
  const health = healthRoute({
    slack: async () => (session.identity() ? slack.trouble() : "not signed in to Slack"),
    database: () =>
      store.check().then(
        () => undefined,
        () => "the database cannot be written to",
      ),
  });
  const routes = { "GET /healthz": health, ...(slack.handle && { "POST /slack/events": slack.handle }) };
  const server = await serve(config.HOST, config.PORT, routes, undefined, (error) =>
    log.error("a request could not be answered", { error: String(error) }),
  );
  await slack.start().catch(async (error: unknown) => {
    if (!(await owesAnything())) {
      throw isTokenRefused(error)
        ? refused("SLACK_APP_TOKEN", "an app-level token with connections:write", error)
        : error;
    }
    log.error("Slack's socket could not be opened; VMs that are off for us are looked after", { error: String(error) });
  });
  drawer.nudge();
  homes.nudge();
  anchors.start();
  retention.start();
  herald.nudge();
  let change = Promise.resolve(true);
  async function obey(next: Rules): Promise<boolean> {
    try {
      await store.note(clock.now(), policyLine(next), {});
    } catch (error) {
      log.error("the policy was not read anew: the audit cannot be written, so the old one stays", {
        error: String(error),
      });
      return false;
    }
    if (rules.policy && !next.policy) log.error("there is no policy any more: from now on every full member may act");
    rules = next;
    drawer.nudge();
    homes.nudge();
    herald.nudge();
    return true;
  }

  log.info("ready", { port: server.port, mode: slack.handle ? "http" : "socket" });

  return {
    port: server.port,
    obey(next) {
      change = change.then(() => obey(next)); // of two, the later one stays
      return change;
    },
    async stop() {
      session.stop();
      await Promise.all([server.close(), slack.stop()]);
      await inbox.stop();
      wakeups.close();
      await runner.stop();
      await Promise.all([anchors.stop(), retention.stop(), drawer.stop(), herald.stop(), homes.stop()]);
      await cloud.close();
      await change;
      await store.close();
    },
  };
}

const refused = (name: string, what: string, error: unknown): ConfigError =>
  new ConfigError([`${name} is refused by Slack (${(error as Error).message}). Take ${what} of the installed app.`]);
