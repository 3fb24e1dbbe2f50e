import type { Route } from "./http-server.ts";

/** Why the bot cannot do its work, in a few words; undefined when it can. */
export type Check = () => Promise<string | undefined>;

/** `GET /healthz`: 200 while every check passes, else 503 with the reasons. */
export function healthRoute(checks: Readonly<Record<string, Check>>): Route {
  return async (_request, response) => {
    const found = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await check()] as const),
    );
    const reasons = found.flatMap(([, reason]) => reason ?? []);
    const parts = Object.fromEntries(found.map(([name, reason]) => [name, reason ?? "ok"]));
    response.writeHead(reasons.length === 0 ? 200 : 503, { "content-type": "application/json; charset=utf-8" });
    response.end(
      JSON.stringify({
        status: reasons.length === 0 ? "ok" : "unavailable",
        ...(reasons.length > 0 && { reason: reasons.join("; ") }),
        ...parts,
      }),
    );
  };
}
