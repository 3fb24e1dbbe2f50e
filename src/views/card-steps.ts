import { between } from "../domain/durations.ts";
import type { Request } from "../domain/request.ts";
import type { Brush } from "./card.ts";

type Progress = { kind: "done"; ms: number | undefined } | { kind: "now" } | { kind: "to_come" };

/** The steps of a running request, each with a mark and the same in words. */
export function stepLines(request: Request, { texts: { card } }: Brush): string[] {
  const hard = request.state.status === "shutting_down" && request.state.mode === "hard";
  const wantsOff = request.plan === "offline" || request.state.status === "shutting_down";
  const steps: [string, Progress][] = [
    ...(wantsOff ? [[hard ? card.stepPowerOff : card.stepShutdown, shutdown(request)] as [string, Progress]] : []),
    ...(isGivenUp(request) ? [] : [[card.stepSnapshot, snapshot(request)] as [string, Progress]]),
    ...(request.debt || request.times.on || request.state.status === "shutting_down"
      ? [[card.stepPowerOn, powerOn(request)] as [string, Progress]]
      : []),
  ];
  return steps.map(([name, progress]) => stepLine(name, progress, card));
}

function stepLine(name: string, progress: Progress, card: Brush["texts"]["card"]): string {
  switch (progress.kind) {
    case "done":
      return `✓ ${name}: ${card.stepDone(progress.ms)}`;
    case "now":
      return `▸ *${name}: ${card.stepNow}*`;
    case "to_come":
      return `○ ${name}: ${card.stepToCome}`;
  }
}

const isGivenUp = ({ state, times }: Request): boolean =>
  state.status === "powering_on" && times.snapshotEnded === undefined;

function shutdown({ state, times }: Request): Progress {
  if (state.status === "shutting_down") return { kind: "now" };
  return { kind: "done", ms: times.shutdownAsked && times.off && between(times.shutdownAsked, times.off) };
}

function snapshot({ state, times }: Request): Progress {
  if (times.snapshotEnded)
    return { kind: "done", ms: times.snapshotStarted && between(times.snapshotStarted, times.snapshotEnded) };
  return { kind: state.status === "snapshotting" ? "now" : "to_come" };
}

function powerOn({ state, times }: Request): Progress {
  if (times.on) return { kind: "done", ms: times.powerOnAsked && between(times.powerOnAsked, times.on) };
  return { kind: state.status === "powering_on" ? "now" : "to_come" };
}
