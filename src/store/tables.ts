import type { Generated } from "kysely";

/** Times are milliseconds since 1970, booleans 0 and 1. */
export interface Tables {
  requests: {
    /** The order in which requests came. */
    seq: Generated<number>;
    id: string;
    vm: string;
    status: string;
    open: number;
    owes: number;
    version: number;
    face: number;
    drawn: number;
    posting_channel: string | null;
    posting_since: number | null;
    card_channel: string | null;
    card_ts: string | null;
    requested_at: number;
    /** How long the snapshot took, once it is done. */
    took_ms: number | null;
    /** The request as JSON; the other columns repeat what is searched for. */
    body: string;
  };
  events: {
    id: Generated<number>;
    request: string;
    at: number;
    line: string;
    told: number;
  };
  deliveries: {
    key: string;
    at: number;
    body: string | null;
    handled: number;
  };
}
