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
    /** Slack's id of whoever asked for it. */
    requester: string;
    /** 1 while somebody has been asked what shall become of the safety snapshot, and has not answered. */
    follow_up: number;
    /** 1 when somebody has declared an emergency. */
    emergency: number;
    /** How long the snapshot took, once it is done. */
    took_ms: number | null;
    /** The request as JSON; the other columns repeat what is searched for. */
    body: string;
  };
  events: {
    id: Generated<number>;
    request: string;
    at: number;
    /** As JSON, with people by their ids alone. */
    line: string;
    /** What these people were called then, as JSON by their ids. No part of the hash: it can be erased. */
    names: string | null;
    told: number;
    vm: string;
    /** Slack's id of whoever did it; of the requester where nobody did. */
    who: string;
    /** The hash of the row before this one, and of this one: see `audit-chain.ts`. */
    prev: string;
    hash: string;
  };
  /** What our requests have done to snapshots; the cloud says which there are. */
  snapshots: {
    vm: string;
    id: string;
    /** The request that made it; null when it was made elsewhere. */
    request: string | null;
    name: string;
    /** Who had it made and why, as JSON. */
    maker: string | null;
    deleted_at: number | null;
    deleted_by: string | null;
    restored_at: number | null;
  };
  /** Who has been told something without having asked. */
  notices: {
    request: string;
    round: number;
    /** Slack's id; empty for those who are told of emergencies. */
    reader: string;
    at: number;
  };
  people: {
    id: string;
    language: string | null;
    notify: string | null;
    home_opened_at: number | null;
    home_page: number;
    home_vm: string | null;
  };
  deliveries: {
    key: string;
    at: number;
    body: string | null;
    handled: number;
  };
}
