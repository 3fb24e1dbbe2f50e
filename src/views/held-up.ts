import type { Problem } from "../domain/cloud.ts";
import type { Request } from "../domain/request.ts";
import type { Texts } from "../texts/en.ts";

/** What was asked of the cloud and has not been answered with a yes. */
export function heldUp({ state, trouble }: Request, { card }: Texts): string[] {
  const problem = trouble ? undefined : problemOf(state);
  return problem ? [card.heldUp(problem.detail)] : [];
}

function problemOf(state: Request["state"]): Problem | undefined {
  switch (state.status) {
    case "queued":
      return state.why.kind === "renaming" ? state.why.problem : undefined;
    case "shutting_down":
      return state.asked === "yes" ? undefined : state.problem;
    case "snapshotting":
    case "restoring":
      return state.operation ? undefined : state.problem;
    case "deleting":
      return state.problem;
    default:
      return undefined;
  }
}
