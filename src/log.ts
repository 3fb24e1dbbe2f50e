import pino from "pino";
import type { Log } from "./ports/log.ts";

/** JSON lines on stdout. `secrets` are cut out of every line, whoever wrote them there. */
export function createLog(level: string, secrets: readonly string[]): Log {
  const hidden = secrets.filter((secret) => secret.length > 0);
  const stream = {
    write(line: string) {
      let safe = line;
      for (const secret of hidden) safe = safe.replaceAll(JSON.stringify(secret).slice(1, -1), "[hidden]");
      process.stdout.write(safe);
    },
  };
  const logger = pino(
    {
      level,
      base: { pid: process.pid }, // whom SIGHUP and SIGTERM reach: npm passes not all of them on
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return {
    info: (message, values) => logger.info(values ?? {}, message),
    warn: (message, values) => logger.warn(values ?? {}, message),
    error: (message, values) => logger.error(values ?? {}, message),
  };
}
