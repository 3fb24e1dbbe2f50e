import { z } from "zod";
import { type Behaviour, readBehaviour } from "./behaviour.ts";

/** sysexits.h: a supervisor should not start the bot again before somebody has changed something. */
export const EX_CONFIG = 78;

/** A mistake in the configuration: which setting, what is expected. Ends the start with exit 78. */
export class ConfigError extends Error {
  readonly findings: readonly string[];

  constructor(findings: readonly string[]) {
    super(findings.join("\n"));
    this.name = "ConfigError";
    this.findings = findings;
  }
}

const url = (expected: string) =>
  z
    .string()
    .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), { error: `must be ${expected}` });
const withSlash = (text: string) => (text.endsWith("/") ? text : `${text}/`);
const withoutSlash = (text: string) => text.replace(/\/+$/, "");
const token = (prefix: string) => z.string().startsWith(prefix, { error: `must begin with ${prefix}` });

/** An empty value in `.env` is the same as none. */
const given = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === "" ? undefined : value), schema);
const required = (what: string) => z.string({ error: `is missing: ${what}` });

const LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

const Environment = z.object({
  SLACK_BOT_TOKEN: given(required("the bot token of the Slack app, xoxb-…").pipe(token("xoxb-"))),
  SLACK_SIGNING_SECRET: given(z.string().optional()),
  SLACK_APP_TOKEN: given(token("xapp-").optional()),
  SLACK_API_URL: given(url("an http(s) address").default("https://slack.com/api/")).transform(withSlash),
  HOST: given(z.string().default("0.0.0.0")),
  PORT: given(
    z
      .string()
      .regex(/^\d{1,5}$/, { error: "must be a port number from 0 to 65535" })
      .default("3000"),
  )
    .transform(Number)
    .refine((port) => port <= 65535, { error: "must be a port number from 0 to 65535" }),
  DATABASE_URL: given(
    z
      .string()
      .regex(/^sqlite:.+/, { error: "must be sqlite: and a path (postgres:// is not supported yet)" })
      .default("sqlite:data/shutter.db"),
  ).transform((text) => ({ sqlite: text.slice("sqlite:".length) })),
  CLOUD: given(z.literal("ccloud", { error: "must be ccloud" }).default("ccloud")),
  CCLOUD_API_URL: given(url("an http(s) address").default("https://ccenter.internet1.de/api/v1")).transform(
    withoutSlash,
  ),
  CCLOUD_CLIENT_ID: given(required("the client id of a ccloud³ API account")),
  CCLOUD_CLIENT_SECRET: given(required("the client secret of a ccloud³ API account")),
  CCLOUD_SNAPSHOT_API: given(
    z.enum(["actions", "snapshots"], { error: "must be actions or snapshots" }).default("actions"),
  ),
  SHUTTER_CONFIG: given(z.string().optional()),
  LOG_LEVEL: given(z.enum(LEVELS, { error: `must be one of ${LEVELS.join(", ")}` }).default("info")),
});

/** Where the database is, for what needs nothing else. Throws a `ConfigError`. */
export function readDatabase({ DATABASE_URL }: Readonly<Record<string, string | undefined>>): { sqlite: string } {
  const read = Environment.shape.DATABASE_URL.safeParse(DATABASE_URL);
  if (read.success) return read.data;
  throw new ConfigError(read.error.issues.map(({ message }) => `DATABASE_URL ${message}`));
}

/** Beside the schema, since zod asks about several values together only when each of them is right. */
const NO_WAY_IN =
  "SLACK_SIGNING_SECRET is missing: the signing secret of the Slack app (HTTP mode), or SLACK_APP_TOKEN for Socket Mode";

export type Config = z.infer<typeof Environment> & { behaviour: Behaviour };

/** Reads the environment and `shutter.yml`. Throws a `ConfigError` with every mistake that was found, not only the first. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const environment = Environment.safeParse(env);
  const findings = environment.success
    ? []
    : environment.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  const { behaviour, mistakes } = readBehaviour(env.SHUTTER_CONFIG || undefined);
  if (!env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN) findings.push(NO_WAY_IN);
  findings.push(...mistakes);
  if (!environment.success || !behaviour || findings.length > 0) throw new ConfigError([...new Set(findings)]);
  return { ...environment.data, behaviour };
}
