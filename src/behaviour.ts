import { existsSync, readFileSync } from "node:fs";
import { closest, distance } from "fastest-levenshtein";
import { type Document, isMap, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { DAY_MS, HOUR_MS, MINUTE_MS, readDuration } from "./domain/durations.ts";
import { BreakGlassSchema } from "./policy/break-glass.ts";
import { PublicPlaceSchema } from "./policy/channel.ts";
import { LimitsSchema } from "./policy/limits.ts";
import { POLICY_KEYS, PolicySchema } from "./policy/policy.ts";
import { type Rules, rulesOf } from "./policy/rules.ts";
import { isZone } from "./policy/wall-clock.ts";

/** Milliseconds of a duration as people write it. */
const Duration = z.string({ error: "must be a duration such as 90s, 3m, 2h or 30d" }).transform((text, context) => {
  const ms = readDuration(text);
  if (ms === undefined || ms <= 0)
    context.addIssue({ code: "custom", message: "must be a duration such as 90s, 3m, 2h or 30d" });
  return ms ?? 0;
});
const duration = (fallbackMs: number) => Duration.default(fallbackMs);

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
  shutdown_timeout: duration(3 * MINUTE_MS),
  choice_timeout: duration(HOUR_MS),
  safety_question: duration(DAY_MS),
});

/** Who writes `12m` and means months would lose a year. */
const LEAST_KEEP_MS = DAY_MS;

const Audit = map({
  anchor: PublicPlaceSchema.optional(),
  keep: Duration.refine((ms) => ms === 0 || ms >= LEAST_KEEP_MS, {
    error: "must be a day at least, such as 400d",
  }).optional(),
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

/** `shutter.yml`, or the file that SHUTTER_CONFIG names; without either the defaults. */
export function readBehaviour(given: string | undefined): { behaviour?: Behaviour; mistakes: string[] } {
  const path = given ?? "shutter.yml";
  if (!existsSync(path)) {
    if (given !== undefined) return { mistakes: [`SHUTTER_CONFIG names ${path}, which is not there`] };
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
export function parseBehaviour(text: string, path: string): { behaviour?: Behaviour; mistakes: string[] } {
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
    const { line, col } = lines.linePos(offsetOf(document, where));
    return `${path}:${line}:${col}`;
  };
  const mistakes = parsed.error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys")
      return [`${place(issue.path)}: ${[issue.path.join("."), issue.message].filter(Boolean).join(" ")}`];
    return issue.keys.map((key) => `${place([...issue.path, key])}: unknown key ${key}${nearestKey(key, issue.path)}`);
  });
  return { mistakes };
}

/** Where something stands in the file; what is not there, where it would have to be. */
function offsetOf(document: Document, where: readonly PropertyKey[]): number {
  const parent = document.getIn(where.slice(0, -1), true) ?? document.contents;
  const pair = isMap(parent)
    ? parent.items.find((item) => String((item.key as { value?: unknown }).value) === String(where.at(-1)))
    : undefined;
  const key = pair?.key as { range?: [number, number, number] } | undefined;
  const value = document.getIn(where, true) as { range?: [number, number, number] } | undefined;
  const found = key?.range?.[0] ?? value?.range?.[0];
  if (found !== undefined) return found;
  return where.length === 0 ? 0 : offsetOf(document, where.slice(0, -1));
}

function nearestKey(key: string, path: readonly PropertyKey[]): string {
  const where = path.map((part) => (typeof part === "number" ? "*" : String(part))).join(".");
  const known = KEYS[where] ?? [];
  const nearest = closest(key, known);
  return distance(key, nearest) <= Math.max(3, key.length / 2)
    ? `; did you mean ${nearest}?`
    : `; known are ${known.join(", ")}`;
}
