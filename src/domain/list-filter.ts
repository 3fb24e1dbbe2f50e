import { z } from "zod";
import type { ListFilter } from "./command.ts";
import { between } from "./durations.ts";
import { UserId, VmId } from "./ids.ts";
import { folded } from "./likeness.ts";
import { cut } from "./naming.ts";
import type { Listed } from "./request.ts";

/** Somebody, as a button's value keeps them. */
export const Named = z.union([z.object({ id: UserId }), z.object({ name: z.string() })]);

const age = z.number().nonnegative().optional();

/** A list as it was asked for, and where the page begins: at which VM, or of one VM at which snapshot. */
export const ListQuery = z.object({
  vm: VmId.optional(),
  by: Named.optional(),
  /** A part of the reason. */
  why: z.string().optional(),
  olderMs: age,
  newerMs: age,
  from: z.number().int().nonnegative(),
});
export type ListQuery = z.infer<typeof ListQuery>;

/** So much of a word is compared, that a query fits into a button whatever was typed. */
const WORD_LENGTH = 100;

/** What was asked for, from its beginning. */
export function listQuery({ by, why, olderMs, newerMs }: ListFilter, vm?: VmId): ListQuery {
  return {
    ...(vm !== undefined && { vm }),
    ...(by && { by: "id" in by ? by : { name: cut(by.name.trim(), WORD_LENGTH) } }),
    ...(why !== undefined && { why: cut(why.trim(), WORD_LENGTH) }),
    ...(olderMs !== undefined && { olderMs }),
    ...(newerMs !== undefined && { newerMs }),
    from: 0,
  };
}

export const isFiltered = ({ by, why, olderMs, newerMs }: ListFilter): boolean =>
  [by, why, olderMs, newerMs].some((each) => each !== undefined);

/** Whether a snapshot is one of those that are wanted. One that was made elsewhere has nobody and no reason. */
export function fits({ createdAt, by: maker, reason }: Listed, filter: ListFilter, now: Date): boolean {
  const { by, why, olderMs, newerMs } = filter;
  const ageMs = between(createdAt, now);
  const holds = (text: string | undefined, part: string) => text !== undefined && folded(text).includes(folded(part));
  return (
    (by === undefined || ("id" in by ? maker?.id === by.id : maker?.id === by.name || holds(maker?.name, by.name))) &&
    (why === undefined || holds(reason, why)) &&
    (olderMs === undefined || ageMs >= olderMs) &&
    (newerMs === undefined || ageMs <= newerMs)
  );
}
