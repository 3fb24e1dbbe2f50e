import { existsSync, readFileSync } from "node:fs";
import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "./domain/durations.ts";
import { BreakGlassSchema } from "./policy/break-glass.ts";
import { PublicPlaceSchema } from "./policy/channel.ts";
import { LimitsSchema } from "./policy/limits.ts";
import { POLICY_KEYS, PolicySchema } from "./policy/policy.ts";
import { type Rules, rulesOf } from "./policy/rules.ts";
import { isZone } from "./policy/wall-clock.ts";
import { duration, durationFrom } from "./policy/written.ts";
import { isBlank, readYaml } from "./read-yaml.ts";

const map = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === "invalid_type" ? "must be keys with values" : undefined),
  });

const Snapshots = map({
  name: z
    .string({ error: "must be a text" })
    .min(1, { error: "must not be empty" })
    .max(255, { error: "must not be longer than 255 characters" })
    .refine((text) => !/\{(?!vm\}|unix\})/.test(text), { error: "may hold {vm} and {unix} and no other braces" })
    .default("{vm}-{unix}"),
  shutdown_timeout: duration.default(3 * MINUTE_MS),
  choice_timeout: duration.default(HOUR_MS),
  safety_question: duration.default(DAY_MS),
});

const Audit = map({
  anchor: PublicPlaceSchema.optional(),
  /** Who writes `12m` and means months would lose a year. */
  keep: durationFrom(DAY_MS, "must be a duration of a day at least, such as 30d or 400d").optional(),
});

const Behaviour = map({
  language: z.enum(["auto", "en", "de"], { error: "must be auto, en or de" }).default("auto"),
  timezone: z
    .string({ error: "must be a time zone such as Europe/Berlin" })
    .refine(isZone, { error: "must be a time zone such as Europe/Berlin" })
    .default("Europe/Berlin"),
  snapshots: Snapshots.prefault({}),
  policy: PolicySchema.optional(),
  break_glass: BreakGlassSchema.optional(),
  limits: LimitsSchema.optional(),
  audit: Audit.prefault({}),
});

export type Behaviour = z.infer<typeof Behaviour>;

/** Who may do what, of all that `shutter.yml` says. */
export const rulesIn = ({ policy, break_glass, limits, timezone }: Behaviour): Rules =>
  rulesOf({ policy, breakGlass: break_glass, limits: limits ?? [], zone: timezone });

/** Every key of `shutter.yml`, by the path of what it stands in. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(Behaviour.shape),
  snapshots: Object.keys(Snapshots.shape),
  audit: Object.keys(Audit.shape),
  ...POLICY_KEYS,
};

type Read = { behaviour?: Behaviour; mistakes: readonly string[] };
const USUAL = "shutter.yml";

/** `shutter.yml`, or the file that SHUTTER_CONFIG names; without either the defaults. */
export function readBehaviour(given: string | undefined): Read {
  const path = given ?? USUAL;
  if (existsSync(path)) return readFile(path);
  if (given !== undefined) return { mistakes: [`SHUTTER_CONFIG names ${path}, which is not there`] };
  return { behaviour: Behaviour.parse({}), mistakes: [] };
}

/**
 * The same while the bot runs. A file that is missing or says nothing is a mistake then: it may be on its way between two
 * places, or half written, and the rules that it held must not be lost by that.
 */
export function rereadBehaviour(given: string | undefined): Read {
  const path = given ?? USUAL;
  if (!existsSync(path)) return { mistakes: [`${path} is not there`] };
  return readFile(path, (text) => (isBlank(text) ? { mistakes: [`${path} is empty`] } : parseBehaviour(text, path)));
}

function readFile(path: string, read = (text: string): Read => parseBehaviour(text, path)): Read {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return { mistakes: [`${path} cannot be read: ${(error as Error).message}`] };
  }
  return read(text);
}

/** `shutter.yml` as text; each mistake with its line and column. */
export function parseBehaviour(text: string, path: string): Read {
  const written = readYaml(text, path);
  if ("mistakes" in written) return written;
  const parsed = Behaviour.safeParse(written.content);
  if (parsed.success) return { behaviour: parsed.data, mistakes: [] };
  const place = written.placeOf;
  const mistakes = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [`${place(issue.path)}: ${[spoken(issue.path), issue.message].filter(Boolean).join(" ")}`];
    return issue.keys.map((key) => `${place([...issue.path, key])}: unknown key ${key}${nearestKey(key, issue.path)}`);
  });
  return { mistakes };
}

const LISTS: Readonly<Record<string, string>> = { policy: "policy rule", limits: "limit" };

/** What a mistake is about, as people count: `policy rule 1: when.action`, entry 2 of a list. */
function spoken(path: readonly PropertyKey[]): string {
  const [list, index, ...inside] = path;
  const each = typeof index === "number" ? LISTS[String(list)] : undefined;
  if (each === undefined) return keysOf(path);
  return [`${each} ${Number(index) + 1}:`, keysOf(inside)].filter(Boolean).join(" ");
}

const keysOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === "number" ? ` entry ${part + 1}` : `.${String(part)}`))
    .join("")
    .replace(/^[. ]/, "");

function nearestKey(key: string, path: readonly PropertyKey[]): string {
  const where = path.map((part) => (typeof part === "number" ? "*" : String(part))).join(".");
  const known = KEYS[where] ?? [];
  const nearest = closest(key, known);
  return distance(key, nearest) <= Math.max(3, key.length / 2)
    ? `; did you mean ${nearest}?`
    : `; known are ${known.join(", ")}`;
}
