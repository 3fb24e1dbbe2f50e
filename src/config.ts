import { existsSync, readFileSync } from "node:fs";
import { closest, distance } from "fastest-levenshtein";
import { isMap, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { HOUR_MS, MINUTE_MS, readDuration } from "./domain/durations.ts";

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

/** Beside the schema, since zod asks about several values together only when each of them is right. */
const NO_WAY_IN =
  "SLACK_SIGNING_SECRET is missing: the signing secret of the Slack app (HTTP mode), or SLACK_APP_TOKEN for Socket Mode";

/** Milliseconds of a duration as people write it. */
const duration = (fallbackMs: number) =>
  z
    .string({ error: "must be a duration such as 90s, 3m, 2h or 30d" })
    .transform((text, context) => {
      const ms = readDuration(text);
      if (ms === undefined || ms <= 0)
        context.addIssue({ code: "custom", message: "must be a duration such as 90s, 3m, 2h or 30d" });
      return ms ?? 0;
    })
    .default(fallbackMs);

const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined;
  } catch {
    return false; // unknown to this machine
  }
};

const map = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === "invalid_type" ? "must be keys with values" : undefined),
  });

const Snapshots = map({
  name: z
    .string({ error: "must be a text" })
    .min(1, { error: "must not be empty" })
    .max(255, { error: "must not be longer than 255 characters" })
    .default("{vm}-{unix}"),
  shutdown_timeout: duration(3 * MINUTE_MS),
  choice_timeout: duration(HOUR_MS),
});

const Behaviour = map({
  language: z.enum(["auto", "en", "de"], { error: "must be auto, en or de" }).default("auto"),
  timezone: z
    .string({ error: "must be a time zone such as Europe/Berlin" })
    .refine(isTimeZone, { error: "must be a time zone such as Europe/Berlin" })
    .default("Europe/Berlin"),
  snapshots: Snapshots.prefault({}),
});

/** Every key of `shutter.yml`, by the path of what it stands in. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(Behaviour.shape),
  snapshots: Object.keys(Snapshots.shape),
};

export type Config = z.infer<typeof Environment> & { behaviour: z.infer<typeof Behaviour> };

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

function readBehaviour(given_: string | undefined): { behaviour?: z.infer<typeof Behaviour>; mistakes: string[] } {
  const path = given_ ?? "shutter.yml";
  if (!existsSync(path)) {
    if (given_ !== undefined) return { mistakes: [`SHUTTER_CONFIG names ${path}, which is not there`] };
    return { behaviour: Behaviour.parse({}), mistakes: [] };
  }
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { mistakes: [`${path} cannot be read: ${(error as Error).message}`] };
  }
  return parseBehaviour(text, path);
}

/** `shutter.yml` as text; each mistake with its line and column. */
export function parseBehaviour(
  text: string,
  path: string,
): { behaviour?: z.infer<typeof Behaviour>; mistakes: string[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  if (document.errors.length > 0) {
    return { mistakes: document.errors.map((error) => `${path}: ${error.message.split("\n")[0]}`) };
  }
  let content: unknown;
  try {
    content = document.toJS() ?? {};
  } catch (error) {
    return { mistakes: [`${path}: ${(error as Error).message}`] }; // an alias without an anchor, or far too many
  }
  const parsed = Behaviour.safeParse(content);
  if (parsed.success) return { behaviour: parsed.data, mistakes: [] };
  const place = (where: PropertyKey[]): string => {
    const parent = document.getIn(where.slice(0, -1), true) ?? document.contents;
    const pair = isMap(parent)
      ? parent.items.find((item) => String((item.key as { value?: unknown }).value) === String(where.at(-1)))
      : undefined;
    const offset = (pair?.key as { range?: [number, number, number] } | undefined)?.range?.[0] ?? 0;
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}`;
  };
  const mistakes = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [`${place(issue.path)}: ${[issue.path.join("."), issue.message].filter(Boolean).join(" ")}`];
    return issue.keys.map(
      (key) => `${place([...issue.path, key])}: unknown key ${key}${nearestKey(key, issue.path.join("."))}`,
    );
  });
  return { mistakes };
}

function nearestKey(key: string, where: string): string {
  const known = KEYS[where] ?? [];
  const nearest = closest(key, known);
  return distance(key, nearest) <= Math.max(3, key.length / 2)
    ? `; did you mean ${nearest}?`
    : `; known are ${known.join(", ")}`;
}
