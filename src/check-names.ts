import type { WebClient } from "@slack/web-api";
import { type Behaviour, rulesIn } from "./behaviour.ts";
import { neverApproved } from "./check-approvals.ts";
import { checkChannels } from "./check-channels.ts";
import { checkPeople } from "./check-people.ts";
import { folded } from "./domain/likeness.ts";
import { type Finding, ill } from "./finding.ts";
import type { Rules } from "./policy/rules.ts";
import type { PeopleNamed } from "./policy/who.ts";
import type { Clock } from "./ports/clock.ts";
import { createDirectory } from "./slack/directory.ts";
import { createGroups, type GroupWithUsers } from "./slack/groups.ts";

/** What `shutter.yml` names and Slack does not know: people, groups, channels; and what too few can approve. */
export async function checkNames(
  client: WebClient,
  clock: Clock,
  team: string,
  behaviour: Behaviour,
): Promise<readonly Finding[]> {
  const rules = rulesIn(behaviour);
  const groups = rules.needs.groups ? await createGroups(client, clock).all() : [];
  const directory = createDirectory(client, clock, () => team);
  const { people, findings } = await checkPeople(client, directory, everybodyIn(rules));
  return [
    ...(groups === "unknown" ? [] : unknownGroups(groups, rules)), // the scope that is missing has been told
    ...findings,
    ...(await checkChannels(client, behaviour)),
    ...neverApproved(rules.policy, groups === "unknown" ? [] : groups, people),
  ];
}

function unknownGroups(groups: readonly GroupWithUsers[], rules: Rules): Finding[] {
  const isKnown = (who: PeopleNamed) =>
    groups.some(({ id, handle }) =>
      who.kind === "group" ? folded(handle) === who.handle : who.kind === "group_id" ? id === who.id : false,
    );
  const isGroup = ({ kind }: PeopleNamed) => kind === "group" || kind === "group_id";
  const unknown = everybodyIn(rules).filter((who) => isGroup(who) && !isKnown(who));
  const texts = new Set(unknown.map(({ text }) => text));
  return [...texts].map((text) => ill(`shutter.yml: ${text}: Slack knows no such user group, so it names nobody.`));
}

const everybodyIn = ({ policy = [], breakGlass, limits }: Rules): PeopleNamed[] => [
  ...policy.flatMap(({ outcome }) =>
    outcome.kind === "allow" ? [...outcome.who, ...(outcome.approval?.by ?? [])] : [],
  ),
  ...(breakGlass?.by ?? []),
  ...limits.flatMap(({ who }) => who ?? []),
];
