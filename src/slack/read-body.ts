/** Slack's requests as one object: JSON, or a form whose `payload` field holds JSON. */
export type Body = Record<string, unknown>;

/** Undefined when the bytes are not what Slack sends: not UTF-8, not an object, a field twice. */
export function readBody(contentType: string | undefined, bytes: Buffer): Body | undefined {
  const text = decode(bytes);
  if (text === undefined) return undefined;
  if (contentType?.split(";")[0]?.trim().toLowerCase() !== "application/x-www-form-urlencoded") return asObject(text);
  const form = new URLSearchParams(text);
  const fields = [...form.keys()];
  if (new Set(fields).size !== fields.length) return undefined;
  const payload = form.get("payload");
  return payload === null ? Object.fromEntries(form) : asObject(payload);
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined; // not UTF-8
  }
}

function asObject(json: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined; // not JSON
  }
}
