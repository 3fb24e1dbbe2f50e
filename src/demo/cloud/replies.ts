import type { Reply } from "../server.ts";
import type { Refusal } from "./refusal.ts";

/** The contract's error envelope. */
export function failure(status: number, id: string, message: string, headers: Record<string, string> = {}): Reply {
  return { status, headers, body: { id, message } };
}

export function notFound(): Reply {
  return failure(404, "not_found", "The resource you requested could not be found.");
}

export function badRequest(): Reply {
  return failure(400, "bad_request", "Malformed request.");
}

export function unprocessable(message: string): Reply {
  return failure(422, "unprocessable_entity", message);
}

export function unauthorized(): Reply {
  return failure(401, "unauthorized", "Unable to authenticate you.");
}

/** Seconds are told in whole ones and rounded up: who waits so long has waited long enough. */
export function tooMany(message: string, waitMs: number): Reply {
  return failure(429, "too_many_requests", message, { "retry-after": String(Math.ceil(waitMs / 1000)) });
}

const NAME_TAKEN = { 409: "conflict", 422: "unprocessable_entity" } as const;

const refusals: { [K in Refusal["refused"]]: (refusal: Extract<Refusal, { refused: K }>) => Reply } = {
  not_found: notFound,
  busy: () => failure(409, "conflict", "Another action is in progress."),
  snapshot_limit: () => unprocessable("Snapshot limit of 10 reached for this server."),
  cooldown: ({ forMs }) => tooMany("Only one snapshot per server every 10 minutes.", forMs),
  locked: () => failure(423, "locked", "The snapshot is locked."),
  protected: () => failure(403, "forbidden", "The snapshot is protected."),
  name_taken: ({ as }) => failure(as, NAME_TAKEN[as], "A snapshot with this name already exists."),
  fault: () => failure(500, "server_error", "Unexpected server-side error"),
};

export function refuse(refusal: Refusal): Reply {
  return (refusals[refusal.refused] as (refusal: Refusal) => Reply)(refusal);
}
