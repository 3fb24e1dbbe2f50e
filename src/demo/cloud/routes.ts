import { z } from "zod";
import type { Call, Reply } from "../server.ts";
import { badRequest, notFound, unprocessable } from "./replies.ts";

/** What a route's answer gets to know: the path's `:parts` decoded, query and body as its schemas read them. */
export interface Asked<Query, Body> {
  path: string;
  parts: Record<string, string>;
  query: Query;
  body: Body;
}

export interface Route {
  method: string;
  pattern: RegExp;
  answer: (call: Call, path: string, parts: Record<string, string>) => Reply;
}

/** What a route takes; missing means nothing at all. */
export interface Takes<Query, Body> {
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
}

const Nothing = z.strictObject({});
export type Nothing = z.infer<typeof Nothing>;

/** A route that takes what its schemas list and nothing else: bad JSON is answered 400, everything unlisted 422. */
export function route<Query = Nothing, Body = Nothing>(
  method: string,
  path: string,
  takes: Takes<Query, Body>,
  answer: (asked: Asked<Query, Body>) => Reply,
): Route {
  const querySchema = (takes.query ?? Nothing) as z.ZodType<Query>;
  const bodySchema = (takes.body ?? Nothing) as z.ZodType<Body>;
  return {
    method,
    pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, "(?<$1>[^/]+)")}$`),
    answer(call, path, parts) {
      const json = call.body === "" && !takes.body ? {} : parseJson(call);
      if (json === undefined) return badRequest();
      const query = querySchema.safeParse(Object.fromEntries(call.query));
      if (!query.success) return unprocessable(firstIssue(query.error));
      const body = bodySchema.safeParse(json);
      if (!body.success) return unprocessable(firstIssue(body.error));
      return answer({ path, parts, query: query.data, body: body.data });
    },
  };
}

/** 404 if no route fits, a known path with another method included. `path` is the call's path below the base. */
export function answerFrom(routes: Route[], call: Call, path: string): Reply {
  for (const { method, pattern, answer } of routes) {
    const match = method === call.method ? pattern.exec(path) : null;
    const parts = match && decode(match.groups ?? {});
    if (parts) return answer(call, path, parts);
  }
  return notFound();
}

/** `undefined` if the body is not JSON or does not say that it is. */
export function parseJson(call: Call): unknown {
  if (!/^application\/json\b/i.test(call.headers["content-type"] ?? "")) return undefined;
  try {
    return JSON.parse(call.body);
  } catch {
    return undefined; // the caller answers 400; where the JSON breaks off does not matter
  }
}

function decode(parts: Record<string, string>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, decodeURIComponent(part)]));
  } catch {
    return undefined; // a stray % names nothing that exists
  }
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]!;
  return issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message;
}
