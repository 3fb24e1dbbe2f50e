import { z } from "zod";
import { UserId, VmId, type Who } from "./ids.ts";
import { folded, wantedName } from "./likeness.ts";
import { cut } from "./naming.ts";
import type { Request } from "./request.ts";
import type { Line } from "./story.ts";

/** What of the history somebody looks at. The names are for showing. */
export const HistoryQuery = z.object({
  vm: z.object({ id: VmId, name: z.string() }).optional(),
  who: z.object({ id: UserId, name: z.string() }).optional(),
  since: z.coerce.date().optional(),
  until: z.coerce.date().optional(),
  /** When it was asked for. Lines that have come since are left out, or every page would shift. */
  at: z.coerce.date(),
  /** How many lines come before this page. */
  skip: z.number().int().nonnegative(),
});
export type HistoryQuery = z.infer<typeof HistoryQuery>;

/** So much of a name is kept, that a query fits into a button whatever somebody is called. */
const NAME_LENGTH = 100;

export const named = <T extends { name: string }>(thing: T): T => ({ ...thing, name: cut(thing.name, NAME_LENGTH) });

/** A line with whose request it is. */
export interface Told {
  at: Date;
  request: Request;
  line: Line;
}

/** Lines by their requests, each where its first line is. */
export function byRequest<T extends Pick<Told, "request">>(lines: readonly T[]): T[][] {
  const groups = new Map<string, T[]>();
  for (const line of lines) groups.set(line.request.id, [...(groups.get(line.request.id) ?? []), line]);
  return [...groups.values()];
}

/** Who did it; where nobody did, whoever asked for the request. */
export const doerOf = ({ request, line }: Told): Who => ("by" in line ? line.by : request.requestedBy);

/**
 * Whom a name means among those who have asked or decided: somebody of just that name, or else of a name that it is part
 * of. Each once, as they were called last.
 */
export function peopleNamed(name: string, requests: readonly Request[]): Who[] {
  const wanted = wantedName(name);
  const known = new Map<string, Who>();
  for (const { requestedBy, decided } of requests)
    for (const who of [requestedBy, ...(decided ? [decided.by] : [])]) if (!known.has(who.id)) known.set(who.id, who);
  const people = [...known.values()];
  const exact = people.filter((who) => folded(who.name) === wanted || folded(who.id) === wanted);
  return exact.length > 0 ? exact : people.filter((who) => wanted !== "" && folded(who.name).includes(wanted));
}

/** The VMs that a word names, by id or name, among those that had requests (the newest first). Each as it was called last. */
export function vmsNamed(word: string, requests: readonly Request[]): Request["vm"][] {
  const wanted = wantedName(word);
  const isNamed = ({ vm }: Request) => folded(vm.id) === wanted || folded(vm.name) === wanted;
  const ids = new Set(requests.filter(isNamed).map(({ vm }) => vm.id));
  return [...ids].map((id) => requests.find(({ vm }) => vm.id === id)!.vm);
}
