import { rereadBehaviour, rulesIn } from "./behaviour.ts";
import { type Bot, startBot } from "./bot.ts";
import { ConfigError, EX_CONFIG, readConfig } from "./config.ts";
import { loadEnv } from "./env.ts";
import { createLog } from "./log.ts";
import type { Clock } from "./ports/clock.ts";
import type { Log } from "./ports/log.ts";
import { openSqlite } from "./store/sqlite.ts";

/** The bot as a process: reads its configuration, runs until it is told to stop, and ends with a code that says why. */
export async function run(clock: Clock): Promise<void> {
  loadEnv();
  try {
    const config = readConfig(process.env);
    const secrets = [
      config.SLACK_BOT_TOKEN,
      config.SLACK_SIGNING_SECRET,
      config.SLACK_APP_TOKEN,
      config.CCLOUD_CLIENT_SECRET,
    ];
    const log = createLog(
      config.LOG_LEVEL,
      secrets.flatMap((secret) => secret ?? []),
    );
    process.on("unhandledRejection", (error) => {
      // A dead socket client rejects like this and never comes back; the supervisor starts us anew, and every request goes on.
      log.error("something failed where nobody was waiting; stopping", { error: String(error) });
      process.exit(1);
    });
    let bot: Bot | undefined;
    stopOnSignal(() => bot);
    const { promise: started, resolve: hasStarted } = Promise.withResolvers<Bot>();
    reloadOnSignal(started, config.SHUTTER_CONFIG, log);
    const store = openSqlite(config.DATABASE_URL.sqlite, undefined, (request, error) =>
      log.error("a request's row cannot be read; it is left alone", { request, error: String(error) }),
    );
    bot = await startBot(config, store, clock, log);
    hasStarted(bot);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(error instanceof ConfigError || settingAtFault(error) ? EX_CONFIG : 1);
  }
}

/** SIGHUP: who may do what is read anew, once the start is over. A file that is missing, empty or has mistakes changes nothing, and says so loudly. */
function reloadOnSignal(started: Promise<Bot>, path: string | undefined, log: Log): void {
  process.on("SIGHUP", async () => {
    const bot = await started;
    const { behaviour, mistakes } = rereadBehaviour(path);
    if (!behaviour) {
      log.error("the policy was not read anew: shutter.yml has mistakes, so the old one stays", { mistakes });
    } else if (await bot.obey(rulesIn(behaviour))) {
      log.info("the policy was read anew", { rules: behaviour.policy?.length ?? 0 });
    }
  });
}

function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.findings.join("\n");
  const setting = settingAtFault(error);
  const message = error instanceof Error ? error.message : String(error);
  return setting ? `${setting} does not work here: ${message}` : message;
}

/** SQLite's "unable to open database file". */
const CANTOPEN = 14;

/** The setting that the system cannot work with as it is; undefined when it may be better at the next start. */
function settingAtFault(error: unknown): string | undefined {
  const { code, syscall, errcode } = error as NodeJS.ErrnoException & { errcode?: number };
  if (errcode === CANTOPEN || (syscall === "mkdir" && code !== "ENOSPC")) return "DATABASE_URL";
  if (syscall === "getaddrinfo" && code === "ENOTFOUND") return "HOST";
  if (syscall === "listen" && code === "EADDRNOTAVAIL") return "HOST";
  return syscall === "listen" && code === "EACCES" ? "PORT" : undefined;
}

/** Who is told to stop while still starting has taken nothing in, and what it began goes on from the database. */
function stopOnSignal(bot: () => Bot | undefined): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    void Promise.resolve(bot()?.stop()).finally(() => process.exit(0));
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
