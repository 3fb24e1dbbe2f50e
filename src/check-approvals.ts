import { folded } from "./domain/likeness.ts";
import { type Finding, ill } from "./finding.ts";
import { tooFew } from "./policy/enough.ts";
import type { Policy } from "./policy/policy.ts";
import type { PeopleNamed } from "./policy/who.ts";
import type { Person } from "./ports/slack.ts";
import type { GroupWithUsers } from "./slack/groups.ts";

/** Rules of which nothing can be approved now, since too few others are in the groups that they name. */
export function neverApproved(
  policy: Policy = [],
  groups: readonly GroupWithUsers[],
  people: ReadonlyMap<string, Person>,
): Finding[] {
  return policy.flatMap(({ outcome }, index) => {
    const approval = outcome.kind === "allow" ? outcome.approval : undefined;
    const approvers = approval && idsOf(approval.by);
    if (outcome.kind !== "allow" || !approval || !approvers) return [];
    const most = tooFew(approval, approvers, idsOf(outcome.who));
    if (most === undefined) return [];
    const [by, own] = [approval.by.map(({ text }) => text).join(", "), approval.not === "requester"];
    const says = `approval needs ${approval.count} yes from ${by}${own ? ", not the requester's own" : ""}, and at most ${most} can say yes`;
    return [ill(`shutter.yml: policy rule ${index + 1}: ${says}, so nothing can be approved.`)];
  });

  /** Undefined when nobody says who they all are. */
  function idsOf(who: readonly PeopleNamed[]): ReadonlySet<string> | undefined {
    const ids = new Set<string>();
    for (const one of who) {
      const each = idsOfOne(one);
      if (!each) return undefined;
      for (const id of each) ids.add(id);
    }
    return ids;
  }

  function idsOfOne(who: PeopleNamed): Iterable<string> | undefined {
    switch (who.kind) {
      case "everyone":
      case "members":
      case "guests":
        return undefined;
      case "person":
      case "email": {
        const person = people.get(who.text);
        return person && (person.kind === "member" ? [person.id] : []);
      }
      case "group":
        return groups.find(({ handle }) => folded(handle) === who.handle)?.users;
      case "group_id":
        return groups.find(({ id }) => id === who.id)?.users;
    }
  }
}
