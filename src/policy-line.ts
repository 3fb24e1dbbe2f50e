import { createHash } from "node:crypto";
import type { Line } from "./domain/story.ts";
import type { Rules } from "./policy/rules.ts";

/** What the audit says of rules that count from now on. Their hash is the same as long as they are, also after a restart. */
export function policyLine({ needs: _, ...rules }: Rules): Line {
  const hash = createHash("sha256").update(JSON.stringify(rules, inFull)).digest("hex");
  return { code: "policy_loaded", rules: rules.policy?.length ?? 0, hash };
}

/** JSON leaves out what is in a set. */
const inFull = (_: string, value: unknown): unknown => (value instanceof Set ? [...value].sort() : value);
