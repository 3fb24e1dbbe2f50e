import { z } from "zod";
import { watchFrom } from "./decide/watching.ts";
import { later } from "./durations.ts";
import { finish, payThen } from "./endings.ts";
import { lateGrace } from "./grace.ts";
import type { RequestId, Who } from "./ids.ts";
import { isOf, isRetriable, type Kind, type Request, type Status } from "./request.ts";
import { become, into, type Settings, type Step } from "./step.ts";

export const Press = z.enum(["shutdown", "live", "power_off", "wait", "cancel", "power_on", "retry", "keep"]);
export type Press = z.infer<typeof Press>;

/** Why a press has no effect now; the words are in `texts/`. */
export type Refusal =
  | "not_member"
  | "not_requester"
  | "too_late"
  | "snapshot_runs"
  | "restore_runs"
  | "cannot_stop"
  | "nothing_to_keep"
  | "awaiting_approval"
  | "not_awaiting"
  | "already_approved"
  | "already_ended"
  | "already_retried"
  | "already_chosen"
  | "already_powering_on"
  | "not_stuck_any_more"
  | "nothing_to_power_on"
  | "not_failed";

export type Pressed =
  | { kind: "changed"; step: Extract<Step, { kind: "become" }> }
  | { kind: "refused"; refusal: Refusal };

export const refused = (refusal: Refusal): Pressed => ({ kind: "refused", refusal });

export const changed = (step: Step): Pressed => {
  if (step.kind !== "become") throw new Error(`A press must change the request, not ${step.kind}`);
  return { kind: "changed", step };
};

/**
 * What a press of a button does to the request. Who may press it is asked before (`policy/`); whether it still makes
 * sense is answered here, from the row alone. `as` is the id of the request that "Try again" makes.
 */
export function press(pressed: Request, button: Press, by: Who, now: Date, settings: Settings, as: RequestId): Pressed {
  const request = { ...pressed, decided: { by, at: now, as } };
  switch (button) {
    case "shutdown":
      return pressShutdown(request, by, now, settings);
    case "live":
      return pressLive(request, by, now, settings);
    case "power_off":
      return pressPowerOff(request, by, now, settings);
    case "wait":
      return pressWait(request, by, now, settings);
    case "cancel":
      return pressCancel(request, by, now, settings);
    case "power_on":
      return pressPowerOn(request, by);
    case "retry":
      return pressRetry(request, by, as);
    case "keep":
      return pressKeep(request, by);
  }
}

function pressShutdown(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  if (request.state.status !== "choosing") return refused(whyNotChoosing(request.state.status));
  const { wish } = request;
  const until = later(now, settings.shutdownTimeoutMs);
  const mode = wish.kind === "power" && wish.to === "hard_off" ? "hard" : "graceful";
  const isYes = wish.kind === "power" || wish.kind === "restore";
  const said = isYes ? { ...request, wish: { ...wish, confirmedAt: now } } : request;
  const next = into(said, { status: "shutting_down", since: now, by, mode, asked: "no", until });
  return changed(become(next, { code: mode === "hard" ? "chose_power_off" : CHOSEN[wish.kind], by }));
}

/** What a yes on the card chooses. */
const CHOSEN = {
  create: "chose_shutdown",
  restore: "chose_restore",
  power: "chose_off",
  delete: "chose_off",
  rename: "chose_off",
} as const satisfies Record<Kind, string>;

function pressLive(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  const { status } = request.state;
  if (status !== "choosing" && status !== "shutdown_stuck") return refused(whyNotChoosing(status));
  if (!isOf(request, "create")) return refused("too_late");
  const isOff = status === "choosing" && request.facts?.power === "off";
  if (status === "choosing" && request.wish.how === "off" && !isOff) return refused("already_chosen");
  const next = into(lateGrace(request, now, settings), { status: "snapshotting", since: now });
  return changed(become({ ...next, plan: isOff ? "stays_off" : "live" }, { code: "chose_live", by }));
}

function pressPowerOff(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  if (request.state.status !== "shutdown_stuck") return refused(whyNotStuck(request.state.status));
  const until = later(now, settings.shutdownTimeoutMs);
  const next = into(request, { status: "shutting_down", since: now, by, mode: "hard", asked: "no", until });
  return changed(become(next, { code: "chose_power_off", by }));
}

const whyNotStuck = (status: Status): Refusal =>
  status === "awaiting_approval" ? "awaiting_approval" : "not_stuck_any_more";

function pressWait(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  if (request.state.status !== "shutdown_stuck") return refused(whyNotStuck(request.state.status));
  const asked = request.state.isUnheard ? "intended" : "yes";
  const until = later(now, settings.shutdownTimeoutMs);
  const next = into(request, { status: "shutting_down", since: now, by, mode: "graceful", asked, until });
  const owing = request.debt && { debt: { ...request.debt, graceUntil: until } };
  return changed(become({ ...next, ...owing }, { code: "waits_on", by }));
}

/** Undoes what was done. Nobody can take back a snapshot that the cloud may have begun. */
function pressCancel(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  const { state } = request;
  switch (state.status) {
    case "awaiting_approval":
      return cancelShutdown(request, by, now, settings);
    case "queued":
      if (state.why.kind === "renaming") return refused("cannot_stop");
      return changed(finish(request, { status: "cancelled", by }, now, request.facts?.power));
    case "choosing":
      return changed(finish(request, { status: "cancelled", by }, now, request.facts?.power));
    case "shutting_down":
    case "shutdown_stuck":
      return cancelShutdown(request, by, now, settings);
    case "snapshotting":
      if (state.intent || state.operation || request.times.snapshotEnded) return refused("snapshot_runs");
      return cancelShutdown(request, by, now, settings);
    case "restoring":
      if (state.intent || state.operation || request.times.restoreEnded) return refused("restore_runs");
      return cancelShutdown(request, by, now, settings);
    case "deleting":
      return refused("cannot_stop");
    case "powering_on": {
      if (request.wish.kind !== "power") return refused("already_powering_on");
      const { debt: _, ...free } = request; // nobody switched it off for this
      return changed(finish(free, { status: "cancelled", by }, now, undefined));
    }
    case "done":
    case "failed":
    case "cancelled":
    case "denied":
    case "expired":
      return refused("already_ended");
  }
}

function cancelShutdown(request: Request, by: Who, now: Date, settings: Settings): Pressed {
  const ending = { status: "cancelled", by } as const;
  if (!request.debt) {
    // Whoever takes back a shutdown wants the VM on; the guest may obey the first wish all the same.
    const mayObey = request.wish.kind === "power" && request.times.shutdownAsked !== undefined;
    const watching = mayObey ? { ...request, watch: watchFrom(now) } : request;
    return changed(finish(watching, ending, now, undefined));
  }
  return changed(payThen(lateGrace(request, now, settings), ending, now, { code: "cancel_asked", by }));
}

function pressPowerOn(request: Request, by: Who): Pressed {
  const { state } = request;
  if (state.status !== "powering_on") return refused("nothing_to_power_on");
  const { notBefore: _, ...now } = state;
  return changed(become(into(request, now), { code: "power_on_pressed", by }));
}

function pressRetry(request: Request, by: Who, as: RequestId): Pressed {
  const { state } = request;
  if (!isRetriable(state)) return refused("not_failed");
  if (state.retriedAs === as) return changed(become(request));
  if (state.retriedAs) return refused("already_retried");
  return changed(become(into(request, { ...state, retriedAs: as }), { code: "retried", by, as }));
}

function pressKeep(request: Request, by: Who): Pressed {
  const { state, followUp: _, ...rest } = request;
  const isAsked = request.followUp !== undefined || isOf(request, "restore");
  if (state.status !== "done" || !state.snapshot || state.keptBy || !isAsked) return refused("nothing_to_keep");
  return changed(become({ ...rest, state: { ...state, keptBy: by } }, { code: "kept", by }));
}

function whyNotChoosing(status: Exclude<Status, "choosing">): Refusal {
  switch (status) {
    case "shutting_down":
    case "shutdown_stuck":
    case "snapshotting":
    case "restoring":
    case "deleting":
    case "powering_on":
      return "already_chosen";
    case "queued":
      return "too_late";
    case "awaiting_approval":
      return "awaiting_approval";
    case "done":
    case "failed":
    case "cancelled":
    case "denied":
    case "expired":
      return "already_ended";
  }
}
