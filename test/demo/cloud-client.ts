import { onTestFinished } from "vitest";
import { type DemoCloud, type DemoCloudOptions, startDemoCloud } from "../../src/demo/cloud.ts";
import { type ManualClock, manualClock } from "../manual-clock.ts";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look at answers of many shapes
  body: any;
}

export interface Client {
  cloud: DemoCloud;
  clock: ManualClock;
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

/** Takes 3 s to shut down, 10 s for a snapshot, 4 s to boot and 8 s to restore. */
export const TIMING = { shutdownMs: 3_000, snapshotMs: 10_000, bootMs: 4_000, restoreMs: 8_000 };

/** A demo cloud on a clock that stands still, and somebody with a token. Both end with the test. */
export async function aCloud(options: Omit<DemoCloudOptions, "clock"> & { clock?: ManualClock }): Promise<Client> {
  const clock = options.clock ?? manualClock();
  const cloud = await startDemoCloud({ ...options, clock });
  onTestFinished(() => cloud.close());
  const { body } = await askToken(cloud);
  const ask = (method: string, path: string, body?: unknown) =>
    call(`${cloud.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const token = body.access_token;
  return {
    cloud,
    clock,
    get: (path) => ask("GET", path),
    post: (path, body) => ask("POST", path, body),
    put: (path, body) => ask("PUT", path, body),
    delete: (path) => ask("DELETE", path),
  };
}

export function askToken(cloud: DemoCloud, fields: Record<string, unknown> = {}): Promise<Answer> {
  return call(`${cloud.url}/oauth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...credentials(cloud), ...fields }),
  });
}

export function credentials(cloud: DemoCloud) {
  return { grant_type: "client_credentials", client_id: cloud.clientId, client_secret: cloud.clientSecret, scope: "*" };
}

export async function call(url: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, request);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}
