import type { Power } from "./cloud.ts";
import type { Ending, Failure, Request, State } from "./request.ts";
import { become, into, type Step } from "./step.ts";
import type { Line } from "./story.ts";

type Stop = Exclude<Ending, { status: "done" }>;

/**
 * The only way out of a request that does not reach its goal. While a debt is owed it leads through `powering_on`,
 * whatever the ending; nothing else writes such an end.
 */
export function leave(request: Request, ending: Stop, now: Date, ...story: Line[]): Step {
  return request.debt ? payThen(request, ending, now, ...story) : finish(request, ending, now, undefined, ...story);
}

/** Switches the VM on again and then becomes `ending`. */
export function payThen(request: Request, ending: Ending, now: Date, ...story: Line[]): Step {
  return become(into(request, { status: "powering_on", since: now, ending, attempts: 0, loud: false }), ...story);
}

/** Writes the end of a request that owes nothing. `power` is how the VM was seen last. */
export function finish(request: Request, ending: Stop, now: Date, power: Power | undefined, ...story: Line[]): Step {
  const { trouble: _, ...calm } = request;
  switch (ending.status) {
    case "failed":
      return become(into(calm, failedState(request, ending.failure, now, power)), ...story, {
        code: "failed",
        failure: ending.failure,
      });
    case "cancelled":
      return become(into(calm, { status: "cancelled", at: now, by: ending.by, ...(power && { power }) }), ...story, {
        code: "cancelled",
        by: ending.by,
      });
    case "queued": {
      const { plan: _plan, ...again } = calm;
      const why = { kind: "cooldown", until: ending.until } as const;
      return become(into({ ...again, times: {} }, { status: "queued", since: now, why }), ...story, {
        code: "queued_cooldown",
        until: ending.until,
      });
    }
  }
}

const failedState = ({ state }: Request, failure: Failure, at: Date, power: Power | undefined): State => ({
  status: "failed",
  at,
  failure,
  ...(power && { power }),
  ...(state.status === "deleting" && { gone: state.gone }),
});

export const failed = (code: Failure["code"], detail?: string): Stop => ({
  status: "failed",
  failure: { code, ...(detail !== undefined && { detail }) },
});
