import { folded } from "../domain/likeness.ts";
import type { Approval } from "./approval.ts";
import type { PeopleNamed } from "./who.ts";

/** Those who are named one by one; undefined when others are named, too. */
export function individuals(who: readonly PeopleNamed[]): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const one of who) {
    if (one.kind === "person") names.add(one.id);
    else if (one.kind === "email") names.add(folded(one.email));
    else return undefined;
  }
  return names;
}

/**
 * How many can say yes at most, where that is too few for everybody who may ask, so that nothing can ever be approved.
 * Undefined where it is enough for somebody. `askers` are undefined when they are not known one by one.
 */
export function tooFew(
  { count, not }: Pick<Approval, "count" | "not">,
  approvers: ReadonlySet<string>,
  askers: ReadonlySet<string> | undefined,
): number | undefined {
  if (askers?.size === 0) return undefined;
  const isAnyOther = askers === undefined || not === "nobody" || [...askers].some((asker) => !approvers.has(asker));
  const most = isAnyOther ? approvers.size : approvers.size - 1;
  return most < count ? most : undefined;
}
