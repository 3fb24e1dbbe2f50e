import { z } from "zod";
import type { HttpAnswer, HttpRequest } from "../http.ts";
import { misfit } from "../refusals.ts";

type Asked = Pick<HttpRequest, "method" | "label">;

/** The answer's JSON object. Throws a `CloudError` of kind `protocol` when it is anything else. */
export function objectIn(asked: Asked, { body }: HttpAnswer): Record<string, unknown> {
  if (body.kind === "unreadable") throw misfit(asked, body.why);
  if (body.kind === "empty") throw misfit(asked, "the answer is empty");
  const object = z.record(z.string(), z.unknown()).safeParse(body.value);
  if (!object.success) throw misfit(asked, "the answer is no JSON object");
  return object.data;
}

/** The thing in its envelope: the first of the keys that is there. */
export function inEnvelope(
  asked: Asked,
  object: Record<string, unknown>,
  keys: readonly string[],
): { key: string; value: unknown } {
  const key = keys.find((candidate) => object[candidate] !== undefined && object[candidate] !== null);
  if (key === undefined) throw misfit(asked, `no \`${keys.join("` or `")}\``);
  return { key, value: object[key] };
}

/** What the schema makes of a value, or a `protocol` error that names the field: ``no `data[3].hostname` ``. */
export function fitting<T extends z.ZodType>(asked: Asked, schema: T, value: unknown, where = ""): z.output<T> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path ?? [];
  const there = path.reduce<unknown>(
    (inner, step) => (inner as Record<PropertyKey, unknown> | undefined)?.[step],
    value,
  );
  const name = fieldName(where, path);
  throw misfit(asked, there === undefined || there === null ? `no \`${name}\`` : `\`${name}\` does not fit`);
}

function fieldName(where: string, path: readonly PropertyKey[]): string {
  const name = path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}.${String(step)}`),
    where,
  );
  return name.replace(/^\./, "");
}
