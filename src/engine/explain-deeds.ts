import type { Vm } from "../domain/cloud.ts";
import type { Doing } from "../domain/command.ts";
import type { ChannelId } from "../domain/ids.ts";
import type { How } from "../domain/request.ts";
import { WAYS } from "../policy/asked.ts";
import { type Explanation, explain } from "../policy/explain.ts";
import { type Limit, limitsOn } from "../policy/limits.ts";
import { mayAct } from "../policy/rights.ts";
import type { Person, Standing } from "../ports/slack.ts";
import type { Court, Deed } from "./judge.ts";

/** What is said of one thing that somebody would like to do. */
export interface DeedExplained {
  deed: Deed;
  /** Whether they are one of those of whom the rules are asked at all. */
  mayAct: boolean;
  explanation: Explanation;
}

/** A limit with its place in the list, from 1. */
export type NumberedLimit = Limit & { number: number };

const SWITCHING = { on: "power_on", shutdown: "shutdown", off: "power_off" } as const;

/** What is meant, in the words of the policy; a snapshot of which nobody has said how is meant in both ways. */
export function deedsMeant(doing: Doing, how: How): readonly Deed[] {
  switch (doing) {
    case "create":
      return WAYS.filter((way) => how === "ask" || (how === "live") === (way === "live")).map((way) => ({
        action: "create",
        how: way,
      }));
    case "on":
    case "shutdown":
    case "off":
      return [{ action: SWITCHING[doing] }];
    case "restore":
    case "delete":
    case "rename":
      return [{ action: doing }];
  }
}

/** What would be said now, and why, if somebody did this. Nothing is done. */
export async function explainDeeds(
  { clock, rules, standings }: Pick<Court, "clock" | "rules" | "standings">,
  person: Person,
  channel: ChannelId | undefined,
  vm: Vm,
  deeds: readonly Deed[],
): Promise<{ standing: Standing; at: Date; explained: readonly DeedExplained[]; limits: readonly NumberedLimit[] }> {
  const { policy, limits, needs, zone } = rules();
  const standing = await standings.standingOf(person, channel, needs);
  const at = clock.now();
  const explained = deeds.map((deed) => ({
    deed,
    mayAct: mayAct(person, policy),
    explanation: explain(policy, { ...standing, vm, ...deed, at, zone }),
  }));
  const numbered = limits.map((limit, index) => ({ ...limit, number: index + 1 }));
  const on = new Set(deeds.flatMap(({ action }) => limitsOn(numbered, { ...standing, action })));
  return { standing, at, explained, limits: numbered.filter((limit) => on.has(limit)) };
}
