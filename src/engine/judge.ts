import type { Vm } from "../domain/cloud.ts";
import { between, MINUTE_MS } from "../domain/durations.ts";
import type { ChannelId } from "../domain/ids.ts";
import type { Press } from "../domain/press.ts";
import type { Gated, Request, Wish } from "../domain/request.ts";
import type { Approval } from "../policy/approval.ts";
import { type Action, actionOf, WAYS, type Way } from "../policy/asked.ts";
import { type Decision, evaluate } from "../policy/evaluate.ts";
import type { Rules } from "../policy/rules.ts";
import type { Clock } from "../ports/clock.ts";
import type { Cloud } from "../ports/cloud.ts";
import type { Person, Standings } from "../ports/slack.ts";
import { look } from "./look.ts";

/** What the policy is asked with. */
export interface Court {
  clock: Clock;
  cloud: Cloud;
  /** As they are configured now; they may change while the bot runs, and are the same object as long as they do not. */
  rules: () => Rules;
  standings: Standings;
}

export type Deed = { action: Exclude<Action, "create"> } | { action: "create"; how: Way };

/** What a wish is in the words of the policy; undefined while nobody has said how the snapshot shall be taken. */
export function deedOf(wish: Pick<Wish, "kind"> & { how?: string; to?: "on" | "off" | "hard_off" }): Deed | undefined {
  if (wish.kind === "create") {
    if (wish.how === "ask") return undefined;
    return { action: "create", how: wish.how === "live" ? "live" : "offline" };
  }
  return { action: actionOf(wish as Wish) } as Deed;
}

/** Buttons that the policy has a say in. What keeps a VM from being stuck, and what only ends a wish, is never one. */
export type GatedPress = Press & Gated;
export const isGated = (button: Press): button is GatedPress =>
  button === "shutdown" || button === "live" || button === "power_off";

/** What such a button does to the VM. */
export function deedOfPress({ wish }: Request, button: GatedPress): Deed {
  if (button === "power_off") return { action: "power_off" };
  if (button === "live") return { action: "create", how: "live" };
  return wish.kind === "create" ? { action: "create", how: "offline" } : (deedOf(wish) ?? { action: "restore" });
}

/** What the policy says of somebody's deed now. What cannot be known for sure is a no. */
export async function judge(
  court: Court,
  person: Person,
  channel: ChannelId | undefined,
  vm: Pick<Vm, "id" | "name">,
  deed: Deed,
): Promise<Decision> {
  const [decision] = await judgeAll(court, person, channel, vm, [deed]);
  return decision!;
}

/** The same of several deeds, at one moment. */
async function judgeAll(
  court: Court,
  person: Person,
  channel: ChannelId | undefined,
  vm: Pick<Vm, "id" | "name">,
  deeds: readonly Deed[],
): Promise<Decision[]> {
  const { clock, rules, standings } = court;
  const { policy, needs, zone } = rules();
  const [standing, known] = await Promise.all([
    standings.standingOf(person, channel, needs),
    policy === undefined ? { ...vm, tags: [] } : vmNow(court, vm),
  ]);
  const at = clock.now();
  return deeds.map((deed) =>
    known
      ? evaluate(policy, { ...standing, vm: known, ...deed, at, zone })
      : { kind: "denied", rule: "none", why: "vm_unknown" },
  );
}

/** Tags and pools belong to the VM as it is now, not as it was when a request was made. */
async function vmNow({ cloud, clock }: Court, { id }: Pick<Vm, "id">): Promise<Vm | undefined> {
  const listed = await look(() => cloud.listVms());
  const last = cloud.lastListing();
  const isRecent = last !== undefined && between(last.at, clock.now()) < RECENT_MS;
  const vms = listed.ok ? listed.value : isRecent ? last.vms : undefined;
  return vms?.find((each) => each.id === id);
}

/** A cloud that is silent for a moment is believed what it said so long ago, as Slack is about its groups. */
const RECENT_MS = 5 * MINUTE_MS;

export type Ruling =
  | { kind: "allowed"; approval?: Approval; rule: number; needsReason: boolean; isTyped: boolean }
  | Denied;
type Denied = Extract<Decision, { kind: "denied" }>;

/**
 * What the policy says of a wish when it is asked for. A snapshot of which nobody has said how is allowed when one way is;
 * approval is asked for at once only when every way needs it, else when a way is chosen.
 */
export async function judgeWish(
  court: Court,
  person: Person,
  channel: ChannelId | undefined,
  vm: Pick<Vm, "id" | "name">,
  wish: Parameters<typeof deedOf>[0],
): Promise<Ruling> {
  const deed = deedOf(wish);
  const deeds: readonly Deed[] = deed ? [deed] : WAYS.map((how) => ({ action: "create", how }));
  const decisions = await judgeAll(court, person, channel, vm, deeds);
  const allowed = decisions.flatMap((decision) => (decision.kind === "allowed" ? [decision] : []));
  const [first] = allowed;
  if (!first) return decisions.find((decision) => decision.kind === "denied")!;
  const isAlways = allowed.every(({ approval }) => approval !== undefined);
  return {
    kind: "allowed",
    rule: first.rule === "none" ? 0 : first.rule,
    isTyped: allowed.every(({ confirm }) => confirm === "typed"),
    needsReason: allowed.every(({ reason }) => reason === "required"),
    ...(isAlways && first.approval && { approval: first.approval }),
  };
}
