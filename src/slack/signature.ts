import { createHmac, timingSafeEqual } from "node:crypto";

/** Slack's own window, held both ways: what is signed for the future is no better than what is old. */
const WINDOW_SECONDS = 300;

/**
 * Checks Slack's v0 signature over the raw bytes. Returns the computed MAC in hex, by which a replay of the same bytes is
 * known, or undefined when the request is not Slack's, too old, or from the future.
 */
export function verify(
  secret: string,
  headers: { timestamp: unknown; signature: unknown },
  body: Buffer,
  now: Date,
): string | undefined {
  const { timestamp, signature } = headers;
  if (typeof timestamp !== "string" || !/^\d{1,12}$/.test(timestamp)) return undefined;
  if (typeof signature !== "string" || !/^v0=[0-9a-f]{64}$/.test(signature)) return undefined;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > WINDOW_SECONDS) return undefined;
  const mac = createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(mac, Buffer.from(signature.slice(3), "hex")) ? mac.toString("hex") : undefined;
}
