import { CloudError } from "../../ports/cloud.ts";
import type { Api, CallName, Values } from "./api.ts";
import type { Ask } from "./session.ts";

const LONGEST_LABEL = 120;

/** One call as the table has it. Throws `invalid`, with nothing sent, for a value that no path can carry. */
export function askFor(api: Api, call: CallName, values: Values = {}, query: Record<string, number> = {}): Ask {
  const { method, path: template, body } = api.routes[call];
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: keyof Values) => segment(values[name] ?? ""));
  const search = Object.entries(query)
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
  return {
    method,
    path: search ? `${path}?${search}` : path,
    label: `${method} ${path}`.slice(0, LONGEST_LABEL),
    body: body?.(values),
  };
}

/** One part of a path, which stays one part: no slash in it, and none of the parts that mean another folder. */
function segment(value: string): string {
  if (value === "" || value === "." || value === ".." || !value.isWellFormed()) {
    const detail = `"${value.toWellFormed().slice(0, LONGEST_LABEL)}" cannot be the name of anything in this cloud.`;
    throw new CloudError({ kind: "invalid", outcome: "not_sent", detail });
  }
  return encodeURIComponent(value);
}
