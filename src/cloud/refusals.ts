import { z } from "zod";
import type { Problem } from "../domain/cloud.ts";
import { CloudError } from "../ports/cloud.ts";
import type { HttpAnswer, HttpRequest } from "./http.ts";

/** Statuses that mean the same at every provider; other ones from 400 to 499 are `invalid`. */
const KINDS: Readonly<Record<number, Problem["kind"]>> = {
  401: "auth",
  403: "forbidden",
  404: "not_found",
  405: "unsupported",
  408: "transient",
  409: "busy",
  423: "busy",
  429: "rate_limited",
};

const LONGEST_MESSAGE = 300;

/** Why an answer that is not 2xx means that the thing was not done, or may have been. */
export function problemOf(cloud: string, answer: HttpAnswer, { method, label }: HttpRequest): Problem {
  const { status } = answer;
  const detail = saidIn(answer) || `${cloud} answered ${status} to ${label}`;
  const lost = outcomeOfLost(method);
  if (status >= 500) return { kind: "transient", outcome: lost, detail };
  if (status < 400) return { kind: "protocol", outcome: lost, detail };
  // A page instead of the API's own answer comes from something in between, which cannot know that a VM is gone.
  if (status === 404 && answer.body.kind === "unreadable") return { kind: "protocol", outcome: "refused", detail };
  return { kind: KINDS[status] ?? "invalid", outcome: status === 408 ? lost : "refused", detail };
}

/** An answer that says yes in a form that is not understood: what was asked may have taken effect. */
export function misfit({ method, label }: Pick<HttpRequest, "method" | "label">, what: string): CloudError {
  return new CloudError({ kind: "protocol", outcome: outcomeOfLost(method), detail: `${label}: ${what}` });
}

/** A read has no effect that could be in doubt. */
const outcomeOfLost = (method: HttpRequest["method"]): Problem["outcome"] => (method === "GET" ? "refused" : "unknown");

const Said = z.object({
  message: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  error: z
    .union([z.string(), z.object({ message: z.string() }).transform((error) => error.message)])
    .optional()
    .catch(undefined),
});

/** The provider's own words: `message`, as most have it, or one of the two of RFC 6749 section 5.2. As long as they are. */
export function saidIn({ body }: HttpAnswer): string | undefined {
  const said = body.kind === "json" ? Said.safeParse(body.value).data : undefined;
  return said?.message?.trim() || said?.error_description?.trim() || said?.error?.trim();
}

/** One short line, without the queries of addresses, since those may carry what is nobody's business. */
export function forPeople(text: string): string {
  const line = text
    .replaceAll(/\s+/g, " ")
    .trim()
    .replaceAll(/(https?:\/\/[^\s?]*)\?\S*/gi, "$1");
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE - 1)}…` : line;
}
