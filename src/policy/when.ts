import { z } from "zod";
import { ACTIONS, type Action, WAYS, type Way } from "./asked.ts";
import { type ChannelNamed, ChannelsSchema } from "./channel.ts";
import { type Pattern, readPattern } from "./pattern.ts";
import { isZone } from "./wall-clock.ts";
import { EXAMPLE, readWindows, type Window } from "./windows.ts";
import { keys, mistaken, oneOf, oneOrMany, quoted, type Reading, read, wrong } from "./written.ts";

/** Which VMs: by their name (what people call it, or its id in the cloud), or by one of their tags. */
export interface VmNamed {
  text: string;
  kind: "name" | "tag";
  pattern: Pattern;
}

/** Times of the week, in a zone of their own where they name one. */
export interface Times {
  windows: readonly Window[];
  zone: string | undefined;
}

/** What a rule can ask about, and how it says what it wants. */
export interface Wanted {
  action: readonly Action[];
  /** For create only. */
  how: readonly Way[];
  vm: readonly VmNamed[];
  project: readonly Pattern[];
  pool: readonly Pattern[];
  channel: readonly ChannelNamed[];
  during: Times;
  outside: Times;
}
export type Selector = keyof Wanted;

/** What has to be so for a rule to fit: all that is given, and of each at least one. */
export type When = { readonly [S in Selector]?: Wanted[S] | undefined };

/** What looks like a tag written in another way would be a name that no VM has, and its rule would never fit. */
function readVm(text: string): Reading<VmNamed> {
  const [, prefix, name = text] = /^([^:]*):(.*)$/.exec(text) ?? [];
  if (prefix !== undefined && prefix !== "tag")
    return mistaken(`holds ${quoted(text)}; a tag is written tag:prod, and ? stands for a colon in a name`);
  const pattern = readPattern(name);
  return pattern.ok ? read({ text, kind: prefix ?? "name", pattern: pattern.value }) : pattern;
}

const patterns = oneOrMany(readPattern, 'a name, which may hold * and ?, such as "web-*"');
const windows = oneOrMany(readWindows, EXAMPLE).transform((all) => all.flat());

const Written = keys({
  action: oneOrMany(oneOf(ACTIONS, "action"), `an action: ${ACTIONS.join(", ")}`).optional(),
  how: oneOrMany(oneOf(WAYS, "way to take a snapshot"), "offline or live").optional(),
  vm: oneOrMany(readVm, 'a name, which may hold * and ?, such as "web-*", or a tag such as "tag:prod"').optional(),
  project: patterns.optional(),
  pool: patterns.optional(),
  channel: ChannelsSchema.optional(),
  during: windows.optional(),
  outside: windows.optional(),
  zone: z
    .string({ error: "must be a time zone such as Europe/Berlin" })
    .refine(isZone, { error: "must be a time zone such as Europe/Berlin" })
    .optional(),
});

export const WHEN_KEYS: readonly string[] = Object.keys(Written.shape);

export const WhenSchema = Written.superRefine((when, context) => {
  if (Object.keys(when).length === 0 && context.issues.length === 0)
    wrong(context, "must name something; a rule that always fits has no when");
  if (when.how && when.action?.some((action) => action !== "create"))
    wrong(context, "is for create only; other actions need a rule of their own", ["how"]);
  if (when.zone !== undefined && !when.during && !when.outside)
    wrong(context, "is for during and outside, and neither is given", ["zone"]);
}).transform(
  ({ during, outside, zone, ...rest }): When => ({
    ...rest,
    ...(during && { during: { windows: during, zone } }),
    ...(outside && { outside: { windows: outside, zone } }),
  }),
);
