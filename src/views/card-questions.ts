import { between } from "../domain/durations.ts";
import { type Facts, isOf, type Request, type RequestIn, type WishOf } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import { short } from "../texts/format.ts";
import type { Brush } from "./card.ts";
import { type Body, body } from "./card-body.ts";

/** What a person has to decide, and what each answer means. */

type Choosing = RequestIn<"choosing">;

export function choosing(request: Choosing, brush: Brush): Body {
  const { facts, wish } = request;
  const { card } = brush.texts;
  const expires = card.expiresAt(request.state.expiresAt);
  if (!facts) return body([], expires);
  switch (wish.kind) {
    case "create":
      return howToTake(request, wish, facts, brush);
    case "restore":
      return whetherToRestore(request, wish, facts, brush);
    case "power":
      return body([card.powerNow(facts.power)], card.powerOffAsk(wish.to === "hard_off"), expires);
    case "delete":
    case "rename":
      return body([], expires); // never asked on the card
  }
}

/** The VM as it was seen last. */
export const factsLine = (facts: Facts, { texts: { card }, limits }: Brush): string =>
  card.facts(facts.power, facts.diskGb, facts.snapshotCount, limits.snapshotsPerVm);

function howToTake({ state }: Choosing, wish: WishOf<"create">, facts: Facts, brush: Brush): Body {
  const { card } = brush.texts;
  const expires = card.expiresAt(state.expiresAt);
  if (facts.power === "off") return body([factsLine(facts, brush)], card.isOffNow, expires);
  const live = wish.how === "off" ? [] : [card.liveOption];
  const ways = [card.shutdownOption(facts.expected, facts.diskGb), ...live].join("\n");
  return body([factsLine(facts, brush)], ways, card.databases, expires);
}

function whetherToRestore(request: Choosing, wish: WishOf<"restore">, facts: Facts, brush: Brush): Body {
  const { card } = brush.texts;
  const isOff = facts.power === "off";
  // It was off when this began; a yes to what shuts it down has not been given.
  const isOnAgain = request.plan === "stays_off" && !isOff;
  return body(
    [factsLine(facts, brush)],
    ...(isOnAgain ? [card.wentOn] : []),
    ...restoring(request, wish, facts, card),
    card.expiresAt(request.state.expiresAt),
  );
}

/** What a restore takes from the VM, for how long, and what is left of it. */
export function restoring(request: Request, wish: WishOf<"restore">, facts: Facts, card: Texts["card"]): string[] {
  const takes = card.restoreTakes(durationOf(request, wish, facts), facts.power === "off");
  const loses = card.restoreLoses(request.vm.name, wish.snapshot.createdAt);
  return [loses, [takes, safety(request, wish, card)].join("\n")];
}

function safety({ times }: Request, wish: WishOf<"restore">, card: Texts["card"]): string {
  if (times.snapshotEnded) return card.safetyOld(wish.name);
  return wish.safety ? card.restoreSafety : card.restoreBare;
}

/** All that is still to come; undefined when the length of a part of it is not known. */
function durationOf({ times }: Request, wish: WishOf<"restore">, facts: Facts): number | undefined {
  const snapshot = wish.safety && !times.snapshotEnded ? facts.expected?.ms : 0;
  return facts.restore && snapshot !== undefined ? facts.restore.ms + snapshot : undefined;
}

export function stuck(request: RequestIn<"shutdown_stuck">, { texts: { card } }: Brush): Body {
  const { wish, times, state } = request;
  const waited = short(between(times.shutdownAsked ?? state.since, state.since));
  const happened = wish.kind === "power" && wish.to === "hard_off" ? card.stuckHard(waited) : card.stuck(waited);
  const about = aboutStuck(request);
  const ways = [
    card.stuckWait,
    unplugged(request, card),
    ...(about === "create" ? [card.stuckLive] : []),
    card.stuckGiveUp[about],
  ];
  return body([`${happened} ${card.stuckIfOff[about]}`], ways.join("\n"));
}

/** What the VM was to be off for. */
export const aboutStuck = ({ wish }: Request): "create" | "restore" | "power" =>
  wish.kind === "restore" || wish.kind === "power" ? wish.kind : "create";

/** What pulling the plug costs: on a disk that is replaced anyway only what a safety snapshot was to keep. */
export function unplugged(request: Request, card: Texts["card"]): string {
  if (!isOf(request, "restore")) return card.stuckPowerOff;
  const isToBeKept = request.wish.safety && !request.times.snapshotEnded;
  return isToBeKept ? card.stuckPowerOffSafety : card.stuckPowerOffBare;
}
