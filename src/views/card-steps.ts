import { between } from "../domain/durations.ts";
import type { Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";
import type { Brush } from "./card.ts";

type Progress = { kind: "done"; ms: number | undefined } | { kind: "now" } | { kind: "to_come" };
type Step = [name: string, progress: Progress];

/** The steps of a running request, each with a mark and the same in words. */
export function stepLines(request: Request, { texts: { card } }: Brush): string[] {
  const { state, wish, times } = request;
  const hard = state.status === "shutting_down" && state.mode === "hard";
  const wantsOff = request.plan === "offline" || state.status === "shutting_down" || times.shutdownAsked !== undefined;
  const takesSnapshot = wish.kind === "create" || (wish.kind === "restore" && wish.safety);
  const snapshotName = wish.kind === "restore" ? card.stepSafety : card.stepSnapshot;
  const comesOn = request.debt || times.on || (state.status === "shutting_down" && wish.kind !== "power");
  const steps: Step[] = [
    ...(wantsOff ? [[hard ? card.stepPowerOff : card.stepShutdown, shutdown(request)] satisfies Step] : []),
    ...(takesSnapshot && !isGivenUp(request, times.snapshotEnded)
      ? [[snapshotName, snapshot(request)] satisfies Step]
      : []),
    ...(wish.kind === "restore" && !isGivenUp(request, times.restoreEnded)
      ? [[card.stepRestore, restore(request)] satisfies Step]
      : []),
    ...(comesOn ? [[card.stepPowerOn, powerOn(request)] satisfies Step] : []),
  ];
  return steps.map(([name, progress]) => stepLine(name, progress, card));
}

function stepLine(name: string, progress: Progress, card: Texts["card"]): string {
  switch (progress.kind) {
    case "done":
      return `✓ ${name}: ${card.stepDone(progress.ms)}`;
    case "now":
      return `▸ *${name}: ${card.stepNow}*`;
    case "to_come":
      return `○ ${name}: ${card.stepToCome}`;
  }
}

/** What has not been reached before the VM is switched on again will not be. */
const isGivenUp = ({ state }: Request, ended: Date | undefined): boolean =>
  state.status === "powering_on" && ended === undefined;

function shutdown({ state, times }: Request): Progress {
  if (state.status === "shutting_down") return { kind: "now" };
  return { kind: "done", ms: times.shutdownAsked && times.off && between(times.shutdownAsked, times.off) };
}

function snapshot({ state, times }: Request): Progress {
  if (times.snapshotEnded)
    return { kind: "done", ms: times.snapshotStarted && between(times.snapshotStarted, times.snapshotEnded) };
  return { kind: state.status === "snapshotting" ? "now" : "to_come" };
}

function restore({ state, times }: Request): Progress {
  if (times.restoreEnded)
    return { kind: "done", ms: times.restoreStarted && between(times.restoreStarted, times.restoreEnded) };
  return { kind: state.status === "restoring" ? "now" : "to_come" };
}

function powerOn({ state, times }: Request): Progress {
  if (times.on) return { kind: "done", ms: times.powerOnAsked && between(times.powerOnAsked, times.on) };
  return { kind: state.status === "powering_on" ? "now" : "to_come" };
}
