import { z } from "zod";
import { FIRST, hashOf, type Link } from "./audit-chain.ts";

/** What is wrong with the first row that is not as it was written, and with which rows. */
export interface Break {
  kind: "changed" | "removed" | "inserted" | "swapped";
  /** The first and the last row; of swapped ones the two that stand in each other's place. */
  rows: readonly [number, number];
}

/** The rows up to this one are gone, because they were older than is kept; `hash` was its own. */
export interface Pruned {
  upTo: number;
  hash: string;
  at: Date;
}

export type Verdict =
  | { kind: "whole"; count: number; from?: Date; to?: Date; head?: string; hasAnchor: boolean; pruned?: Pruned }
  | { kind: "broken"; break: Break };

/**
 * Walks the chain from its first row. `last` is the highest number that the database has ever given to a row, so that
 * rows which are missing at the end are missed. Where the first ones are missing, a row that says so has to vouch for the
 * place where the chain begins now. Who writes the whole chain anew, and that number, is found by an anchor alone: a hash
 * of it that was kept elsewhere.
 */
export function verify(rows: () => Iterable<Link>, last: number, anchor?: string): Verdict {
  let before: Place | undefined;
  let first: Link | undefined;
  let to: number | undefined;
  let pruned: Pruned | undefined;
  let count = 0;
  let hasAnchor = anchor === undefined;
  for (const row of rows()) {
    if (!first && row.id > 1) before = { id: row.id - 1, hash: row.prev }; // whether it may begin here is seen at the end
    if (!follows(row, before)) return { kind: "broken", break: nameBreak(row, before, rows, last) };
    first ??= row;
    before = row;
    to = row.at;
    count += 1;
    pruned = prunedBy(row) ?? pruned;
    hasAnchor ||= row.hash === anchor;
  }
  const end = before?.id ?? 0;
  if (last > end) return { kind: "broken", break: { kind: "removed", rows: [end + 1, last] } };
  if (!first || !before || to === undefined) return { kind: "whole", count, hasAnchor };
  const wrong = wrongBeginning(first, pruned);
  if (wrong) return { kind: "broken", break: wrong };
  const found = { count, from: new Date(first.at), to: new Date(to), head: before.hash };
  hasAnchor ||= pruned?.hash === anchor;
  return { kind: "whole", ...found, hasAnchor, ...(pruned && { pruned }) };
}

/** A row by its number and hash, whether it is still there or not. */
type Place = Pick<Link, "id" | "hash">;

const PrunedLine = z.object({ code: z.literal("pruned"), upTo: z.number(), hash: z.string() });

function prunedBy({ at, who, line }: Link): Pruned | undefined {
  if (who !== "" || !line.includes('"pruned"')) return undefined; // of so many rows hardly one is worth reading
  const { data } = PrunedLine.safeParse(JSON.parse(line));
  return data && { upTo: data.upTo, hash: data.hash, at: new Date(at) };
}

/** The chain has to begin with the very first row, or with the one after those that were removed last. */
function wrongBeginning({ id, prev }: Link, pruned: Pruned | undefined): Break | undefined {
  const due = (pruned?.upTo ?? 0) + 1;
  if (id > due) return { kind: "removed", rows: [due, id - 1] };
  if (id < due) return { kind: "inserted", rows: [id, due - 1] };
  return prev === (pruned?.hash ?? FIRST) ? undefined : { kind: "changed", rows: [id, id] };
}

const follows = (row: Link, before: Place | undefined): boolean =>
  row.id === numberAfter(before) && row.prev === hashBefore(before) && isGenuine(row);

const numberAfter = (before: Place | undefined): number => (before?.id ?? 0) + 1;
const hashBefore = (before: Place | undefined): string => before?.hash ?? FIRST;

/** Whether a row is as it was written, under its own number or another. */
const isGenuine = (row: Link, id = row.id): boolean => hashOf(row.prev, { ...row, id }) === row.hash;

function nameBreak(row: Link, before: Place | undefined, rows: () => Iterable<Link>, last: number): Break {
  return swapOf(row, before, rows) ?? renumbered(row, before, rows, last) ?? rewritten(row, before, rows);
}

/** A later row belongs here: the two were swapped, or this one was put before it. */
function swapOf(row: Link, before: Place | undefined, rows: () => Iterable<Link>): Break | undefined {
  const prev = hashBefore(before);
  if (row.id !== numberAfter(before)) return undefined;
  for (const other of rows()) {
    if (other.id <= row.id) continue;
    const here = hashOf(prev, { ...other, id: row.id });
    if (here === row.hash) return { kind: "swapped", rows: [row.id, other.id] }; // only what they say changed places
    if (here !== other.hash) continue;
    return trueNumber(row, rows) === undefined
      ? { kind: "inserted", rows: [row.id, other.id - 1] }
      : { kind: "swapped", rows: [row.id, other.id] };
  }
  return undefined;
}

/** The row is as it was written, but not where it was: by the number that it was written with one sees what came or went. */
function renumbered(row: Link, before: Place | undefined, rows: () => Iterable<Link>, last: number): Break | undefined {
  const due = numberAfter(before);
  if (isGenuine(row)) {
    if (row.id > due) return { kind: "removed", rows: [due, row.id - 1] };
    // It names another row before it than the one that is there, whose hash was computed anew.
    const changed = before?.id ?? row.id;
    return { kind: "changed", rows: [changed, changed] };
  }
  const number = trueNumber(row, rows, last);
  if (number === undefined) return undefined;
  return number > row.id
    ? { kind: "removed", rows: [due, due + number - row.id - 1] }
    : { kind: "inserted", rows: [number, row.id - 1] };
}

/** The row is not as it was written under any number: it was changed, or is none of ours. */
function rewritten(row: Link, before: Place | undefined, rows: () => Iterable<Link>): Break {
  const due = numberAfter(before);
  if (row.id > due) return { kind: "removed", rows: [due, row.id - 1] };
  const next = rowAfter(row, rows);
  const prev = hashBefore(before);
  const isLinked = next ? next.prev === row.hash || next.prev === hashOf(prev, row) : row.prev === prev;
  const isOurs = row.hash !== "" && (isLinked || hashOf(prev, row) === row.hash);
  return { kind: isOurs || next?.prev === hashOf(prev, row) ? "changed" : "inserted", rows: [row.id, row.id] };
}

/** The number that a row was written with, when it is not the one that it has. */
function trueNumber(row: Link, rows: () => Iterable<Link>, last = row.id): number | undefined {
  for (const { id } of rows()) if (id !== row.id && isGenuine(row, id)) return id;
  for (let id = row.id + 1; id <= last; id++) if (isGenuine(row, id)) return id;
  return undefined;
}

function rowAfter(row: Link, rows: () => Iterable<Link>): Link | undefined {
  for (const each of rows()) if (each.id > row.id) return each;
  return undefined;
}
