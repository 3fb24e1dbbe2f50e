import { later, MINUTE_MS } from "./durations.ts";
import type { Request } from "./request.ts";
import type { Settings } from "./step.ts";

/** So long after nobody waits for it any more, a guest that was asked to shut down is still watched. */
const LATE_GRACE_MS = MINUTE_MS;

/** The request with a debt that is not taken for paid while the guest may still obey. */
export function lateGrace(request: Request, now: Date, settings: Settings): Request {
  if (!request.debt || wasNeverAsked(request)) return request;
  const grace = later(now, Math.min(settings.shutdownTimeoutMs, LATE_GRACE_MS));
  const graceUntil = request.debt.graceUntil > grace ? request.debt.graceUntil : grace;
  return { ...request, debt: { ...request.debt, graceUntil } };
}

/** Every attempt to ask the guest was surely refused. A plug that was not pulled does not undo the question before it. */
const wasNeverAsked = ({ state }: Request): boolean =>
  state.status === "shutting_down" && state.mode === "graceful" && state.asked === "no";
