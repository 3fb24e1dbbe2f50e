import { parseBehaviour, rulesIn } from "../../src/behaviour.ts";
import { UserId, type Who } from "../../src/domain/ids.ts";
import type { Cloud } from "../../src/ports/cloud.ts";
import type { Directory, Person, Standings } from "../../src/ports/slack.ts";
import type { Store } from "../../src/ports/store.ts";
import { ANNA, aVm, BORIS } from "../domain/builders.ts";
import { depsWith } from "./rig.ts";

export const CLEO: Who = { id: UserId.parse("UCLEO"), name: "Cleo" };
export const DORA: Who = { id: UserId.parse("UDORA"), name: "Dora" };
const PEOPLE = [ANNA, BORIS, CLEO, DORA];

export const member = (who: Who, kind: Person["kind"] = "member"): Person => ({ ...who, kind, language: "en" });

/** The engine under a policy; Boris, Cleo and Dora are group:sre until `group` says otherwise. */
export function courtWith({ yaml = "", cloud, store }: { yaml?: string; cloud?: Partial<Cloud>; store?: Store } = {}) {
  const rig = depsWith({ listVms: async () => [aVm("web-01")], lastListing: () => undefined, ...cloud }, store);
  const group = new Set<string>([BORIS, CLEO, DORA].map(({ id }) => id));
  const readRules = (text: string) => rulesIn(parseBehaviour(text, "shutter.yml").behaviour!);
  let rules = readRules(yaml);
  const standings: Standings = {
    standingOf: async (person, channel) => ({
      person: { ...person, groups: group.has(person.id) ? [{ id: "S0SRE", handle: "sre" }] : [], isInChannel: true },
      channel: channel === undefined ? undefined : { id: channel, name: "ops", isDirect: false },
    }),
  };
  const directory: Directory = { person: async (id) => member(PEOPLE.find((each) => each.id === id)!) };
  const deps = { ...rig.deps, rules: () => rules, standings, directory };
  return {
    ...rig,
    deps,
    group,
    obey: (text: string) => {
      rules = readRules(text);
    },
  };
}
