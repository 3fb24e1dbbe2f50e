import { createHash } from "node:crypto";

/** What a row of the audit says. Whether a thread has been told of it changes later and is no part of it. */
export interface Entry {
  id: number;
  at: number;
  request: string;
  vm: string;
  who: string;
  /** The line as it was written, byte for byte. */
  line: string;
}

/** A row with the hash of the row before it, and its own. */
export interface Link extends Entry {
  prev: string;
  hash: string;
}

/** What the first row has for a row before it. */
export const FIRST = "0".repeat(64);

/** One hash for a row and, through `prev`, for all rows before it. As a JSON array, so that no two rows read the same. */
export const hashOf = (prev: string, { id, at, request, vm, who, line }: Entry): string =>
  createHash("sha256")
    .update(JSON.stringify([prev, id, at, request, vm, who, line]))
    .digest("hex");
