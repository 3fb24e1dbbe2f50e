import { between, SECOND_MS } from "./durations.ts";
import type { InStatus, Request } from "./request.ts";
import type { Seen } from "./step.ts";

export type Need = keyof Seen;

/** What the card says of a VM was looked up when the card began to ask, and is good for so long. */
const FRESH_MS = 4 * SECOND_MS;

/** An accepted power-on that shows no effect after this is looked up. */
const EFFECT_MS = 3 * SECOND_MS;

const mayHaveFailed = ({ attempts, askedAt }: InStatus<"powering_on">, now: Date): boolean =>
  attempts > 0 && askedAt !== undefined && between(askedAt, now) >= EFFECT_MS;

/** What has to be seen before the next decision, and nothing more: each look is a call to the cloud. */
export function needs(request: Request, now: Date): readonly Need[] {
  const { state } = request;
  switch (state.status) {
    case "queued":
      return ["ahead", "past", "power", "snapshots", "operations"];
    case "choosing":
      return now >= state.expiresAt || between(state.since, now) < FRESH_MS ? [] : ["past", "power", "snapshots"];
    case "shutting_down":
      return state.asked === "yes" ? ["power"] : ["power", "snapshots", "operations"];
    case "shutdown_stuck":
      return ["power"];
    case "snapshotting":
      if (state.notBefore && now < state.notBefore) return [];
      if (request.times.snapshotEnded) return ["snapshots", "makers"];
      return state.operation ? ["operation"] : ["snapshots", "operations"];
    case "powering_on":
      if (request.debt) return mayHaveFailed(state, now) ? ["operations", "power"] : ["power"];
      return state.ending.status === "done" ? ["snapshots", "makers"] : [];
    case "done":
    case "failed":
    case "cancelled":
    case "expired":
      return request.watch ? ["owedElsewhere", "power"] : [];
  }
}
